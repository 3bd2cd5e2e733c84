"""A command that comes again: whose it is, and what is told of it to others."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from kernel.errors import Rejected, Reused
from kernel.handler import Handler
from kernel.log import Append, Draft
from kernel.log.memory import MemoryLog
from tests.kit.counting import ACTOR, SERVICE, Counted, ask, nothing


@pytest.fixture
def log() -> MemoryLog:
    return MemoryLog("counting", SERVICE.events, nothing)


@pytest.fixture
def handler(log: MemoryLog) -> Handler:
    return Handler(SERVICE, log, secret=b"s")


@pytest.mark.parametrize(
    "other",
    [
        {"role": "chief"},
        {"areas": ["2107"]},
        {"areas": ["21", "14"]},
        {"units": ["U1"]},
        {"post": "another"},
        {"organ": "another"},
        {"person": "q"},
    ],
)
def test_a_command_id_is_used_by_who_gave_it_in_that_role_and_reach(
    handler: Handler, log: MemoryLog, other: dict[str, Any]
) -> None:
    handler.execute(ask("CountBoth", first="a", second="b", by=1))
    with pytest.raises(Reused):
        handler.execute(ask("CountBoth", actor={**ACTOR, **other}, first="a", second="b", by=1))
    assert handler.execute(ask("CountBoth", first="a", second="b", by=1)).repeated
    assert log.head()[0] == 2


def test_the_order_of_areas_and_units_makes_no_other(handler: Handler) -> None:
    one, other = ({**ACTOR, "areas": areas, "units": areas} for areas in (["21", "14"], ["14", "21"]))
    assert not handler.execute(ask("CountBoth", actor=one, first="a", second="b", by=1)).repeated
    assert handler.execute(ask("CountBoth", actor=other, first="a", second="b", by=1)).repeated


def kept_before(handler: Handler, log: MemoryLog, asked: dict[str, Any]) -> None:
    """The effect of a command as a version before 0.3.0 kept it: under a digest of the person alone."""
    digest = handler.digest_before(asked)
    drafts = (Draft("counter/a", Counted(occurred_on=date(2018, 4, 16), by=7)),)
    log.append(Append(asked["id"], digest, drafts, {}, {"person": "p", "post": "clerk", "organ": "o"}))


@pytest.mark.parametrize("by", [7, 1], ids=["fails over its own effect", "would be taken again"])
def test_a_command_of_an_earlier_version_is_known_again(handler: Handler, log: MemoryLog, by: int) -> None:
    asked = ask("Count", counter="a", by=by)
    kept_before(handler, log, asked)
    again = handler.execute(asked)
    assert (again.position, again.repeated, log.head()[0]) == (1, True, 1)
    with pytest.raises(Reused):
        handler.execute(ask("Count", counter="a", by=2))


@pytest.mark.parametrize("data", [{}, {"area": "21"}], ids=["told by the whole", "told ahead of it"])
def test_what_became_of_it_is_not_told_to_who_may_not_give_it(
    handler: Handler, log: MemoryLog, data: dict[str, Any]
) -> None:
    asked = ask("Count", counter="a", by=7, **data)
    kept_before(handler, log, asked)
    with pytest.raises(Rejected) as refused:
        handler.execute({**asked, "actor": {**ACTOR, "areas": ["14"]}})
    assert (refused.value.code, refused.value.kind) == ("foreign_area", "forbidden")
