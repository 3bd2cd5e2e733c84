"""Criticism, the record of consequences, and the adjustment that rests on it: a posting of 2015 in both services."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from kernel.codec import data_of, plain
from kernel.messages import Event, Rejected
from kernel.rules import Profile, RuleBook
from kernel.testing import Given, actor, given
from programmes import loader
from services.evaluation.conduct.conduct import CONDUCT, GiveCriticism, OpenConduct, RecordConsequence
from services.personnel.parts import POSTING
from services.personnel.postings.withdrawal import AdjustCadre
from services.personnel.reactions import REACTIONS
from tests.kit.foreign import foreign
from tests.kit.personnel.candidates import OFFICES, UNIT, VILLAGE, appoint, assigned, at, host_of, posting, take_up
from tests.kit.personnel.following import Empty

KEY = f"SX2015.{VILLAGE}.1"
HOST, TOWNSHIP = host_of(VILLAGE), actor("township", areas=(VILLAGE[:9],))
OTHER = actor("county_org", areas=("140927",))


def serving() -> Given:
    """On post since 18 July 2015."""
    begun = posting(assigned())
    for command in (appoint(), take_up()):
        begun.state = POSTING.fold(begun.state, POSTING.decide(begun.state, command))
    return begun


def conduct() -> Given:
    about = {"programme": "SX2015", "posting": KEY, "person": "p-1", "target": VILLAGE, "unit": UNIT}
    return given(CONDUCT, *CONDUCT.decide(None, OpenConduct(context=at("2015-07-18", HOST), **about)))


def record(on: str = "2016-02-15", by: Any = HOST) -> RecordConsequence:
    return RecordConsequence(context=at(on, by), posting=KEY, finding="造成不良后果", document="县组〔2016〕3号")


def adjust(consequence: str | None, on: str = "2016-03-01") -> AdjustCadre:
    return AdjustCadre(
        context=at(on, HOST), posting=KEY, ground="consequence", organ="县委组织部", document="县组〔2016〕8号",
        reason="不负责任", consequence=consequence,
    )  # fmt: skip


def noted(before: Given, event: Event) -> Given:
    """The posting after personnel took the record in."""
    received = foreign("evaluation", type(event).__name__, event.occurred_on.isoformat(), plain(data_of(event)))
    context = at(event.occurred_on.isoformat(), HOST)
    (step,) = REACTIONS["evaluation.ConsequenceRecorded"](received, context, Empty())  # type: ignore[arg-type]
    before.state = POSTING.fold(before.state, POSTING.decide(before.state, step.command))
    return before


@pytest.mark.req("EV-006")
def test_no_adjustment_without_the_record_of_consequences() -> None:
    for named in (None, f"{KEY}.1"):
        none = serving().when(adjust(named)).rejected("consequence_missing", field="consequence")
        assert none.refusal is not None
        assert none.refusal.rule == "adjustment.grounds"
    (event,) = conduct().when(record()).events or []
    known = noted(serving(), event)
    known.when(adjust("other")).rejected("consequence_missing", accepted=f"{KEY}.1")
    known.when(adjust(f"{KEY}.1", on="2016-02-14")).rejected("date_before_ground", accepted="2016-02-15 起")
    (adjusted,) = known.when(adjust(f"{KEY}.1")).events or []
    assert (type(adjusted).__name__, getattr(adjusted, "consequence", "")) == ("PostAdjusted", f"{KEY}.1")


@pytest.mark.req("EV-006")
def test_criticism_is_of_county_township_or_unit_and_the_record_of_the_county_alone() -> None:
    def criticism(by: Any, on: str = "2016-01-11") -> GiveCriticism:
        return GiveCriticism(context=at(on, by), posting=KEY, finding="工作不认真")

    for by in (HOST, TOWNSHIP, OFFICES[UNIT]):
        conduct().when(criticism(by)).types("CriticismGiven")
    conduct().when(criticism(OTHER)).rejected("not_your_business", kind="forbidden")
    conduct().when(record(by=TOWNSHIP)).rejected("not_your_business", kind="forbidden")
    conduct().when(criticism(HOST, "2015-07-17")).rejected("date_before_ground")
    with pytest.raises(Rejected) as unknown:
        CONDUCT.decide(None, criticism(HOST))
    assert unknown.value.code == "conduct_unknown"


@pytest.mark.parametrize("where", ["step", "procedure"])
def test_no_measure_rests_on_a_step_that_is_assumed(where: str) -> None:
    profile = loader.load("SX2015").published()
    entry = profile["rules"]["procedure.sanction"]
    steps = [{**step, "origin": "assumed"} for step in entry["value"]] if where == "step" else entry["value"]
    origin = "printed" if where == "step" else "assumed"
    held = RuleBook().adding(
        Profile.of(
            *("SX2015", 2, None, "14", "0"),
            {**profile["rules"], "procedure.sanction": {**entry, "value": steps, "origin": origin}},
        )
    )
    command = record()
    assumed = replace(command, context=replace(command.context, rules=held.effective("SX2015")))
    conduct().when(assumed).rejected("step_assumed", field="posting", accepted="适用规定载明的环节")
    conduct().when(command).then(*CONDUCT.decide(conduct().state, command))
