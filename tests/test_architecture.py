"""The import contracts hold, and a breach of each is seen."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("csp_site", "priorities", "performance", "background")
LINTER = Path(sys.executable).parent / "lint-imports"

BREACHES = {
    "applications": ("performance/queries/figures.py", "import priorities.models"),
    "performance": ("performance/queries/figures.py", "import performance.pages.symbols"),
    "returns": ("performance/returns/saving.py", "import performance.returns.transitions"),
    "people": ("performance/people/queries.py", "import performance.people.actions"),
    "priorities": ("priorities/models/plans.py", "import priorities.pages.plan"),
    "administration": ("priorities/administration/choices.py", "import priorities.administration.registry"),
    "renewal": ("priorities/renewal/forms.py", "import priorities.renewal.preview"),
    "calculations": ("performance/calculations/change.py", "import django"),
    "imports": ("performance/imports/planning.py", "import performance.imports.pages"),
    "reading": ("performance/imports/mapping.py", "import performance.models"),
    "values": ("performance/charts/svg.py", "import performance.models"),
    "clock": ("performance/pages/symbols.py", "import performance.clock"),
    "plotly": ("performance/pages/symbols.py", "import plotly"),
    "pandas": ("performance/queries/figures.py", "import pandas"),
}


def contracts() -> set[str]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    return {contract["id"] for contract in settings["tool"]["importlinter"]["contracts"]}


def lint(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [str(LINTER), "--no-cache", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for package in PACKAGES:
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_every_contract_has_its_breach() -> None:
    assert contracts() == set(BREACHES)


@pytest.mark.slow
@pytest.mark.parametrize("contract", BREACHES)
def test_a_breach_is_seen(copy: Path, contract: str) -> None:
    file, line = BREACHES[contract]
    assert lint(copy, "--contract", contract).returncode == 0
    with (copy / file).open("a") as code:
        code.write(f"\n{line}\n")
    broken = lint(copy, "--contract", contract)
    assert broken.returncode == 1, broken.stdout + broken.stderr
    assert "BROKEN" in broken.stdout


@pytest.mark.slow
@pytest.mark.parametrize(
    "package",
    [
        "performance",
        "performance/returns",
        "performance/people",
        "priorities",
        "priorities/administration",
        "priorities/renewal",
    ],
)
def test_a_module_without_a_place_is_seen(copy: Path, package: str) -> None:
    (copy / package / "helpers.py").write_text("")
    broken = lint(copy, "--contract", Path(package).name)
    assert broken.returncode == 1
    assert "helpers" in broken.stdout


@pytest.mark.parametrize("file", sorted((ROOT / "performance/calculations").glob("*.py")), ids=lambda path: path.stem)
def test_calculations_import_the_standard_library_only(file: Path) -> None:
    """The contract names the packages that we know; this names none and forbids all."""
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            assert all(alias.name.split(".")[0] in sys.stdlib_module_names for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            assert node.module.split(".")[0] in sys.stdlib_module_names


def test_performance_prints_no_template_of_priorities() -> None:
    """It leaves blocks open, which priorities fills: priorities/extensions.py."""
    templates = sorted((ROOT / "templates/performance").glob("*.html"))
    assert len(templates) > 20
    assert [path.name for path in templates if '"priorities/' in path.read_text()] == []
    modules = sorted((ROOT / "performance").rglob("*.py"))
    assert [path.name for path in modules if '"priorities/' in path.read_text()] == []
