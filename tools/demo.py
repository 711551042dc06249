"""Serve the demonstration: settings, database, published plan, people, server. Run by `make demo`.

Everything that it makes is in var/demo/; what was entered there stays until `make demo-reset`.
"""

from __future__ import annotations

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "var" / "demo"
SECRETS = FOLDER / "secrets"
HOST = "127.0.0.1"
DEMONSTRATION = (
    "load_published_plan",
    "make_demonstration_people",
    "make_demonstration_district",
    "make_demonstration_plan",
    "make_demonstration_areas",
)
"""The commands that make what the demonstration shows."""


def main() -> None:
    port = _port(sys.argv[1] if len(sys.argv) > 1 else "")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())  # so that the server is stopped on the way out
    environment = _environment() | {"SITE_URL": f"http://{HOST}:{port}"}
    prepare_database(environment, *DEMONSTRATION)
    server = subprocess.Popen(server_command(port), env=environment, cwd=ROOT)
    try:
        wait_until_up(server, port)
        print(
            f"\nThe demonstration is on http://{HOST}:{port}/\n"
            "Sign in as officer, partner or administrator, "
            f"password {environment['DEMONSTRATION_PASSWORD']}\nStop it with Ctrl-C.",
            flush=True,
        )
        server.wait()
    except KeyboardInterrupt:
        pass
    finally:
        server.terminate()
        server.wait()


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 65536:
        sys.exit(f"PORT={text} is not a port. Choose a number from 1024 to 65535: make demo PORT=8001")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, int(text)))
        except OSError as error:
            sys.exit(f"Port {text} cannot be used ({error.strerror}). Choose another: make demo PORT=8001")
    return int(text)


def _environment() -> dict[str, str]:
    """The settings of the demonstration: key and password made once, all else said here, whatever the shell has set."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    if not SECRETS.exists():
        new = SECRETS.with_suffix(".new")
        new.touch(mode=0o600)
        new.write_text(f"{secrets.token_urlsafe(50)}\n{secrets.token_hex(6)}\n")
        new.rename(SECRETS)  # at once and whole, so that an interruption leaves nothing half-written
    key, password = SECRETS.read_text().split()
    return local_environment(FOLDER / "db.sqlite3") | {"SECRET_KEY": key, "DEMONSTRATION_PASSWORD": password}


def local_environment(database: Path) -> dict[str, str]:
    """The settings of a server on this machine with an SQLite file; the key is for tests, not for keeping."""
    return os.environ | {
        "ENV_FILE": "",
        "SECRET_KEY": "only-for-tests",
        "DATABASE_URL": f"sqlite:///{quote(str(database))}",
        "DEBUG": "off",
        "HTTPS": "off",
        "BEHIND_PROXY": "off",
        "ALLOWED_HOSTS": f"{HOST},localhost",
        "EMAIL_URL": "consolemail://",
        "SECURITY_LOG": str(database.parent / "security.log"),
        "LOG_LEVEL": "WARNING",
    }


def prepare_database(environment: dict[str, str], *commands: str) -> None:
    """Migrate a database and run further commands on it; stops with what they said if one fails."""
    print("Preparing the database", flush=True)
    arguments = [sys.executable, "-m", "tools.prepare", *commands]
    done = subprocess.run(arguments, check=False, env=environment, cwd=ROOT, capture_output=True, text=True)
    if done.returncode != 0:
        reason = (done.stderr.strip().splitlines() or ["it gave no reason"])[-1]
        sys.exit(f"The database could not be prepared: {reason}")


def server_command(port: int, workers: int = 1, threads: int = 4) -> list[str]:
    """The command that serves the application on a port of this machine."""
    gunicorn = str(Path(sys.executable).parent / "gunicorn")
    options = ["--bind", f"{HOST}:{port}", "--workers", str(workers), "--threads", str(threads)]
    return [gunicorn, *options, "--log-level", "error", "csp_site.wsgi:application"]


def wait_until_up(server: subprocess.Popen[bytes], port: int, seconds: float = 30) -> None:
    """Return once the health check answers; stop with one line if the server ends or stays silent."""
    deadline = time.monotonic() + seconds
    ask = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    while time.monotonic() < deadline:
        if server.poll() is not None:
            sys.exit("The server stopped at once; its reason stands above.")
        try:
            with ask.open(f"http://{HOST}:{port}/health/", timeout=2):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    sys.exit(f"The server did not answer within {seconds:g} seconds.")


if __name__ == "__main__":
    main()
