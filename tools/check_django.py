"""Missing migrations, and Django's own checks with production settings. Run by `make check`."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys

PRODUCTION = {
    "ENV_FILE": "",
    "SECRET_KEY": secrets.token_urlsafe(50),
    "DEBUG": "off",
    "HTTPS": "on",
    "ALLOWED_HOSTS": "csp.example.org",
    "DATABASE_URL": "sqlite://:memory:",
}
COMMANDS = (
    ["makemigrations", "--check", "--dry-run"],
    ["check", "--deploy", "--fail-level", "WARNING"],
)


def main() -> None:
    for command in COMMANDS:
        arguments = [sys.executable, "manage.py", *command]
        done = subprocess.run(arguments, check=False, env=os.environ | PRODUCTION, capture_output=True, text=True)
        if done.returncode != 0:
            sys.exit(f"'manage.py {' '.join(command)}' found:\n{done.stdout}{done.stderr}")


if __name__ == "__main__":
    main()
