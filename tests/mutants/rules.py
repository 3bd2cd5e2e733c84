"""Which rule stands under a mark: the function that names it, among those that its tests execute.

A function names the requirements it decides in its docstring. Where none that the tests execute does, or there is
nothing to change in it, those count whose class or module names the requirement, and last those that the fewest other
marks execute. What every test passes through, the decision loop, is never a mark's own.
"""

from __future__ import annotations

import ast
import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.mutants.mutation import Site, sites

Traces = Mapping[str, Mapping[str, Iterable[int]]]
"""By mark the executed lines of each source, relative to the root."""
POOL = 6
"""Sites there are to draw from at least where nothing names the requirement."""


@dataclass(frozen=True, slots=True)
class Function:
    """A function with its lines, what its docstring says, and what those of its class and its module say."""

    path: str
    name: str
    first: int
    last: int
    said: str
    around: str

    def tier(self, mark: str) -> int:
        """0 where it names the requirement, 1 where class or module does, else 2."""
        return 0 if mark in named(self.said) else 1 if mark in named(self.around) else 2


@cache
def named(docstring: str) -> frozenset[str]:
    """The requirements that a docstring names, ``AL-002 to AL-006`` as all five."""
    found = set(re.findall(r"\b[A-Z]{1,2}-\d{3}\b", docstring))
    for first, last in re.findall(r"\b([A-Z]{1,2}-\d{3}) to ([A-Z]{1,2}-\d{3})\b", docstring):
        series, _, number = first.partition("-")
        found |= {f"{series}-{n:03}" for n in range(int(number), int(last.partition("-")[2]) + 1)}
    return frozenset(found)


@cache
def functions(root: Path, path: str) -> tuple[Function, ...]:
    """The functions of a source, those inside of others after them."""
    tree = ast.parse((root / path).read_text(encoding="utf-8"))

    def inside(node: ast.AST, around: str) -> Iterator[Function]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef):
                said = ast.get_docstring(child) or ""
                if not isinstance(child, ast.ClassDef):
                    yield Function(path, child.name, child.body[0].lineno, child.end_lineno or 0, said, around)
                yield from inside(child, f"{around}\n{said}")
            else:
                yield from inside(child, around)

    return tuple(inside(tree, ast.get_docstring(tree) or ""))


def executed(root: Path, lines: Mapping[str, Iterable[int]]) -> dict[Function, set[int]]:
    """The functions that lines lie in, each with its lines; a line belongs to the innermost function."""
    found: dict[Function, set[int]] = {}
    for path, numbers in lines.items():
        for number in numbers:
            around = [f for f in functions(root, path) if f.first <= number <= f.last]
            if around:
                found.setdefault(around[-1], set()).add(number)
    return found


def own_sites(root: Path, traces: Traces, mark: str, seed: str) -> list[Site]:
    """The sites under a mark in the order the seed gives them, the sharp ones first.

    Only sites on lines that the mark's tests execute are named.
    """
    mine = executed(root, traces[mark])

    def of(function: Function) -> list[Site]:
        source = (root / function.path).read_text(encoding="utf-8")
        return [site for site in sites(function.path, source) if site.line in mine[function]]

    pool: list[Site] = []
    for tier in (0, 1):
        pool = pool or [site for function in mine if function.tier(mark) == tier for site in of(function)]
    if not pool:
        shared = Counter(function for lines in traces.values() for function in executed(root, lines))
        for function in sorted(mine, key=lambda f: (shared[f], f.path, f.first)):
            pool += of(function) if len(pool) < POOL else []
    pool.sort(key=lambda site: (site.path, site.number))
    random.Random(f"{seed} {mark}").shuffle(pool)
    return sorted(pool, key=lambda site: not site.sharp)
