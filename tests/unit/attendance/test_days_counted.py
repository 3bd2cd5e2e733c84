"""Twenty days a month, and which days they are (AT-010)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kernel.messages import Event
from kernel.rules import Rules
from kernel.testing import given
from programmes.working_days import WorkingDays
from services.attendance.parts import REGISTER
from services.attendance.sheets.seal import MonthlyAttendanceAssessed, SealBy
from tests.kit.attendance.posts import COMMITTEE, JUNE, POSTING, VILLAGE, at, first_days, opened, present, rules, sheet


def sealing(on: str = "2018-07-04", month: str = JUNE, area: str = VILLAGE) -> SealBy:
    return SealBy(context=at(on, COMMITTEE, area), posting=POSTING, month=month, calendar=WorkingDays())


def signed_month(number: int, month: str = JUNE, on: str = "2018-07-02", signed: str = "2018-07-03") -> list[Event]:
    return [opened("2018-05-01"), *present(first_days(month, number)), *sheet(month, number, on=on, signed=signed)]


def assessed(events: list[Event] | None) -> MonthlyAttendanceAssessed:
    (one,) = [e for e in events or [] if isinstance(e, MonthlyAttendanceAssessed)]
    return one


@pytest.mark.req("AT-010")
@pytest.mark.parametrize(("number", "met"), [(19, False), (20, True), (21, True), (0, False)])
def test_nineteen_days_fail_and_twenty_pass(number: int, met: bool) -> None:
    one = assessed(given(REGISTER, *signed_month(number)).when(sealing()).events)

    # Which days are counted is not printed: who has too few of all has too few, who has enough has them as read here.
    assert (one.days, one.required, one.met, one.assumed) == (number, 20, met, met)


@pytest.mark.req("AT-010")
def test_a_february_of_few_working_days_is_held_to_twenty_all_the_same() -> None:
    """February 2018 has 18 working days, February 2019 has 17."""
    history = signed_month(19, "2019-02", on="2019-03-01", signed="2019-03-02")
    one = assessed(given(REGISTER, *history).when(sealing("2019-03-03", month="2019-02")).events)

    assert (one.days, one.required, one.met) == (19, 20, False)


@pytest.mark.req("AT-010")
@pytest.mark.parametrize(
    ("origin", "number", "found"),
    [
        ("printed", 28, (19, False, False)),
        ("printed", 29, (20, True, False)),
        ("assumed", 19, (12, False, False)),
        ("assumed", 28, (19, False, True)),
        ("assumed", 29, (20, True, False)),
    ],
)
def test_where_the_profile_counts_working_days_a_weekend_is_none(
    origin: str, number: int, found: tuple[int, bool, bool]
) -> None:
    """June 2018 has 20 working days, the 18th is a holiday; which side an assumption falls on is told."""
    path, in_force = "attendance.days_counted", rules()
    counted = replace(in_force.entries[path], value="working_days", origin=origin)
    asked = sealing()
    changed = Rules(in_force.programme, in_force.version, {**in_force.entries, path: counted})
    by = replace(asked, context=replace(asked.context, rules=changed))
    one = assessed(given(REGISTER, *signed_month(number)).when(by).events)

    assert (one.days, one.met, one.assumed) == found
    assert one.required == 20


def test_outside_jinzhou_the_same_figure_is_marked_assumed() -> None:
    one = assessed(given(REGISTER, *signed_month(19)).when(sealing(area="211302")).events)

    assert (one.required, one.met, one.assumed) == (20, False, True)
