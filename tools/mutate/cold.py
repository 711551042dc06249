"""A pytest plugin: the file named in MUTANT, as path:number, is imported with that fault in it."""

from __future__ import annotations

import os
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import CodeType

from tools.mutate.mutants import mutants_of, mutated

ROOT = Path(__file__).resolve().parent.parent.parent

_path, _, _number = os.environ["MUTANT"].rpartition(":")
_mutant = mutants_of(Path(_path))[int(_number)]
_as_it_is = SourceFileLoader.get_code


def _get_code(self: SourceFileLoader, fullname: str) -> CodeType | None:
    if Path(self.path) == ROOT / _mutant.path:
        return compile(mutated(_mutant), self.path, "exec")
    return _as_it_is(self, fullname)


SourceFileLoader.get_code = _get_code  # type: ignore[method-assign, assignment]
