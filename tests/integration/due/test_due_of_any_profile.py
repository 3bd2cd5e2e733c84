"""Whatever is published, the questions of what is due and of what a day asks are answered by all services.

The values are drawn from the form of each reader that those questions read, so a reader of tomorrow is tried as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import Any, Final

import pytest

from kernel.calendar import day_of
from kernel.log.batch import clock
from kernel.reader import Reader
from kernel.rules import Rules
from programmes import loader
from programmes.known import FORMS
from tests.kit import shanxi
from tests.kit.desk import Desk, organ
from tests.kit.personnel.candidates import PROVINCE, SX2015
from tests.kit.readable import first, variants
from tests.kit.spoiled import saying
from tests.kit.together import Together

AUDITOR, CALENDAR, DAY = organ("auditor", "14"), organ("calendar", "14"), "2016-12-31"
ROUNDS: Final = 12
"""Profiles published one after the other; each says something else at every path that is read."""
KNOWN: Final = ("SX2015", "LN2018", "JZ", "QS2017", "LN2002")


@pytest.fixture(scope="module")
def system(open_desk: Callable[..., Desk]) -> Together:
    """Two first secretaries on post since July 2015, one candidate filed and one who applied."""
    system = shanxi.county(open_desk)
    for number, village in enumerate(shanxi.VILLAGES[:2], 1):
        shanxi.on_post(system, number, village)
    shanxi.cleared(system, 3)
    shanxi.applied(system, 4, "2015-06-25")
    return system


def printed(path: str) -> Any:
    """What one of the programmes says there, or the first value that can stand there."""
    said = (loader.load(name).rules.get(path, {}).get("value") for name in KNOWN)
    return next((value for value in said if value is not None), None) or first(FORMS[path])


def asked(system: Together) -> dict[str, set[str]]:
    """Both questions to every service; gives the kinds of what is owed by service."""
    found: dict[str, set[str]] = {}
    for name, desk in system.desks.items():
        desk.query(CALENDAR, "daily", day=DAY)
        for on in (DAY, day_of(clock()).isoformat()):
            rows = desk.query(AUDITOR, "due", 10_000, as_of=on, state="all")
            found[name] = found.get(name, set()) | {row["kind"] for row in rows}
    return found


def noted(monkeypatch: pytest.MonkeyPatch, system: Together) -> set[str]:
    """The paths that the two questions read."""
    read: set[str] = set()
    find = Rules.find

    def noting(rules: Rules, reader: Reader[Any]) -> Any:
        read.add(reader.path)
        return find(rules, reader)

    with monkeypatch.context() as during:
        during.setattr(Rules, "find", noting)
        asked(system)
    return read


def said(paths: set[str]) -> Iterator[dict[str, Any]]:
    """For each round a value at every path: each in turn another of those that its form takes."""
    near = {path: variants(FORMS[path], printed(path)) or (printed(path),) for path in sorted(paths)}
    for number in range(ROUNDS):
        yield {path: values[number * max(1, len(values) // ROUNDS) % len(values)] for path, values in near.items()}


def published(system: Together, version: int, values: dict[str, Any]) -> int:
    """How many of ``values`` are in force, if need be without those that were refused for others beside them."""
    about = {"command": "PublishProfile", "occurred_on": DAY, "actor": asdict(PROVINCE)}
    while values:
        request = {**about, "id": f"p-{version}-{len(values)}", "data": {"profile": saying(SX2015, version, values)}}
        answer = system.desks["allocation"].opened.door.execute(request)
        if "receipt" in answer:
            system.settle()
            return len(values)
        faults = {one["field"].removeprefix("profile.") for one in answer["problem"]["details"]}
        assert faults & set(values), answer
        values = {path: value for path, value in values.items() if path not in faults}
    return 0


def test_whatever_is_published_what_is_due_is_answered(system: Together, monkeypatch: pytest.MonkeyPatch) -> None:
    paths, owed = noted(monkeypatch, system), asked(system)
    before = {name: set(kinds) for name, kinds in owed.items()}
    for version, values in enumerate(said(paths), 2):
        assert published(system, version, values) > len(paths) * 2 // 3
        for name, kinds in asked(system).items():
            owed[name] |= kinds
    # Something is owed of what the rules of 2015 do not ask for: the values were read.
    assert owed["personnel"] > before["personnel"] >= {"post_removal", "ledger_filing"}
    assert owed["attendance"] > before["attendance"]
    assert owed["evaluation"] >= before["evaluation"] >= {"year_grade", "village_plan"}
    assert system.replay()
