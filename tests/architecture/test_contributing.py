"""The guide for contributors shows code that stands in the project."""

from __future__ import annotations

import ast
import re
import textwrap
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
GUIDE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(?:python|toml)\n(.*?)\n```", GUIDE, re.DOTALL)
NAMED = sorted(set(re.findall(r"`((?:programmes|services|tests)/[\w/]+\.(?:py|toml|json|md))`", GUIDE)))


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.split("\n", 1)[0][:40])
def test_a_block_of_code_stands_in_a_file_that_the_guide_names(block: str) -> None:
    files = [ROOT / name for name in NAMED if (ROOT / name).suffix in {".py", ".toml"}]
    assert any(said(block) in said(file.read_text(encoding="utf-8")) for file in files), block


def said(text: str) -> str:
    """A text as it reads without indents and breaks of lines: a body of a function stands on its own in the guide."""
    try:
        text = ast.unparse(ast.parse(textwrap.dedent(text)))
    except SyntaxError:  # a piece of TOML
        return text.strip()
    return "\n".join(line.strip() for line in text.splitlines())


@pytest.mark.parametrize("name", NAMED)
def test_a_file_that_the_guide_names_is_there(name: str) -> None:
    assert (ROOT / name).is_file()
