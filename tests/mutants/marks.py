"""The marks of the tests: which tests promise which requirement, and which marks a seed draws."""

from __future__ import annotations

import ast
import random
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

ELSEWHERE = ("tests/system/", "tests/faults/")
"""Tests that run the system in processes of its own, where no mutant reaches."""


def marked(root: Path) -> dict[str, tuple[str, ...]]:
    """By requirement the node ids of the tests under ``root``/tests that bear its mark."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted(root.glob("tests/**/test_*.py")):
        name = path.relative_to(root).as_posix()
        for test, ids in _of(path.read_text(encoding="utf-8")):
            for requirement in ids:
                found[requirement].append(f"{name}::{test}")
    return {requirement: tuple(tests) for requirement, tests in sorted(found.items())}


def _of(source: str) -> Iterable[tuple[str, list[str]]]:
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef):
            calls = [d for d in node.decorator_list if isinstance(d, ast.Call)]
            ids = [ast.literal_eval(a) for d in calls if ast.unparse(d.func) == "pytest.mark.req" for a in d.args]
            if ids:
                yield node.name, ids


def reached(marks: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """The marks with those of their tests that run the rule in their own process; a mark without any is left out."""
    inside = {mark: tuple(t for t in tests if not t.startswith(ELSEWHERE)) for mark, tests in marks.items()}
    return {mark: tests for mark, tests in inside.items() if tests}


def drawn(marks: Collection[str], seed: str) -> list[str]:
    """The marks in the order in which a seed draws them."""
    return random.Random(seed).sample(sorted(marks), len(marks))
