"""The same data read again: one event at first, every reading counted before it is shown, one event with the number."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest

from kernel.config import Config
from kernel.errors import Busy
from kernel.log.sessions import Readers
from kernel.messages import Actor
from kernel.opening import open_service
from kernel.testing import actor
from services.personnel.privacy.rereading_queries import WINDOW, Rereadings
from services.personnel.wiring import SERVICE
from tests.kit.databases import rows_of, run
from tests.kit.desk import Desk
from tests.kit.personnel import cast
from tests.kit.personnel.posted import posted

AUDITOR = actor("auditor", person="a-1", areas=("21",))
START = 1_796_000_000_000_000


class Clock:
    """Microseconds that pass when told."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> int:
        return self.now

    def pass_window(self) -> None:
        """Go to the first moment at which the windows opened before are over."""
        self.now += WINDOW


@pytest.fixture(scope="module")
def people(office: Desk) -> list[dict[str, Any]]:
    return posted(office)


@pytest.fixture
def clock(office: Desk, people: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Of a desk on which no window is open."""
    clock = Clock()
    run(office.database.owner_url, "delete from rereadings.open")
    monkeypatch.setitem(office.opened.handler.tools, "rereadings", Rereadings(Readers(office.database.url), clock))
    return clock


def reader(name: str) -> Actor:
    return replace(cast.COUNTY, person=name)


def ledger(office: Desk, by: Actor, county: str = "") -> list[str]:
    """The names shown."""
    return [row["name"] for row in office.query(by, "ledger", programme="LN2018", county=county)]


def log_of(office: Desk, by: Actor) -> list[tuple[int, int]]:
    """(persons, repeats) of every reading of one reader, as an auditor is told."""
    return [(row["count"], row["again"]) for row in office.query(AUDITOR, "access_log", reader=by.person)]


def counts(office: Desk) -> tuple[int, int]:
    counted = office.counts()
    return counted.get("PersonalDataRead", 0), counted.get("PersonalDataReadAgain", 0)


def test_four_hundred_readings_of_one_page_are_one_event_and_then_a_number(office: Desk, clock: Clock) -> None:
    by, other = reader("p-many"), reader("p-other")
    (first, again), head = counts(office), office.log.head()[0]
    for _ in range(400):
        assert len(ledger(office, by)) == 2
    assert counts(office) == (first + 1, again)
    assert office.log.head()[0] == head + 1
    # What is counted and no event yet is told to the auditor all the same.
    assert log_of(office, by) == [(2, 399)]
    clock.pass_window()
    ledger(office, other)
    assert counts(office) == (first + 2, again + 1)
    assert office.stored("PersonalDataReadAgain")[-1] == {
        "reader": "p-many",
        "role": "county_org",
        "purpose": "ledger",
        "first": head + 1,
        "again": 399,
    }
    assert log_of(office, by) == [(2, 399)]
    assert log_of(office, other) == [(2, 0)]
    assert office.replays()


def test_the_window_ends_and_a_reading_without_a_repeat_leaves_no_number(office: Desk, clock: Clock) -> None:
    by = reader("p-window")
    before = counts(office)
    ledger(office, by)
    clock.now += WINDOW - 1
    ledger(office, by)
    assert log_of(office, by) == [(2, 1)]
    clock.now += 1
    ledger(office, by)
    assert log_of(office, by) == [(2, 1), (2, 0)]
    clock.pass_window()
    ledger(office, by)
    assert log_of(office, by) == [(2, 1), (2, 0), (2, 0)]
    assert counts(office) == (before[0] + 3, before[1] + 1)


def test_only_what_says_the_very_same_is_joined(office: Desk, clock: Clock, people: list[dict[str, Any]]) -> None:
    by = reader("p-same")
    before = counts(office)[0]
    ledger(office, by)
    ledger(office, replace(by, organ="另一组织部"))
    ledger(office, replace(by, role="province_org", areas=("21",)))
    answer = office.opened.door.query(
        {
            "query": "ledger",
            "params": {"programme": "LN2018"},
            "actor": asdict(by),
            "limit": 1,
        }
    )
    assert len(answer["items"]) == 1
    office.query(by, "form", nomination=people[0]["nomination"])
    office.query(by, "form", nomination=people[1]["nomination"])
    assert counts(office)[0] == before + 6
    # Another way to ask for the same rows shows the same, and is the same.
    ledger(office, by, county="210727")
    assert counts(office)[0] == before + 6
    assert sorted(log_of(office, by)) == [(1, 0), (1, 0), (1, 0), (2, 0), (2, 0), (2, 1)]


def test_what_cannot_be_counted_is_not_shown(office: Desk, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    by = reader("p-away")
    ledger(office, by)
    away = Rereadings(Readers("postgresql://127.0.0.1:1/nowhere"), clock)
    monkeypatch.setitem(office.opened.handler.tools, "rereadings", away)
    refused = office.asked(by, "ledger", programme="LN2018")
    assert (refused["kind"], refused["code"]) == ("busy", "log_away")


@pytest.mark.parametrize("killed", ["before the event", "after the event"])
def test_the_count_outlives_the_process_and_is_an_event_once(
    office: Desk, clock: Clock, killed: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    by, handler = reader(f"p-{killed.split()[0]}"), office.opened.handler
    for _ in range(5):
        ledger(office, by)
    clock.pass_window()
    before = counts(office)

    def fall(*_: object) -> None:
        raise Busy("ended", accepted="later")

    with monkeypatch.context() as dying:
        dying.setattr(handler.tools["rereadings"], "close", fall)
        if killed == "before the event":
            whole = handler.log.append
            dying.setattr(
                handler.log, "append", lambda item: fall() if item.command.startswith("reread/") else whole(item)
            )
        assert office.asked(reader("p-last"), "ledger", programme="LN2018")["kind"] == "busy"
    assert counts(office)[1] == before[1] + (killed == "after the event")
    assert log_of(office, by) == [(2, 4)]
    # The next process finds what the first left, and says it where it was not said.
    anew = open_service(SERVICE, Config(db=office.database.url, keys=tmp_path / "none"))
    monkeypatch.setitem(anew.handler.tools, "rereadings", Rereadings(Readers(office.database.url), clock))
    monkeypatch.setitem(anew.handler.tools, "vault", handler.tools["vault"])
    monkeypatch.setattr(office, "opened", anew)
    ledger(office, reader(f"p-next-{killed.split()[0]}"))
    assert counts(office)[1] == before[1] + 1
    assert log_of(office, by) == [(2, 4)]
    assert rows_of(office.database.owner_url, "select first from rereadings.open where closing") == []
    anew.log.close()
