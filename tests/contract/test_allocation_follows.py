"""What allocation takes in of personnel where the county is the last resort: golden events of another programme."""

from __future__ import annotations

import pytest

from kernel.messages import Event, Rejected
from services.allocation.demand.county_demand import DEMAND
from services.allocation.demand.county_fallback import CountyShortfallChanged
from services.allocation.demand.demand_state import Demand
from services.allocation.demand.work_team import FormWorkTeam, TeamMember, WorkTeamFormed
from services.allocation.reactions import REACTIONS
from tests.kit.allocation.demand import COUNTY, OFFICE, POOR, RECORDED, WEAK
from tests.kit.allocation.ground import SX2015, Plain, ctx, decided
from tests.kit.golden import told

STREAM = f"demand/SX2015.{COUNTY}"


def heard(room: Plain, kind: str, target: str, **changes: object) -> list[Event]:
    """The events an event of personnel leads to, told of a posting of 2015."""
    received = told(f"personnel.{kind}", programme="SX2015", target=target, posting=f"SX2015.{target}.1", **changes)
    return decided(REACTIONS[f"personnel.{kind}"](received, ctx(rules=SX2015), room), room, SX2015)


@pytest.fixture
def room() -> Plain:
    return Plain({STREAM: DEMAND.fold(Demand(), RECORDED)})


@pytest.mark.req("AL-046")
@pytest.mark.parametrize("tier", ["central", "province", "city"])
def test_a_cadre_from_above_on_post_lowers_the_countys_need(room: Plain, tier: str) -> None:
    came, changed = heard(room, "CadreOnPost", WEAK, tier=tier)
    assert type(came).__name__ == "VillageSourced"
    assert isinstance(changed, CountyShortfallChanged)
    assert (changed.before, changed.need) == (3, 2)


@pytest.mark.req("AL-034")
def test_a_township_cadre_told_as_first_secretary_is_refused_and_stays_in_the_work_team(room: Plain) -> None:
    with pytest.raises(Rejected) as refused:
        heard(room, "CadreOnPost", WEAK, tier="township")
    assert (refused.value.code, refused.value.rule, refused.value.field) == (
        "level_refused",
        "candidate.refused_levels",
        "tier",
    )
    assert room.states[STREAM].posts == {}
    # The same person sits in the work team beside whoever came from above.
    heard(room, "CadreOnPost", WEAK, tier="province", person="p-1")
    members = tuple(TeamMember(f"t-{n}", "township") for n in range(3))
    context = ctx(OFFICE, "2015-07-20", SX2015)
    form = FormWorkTeam(context=context, programme="SX2015", target=WEAK, members=members)
    (formed,) = DEMAND.decide(room.states[STREAM], form)
    assert isinstance(formed, WorkTeamFormed)
    assert {member.level for member in formed.members} == {"township"}


@pytest.mark.req("AL-032")
@pytest.mark.parametrize("kind", ["CadreRecalled", "TermEnded", "CadreWithdrawn", "PostAdjusted"])
def test_whoever_goes_raises_the_countys_need_by_one_at_once(room: Plain, kind: str) -> None:
    heard(room, "CadreOnPost", WEAK, tier="province")
    heard(room, "CadreOnPost", POOR, tier="city")
    gone, changed = heard(room, kind, WEAK)
    assert (type(gone).__name__, getattr(gone, "cause", "")) == ("VillageLeft", kind)
    assert isinstance(changed, CountyShortfallChanged)
    assert (changed.before, changed.need) == (1, 2)
