"""The copy of a programme's rules: one event a version, supplements beside their base."""

from __future__ import annotations

from typing import Any

from kernel.profiles import PROGRAMME, NoteProfile, ProfileNoted, stream_of
from kernel.reader import Reader
from kernel.testing import actor, context, given

DAYS = Reader[int]("days", "天数")


def published(version: int = 1, name: str = "P", base: str | None = None, days: int = 20) -> dict[str, Any]:
    rule = {"value": days, "origin": "printed", "notice": "N", "clause": "1"}
    scope = "2107" if base else "21"
    return {"programme": name, "version": version, "base": base, "scope": scope, "sha256": "0", "rules": {"days": rule}}


def noting(**data: Any) -> NoteProfile:
    return NoteProfile(context=context("2018-04-16", actor("system")), **data)


def test_a_version_is_noted_once_and_an_older_one_never() -> None:
    two = given(PROGRAMME).when(noting(**published(2))).types("ProfileNoted")
    (noted,) = [event for event in two.events or [] if isinstance(event, ProfileNoted)]

    given(PROGRAMME, noted).when(noting(**published(2))).then()
    given(PROGRAMME, noted).when(noting(**published(1))).then()
    given(PROGRAMME, noted).when(noting(**published(3))).types("ProfileNoted")


def test_a_supplement_stands_beside_its_base_and_holds_in_its_area() -> None:
    data = [published(), published(name="S", base="P", days=22)]
    events = [e for d in data for e in given(PROGRAMME).when(noting(**d)).events or []]
    book = given(PROGRAMME, *events).state

    assert {stream_of(d) for d in data} == {"programme/P"}
    assert [book.effective("P", area).value(DAYS) for area in ("2107", "210726", "2113", None)] == [22, 22, 20, 20]
