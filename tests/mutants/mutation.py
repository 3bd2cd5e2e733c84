"""Small changes to a rule, each of which a test of the rule should notice.

A comparison is turned (``<`` and ``<=``, ``==`` and ``!=``, ``in`` and ``not in``), a check or what hangs on it is
dropped, a whole number is one more or one less, a difference a sum, ``and`` becomes ``or``. A site is a place where one
of these can be done; the sites of a source are counted from 0, in an order that depends on the source alone.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

_TURNED: Final[dict[type[ast.cmpop], type[ast.cmpop]]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}


@dataclass(frozen=True, slots=True)
class Site:
    """One change to the source at ``path``, relative to the root: where, what, and the number it is asked for by.

    ``sharp`` where a test notices it only if it asks for the bound or the refusal. The others turn a condition into its
    opposite, which whatever passes by will notice.
    """

    path: str
    line: int
    change: str
    number: int
    sharp: bool

    def __str__(self) -> str:
        return f"{self.path}:{self.line}  {self.change}"


class _Walk(ast.NodeTransformer):
    """Finds the sites of a tree in the order of their nodes, inner ones first, and makes the ``wanted`` change."""

    def __init__(self, wanted: int | None) -> None:
        self.wanted = wanted
        self.found: list[tuple[int, str, bool]] = []

    def visit_If(self, node: ast.If) -> ast.AST:
        """A check that refuses, or whatever else is done on one condition alone; what ends a loop stays."""
        self.generic_visit(node)
        if node.orelse or isinstance(node.body[-1], ast.Break | ast.Continue):
            return node
        return self._site(node, f"dropped: if {ast.unparse(node.test)}: …", lambda: _never(node))

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        """A comparison of two."""
        self.generic_visit(node)
        turned = _TURNED.get(type(node.ops[0]))
        if len(node.ops) > 1 or turned is None:
            return node
        other = ast.Compare(node.left, [turned()], node.comparators)
        bound = isinstance(node.ops[0], ast.Lt | ast.LtE | ast.Gt | ast.GtE)
        return self._site(node, f"{ast.unparse(node)}  →  {ast.unparse(other)}", lambda: other, sharp=bound)

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.AST:
        """All of, or one of."""
        self.generic_visit(node)
        other = ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)
        return self._site(node, f"{ast.unparse(node)}  →  {ast.unparse(other)}", lambda: other)

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        """A difference."""
        self.generic_visit(node)
        if not isinstance(node.op, ast.Sub):
            return node
        other = ast.BinOp(node.left, ast.Add(), node.right)
        return self._site(node, f"{ast.unparse(node)}  →  {ast.unparse(other)}", lambda: other)

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        """A whole number."""
        value = node.value
        if not isinstance(value, int) or isinstance(value, bool):
            return node
        more = self._site(node, f"{value}  →  {value + 1}", lambda: ast.Constant(value + 1))
        less = self._site(node, f"{value}  →  {value - 1}", lambda: ast.Constant(value - 1))
        return less if more is node else more

    def _site(
        self, node: ast.stmt | ast.expr, change: str, changed: Callable[[], ast.AST], *, sharp: bool = True
    ) -> ast.AST:
        number = len(self.found)
        self.found.append((node.lineno, " ".join(change.split()), sharp))
        return ast.copy_location(changed(), node) if number == self.wanted else node


def _never(check: ast.If) -> ast.If:
    return ast.If(ast.Constant(False), check.body, check.orelse)


def sites(path: str, source: str) -> list[Site]:
    """Every site of a source."""
    walk = _Walk(None)
    walk.visit(ast.parse(source))
    return [Site(path, line, change, number, sharp) for number, (line, change, sharp) in enumerate(walk.found)]


def mutated(source: str, number: int) -> ast.Module:
    """The tree of a source with one of its sites changed. Raises IndexError for a number it has not."""
    walk = _Walk(number)
    tree: ast.Module = walk.visit(ast.parse(source))
    if not 0 <= number < len(walk.found):
        raise IndexError(f"no site {number} of {len(walk.found)}")
    return ast.fix_missing_locations(tree)
