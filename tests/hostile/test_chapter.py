"""The chapter on security names tests: each of them is there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NAMED = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")


def test_every_test_that_the_chapter_names_is_there() -> None:
    named = NAMED.findall((ROOT / "docs" / "security.md").read_text(encoding="utf-8"))
    assert len(named) > 30
    missing = [
        f"{path}::{name}"
        for path, name in named
        if not (ROOT / path).is_file() or (name and f"def {name}(" not in (ROOT / path).read_text(encoding="utf-8"))
    ]
    assert missing == []


def test_every_module_of_the_room_is_named() -> None:
    chapter = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    modules = sorted(path.name for path in Path(__file__).parent.rglob("test_*.py") if path != Path(__file__))
    assert [name for name in modules if name not in chapter] == []
