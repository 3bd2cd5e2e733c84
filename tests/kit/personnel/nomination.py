"""A nomination in the making: the quota, a roster's entries, the order."""

from __future__ import annotations

from typing import Any

from kernel.testing import Given, actor, given
from services.personnel.nomination.check import CheckNominee
from services.personnel.nomination.nomination import Entry, Nominate
from services.personnel.nomination.roster import (
    NOBODY,
    InitialCheckPassed,
    UnitQuotaNoted,
    Vacated,
)
from services.personnel.parts import ROSTER
from tests.kit.personnel.cast import CHANNEL, UNIT, UNIT_OFFICE, ctx

ON = "2018-04-18"


def quota(channel: str = CHANNEL, townships: int = 1, villages: int = 2) -> UnitQuotaNoted:
    return UnitQuotaNoted(
        occurred_on=ctx(ON, UNIT_OFFICE).occurred_on,
        programme="LN2018",
        unit=UNIT,
        channel=channel,
        townships=townships,
        villages=villages,
    )


def entry(n: int = 1, **changes: Any) -> Entry:
    fields: dict[str, Any] = {
        "row": n,
        "nomination": f"n-{n}",
        "person": f"p-{n}",
        "kind": "village",
        "origin": "organisation",
        "decision": "党委会〔2018〕1号",
        "copies": 5,
        "recipient": CHANNEL,
        "post": "村党组织第一书记 待分配",
        "form": "LN2018-A2",
        "sealed": "AQ==",
    }
    return Entry(**{**fields, **changes})


def passed(unit: str, person: str, programme: str = "LN2018") -> InitialCheckPassed:
    """A nominee for a village of the unit, nominated and checked: what the roster comes to."""
    offices = actor("unit", units=(unit,)), actor("channel", units=(CHANNEL, unit))
    places = quota()
    noted = UnitQuotaNoted.carrying(places, occurred_on=places.occurred_on, unit=unit, programme=programme)
    one = entry(nomination=f"n-{person}", person=person)
    nominate = Nominate(context=ctx(ON, offices[0]), unit=unit, entries=(one,), scheme_filed=True, vacated=NOBODY)
    check = CheckNominee(
        context=ctx("2018-04-23", offices[1]),
        programme=programme,
        unit=unit,
        nomination=one.nomination,
        result="passed",
    )
    state = ROSTER.fold(ROSTER.initial, [noted])
    state = ROSTER.fold(state, ROSTER.decide(state, nominate))
    (event,) = ROSTER.decide(state, check)
    assert isinstance(event, InitialCheckPassed)
    return event


def order(*entries: Entry, scheme_filed: bool = True, vacated: Vacated = NOBODY) -> Nominate:
    return Nominate(
        context=ctx(ON, UNIT_OFFICE), unit=UNIT, entries=entries, scheme_filed=scheme_filed, vacated=vacated
    )


def roster(channel: str = CHANNEL) -> Given:
    return given(ROSTER, quota(channel))
