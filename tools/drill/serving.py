"""The application as an installation serves it: server, database and proxy, all on this machine."""

from __future__ import annotations

import http.client
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tools.demo import HOST, ROOT, local_environment, prepare_database, server_command, wait_until_up


@dataclass(frozen=True)
class Served:
    """A server that runs, and what it was started with."""

    port: int
    process: subprocess.Popen[bytes]
    environment: Mapping[str, str]
    log: Path

    @property
    def workers(self) -> list[int]:
        """The numbers of the processes that answer requests."""
        with suppress(FileNotFoundError):
            listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
            return [int(each) for each in listed.split() if _is_worker(int(each))]
        return []


def _is_worker(process: int) -> bool:
    """Not the resource tracker that Python starts beside them, and not one that has ended."""
    try:
        words = Path(f"/proc/{process}/cmdline").read_text()
    except OSError:
        return False
    return bool(words) and "resource_tracker" not in words


def free_port() -> int:
    with socket.socket() as free:
        free.bind((HOST, 0))
        return int(free.getsockname()[1])


@contextmanager
def folder_for(name: str) -> Iterator[Path]:
    """A folder of its own, with a short path, for a socket's name may have only about 100 characters."""
    folder = Path(tempfile.mkdtemp(prefix=f"csp-{name}-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def served(
    folder: Path, *, command: list[str] | None = None, more: Mapping[str, str] | None = None, prepare: bool = True
) -> Iterator[Served]:
    """The published plan, served on a free port until the end."""
    environment = local_environment(folder / "db.sqlite3") | {"DJANGO_SETTINGS_MODULE": "csp_site.settings"}
    environment |= dict(more or {})
    if prepare:
        prepare_database(environment, "load_published_plan")
    port = free_port()
    chosen = [word.replace("PORT", str(port)) for word in command] if command else server_command(port)
    log = folder / "server.log"
    with log.open("wb") as file:
        process = subprocess.Popen(chosen, env=environment, cwd=ROOT, stdout=file, stderr=file)
        try:
            wait_until_up(process, port)
            yield Served(port, process, environment, log)
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@contextmanager
def proxied(folder: Path, to: int) -> Iterator[int]:
    """nginx with the configuration of docs/server/nginx.conf in front of a port; gives its own."""
    nginx = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if nginx is None:
        sys.exit("nginx is needed for this drill: on Debian and Ubuntu, apt-get install nginx-light")
    port = free_port()
    site = (ROOT / "docs" / "server" / "nginx.conf").read_text()
    site = site.replace("127.0.0.1:8000", f"{HOST}:{to}").replace("127.0.0.1:8080", f"{HOST}:{port}")
    site = site.replace("server_name csp.example.org", f"server_name {HOST}")
    site = site.replace("/var/log/nginx/csp.log", str(folder / "access.log"))
    user = "user root;" if os.geteuid() == 0 else ""
    own = "".join(f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    (folder / "nginx.conf").write_text(
        f"{user} daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/error.log warn;"
        f"events {{ worker_connections 1024; }} http {{ {own}\n{site}\n}}"
    )
    process = subprocess.Popen([nginx, "-p", str(folder), "-c", str(folder / "nginx.conf")])
    try:
        _wait_for(port)
        yield port
    finally:
        process.terminate()
        process.wait(20)


def _wait_for(port: int, seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with suppress(OSError), socket.create_connection((HOST, port), 1):
            return
        time.sleep(0.05)
    sys.exit(f"Nothing listens on port {port}.")


def ask(port: int, address: str, seconds: float = 30) -> int:
    """The status of a page; 0 where no answer came."""
    connection = http.client.HTTPConnection(HOST, port, timeout=seconds)
    try:
        connection.request("GET", address, headers={"Connection": "close"})
        answer = connection.getresponse()
        answer.read()
        return answer.status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        connection.close()
