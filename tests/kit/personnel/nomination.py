"""A nomination in the making: the quota, a roster's entries, the order."""

from __future__ import annotations

from typing import Any

from kernel.testing import Given, given
from services.personnel.nomination.nomination import Entry, Nominate
from services.personnel.nomination.roster import (
    NOBODY,
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


def order(*entries: Entry, scheme_filed: bool = True, vacated: Vacated = NOBODY) -> Nominate:
    return Nominate(
        context=ctx(ON, UNIT_OFFICE), unit=UNIT, entries=entries, scheme_filed=scheme_filed, vacated=vacated
    )


def roster(channel: str = CHANNEL) -> Given:
    return given(ROSTER, quota(channel))
