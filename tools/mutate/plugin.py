"""A pytest plugin that runs the tests once and then against each mutant.

The tests are collected and run once, under coverage, which tells the tests of each line and how long they take. Then
for each mutant the process is forked: the child puts the code of the mutated function in the place of the original's,
in every function of that code, and runs the tests of its line, the quickest first, until one fails. That costs
hundredths of a second where a fresh pytest costs several. A fault outside of functions cannot be put in later: for
those a fresh pytest is started, whose import of the file finds the fault (see cold.py).
"""

from __future__ import annotations

import ast
import functools
import gc
import json
import os
import resource
import shutil
import subprocess
import sys
import time
import warnings
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import CodeType, FunctionType

import coverage
import hypothesis
import pytest

from tools.mutate.mutants import Mutant, mutants_of, mutated

ROOT = Path(__file__).resolve().parent.parent.parent
SURVIVED, KILLED, OUT_OF_TIME = "survived", "killed", "out of time"
NO_TEST = "no test"
CONTROL = -1
"""The number of the mutant of each file in which nothing is changed: it must live."""
BROKEN = 3
"""How a child ends that could not put its fault in: never taken for a fault that was seen."""

# No time is spent on finding the smallest example, and each run tries the same ones.
hypothesis.settings.register_profile(
    "mutation",
    deadline=None,
    max_examples=30,
    database=None,
    suppress_health_check=list(hypothesis.HealthCheck),
    derandomize=True,
    phases=[hypothesis.Phase.explicit, hypothesis.Phase.generate],
)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--mutate", help="the files to make faults in, with commas between")
    parser.addoption("--mutation-results", help="the file that gets the result of each mutant")


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool:
    """In the place of pytest's own loop: the tests once, then once for each mutant."""
    if "MUTANT" in os.environ:
        return _run_until_one_fails(session)
    files = [Path(each) for each in session.config.getoption("--mutate").split(",")]
    tests = _run_once(session, files)
    if session.testsfailed:
        raise session.Failed("the tests fail without any fault: mend them first")
    results = Path(session.config.getoption("--mutation-results"))
    with results.open("a") as written:
        for mutant, result in _results(session, files, tests):
            line = {"file": str(mutant.path), "line": mutant.line, "change": mutant.change, "number": mutant.number}
            written.write(json.dumps(line | {"result": result}, ensure_ascii=False) + "\n")
            written.flush()
    return True


def _run_until_one_fails(session: pytest.Session) -> bool:
    """What a fresh pytest does, in which the fault is already."""
    for item in session.items:
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=session)
        if session.testsfailed:
            raise session.Failed("killed")
    return True


class Tests:
    """The tests of each line of each file, quickest first, and the processor time that each takes."""

    def __init__(self) -> None:
        self.seconds: dict[pytest.Item, float] = {}
        self.of_line: dict[tuple[Path, int], set[pytest.Item]] = defaultdict(set)

    def of(self, file: Path, lines: range | None = None) -> list[pytest.Item]:
        """The tests that run any of these lines of a file, or any line of it."""
        found = set().union(
            *(items for (of, line), items in self.of_line.items() if of == file and (lines is None or line in lines))
        )
        return sorted(found, key=lambda item: self.seconds[item])


def _run_once(session: pytest.Session, files: list[Path]) -> Tests:
    """Run each test as it is; what is made for the whole session stays for the children."""
    tests = Tests()
    for item in session.items:
        traced = coverage.Coverage(data_file=None, include=[str(ROOT / file) for file in files], config_file=False)
        traced.start()
        began = time.process_time()
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=session)
        tests.seconds[item] = time.process_time() - began
        traced.stop()
        with warnings.catch_warnings(action="ignore"):  # most tests run no line of these files
            data = traced.get_data()
        for file in files:
            for line in data.lines(str(ROOT / file)) or ():
                tests.of_line[file, line].add(item)
    return tests


def _results(session: pytest.Session, files: list[Path], tests: Tests) -> Iterator[tuple[Mutant, str]]:
    functions = _functions(files)
    database = _database()
    afresh: list[Mutant] = []
    controlled: set[Path] = set()
    for file in files:
        statements = _statements(file)
        for mutant in mutants_of(file):
            found = functions.get((file, *(mutant.function or ("", 0))))
            items = tests.of(file, statements.get(mutant.line, range(mutant.line, mutant.line + 1)))
            if not found:
                afresh.append(mutant)
            elif not items:
                yield mutant, NO_TEST
            else:
                if file not in controlled:
                    controlled.add(file)
                    control = replace(mutant, number=CONTROL)
                    if _in_a_child(control, found, items, tests, database) != SURVIVED:
                        raise RuntimeError(f"the tests fail where nothing was changed in {file}")
                yield mutant, _in_a_child(mutant, found, items, tests, database)
    for mutant in afresh:
        yield mutant, _afresh(mutant, session, tests)


def _functions(files: list[Path]) -> dict[tuple[Path, str, int], list[FunctionType]]:
    """All functions in memory of these files, by qualified name and first line."""
    paths = {str(ROOT / file): file for file in files}
    found: dict[tuple[Path, str, int], list[FunctionType]] = defaultdict(list)
    for each in gc.get_objects():
        if type(each) is FunctionType and each.__code__.co_filename in paths:
            code = each.__code__
            found[paths[code.co_filename], code.co_qualname, code.co_firstlineno].append(each)
    return found


def _statements(file: Path) -> dict[int, range]:
    """Of each line, the lines of its innermost statement, without the body that stands under it."""
    lines: dict[int, range] = {}
    for node in ast.walk(ast.parse(file.read_text())):  # outer statements come before inner ones
        if isinstance(node, ast.stmt):
            body = getattr(node, "body", None)
            end = body[0].lineno if body else (node.end_lineno or node.lineno) + 1
            own = range(node.lineno, max(end, node.lineno + 1))
            lines |= dict.fromkeys(own, own)
    return lines


def _database() -> Path | None:
    """A copy of the SQLite database that the children begin with; none where no test has used one."""
    from django.conf import settings
    from django.db import connection

    if not settings.configured:  # the tests of the calculations run without Django
        return None
    name = Path(str(connection.settings_dict["NAME"]))
    connection.close()
    if not name.name.startswith("test"):
        return None
    return Path(shutil.copyfile(name, name.with_name(f"mutated-{os.getpid()}-begin.sqlite3")))


def _in_a_child(
    mutant: Mutant, functions: list[FunctionType], items: list[pytest.Item], tests: Tests, database: Path | None
) -> str:
    """Fork, put the fault in and run the tests; what has become of the mutant."""
    child = os.fork()
    if child == 0:
        status = BROKEN
        try:
            status = _child(mutant, functions, items, tests, database)
        finally:
            os._exit(status)  # nothing of the parent's is ended or cleaned up here
    _, ended = os.waitpid(child, 0)
    if os.WIFSIGNALED(ended):
        return OUT_OF_TIME
    if os.WEXITSTATUS(ended) == BROKEN:
        raise RuntimeError(f"the tests could not be run against {mutant}")
    return KILLED if os.WEXITSTATUS(ended) else SURVIVED


def _child(
    mutant: Mutant, functions: list[FunctionType], items: list[pytest.Item], tests: Tests, database: Path | None
) -> int:
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    items[0].config.get_terminal_writer()._file = open(os.devnull, "w")  # noqa: SIM115 (the process ends soon)
    seconds = int(5 * sum(tests.seconds[item] for item in items)) + 10
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    if database is not None:
        from django.db import connection

        connection.settings_dict["NAME"] = str(shutil.copyfile(database, database.with_name("mutated.sqlite3")))
    tree = ast.parse(mutant.path.read_text()) if mutant.number == CONTROL else mutated(mutant)
    code = compile(tree, str(ROOT / mutant.path), "exec")
    for function in functions:
        function.__code__ = _code_of(code, mutant.function)
    for each in gc.get_objects():
        if type(each) is functools._lru_cache_wrapper:  # asking a lazy object for its class would wake it
            each.cache_clear()
    session = items[0].session
    for item in items:
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=session)
        if session.testsfailed:
            return 1
    return 0


def _code_of(module: CodeType, function: tuple[str, int] | None) -> CodeType:
    """The code of a function of a module that was compiled."""
    for each in module.co_consts:
        if isinstance(each, CodeType):
            if (each.co_qualname, each.co_firstlineno) == function:
                return each
            if function is not None and function[0].startswith(f"{each.co_qualname}."):
                return _code_of(each, function)
    raise LookupError(f"There is no function {function}.")


def _afresh(mutant: Mutant, session: pytest.Session, tests: Tests) -> str:
    """Start pytest anew, with the fault in the file as it is imported, and run the tests that run anything of it."""
    items = tests.of(mutant.path)
    if not items:
        return NO_TEST
    given = [each for each in session.config.invocation_params.args if each not in session.config.args]
    files = dict.fromkeys(str(item.path.relative_to(ROOT)) for item in items)
    command = [sys.executable, "-m", "pytest", "-p", "tools.mutate.cold", *given, *files]
    environment = os.environ | {"MUTANT": f"{mutant.path}:{mutant.number}"}
    try:
        done = subprocess.run(command, cwd=ROOT, env=environment, check=False, capture_output=True, timeout=900)
    except subprocess.TimeoutExpired:
        return OUT_OF_TIME
    return KILLED if done.returncode else SURVIVED
