"""The first check, one by one, and what follows a failure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, cast

import pytest

from kernel.service import Room
from kernel.testing import Given, actor, given
from services.personnel.nomination.check import (
    Checked,
    CheckNominee,
    CheckNominees,
    RecordCommunication,
    RequestRenomination,
)
from services.personnel.nomination.nomination_plans import check_nominees
from services.personnel.nomination.roster import InitialCheckFailed, InitialCheckPassed, NomineeReplaced
from services.personnel.parts import ROSTER
from services.personnel.persons.person import Identify
from tests.kit.allocation.ground import with_values
from tests.kit.personnel.cast import CHANNEL, CHANNEL_OFFICE, ENTERPRISE_OFFICE, UNIT, ctx
from tests.kit.personnel.nomination import entry, order, quota, roster

ON = "2018-04-23"


def nominated(channel: str = CHANNEL, recipient: str = CHANNEL) -> Given:
    events = roster(channel).when(order(entry(1, recipient=recipient), entry(2, recipient=recipient))).events or []
    return given(ROSTER, quota(channel), *events)


def check(result: str, nomination: str = "n-1", by: Any = CHANNEL_OFFICE, **more: Any) -> CheckNominee:
    return CheckNominee(
        context=ctx(ON, by), programme="LN2018", unit=UNIT, nomination=nomination,
        result="passed" if result == "passed" else "failed", **more,
    )  # fmt: skip


def continued(before: Given, *commands: Any) -> Given:
    state = before.state
    for command in commands:
        state = ROSTER.fold(state, ROSTER.decide(state, command))
    after = given(ROSTER)
    after.state = state
    return after


@pytest.mark.req("PE-004")
def test_a_bulk_check_gives_every_person_an_own_event_with_an_own_result() -> None:
    bulk = CheckNominees(
        context=ctx(ON, CHANNEL_OFFICE),
        programme="LN2018",
        checks=(
            Checked(unit=UNIT, nomination="n-1", result="passed", tags=("农学",)),
            Checked(unit=UNIT, nomination="n-2", result="failed", conditions=("健康状况与岗位不符",)),
        ),
    )
    state = nominated().state
    *steps, identified = check_nominees(bulk, cast(Room, Known({f"roster/LN2018.{UNIT}": state})))
    # Of the one who passed, and of no other, it must be settled who it is; that comes after the right to check.
    assert (identified.stream, type(identified.command)) == ("person/p-1", Identify)
    events: list[Any] = []
    for step in steps:
        decided = ROSTER.decide(state, ctx_of(step.command))
        events += decided
        state = ROSTER.fold(state, decided)
    about: dict[str, Any] = {
        "occurred_on": bulk.context.occurred_on,
        "programme": "LN2018",
        "unit": UNIT,
        "channel": CHANNEL,
        "kind": "village",
    }
    assert events == [
        InitialCheckPassed(**about, nomination="n-1", person="p-1", tags=("农学",)),
        InitialCheckFailed(**about, nomination="n-2", person="p-2", conditions=("健康状况与岗位不符",)),
    ]


class Known:
    """A room in which some streams are known."""

    def __init__(self, states: dict[str, Any]) -> None:
        self.states = states

    def load_all(self, streams: Iterable[str]) -> dict[str, Any]:
        return {stream: self.states.get(stream) for stream in streams}


def ctx_of(command: Any) -> Any:
    return command


def test_a_committee_checks_its_own_units_and_an_enterprise_its_own_people() -> None:
    other = actor("channel", units=("省委高校工委",))
    nominated().when(check("passed", by=other)).rejected("not_your_business", kind="forbidden", rule="check.individual")
    enterprise = nominated("鞍钢", "省委组织部")
    enterprise.when(check("passed", by=ENTERPRISE_OFFICE)).types("InitialCheckPassed")
    enterprise.when(check("passed", by=CHANNEL_OFFICE)).rejected("not_your_business")


def test_a_failure_names_its_conditions_and_nobody_is_checked_twice() -> None:
    nominated().when(check("failed")).rejected("conditions_missing", field="conditions")
    nominated().when(check("passed", nomination="n-9")).rejected(
        "nomination_unknown", kind="unknown", field="nomination"
    )
    continued(nominated(), check("passed")).when(check("passed")).rejected("already_checked")


def dated(on: str, kind: Any) -> Any:
    return kind(context=ctx(on, CHANNEL_OFFICE), programme="LN2018", unit=UNIT, nomination="n-1")


def test_check_talk_and_request_come_in_the_order_of_their_days() -> None:
    waiting = nominated()
    since = waiting.state.nominees["n-1"].since.isoformat()
    assert since == "2018-04-18"
    eve = replace(check("passed"), context=ctx("2018-04-17", CHANNEL_OFFICE))
    waiting.when(eve).rejected("date_before_ground", rule="check.individual")
    failed = continued(waiting, check("failed", conditions=("健康",)))
    failed.when(dated("2018-04-22", RecordCommunication)).rejected("date_before_ground", rule="renomination.requires")
    talked = continued(failed, dated("2018-04-25", RecordCommunication))
    talked.when(dated("2018-04-24", RequestRenomination)).rejected("date_before_ground", rule="renomination.requires")
    talked.when(dated("2018-04-25", RequestRenomination)).types("RenominationRequested")


def test_where_the_profile_asks_for_no_talk_none_is_waited_for() -> None:
    failed = continued(nominated(), check("failed", conditions=("健康",)))
    ask = dated("2018-04-24", RequestRenomination)
    free = replace(ask, context=replace(ask.context, rules=with_values(ask.context.rules, renomination__requires=[])))
    failed.when(free).types("RenominationRequested")
    failed.when(ask).rejected("communication_missing")
    nominated().when(free).rejected("not_failed")


@pytest.mark.req("PE-005")
def test_talk_then_request_then_a_new_nominee_on_the_same_place() -> None:
    talk = RecordCommunication(
        context=ctx("2018-04-24", CHANNEL_OFFICE), programme="LN2018", unit=UNIT, nomination="n-1"
    )
    ask = RequestRenomination(
        context=ctx("2018-04-24", CHANNEL_OFFICE), programme="LN2018", unit=UNIT, nomination="n-1"
    )
    failed = continued(nominated(), check("failed", conditions=("健康",)))
    failed.when(ask).rejected(
        "communication_missing", rule="renomination.requires", accepted="先与推荐单位或人选本人沟通"
    )
    both = "先与推荐单位或人选本人沟通并提出重新推荐"
    failed.when(order(entry(3))).rejected("communication_missing", accepted=both)
    talked = continued(failed, talk)
    talked.when(talk).rejected("not_failed")
    talked.when(order(entry(3))).rejected("communication_missing")
    again = (
        continued(talked, ask).when(order(entry(3))).types("CadreNominated", "FormSubmitted", "NomineeReplaced").events
        or []
    )
    assert again[0].place == "village-1"
    replaced = again[2]
    assert isinstance(replaced, NomineeReplaced)
    assert (replaced.replaces, replaced.replaced, replaced.nomination, replaced.person, replaced.place) == (
        "n-1",
        "p-1",
        "n-3",
        "p-3",
        "village-1",
    )
    assert replaced.failed_conditions == ("健康",)
