"""Views as of a day: late facts, corrections, the boundaries of days, by date of fact and by date of record."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from audit.history.cut import Cut, day_of, midnight_after, moment_of
from audit.history.views import writing
from audit.history.walk import Walk
from kernel.errors import Corrupt
from services.attendance import projections
from services.attendance.register.register import AttendanceRegistered
from services.attendance.sheets.correction import AttendanceCorrected
from services.attendance.sheets.sheet import AttendanceCompiled, AttendanceSigned
from services.attendance.wiring import SERVICE
from tests.kit.audit.annals import Annals, moment

POSTING, TARGET, STREAM = "LN2018.210726102207.1", "210726102207", "register/LN2018.210726102207.1"
REGISTRAR = "210726102207 村党组织"
MAY: dict[str, Any] = {
    "posting": POSTING,
    "target": TARGET,
    "month": "2018-05",
    "registrar": REGISTRAR,
    "leave_days": 0,
}


def on_post(day: str) -> AttendanceRegistered:
    fact = date.fromisoformat(day)
    return AttendanceRegistered(occurred_on=fact, posting=POSTING, target=TARGET, day=fact, registrar=REGISTRAR)


def compiled(on: str, days: int) -> AttendanceCompiled:
    return AttendanceCompiled(occurred_on=date.fromisoformat(on), version=1, days=days, **MAY)


def signed(on: str) -> AttendanceSigned:
    about: dict[str, Any] = {
        "posting": POSTING,
        "target": TARGET,
        "month": "2018-05",
        "version": 1,
        "post": "party_secretary",
    }
    return AttendanceSigned(occurred_on=date.fromisoformat(on), signer="p-secretary", **about)


def corrected(on: str, days: int, *added: str) -> AttendanceCorrected:
    return AttendanceCorrected(
        occurred_on=date.fromisoformat(on),
        version=2,
        replaces=1,
        reason="漏登，经核实在岗（合成）",
        added=tuple(map(date.fromisoformat, added)),
        removed=(),
        days=days,
        **MAY,
    )


@pytest.fixture
def annals() -> Annals:
    """Three days of May; the third is entered in June. The sheet of May is corrected in July."""
    annals = Annals(SERVICE)
    annals.record("2018-05-29", STREAM, on_post("2018-05-29"))
    annals.record("2018-05-30", STREAM, on_post("2018-05-30"))
    annals.record("2018-06-02 09:00", STREAM, on_post("2018-05-31"))
    annals.record("2018-06-02 10:00", STREAM, compiled("2018-06-02", 3))
    annals.record("2018-07-09", STREAM, corrected("2018-07-09", 4, "2018-05-28"))
    return annals


def days(annals: Annals, day: str, recorded: bool = False) -> list[str]:
    return [row["day"].isoformat() for row in annals.as_of(day, recorded).of(projections.DAYS)]


def sheets(annals: Annals, day: str, recorded: bool = False) -> list[tuple[int, int]]:
    return [(row["version"], row["days"]) for row in annals.as_of(day, recorded).of(projections.SHEETS)]


@pytest.mark.req("X-053")
def test_attendance_entered_in_june_for_may_changes_may_and_the_log_shows_june(annals: Annals) -> None:
    assert days(annals, "2018-05-31") == ["2018-05-29", "2018-05-30", "2018-05-31"]
    assert days(annals, "2018-05-31", recorded=True) == ["2018-05-29", "2018-05-30"]
    late = list(annals.log.read())[2]
    assert (late.occurred_on, late.recorded_at) == (date(2018, 5, 31), moment("2018-06-02 09:00"))


@pytest.mark.req("X-053")
def test_the_day_itself_counts_and_the_one_before_does_not(annals: Annals) -> None:
    assert days(annals, "2018-05-28") == []
    assert days(annals, "2018-05-29") == ["2018-05-29"]
    assert days(annals, "2018-06-01", recorded=True) == ["2018-05-29", "2018-05-30"]
    assert days(annals, "2018-06-02", recorded=True) == ["2018-05-29", "2018-05-30", "2018-05-31"]


def test_a_correction_counts_from_its_own_day_on_and_what_it_corrects_stays(annals: Annals) -> None:
    assert sheets(annals, "2018-07-08") == [(1, 3)]
    assert sheets(annals, "2018-07-09") == [(1, 3), (2, 4)]
    assert days(annals, "2018-07-09")[0] == "2018-05-28"


def test_a_fact_dated_back_changes_a_day_by_fact_and_not_by_record(annals: Annals) -> None:
    before = days(annals, "2018-05-31"), days(annals, "2018-05-31", recorded=True)
    annals.record("2018-08-01", STREAM, on_post("2018-05-27"))
    assert days(annals, "2018-05-31") == ["2018-05-27", *before[0]]
    assert days(annals, "2018-05-31", recorded=True) == before[1]


@pytest.mark.parametrize(("at", "june", "july"), [("2018-06-30 23:59", 1, 1), ("2018-07-01 00:00", 0, 1)])
def test_a_day_of_record_ends_at_midnight_in_shanghai(at: str, june: int, july: int) -> None:
    annals = Annals(SERVICE)
    annals.record(at, STREAM, on_post("2018-06-01"))
    assert len(days(annals, "2018-06-30", recorded=True)) == june
    assert len(days(annals, "2018-07-01", recorded=True)) == july


@pytest.mark.req("X-053")
def test_the_last_microsecond_of_a_day_belongs_to_it() -> None:
    assert midnight_after(date(2018, 6, 30)) == moment("2018-07-01 00:00")
    assert Cut(date(2018, 6, 30), recorded=True).mark == moment("2018-07-01 00:00") - 1


def test_the_view_of_a_late_day_is_what_the_read_models_hold(annals: Annals) -> None:
    for recorded in (False, True):
        assert annals.as_of("2100-01-01", recorded).tables == annals.log.tables.tables


def test_later_facts_are_applied_in_the_order_of_the_log() -> None:
    annals = Annals(SERVICE)
    annals.record("2018-06-02", STREAM, compiled("2018-06-02", 3))
    annals.record("2018-06-03", STREAM, compiled("2018-06-01", 5))
    assert sheets(annals, "2018-06-30") == [(1, 5)]
    assert sheets(annals, "2018-06-01") == [(1, 5)]
    assert sheets(annals, "2018-06-02", recorded=True) == [(1, 3)]


def test_lines_tell_their_dates_whatever_their_texts_say() -> None:
    annals = Annals(SERVICE)
    trap = '","occurred_on":"1999-01-01","recorded_at":1,'
    event = AttendanceRegistered(
        occurred_on=date(2018, 5, 29), posting=POSTING, target=TARGET, day=date(2018, 5, 29), registrar=trap
    )
    annals.record("2018-06-02", STREAM, event)
    (line,) = annals.log.lines(0, 1)
    assert (day_of(line), moment_of(line)) == (b"2018-05-29", moment("2018-06-02 12:00"))


def test_only_the_tables_asked_for_are_folded(annals: Annals) -> None:
    ops = writing(SERVICE, (projections.SHEETS,))
    assert {op.table.name for event in annals.log.read() for op in ops(event)} == {"sheets"}


def test_a_missing_position_is_named(annals: Annals) -> None:
    lines = annals.log.lines(0, 10)
    walk = Walk(SERVICE, [lines[:2], lines[3:]], [Cut(date(2100, 1, 1))])
    with pytest.raises(Corrupt, match="attendance: position 3: is missing, 4 stands there"):
        list(walk)


def test_a_line_that_cannot_be_read_is_named(annals: Annals) -> None:
    lines = annals.log.lines(0, 10)
    walk = Walk(
        SERVICE,
        [[*lines[:3], lines[3].replace(b'"AttendanceCompiled"', b'"AttendanceXompiled"')]],
        [Cut(date(2100, 1, 1))],
    )
    with pytest.raises(Corrupt, match="attendance: position 4: no event type AttendanceXompiled"):
        list(walk)


def test_nothing_is_read_beyond_a_day_of_record(annals: Annals) -> None:
    walk = annals.walk(Cut(date(2018, 5, 30), recorded=True))
    assert [event.position for _, event in walk] == [1, 2]
    assert walk.read == 3


def test_a_difference_names_rows_and_columns(annals: Annals) -> None:
    added = {c.key: (c.table.name, c.what) for c in annals.changes("2018-06-30", "2018-07-31")}
    assert added == {
        (POSTING, date(2018, 5, 28)): ("days_on_post", "added"),
        (POSTING, "2018-05", 2): ("sheets", "added"),
    }
    annals.record("2018-08-01", STREAM, compiled("2018-08-01", 7))
    (change,) = annals.changes("2018-07-31", "2018-08-01")
    assert (change.what, change.columns) == ("changed", ("days", "compiled_on"))
    assert change.before is not None
    assert change.after is not None
    assert (change.before["days"], change.after["days"]) == (3, 7)


def test_a_difference_by_record_shows_what_came_in_late(annals: Annals) -> None:
    assert [c.key for c in annals.changes("2018-05-31", "2018-06-01")] == []
    assert [c.key for c in annals.changes("2018-06-01", "2018-06-02", recorded=True)] == [
        (POSTING, date(2018, 5, 31)),
        (POSTING, "2018-05", 1),
    ]


def test_a_row_that_is_dropped_between_the_days_is_removed() -> None:
    annals = Annals(SERVICE)
    annals.record("2018-05-29", STREAM, on_post("2018-05-29"))
    event = AttendanceCorrected(
        occurred_on=date(2018, 6, 9),
        version=2,
        replaces=1,
        reason="误登（合成）",
        added=(),
        removed=(date(2018, 5, 29),),
        days=0,
        **MAY,
    )
    annals.record("2018-06-09", STREAM, event)
    removed, added = annals.changes("2018-06-08", "2018-06-09")
    assert (removed.table.name, removed.what, removed.after) == ("days_on_post", "removed", None)
    assert (added.what, added.turned().what, removed.turned().what) == ("added", "removed", "added")


def test_a_difference_is_that_of_the_two_views_whatever_the_order() -> None:
    annals = Annals(SERVICE)
    # By date of fact the second lies between the days, the third before both, the last behind both.
    annals.record("2018-06-01", STREAM, compiled("2018-05-31", 1))
    annals.record("2018-06-02", STREAM, compiled("2018-06-20", 2))
    annals.record("2018-06-03", STREAM, signed("2018-05-30"))
    annals.record("2018-06-04", STREAM, compiled("2018-07-20", 4))
    for recorded, one, other in ((False, "2018-05-31", "2018-06-30"), (True, "2018-06-01", "2018-06-03")):
        before, after = annals.as_of(one, recorded), annals.as_of(other, recorded)
        (change,) = annals.changes(one, other, recorded)
        assert [change.before] == before.of(projections.SHEETS)
        assert [change.after] == after.of(projections.SHEETS)
        assert change.after is not None
        assert (change.after["days"], change.after["signer"]) == (2, "p-secretary")
    assert annals.changes("2018-06-30", "2018-05-31") == annals.changes("2018-05-31", "2018-06-30")
