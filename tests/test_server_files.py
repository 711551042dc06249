"""The files that an installation copies are sound, and the server reads ours."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools.demo import ROOT
from tools.drill.serving import ask, folder_for, proxied, served

SERVER = ROOT / "docs" / "server"
UNITS = sorted(path.name for path in SERVER.iterdir() if path.suffix in (".service", ".timer"))


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not on this machine")
@pytest.mark.parametrize("name", UNITS)
def test_systemd_takes_the_units(tmp_path: Path, name: str) -> None:
    for each in UNITS:
        gunicorn = str(Path(sys.executable).parent / "gunicorn")
        text = (SERVER / each).read_text().replace("/srv/csp/.venv/bin/gunicorn", gunicorn)
        (tmp_path / each).write_text(text)
    command = ["systemd-analyze", "verify", "--man=no", str(tmp_path / name)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    ours = [line for line in done.stderr.splitlines() if str(tmp_path) in line or name in line]
    assert (done.returncode, ours) == (0, [])


def test_gunicorn_takes_its_settings() -> None:
    command = [str(Path(sys.executable).parent / "gunicorn"), "--check-config", "csp_site.health:health"]
    environment = {"SECRET_KEY": "x", "ENV_FILE": "", "DJANGO_SETTINGS_MODULE": "csp_site.settings"}
    script = (
        f"import django; django.setup(); import sys; sys.argv = {command!r}; import gunicorn.app.wsgiapp as w; w.run()"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("nginx", path="/usr/sbin:/usr/bin") is None, reason="nginx is not on this machine")
def test_the_proxy_passes_on_what_it_should_and_logs_no_keys() -> None:
    with folder_for("proxy") as folder, served(folder) as site, proxied(folder, site.port) as port:
        assert ask(port, "/st-albans/") == 200
        assert ask(port, "/accounts/invitation/a-live-key/?token=another") == 404
        assert ask(port, "/" + "a" * 9000) == 414
        log = (folder / "access.log").read_text()
    assert "GET /st-albans/ 200" in log
    assert "GET /accounts/- 404" in log
    assert "a-live-key" not in log
    assert "another" not in log
