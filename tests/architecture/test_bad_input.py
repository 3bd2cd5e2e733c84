"""The chapter on bad input names tests that are there, and says of each what that test says."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).resolve().parents[2]
CHAPTER: Final = (ROOT / "docs/bad-input.md").read_text(encoding="utf-8")
ROWS: Final = re.findall(r"^\| ([^|]+) \| [^|]+ \| `(\w+)` \| (\S+) \| `([^:`]+)::(\w+)` \|$", CHAPTER, re.MULTILINE)
"""Bad input, code, clause, file and function of each row."""
DECLARED: Final = frozenset(
    code
    for name in ("docs/refusals.md", "programmes/README.md")
    for code in re.findall(r"`(\w+)`", (ROOT / name).read_text(encoding="utf-8"))
)


@cache
def tree(path: str) -> ast.Module:
    return ast.parse((ROOT / path).read_text(encoding="utf-8"))


def texts(node: ast.AST) -> set[str]:
    """The texts that stand in a node itself."""
    return {one.value for one in ast.iter_child_nodes(node) if isinstance(one, ast.Constant) and type(one.value) is str}


def test_each_line_of_the_tables_is_a_row() -> None:
    lines = [line for line in CHAPTER.splitlines() if line.startswith("| ") and not line.startswith("| Bad input")]
    assert len(ROWS) == len(lines) > 50


@pytest.mark.parametrize(("told", "code", "clause", "path", "name"), ROWS, ids=[row[0] for row in ROWS])
def test_the_test_of_a_row_is_there_and_says_its_code_and_clause(
    told: str, code: str, clause: str, path: str, name: str
) -> None:
    assert code in DECLARED, told
    found = tree(path)
    assert name in {node.name for node in found.body if isinstance(node, ast.FunctionDef)}
    wanted = {code} if clause == "—" else {code, clause}
    assert any(wanted <= texts(node) for node in ast.walk(found)), f"{path} says nowhere {wanted} together"
