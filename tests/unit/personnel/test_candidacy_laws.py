"""Laws of a candidacy: whoever tries whatever in whatever order, on whatever day, no step is taken but as the profile
allows it, then and to that organ."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from kernel.messages import Command, Rejected
from kernel.rules import Rules
from programmes.procedure import Records, acts
from services.personnel.candidacy.candidacy import PROCEDURE, subject_of
from services.personnel.parts import CANDIDACY
from tests.kit.personnel import candidates
from tests.kit.personnel.candidates import CHANNELS, LEVELS

UNITS = st.sampled_from([candidates.UNIT, candidates.CENTRAL_UNIT, candidates.CITY_UNIT, candidates.COUNTY_UNIT])
ACTORS = st.sampled_from(
    [*candidates.OFFICES.values(), candidates.PROVINCE, candidates.POVERTY_OFFICE, candidates.CITY, candidates.HOST]
)
ACTS = ("apply", "gates", "qualify", "reject", "recommend", "approve", "file", "determine")
TRY = st.tuples(st.sampled_from(ACTS), ACTORS, st.integers(0, 12), st.booleans())
"""An act, who tries it, on which day, and whether the actor is the right one and all is there."""


def rules_of_2015() -> Rules:
    """The rules of 2015."""
    found = candidates.apply().context.rules
    assert found is not None
    return found


def command(act: str, unit: str) -> Command:
    """The command of an act for the one candidate of ``unit``, complete and by the right organ."""
    made: dict[str, Command] = {
        "apply": candidates.apply(unit=unit),
        "gates": candidates.gates("p-1", unit),
        "qualify": candidates.qualify("p-1", unit),
        "reject": candidates.reject("p-1", unit),
        "recommend": candidates.recommend(unit),
        "approve": candidates.approve(),
        "file": candidates.file(unit),
        "determine": candidates.determine(candidates.assigned(unit=unit)),
    }
    return made[act]


@settings(max_examples=300)
@given(UNITS, st.lists(TRY, max_size=30))
def test_no_step_is_taken_but_as_the_profile_allows_it(unit: str, tries: list[tuple[str, Any, int, bool]]) -> None:
    subject = subject_of(unit, CHANNELS[unit], "14", LEVELS[unit])
    state: Any = None
    first, rules = date(2015, 6, 25), rules_of_2015()
    for act, other, days, right in tries:
        order = command(act, unit)
        by = order.context.actor if right else other
        order = replace(order, context=replace(order.context, actor=by, occurred_on=first + timedelta(days)))
        before: Records = state.done if state is not None else {}
        if act == "apply" and state is not None and not state.running(rules):
            before = {}  # whoever failed, or has gone the whole way, may begin anew
        try:
            state = CANDIDACY.fold(state, CANDIDACY.decide(state, order))
        except Rejected:
            continue
        new = {step: day for step, day in state.done.items() if before.get(step) != day}
        open_then = {step.step: step for step in PROCEDURE.open_steps(subject, before, rules)}
        for name, day in new.items():
            step = open_then[name]
            assert act == "determine" or acts(step, by, subject, rules)
            assert all(state.done[one] <= day for one in step.after if one in state.done)
        if state.failed is not None:
            assert act == "reject" or not new
    # Whatever was tried, what is done can be reached in the order of the profile, and nothing else.
    if state is not None:
        done = state.done
        for step in PROCEDURE.steps(rules, subject):
            own = {one.step for one in PROCEDURE.steps(rules, subject)}
            assert step.step not in done or set(step.after) & own <= done.keys()


def test_the_way_of_each_level_can_be_gone_to_its_end() -> None:
    for unit in (candidates.UNIT, candidates.CENTRAL_UNIT, candidates.CITY_UNIT, candidates.COUNTY_UNIT):
        whole = [*candidates.way("p-1", unit), candidates.determine(candidates.assigned(unit=unit))]
        state = candidates.after(*whole).state
        subject = subject_of(unit, CHANNELS[unit], "14", LEVELS[unit])
        left = [step.step for step in PROCEDURE.open_steps(subject, state.done, rules_of_2015())]
        assert left == ["appointed"]
