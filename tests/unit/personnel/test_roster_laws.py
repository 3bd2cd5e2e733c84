"""Laws of the roster: whatever is asked in whatever order, places and quota hold."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from kernel.messages import Rejected
from services.personnel.nomination.check import CheckNominee, RecordCommunication, RequestRenomination
from services.personnel.parts import ROSTER
from tests.kit.personnel.cast import CHANNEL_OFFICE, UNIT, ctx
from tests.kit.personnel.nomination import entry, order, quota

CONTEXT = ctx("2018-04-23", CHANNEL_OFFICE)
STEP = st.tuples(st.sampled_from(["nominate", "pass", "fail", "talk", "ask"]), st.integers(1, 6))


def command(kind: str, n: int, count: int) -> Any:
    about: dict[str, Any] = {"context": CONTEXT, "programme": "LN2018", "unit": UNIT, "nomination": f"n-{n}"}
    if kind == "nominate":
        return order(entry(count))
    if kind == "talk":
        return RecordCommunication(**about)
    if kind == "ask":
        return RequestRenomination(**about)
    return CheckNominee(**about, result="passed" if kind == "pass" else "failed", conditions=("健康",))


@settings(max_examples=200)
@given(st.lists(STEP, max_size=25))
def test_no_place_has_two_live_nominees_and_none_beyond_the_quota(steps: list[tuple[str, int]]) -> None:
    state = ROSTER.evolve(None, quota(villages=2))
    for count, (kind, n) in enumerate(steps, 1):
        try:
            events = ROSTER.decide(state, command(kind, n, count))
        except Rejected:
            continue
        state = ROSTER.fold(state, events)
        assert state is not None
        live = [one for one in state.nominees.values() if one.status != "released"]
        places = [one.place for one in live]
        assert len(set(places)) == len(places) <= 2
        assert {state.places[place] for place in places} == {one.nomination for one in live}
