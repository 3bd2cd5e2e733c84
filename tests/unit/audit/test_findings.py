"""The list of findings: the chapter explains each code, and verification knows no other."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from audit.findings import CODES, Findings
from audit.follows import FOLLOWS, SUBJECT, subject
from audit.wirings import service_named

ROOT = Path(__file__).resolve().parents[3]


def test_the_chapter_explains_every_code() -> None:
    text = (ROOT / "docs" / "auditing.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `([a-z_]+)` \|", text, re.MULTILINE) == list(CODES)


def test_the_checks_use_every_code_and_no_other() -> None:
    used: set[str] = set()
    for path in sorted((ROOT / "audit").glob("*.py")):
        if path.stem != "findings":
            used |= set(re.findall(r'"([a-z_]+)"', path.read_text(encoding="utf-8"))) & set(CODES)
    assert used == set(CODES)


def test_a_code_that_is_not_declared_is_refused() -> None:
    with pytest.raises(KeyError):
        Findings().add("no_such_code", "personnel", 1, "synthetic")


def test_more_findings_than_are_kept_are_still_counted() -> None:
    findings = Findings(most=3)
    for position in range(1, 6):
        findings.add("leaf_differs", "personnel", position, "synthetic")
    assert ([f.position for f in findings], len(findings)) == ([1, 2, 3], 5)
    assert [f.where for f in findings] == ["personnel:1", "personnel:2", "personnel:3"]


def test_what_must_follow_is_a_reaction_and_is_known_by_fields_the_event_has() -> None:
    for taker, kinds in FOLLOWS.items():
        assert kinds <= set(service_named(taker).reactions)
        assert kinds <= set(SUBJECT)
    for kind, names in SUBJECT.items():
        source, _, name = kind.partition(".")
        fields = set(service_named(source).events.by_name[name].__struct_fields__)
        assert set(names) <= fields
        assert subject(kind, dict.fromkeys(names, "x")).startswith(kind)
