"""A leg from nomination to the return."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from kernel.testing import actor, given
from services.personnel.legs.breach import RecordSwapBreach, SwapBreachRecorded
from services.personnel.legs.leg import AppointmentRecorded, SecondmentReported, SwapLegNominated
from services.personnel.legs.secondment import (
    Appoint,
    EndTerm,
    TakeBackLeg,
    WithdrawLeg,
)
from services.personnel.parts import LEG
from services.personnel.postings.returning import TermEnded
from tests.kit.personnel.cast import HOST_CITY, OTHER_COUNTY, SENDING_CITY, SYSTEM
from tests.kit.personnel.legs import ABOUT, SEAT, key, leg, name, on, post, report


def test_the_sending_city_names_one_person_for_a_seat() -> None:
    given(LEG).when(name()).then(SwapLegNominated(occurred_on=date(2002, 6, 27), leg=key(), seat=1, **ABOUT, **SEAT))
    given(LEG).when(name(by=HOST_CITY)).rejected("not_your_business", kind="forbidden", field="sending")
    leg().when(name()).rejected("seat_taken", field="seat")


def reported(day: str, late: bool) -> SecondmentReported:
    start = date.fromisoformat(day)
    return SecondmentReported(
        occurred_on=start, leg=key(), **ABOUT, **SEAT, substitute=False, late=late, term_from=start,
        term_ends=date(start.year + 1, start.month, start.day),
    )  # fmt: skip


@pytest.mark.req("PE-054")
def test_the_fifteenth_of_july_is_in_time_and_the_sixteenth_is_late() -> None:
    leg(post()).when(report("2002-07-15")).then(reported("2002-07-15", late=False))
    leg(post()).when(report("2002-07-16")).then(reported("2002-07-16", late=True))


def test_nobody_reports_before_the_post_is_agreed_nor_for_another_city_nor_twice() -> None:
    leg().when(report()).rejected("post_not_agreed", rule="swap.post")
    leg(post()).when(report(by=HOST_CITY)).rejected("not_your_business", kind="forbidden")
    leg(post(), report()).when(report()).rejected("leg_not_open")


@pytest.mark.req("PE-057")
def test_nobody_comes_with_staff_or_family_and_the_host_records_who_does() -> None:
    for field in ("companions", "family"):
        one, none = ({field: count} for count in (1, 0))
        leg(post()).when(report("2002-07-15", **one)).rejected("companions", field=field, accepted="0", clause=None)
        leg(post()).when(report("2002-07-15", **none)).types("SecondmentReported")

    def breach(by: Any, day: str = "2002-08-01", note: str = "家属随住") -> RecordSwapBreach:
        return RecordSwapBreach(context=on(day, by), leg=key(), kind="family", note=note)

    served = leg(post(), report())
    served.when(breach(HOST_CITY)).then(
        SwapBreachRecorded(occurred_on=date(2002, 8, 1), leg=key(), **ABOUT, kind="family", note="家属随住")
    )
    served.when(breach(SENDING_CITY)).rejected("not_your_business", kind="forbidden")
    served.when(breach(HOST_CITY, "2002-07-14")).rejected("date_before_ground")
    served.when(breach(HOST_CITY, note="13900000001")).rejected("personal_number_in_text", field="note")
    leg(post()).when(breach(HOST_CITY)).rejected("leg_not_open")


@pytest.mark.req("PE-055")
def test_only_the_host_appoints() -> None:
    served = leg(post(), report())
    served.when(Appoint(context=on("2002-07-16", SENDING_CITY))).rejected(
        "not_your_business", kind="forbidden", rule="appointment.record"
    )
    appointed = AppointmentRecorded(occurred_on=date(2002, 7, 16), leg=key(), **ABOUT, post="副区长")
    served.when(Appoint(context=on("2002-07-16", HOST_CITY))).then(appointed)
    served.when(Appoint(context=on("2002-07-16", actor("county_org", areas=("210213",))))).then(appointed)
    leg(post()).when(Appoint(context=on("2002-07-16", HOST_CITY))).rejected("leg_not_open")


@pytest.mark.req("PE-056")
def test_a_term_of_a_year_from_reporting_ends_on_the_same_day() -> None:
    served = leg(post(), report("2002-07-15"))
    served.when(EndTerm(context=on("2003-07-14", SYSTEM), as_of=date(2003, 7, 14))).then()
    ended = TermEnded(occurred_on=date(2003, 7, 15), leg=key(), **ABOUT, posting=None, target=None)
    served.when(EndTerm(context=on("2003-07-15", SYSTEM), as_of=date(2003, 7, 15))).then(ended)
    served.when(EndTerm(context=on("2003-08-01", SYSTEM), as_of=date(2003, 8, 1))).then(ended)


def test_a_substitute_serves_the_rest_of_the_term_and_is_not_late() -> None:
    done = leg(post(), number=2).when(report("2002-11-18", term_from=date(2002, 7, 15))).events or []
    assert isinstance(done[0], SecondmentReported)
    assert (done[0].substitute, done[0].late, done[0].term_ends) == (True, False, date(2003, 7, 15))


def test_a_withdrawn_leg_is_lost_and_the_person_returns() -> None:
    withdraw = WithdrawLeg(context=on("2002-11-04", SENDING_CITY), leg=key(), reason="健康")
    back = TakeBackLeg(context=on("2002-11-04", SENDING_CITY))
    served = leg(post(), report())
    served.when(back).rejected("leg_not_open")
    elsewhere = on("2002-11-04", OTHER_COUNTY)
    served.when(replace(back, context=elsewhere)).rejected(
        "not_your_business", accepted=f"派出市（{ABOUT['sending']}）或接收地区（{ABOUT['host']}）"
    )
    assert "退出" in str(served.when(replace(withdraw, context=elsewhere)).refusal)
    lost = served.when(withdraw).types("SecondmentWithdrawn")
    assert (lost.state.status, lost.state.lost) == ("withdrawn", True)
    gone = leg(post(), report(), withdraw)
    gone.when(withdraw).rejected("leg_not_open")
    assert gone.when(back).types("ReturnedToUnit").state.lost
    gone.when(EndTerm(context=on("2003-07-15", SYSTEM), as_of=date(2003, 7, 15))).then()


WITHDRAWN = WithdrawLeg(context=on("2002-11-01", SENDING_CITY), leg=key(), reason="合成")


@pytest.mark.parametrize(
    ("history", "command", "rule"),
    [
        ((post(), report()), lambda day: Appoint(context=on(day, HOST_CITY)), "appointment.record"),
        ((post(), report()), lambda day: replace(WITHDRAWN, context=on(day, SENDING_CITY)), "withdrawal.record"),
    ],
)
def test_nothing_is_dated_behind_the_term_before_its_end_is_recorded(history: Any, command: Any, rule: str) -> None:
    served = leg(*history)
    served.when(command("2003-07-16")).rejected("leg_not_open", rule=rule, accepted="不晚于 2003-07-15")
    assert served.when(command("2003-07-15")).events


def test_a_substitute_reports_within_the_term_it_completes() -> None:
    substitute = leg(post(), number=2)
    began = {"term_from": date(2002, 7, 15)}
    substitute.when(report("2003-07-16", **began)).rejected("leg_not_open", rule="report.duty")
    substitute.when(report("2003-07-15", **began)).types("SecondmentReported")


@pytest.mark.parametrize(
    ("history", "command", "rule"),
    [
        ((post(),), report("2002-06-26"), "report.duty"),
        ((post(), report()), Appoint(context=on("2002-07-14", HOST_CITY)), "appointment.record"),
        (
            (post(), report()),
            WithdrawLeg(context=on("2002-07-14", SENDING_CITY), leg=key(), reason="合成"),
            "withdrawal.record",
        ),
        (
            (post(), report(), WithdrawLeg(context=on("2002-11-01", SENDING_CITY), leg=key(), reason="合成")),
            TakeBackLeg(context=on("2002-10-31", SENDING_CITY)),
            "return.unit",
        ),
    ],
)
def test_nothing_is_dated_before_the_fact_it_rests_on(history: Any, command: Any, rule: str) -> None:
    leg(*history).when(command).rejected("date_before_ground", field="occurred_on", rule=rule)
