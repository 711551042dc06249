"""Which faults mutation testing makes: each once, none in what is not run, and each as it says."""

from __future__ import annotations

import ast
from pathlib import Path

from tools.mutate.mutants import mutants_of, mutated

SOURCE = '''
"""Left alone."""
from enum import Enum

LIMIT = 3


class Kind(Enum):
    """Left alone."""

    SMALL = "small"


class Pair:
    def is_low(self, value: int) -> bool:
        """Left alone."""
        return value < LIMIT and not value == 1
'''


def test_each_fault_is_made_once_and_says_what_it_is(tmp_path: Path) -> None:
    file = tmp_path / "pair.py"
    file.write_text(SOURCE)
    mutants = mutants_of(file)
    assert [(mutant.line, mutant.change, mutant.function) for mutant in mutants] == [
        (5, "3  →  4", None),
        (17, "return value < LIMIT and (not value == 1)  →  return None", ("Pair.is_low", 15)),
        (17, "value < LIMIT and (not value == 1)  →  value < LIMIT or not value == 1", ("Pair.is_low", 15)),
        (17, "value < LIMIT  →  value <= LIMIT", ("Pair.is_low", 15)),
        (17, "not value == 1  →  value == 1", ("Pair.is_low", 15)),
        (17, "value == 1  →  value != 1", ("Pair.is_low", 15)),
        (17, "1  →  2", ("Pair.is_low", 15)),
    ]
    trees = {ast.unparse(mutated(mutant)) for mutant in mutants}
    assert len(trees) == len(mutants)
    assert ast.unparse(ast.parse(SOURCE)) not in trees
