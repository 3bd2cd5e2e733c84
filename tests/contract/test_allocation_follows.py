"""What allocation takes in of personnel where the county is the last resort: as personnel's own parts come to it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kernel.messages import Event
from services.allocation.demand.county_demand import DEMAND
from services.allocation.demand.county_fallback import CountyShortfallChanged, VillageSourced
from services.allocation.demand.demand_state import Demand
from services.allocation.demand.work_team import FormWorkTeam, TeamMember, WorkTeamFormed
from services.allocation.reactions import REACTIONS
from tests.kit.allocation.demand import COUNTY, OFFICE, POOR, RECORDED, WEAK
from tests.kit.allocation.ground import SX2015, Plain, ctx, decided
from tests.kit.golden import told
from tests.kit.personnel import candidates

STREAM = f"demand/SX2015.{COUNTY}"


def heard(room: Plain, kind: str, target: str, **changes: object) -> list[Event]:
    """The events an event of personnel leads to, told of a posting of 2015."""
    received = told(f"personnel.{kind}", programme="SX2015", target=target, posting=f"SX2015.{target}.1", **changes)
    return decided(REACTIONS[f"personnel.{kind}"](received, ctx(rules=SX2015), room), room, SX2015)


@pytest.fixture
def room() -> Plain:
    return Plain({STREAM: DEMAND.fold(Demand(), RECORDED)})


def came(room: Plain, target: str, tier: str, person: str = "p-1") -> list[Event]:
    """What follows a cadre on post, told by personnel as its parts come to it."""
    received = candidates.heard(candidates.came(target, tier, person=person))
    return decided(REACTIONS["personnel.CadreOnPost"](received, ctx(rules=SX2015), room), room, SX2015)


@pytest.mark.req("AL-046")
@pytest.mark.parametrize("tier", ["central", "province", "city"])
def test_a_cadre_from_above_on_post_lowers_the_countys_need(room: Plain, tier: str) -> None:
    sourced, changed = came(room, WEAK, tier)
    assert isinstance(sourced, VillageSourced)
    assert sourced.source == tier
    assert isinstance(changed, CountyShortfallChanged)
    assert (changed.before, changed.need) == (3, 2)
    assert getattr(changed, tier) == 1


@pytest.mark.req("AL-034")
def test_a_township_cadre_is_refused_as_first_secretary_at_the_application_and_sits_in_the_work_team(
    room: Plain,
) -> None:
    refused = candidates.after().when(candidates.apply(level="township")).rejected("level_refused").refusal
    assert refused is not None
    assert (refused.rule, refused.accepted) == ("candidate.refused_levels", "province、city、county")
    # The same person sits in the work team beside whoever came from above.
    came(room, WEAK, "province")
    members = tuple(TeamMember(f"t-{n}", "township") for n in range(3))
    context = ctx(OFFICE, "2015-07-20", SX2015)
    form = FormWorkTeam(context=context, programme="SX2015", target=WEAK, members=members, finding="重点难点村")
    (formed,) = DEMAND.decide(room.states[STREAM], form)
    assert isinstance(formed, WorkTeamFormed)
    assert {member.level for member in formed.members} == {"township"}


@pytest.mark.req("AL-032")
@pytest.mark.parametrize("end", [candidates.withdrawn, candidates.adjusted])
def test_whoever_goes_raises_the_countys_need_by_one_at_once(room: Plain, end: Callable[..., Event]) -> None:
    came(room, WEAK, "province")
    came(room, POOR, "city", "p-2")
    ended = end(WEAK, "province", "p-1")
    received = candidates.heard(ended)
    reaction = REACTIONS[f"personnel.{received.recorded.type}"]
    gone, changed = decided(reaction(received, ctx(rules=SX2015), room), room, SX2015)
    assert (type(gone).__name__, getattr(gone, "cause", "")) == ("VillageLeft", received.recorded.type)
    assert isinstance(changed, CountyShortfallChanged)
    assert (changed.before, changed.need, changed.province, changed.city) == (1, 2, 0, 1)
