"""A placed cadre and the hand-over item by item."""

from __future__ import annotations

from typing import Any

from kernel.testing import Given, given
from services.personnel.parts import POSTING
from services.personnel.postings.handover import HandOver, NotePlacement
from tests.kit.personnel.cast import CHANNEL, SYSTEM, TARGET, UNIT, ctx
from tests.kit.personnel.cast import POSTING as KEY

AREA = "210727"


def placement(**changes: Any) -> NotePlacement:
    fields: dict[str, Any] = {
        "programme": "LN2018",
        "target": TARGET,
        "kind": "village",
        "role": "村党组织第一书记",
        "posting": KEY,
        "person": "p-1",
        "unit": UNIT,
        "channel": CHANNEL,
        "tier": "province",
        "weak": True,
    }
    return NotePlacement(context=ctx("2018-04-27", SYSTEM, area=AREA), **{**fields, **changes})


def items(on: str, by: Any, *names: str) -> HandOver:
    return HandOver(context=ctx(on, by, area=AREA), items=names)


def placed() -> Given:
    return given(POSTING, *POSTING.decide(None, placement()))


def after(before: Given, *commands: Any) -> Given:
    state = before.state
    for command in commands:
        state = POSTING.fold(state, POSTING.decide(state, command))
    made = given(POSTING)
    made.state = state
    return made
