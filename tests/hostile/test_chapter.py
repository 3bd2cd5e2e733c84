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


ITEMS = {
    "3": ("2.1 2.2", "3.1 3.2 3.3 3.4", "4.1 4.2 4.3 4.4 4.5 4.6", "5.1 5.2 5.3 5.4 5.5", "7.1 7.2"),
    "6": (
        *("1.1 1.2 1.3", "2.1 2.2 2.3 2.4 2.5 2.6 2.7 2.8 2.9 2.10 2.11", "3.1 3.2 3.3", "4.1 4.2 4.3 4.4"),
        *("5.1 5.2 5.3 5.4 5.5", "6.1 6.2 6.3", "8.1 8.2 8.3 8.4"),
    ),
    "7": ("1.1 1.2 1.3", "2.1 2.2 2.3 2.4", "3.1 3.2", "4.1 4.2 4.3 4.4 4.5", "5.1 5.2", "6.1 6.2"),
}
"""What ASVS 5.0.0 asks at levels 1 and 2 in three of its chapters."""


def test_every_item_of_three_chapters_of_asvs_has_its_test_its_reason_or_is_said_to_be_open() -> None:
    _, _, listed = (ROOT / "docs" / "security.md").read_text(encoding="utf-8").partition("## OWASP ASVS 5.0, level 2")
    rows = [line.strip("|").split("|") for line in listed.splitlines() if re.match(r"\| \d", line)]
    assert all(len(row) == 3 for row in rows)
    assert [row[0] for row in rows if not ("`tests/" in row[2] or re.match(r" (?:reason|open): \S", row[2]))] == []
    named = [item.strip() for row in rows for item in row[0].split(",")]
    assert len(named) == len(set(named))
    wanted = {f"{chapter}.{item}" for chapter, parts in ITEMS.items() for part in parts for item in part.split()}
    assert wanted - set(named) == set()
