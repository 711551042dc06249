"""One small fault each: which there are in a file, and the file's tree with one of them made."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

COMPARED: dict[type[ast.cmpop], ast.cmpop] = {
    ast.Lt: ast.LtE(),
    ast.LtE: ast.Lt(),
    ast.Gt: ast.GtE(),
    ast.GtE: ast.Gt(),
    ast.Eq: ast.NotEq(),
    ast.NotEq: ast.Eq(),
    ast.Is: ast.IsNot(),
    ast.IsNot: ast.Is(),
    ast.In: ast.NotIn(),
    ast.NotIn: ast.In(),
}
CALCULATED: dict[type[ast.operator], ast.operator] = {
    ast.Add: ast.Sub(),
    ast.Sub: ast.Add(),
    ast.Mult: ast.Div(),
    ast.Div: ast.Mult(),
    ast.FloorDiv: ast.Div(),
    ast.Mod: ast.Mult(),
    ast.Pow: ast.Mult(),
    ast.BitOr: ast.BitAnd(),
    ast.BitAnd: ast.BitOr(),
}


@dataclass(frozen=True, slots=True)
class Mutant:
    """A fault in a file, counted from nought in the order of the file.

    `function` is the outermost function that it lies in, as (qualified name, first line), by which the function is
    found in memory; None where it is outside of all, as in a class's body, a default or a decorator.
    """

    path: Path
    number: int
    line: int
    change: str
    function: tuple[str, int] | None

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.change} (mutant {self.number})"


def mutants_of(path: Path) -> list[Mutant]:
    """All mutants of a file."""
    tree = ast.parse(path.read_text())
    return [
        Mutant(path, number, fault.line, fault.change, fault.function) for number, fault in enumerate(_faults(tree))
    ]


def mutated(mutant: Mutant) -> ast.Module:
    """The tree of the file with the fault in it."""
    tree = ast.parse(mutant.path.read_text())
    for number, fault in enumerate(_faults(tree)):
        if number == mutant.number:
            fault.make()
            return ast.fix_missing_locations(tree)
    raise ValueError(f"There is no mutant {mutant.number} of {mutant.path}.")


@dataclass(frozen=True, slots=True)
class _Fault:
    line: int
    change: str
    function: tuple[str, int] | None
    make: Callable[[], None]


def _faults(tree: ast.Module) -> Iterator[_Fault]:
    """The faults that can be made in a tree; each changes it when it is made."""
    for node, parent, function in _inside(tree, None, "", None):
        for old, new, make in _changes(node, parent):
            yield _Fault(_line_of(node), f"{old}  →  {new}", function, make)


def _line_of(node: ast.AST) -> int:
    return node.target.lineno if isinstance(node, ast.comprehension) else getattr(node, "lineno", 0)


def _inside(
    node: ast.AST, parent: ast.AST | None, names: str, function: tuple[str, int] | None
) -> Iterator[tuple[ast.AST, ast.AST | None, tuple[str, int] | None]]:
    """Every node that is run, with its parent and the outermost function that it lies in."""
    yield node, parent, function
    named = isinstance(node, ast.FunctionDef | ast.ClassDef)
    qualified = f"{names}{node.name}" if isinstance(node, ast.FunctionDef | ast.ClassDef) else names
    for field, value in ast.iter_fields(node):
        if field in ("annotation", "returns", "decorator_list", "type_params"):
            continue
        within = function
        if function is None and isinstance(node, ast.FunctionDef) and field == "body":
            within = (qualified, min([node.lineno, *(each.lineno for each in node.decorator_list)]))
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not _is_left_alone(child, node):
                yield from _inside(child, node, f"{qualified}." if named else names, within)


def _is_left_alone(node: ast.AST, parent: ast.AST) -> bool:
    """Imports, docstrings, what only a type checker reads, and the words that members of an enum are stored as.

    So are decorators: frozen=True of a dataclass, above all.
    """
    if isinstance(parent, ast.ClassDef) and any(ast.unparse(base).endswith("Enum") for base in parent.bases):
        return isinstance(node, ast.Assign | ast.Expr) and isinstance(node.value, ast.Constant)
    if isinstance(node, ast.Import | ast.ImportFrom):
        return True
    if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
        return True
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


_Change = tuple[str, str, Callable[[], None]]
"""What stood there, what stands there now, and the function that makes it so."""


def _changes(node: ast.AST, parent: ast.AST | None) -> Iterator[_Change]:
    """The faults that can be made at one node."""
    match node:
        case ast.Compare():
            for place, operator in enumerate(node.ops):
                if other := COMPARED.get(type(operator)):
                    yield _replaced(node, node.ops, place, other)
        case ast.BoolOp():
            yield _set(node, "op", ast.Or() if isinstance(node.op, ast.And) else ast.And())
        case ast.BinOp() | ast.AugAssign() if type(node.op) in CALCULATED:
            yield _set(node, "op", CALCULATED[type(node.op)])
        case ast.UnaryOp(op=ast.USub()):
            yield _set(node, "op", ast.UAdd())
        case ast.UnaryOp(op=ast.Not()) if isinstance(parent, ast.AST):
            yield _in_parent(node, parent, node.operand)
        case ast.If() | ast.IfExp() | ast.While():
            yield _set(node, "test", ast.UnaryOp(ast.Not(), node.test))
        case ast.comprehension():
            for place, condition in enumerate(node.ifs):
                yield _replaced(node, node.ifs, place, ast.UnaryOp(ast.Not(), condition))
        case ast.Return(value=ast.expr() as value) if not _is_none(value):
            yield _set(node, "value", ast.Constant(None))
        case ast.Continue() if parent is not None:
            yield _in_parent(node, parent, ast.Break())
        case ast.Break() if parent is not None:
            yield _in_parent(node, parent, ast.Continue())
        case ast.Constant():
            yield from _other_constants(node)


def _other_constants(node: ast.Constant) -> Iterator[_Change]:
    value = node.value
    if isinstance(value, bool):
        yield _set(node, "value", not value)
    elif isinstance(value, int | float):
        yield _set(node, "value", value + 1)
    elif isinstance(value, str):
        yield _set(node, "value", f"{value}~" if value else "~")


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _set(node: ast.AST, field: str, new: object) -> _Change:
    """The change of a node's field."""
    old = ast.unparse(node)
    before = getattr(node, field)
    setattr(node, field, new)
    changed = ast.unparse(node)
    setattr(node, field, before)
    return _short(old), _short(changed), lambda: setattr(node, field, new)


def _replaced(node: ast.AST, members: list, place: int, new: ast.AST) -> _Change:
    """The change of one member of a list of a node's."""
    old, before = ast.unparse(node), members[place]
    members[place] = new
    changed = ast.unparse(node)
    members[place] = before

    def make() -> None:
        members[place] = new

    return _short(old), _short(changed), make


def _in_parent(node: ast.AST, parent: ast.AST, new: ast.AST) -> _Change:
    """The change of a node for another in its parent."""

    def make() -> None:
        for field, value in ast.iter_fields(parent):
            if value is node:
                setattr(parent, field, new)
            elif isinstance(value, list) and node in value:
                value[value.index(node)] = new

    return _short(ast.unparse(node)), _short(ast.unparse(new)), make


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 90 else f"{line[:89]}…"
