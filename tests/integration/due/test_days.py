"""Days that pass: each day's commands once and in order, however long it stood still, however often it was cut off."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import date, timedelta

import pytest

from kernel.bus.rpc import Away
from kernel.days import day_told, missed
from kernel.service import Service
from programmes import loader
from services.allocation.wiring import SERVICE as ALLOCATION
from services.attendance.wiring import SERVICE as ATTENDANCE
from services.evaluation.wiring import SERVICE as EVALUATION
from services.personnel.wiring import SERVICE as PERSONNEL
from tests.kit.attendance import paid
from tests.kit.days import Calls, days, given
from tests.kit.desk import Desk, organ
from tests.kit.following_desks import FollowingDesks

PROVINCE, CALENDAR = organ("province_org", "21"), organ("calendar", "21")
BEFORE = date(2019, 4, 24)
MISSED = [BEFORE + timedelta(days=n) for n in range(1, 10)]
DUE = date(2019, 5, 1)
ASKED = {
    "allocation": ("CheckBatch/LN2018", "EndSwaps/LN2002", "PassDay"),
    "personnel": ("EndTerms/LN2002",),
    "attendance": (),
    "evaluation": ("RaiseDueTriggers",),
}


@pytest.fixture
def desks(open_desk: Callable[[Service], Desk]) -> Mapping[str, Desk]:
    """Four services that know two programmes; in Jinzhou a cadre on post since 1 May 2018, with no idea accepted."""
    found = {service.name: open_desk(service) for service in (ALLOCATION, PERSONNEL, ATTENDANCE, EVALUATION)}
    for name in ("LN2018", "JZ", "LN2002"):
        found["allocation"].command(PROVINCE, "PublishProfile", "2018-05-01", profile=loader.load(name).published())
    FollowingDesks(*found.values()).settle()
    paid.arrive(found["evaluation"], "210727101208", "2018-05-01")
    return found


def expected(*passed: date) -> list[tuple[str, str]]:
    return [
        (service, f"day/{day}/{command}") for service, asked in ASKED.items() for day in passed for command in asked
    ]


def test_nobody_takes_the_id_of_a_command_of_a_day_before_it_comes(desks: Mapping[str, Desk]) -> None:
    order = {"command": "PublishProfile", "occurred_on": "2018-05-02", "actor": asdict(PROVINCE)}
    data = {"profile": loader.load("SX2015").published()}
    for command in ASKED["allocation"]:
        request = {**order, "id": f"day/{BEFORE}/{command}", "data": data}
        problem = desks["allocation"].opened.door.execute(request)["problem"]
        assert problem["code"] == "idempotency_key_invalid"
    assert days(Calls(desks), lambda: BEFORE).catch_up() == 1
    assert given(desks) == expected(BEFORE)


@pytest.mark.req("X-055")
def test_nine_days_it_stood_still_are_made_up_in_order_each_command_once(desks: Mapping[str, Desk]) -> None:
    calls = Calls(desks)
    assert days(calls, lambda: BEFORE).catch_up() == 1  # the first day of all is today
    assert days(calls, lambda: MISSED[-1]).catch_up() == 9
    assert [row["day"] for row in desks["allocation"].stored("DayPassed")] == [f"{day}" for day in (BEFORE, *MISSED)]
    assert given(desks) == expected(BEFORE, *MISSED)
    (raised,) = desks["evaluation"].stored("RecallTriggerRaised")
    assert raised["due"] == f"{DUE}"
    (line,) = desks["evaluation"].log.rows("select line from log.events where type = 'RecallTriggerRaised'")
    assert f'"occurred_on":"{DUE}"' in line["line"].replace(" ", "")
    assert days(calls, lambda: MISSED[-1]).catch_up() == 0
    assert given(desks) == expected(BEFORE, *MISSED)


def test_it_never_runs_ahead_of_the_clock(desks: Mapping[str, Desk]) -> None:
    calls = Calls(desks)
    assert days(calls, lambda: None).catch_up() == 0
    assert calls.count == 0
    assert list(missed(DUE, DUE)) == list(missed(DUE, BEFORE)) == list(missed(None, None)) == []
    midnight_in_china = 1_556_640_000_000_000  # 2019-05-01 00:00 at Shanghai, still April at Greenwich
    assert day_told("", lambda: midnight_in_china) == DUE
    assert day_told("", lambda: midnight_in_china - 1) == DUE - timedelta(days=1)
    assert day_told("2019-05-02", lambda: midnight_in_china) == DUE
    assert day_told("none") is None


def test_calls_that_are_lost_before_or_after_they_were_done_change_nothing(desks: Mapping[str, Desk]) -> None:
    calls = Calls(desks)
    days(calls, lambda: BEFORE).catch_up()
    calls.lost = set(random.Random(7).sample(range(calls.count + 1, calls.count + 120), 40))
    cut = 0
    while True:
        try:
            days(calls, lambda: MISSED[-1]).catch_up()
            break
        except Away:
            cut += 1
    assert cut
    assert given(desks) == expected(BEFORE, *MISSED)
    assert len(desks["evaluation"].stored("RecallTriggerRaised")) == 1


def test_a_day_out_of_order_is_refused(desks: Mapping[str, Desk]) -> None:
    desk = desks["allocation"]
    desk.command(CALENDAR, "PassDay", f"{BEFORE}", scope="21", day=f"{BEFORE}")
    for day, on in ((BEFORE, BEFORE), (MISSED[1], MISSED[1]), (MISSED[0], MISSED[1])):
        refused = desk.refused(CALENDAR, "PassDay", f"{on}", scope="21", day=f"{day}")
        assert (refused["code"], refused["accepted"]) == ("day_out_of_order", f"{MISSED[0]}")
    ahead = desk.refused(CALENDAR, "PassDay", "2999-01-01", scope="21", day="2999-01-01")
    assert ahead["code"] == "date_in_future"
    assert desk.query(CALENDAR, "days_passed") == [{"day": f"{BEFORE}", "days": 1}]


def test_the_process_of_the_days_may_give_what_a_day_asks_and_nothing_else(desks: Mapping[str, Desk]) -> None:
    services = [desk.opened.service for desk in desks.values()]
    may = {name for service in services for name, one in service.commands.items() if "calendar" in one.roles}
    asked = {command.split("/")[0] for commands in ASKED.values() for command in commands}
    assert may == asked | {"CheckReserves"}
    reads = {name for service in services for name, one in service.queries.items() if "calendar" in one.roles}
    assert reads == {"daily", "days_passed"}
