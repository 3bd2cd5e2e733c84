"""The host county assigns the village after the unit has talked to it; the work team beside the first secretary."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from kernel.codec import data_of, plain
from kernel.messages import Event, Recorded, Rejected
from kernel.service import Received, Step
from kernel.testing import actor, given
from services.allocation.demand.county_demand import DEMAND
from services.allocation.demand.county_fallback import VillageLeft
from services.allocation.demand.demand_plans import form_team
from services.allocation.demand.village_assignment import (
    HostConsulted,
    VillageAssigned,
)
from services.allocation.demand.work_team import FormWorkTeam, TeamMember, WorkTeamFormed
from services.allocation.placement.holder import PersonReleased
from services.allocation.quotas.unit_county_quota import SetUnitCountyQuotas, UnitCounty
from services.allocation.reactions import REACTIONS
from services.allocation.registers.unit import Unit
from services.allocation.targets.binding import BindingCreated, Bond
from tests.kit.allocation.assigning import CENTRAL, FARM, LAW, STREAM, assign, county, file, refused, talk
from tests.kit.allocation.demand import BOTH, COUNTY, OFFICE, OTHER, POOR, RECORDED, VILLAGES, WEAK
from tests.kit.allocation.ground import SX2015, Plain, ctx, decided
from tests.kit.personnel import candidates

UNIT = actor("unit", units=(LAW,))


@pytest.fixture
def room() -> Plain:
    return county()


def left(room: Plain, target: str, number: int = 1) -> list[Event]:
    """The cadre of a posting of the village goes, as personnel comes to it."""
    gone = candidates.withdrawn(target, "province", "p-1", on="2016-07-01")
    return hear(room, "personnel", "CadreWithdrawn", {**plain(data_of(gone)), "posting": f"SX2015.{target}.{number}"})


def hear(room: Plain, source: str, kind: str, data: dict[str, Any]) -> list[Event]:
    day = date(2016, 7, 1)
    recorded = Recorded(7, "s", 1, kind, 1, day, 1, {}, (), None, None, None, None, "k", "", "c", data)
    steps = REACTIONS[f"{source}.{kind}"](Received(source, recorded), ctx(rules=SX2015), room)
    return [event for event in decided(steps, room, SX2015) if not isinstance(event, PersonReleased)]


@pytest.mark.req("AL-039")
def test_no_village_before_the_consultation_and_none_by_anybody_but_the_host_county(room: Plain) -> None:
    early = refused(room)
    assert (early.code, early.rule, early.field) == ("host_not_consulted", "placement.consult", "unit")
    (talked,) = talk(room, by=UNIT)
    assert isinstance(talked, HostConsulted)
    assert talk(room) == []
    assigned, bound = assign(room)
    assert isinstance(assigned, VillageAssigned)
    assert (assigned.posting, assigned.tier, assigned.mandatory) == (f"SX2015.{WEAK}.1", "province", True)
    assert isinstance(bound, BindingCreated)
    for other in (UNIT, actor("province_org", areas=("14",)), actor("city_org", areas=("1409",))):
        choice = refused(room, target=POOR, by=other)
        assert (choice.code, choice.kind, choice.clause, choice.accepted) == (
            "host_assigns",
            "forbidden",
            "三.4",
            "county_org",
        )
    assert refused(room, target=POOR, by=actor("county_org", areas=("140927",))).code == "foreign_area"


def test_no_village_for_anybody_who_was_not_filed_or_at_another_level_than_filed(room: Plain) -> None:
    talk(room)
    strange = refused(room, person="p-2")
    assert (strange.code, strange.rule, strange.field) == ("nominee_not_filed", "procedure.nomination", "person")
    level = refused(room, level="county")
    assert (level.code, level.field, level.accepted) == ("level_otherwise", "level", "province")
    (listed,) = file(room, LAW, "p-2", tags=("work_team_27",))
    assert (type(listed).__name__, listed.tags, listed.level) == ("NomineeListed", ("work_team_27",), "province")
    assert file(room, LAW, "p-2", tags=("work_team_27",)) == []
    assert [type(e).__name__ for e in assign(room, person="p-2")] == ["VillageAssigned", "BindingCreated"]


def test_a_unit_of_the_table_gets_no_more_villages_in_its_county_than_its_places(room: Plain) -> None:
    for n in range(2, 5):
        file(room, LAW, f"p-{n}")
    room.states[f"unit/{LAW}"] = Unit(LAW, "山西省直", "province", name="山西社会主义学院")
    rows = (UnitCounty("山西社会主义学院", COUNTY, 3),)
    quotas = SetUnitCountyQuotas(context=ctx(OFFICE, "2015-06-24", SX2015), programme="SX2015", rows=rows, reason="试")
    set_places: list[Event] = decided([Step("county-quotas/SX2015", quotas)], room, SX2015)
    assert [type(e).__name__ for e in set_places] == ["UnitCountyQuotaSet"]
    talk(room)
    for n, village in enumerate((WEAK, POOR, BOTH), 1):
        assign(room, village, person=f"p-{n}")
    more = refused(room, target=OTHER, person="p-4")
    assert (more.code, more.rule, more.accepted) == ("places_taken", "quota.fragment", "不超过 3 人")
    assert "名额为 3 个，已分配 3 人" in more.sentence


@pytest.mark.req("AL-044")
def test_an_assignment_comes_with_its_binding_or_not_at_all(room: Plain) -> None:
    talk(room)
    binding = f"binding/SX2015.{LAW}.{WEAK}"
    room.states[binding] = Bond.RELEASED
    assert refused(room).code == "binding_released"
    assert room.states[STREAM].assigned == {}
    room.states[binding] = Bond.BOUND
    assert [type(e).__name__ for e in assign(room)] == ["VillageAssigned"]  # the binding that stands is reused
    file(room, LAW, "p-3")
    assert [type(e).__name__ for e in assign(room, POOR, person="p-3")] == ["VillageAssigned", "BindingCreated"]
    twice = refused(room, target=BOTH, person="p-3")
    assert (twice.code, twice.field, POOR in twice.sentence) == ("nominee_placed", "person", True)


def test_a_cadre_of_a_township_is_no_first_secretary_and_a_village_has_one(room: Plain) -> None:
    talk(room)
    township = refused(room, level="township")
    assert (township.code, township.rule, township.field) == ("level_refused", "candidate.refused_levels", "level")
    assert refused(room, level="village").code == "level_refused"
    talk(room, CENTRAL)
    assign(room, unit=CENTRAL, level="central")
    taken = refused(room)
    assert (taken.code, f"SX2015.{WEAK}.1" in taken.sentence) == ("village_taken", True)
    assert refused(room, target=POOR, unit="SX99").code == "unit_unknown"
    assert refused(room, target=VILLAGES[9]).code == "area_unknown"


@pytest.mark.req("AL-038")
def test_needs_are_matched_and_a_village_without_needs_is_unscored(room: Plain) -> None:
    talk(room)
    unscored, _ = assign(room, WEAK, skills=("law",))
    for person in ("p-3", "p-4"):
        file(room, LAW, person)
    scored, _ = assign(room, POOR, person="p-3", needs=("law", "water"), skills=("law", "roads"))
    poor, _ = assign(room, BOTH, person="p-4", needs=("water",), skills=("law",))
    found = [(e.matched, e.helps) for e in (unscored, scored, poor) if isinstance(e, VillageAssigned)]
    assert found == [(None, False), (1, True), (0, False)]


def test_the_bound_unit_owes_the_successor_until_the_village_has_reached_its_target(room: Plain) -> None:
    talk(room)
    talk(room, FARM)
    assign(room)
    (gone,) = left(room, WEAK)
    assert isinstance(gone, VillageLeft)
    assert (gone.cause, gone.successor_of) == ("CadreWithdrawn", LAW)
    other = refused(room, unit=FARM)
    assert (other.code, other.rule, other.accepted) == ("successor_owed", "binding.release", LAW)
    (again,) = assign(room)
    assert isinstance(again, VillageAssigned)
    assert again.posting == f"SX2015.{WEAK}.2"

    left(room, WEAK, 2)
    noted, released = hear(room, "evaluation", "VillageDelisted", {"programme": "SX2015", "target": WEAK})
    assert [type(e).__name__ for e in (noted, released)] == ["VillageTargetNoted", "BindingReleased"]
    late = refused(room, unit=FARM, on="2018-04-16")  # the day of the target
    assert (late.code, late.rule) == ("binding_released", "binding.release")
    assert hear(room, "evaluation", "VillageDelisted", {"programme": "SX2015", "target": WEAK}) == []


@pytest.mark.parametrize("first", ["assignment", "target"])
def test_the_binding_of_an_earlier_posting_ends_with_the_target_whichever_is_heard_first(
    room: Plain, first: str
) -> None:
    """A posting of 2015 that is entered after the village reached its target leaves no binding nobody can release."""
    talk(room)
    reached = {"programme": "SX2015", "target": WEAK}
    if first == "assignment":
        events = [*assign(room), *hear(room, "evaluation", "VillageDelisted", reached)]
    else:
        events = [*hear(room, "evaluation", "VillageDelisted", reached), *assign(room)]
    assert sorted(type(e).__name__ for e in events) == [
        "BindingCreated", "BindingReleased", "VillageAssigned", "VillageTargetNoted"
    ]  # fmt: skip
    assert room.load(f"binding/SX2015.{LAW}.{WEAK}") is Bond.RELEASED


def test_only_who_was_assigned_takes_up_the_post(room: Plain) -> None:
    talk(room)
    assign(room)
    on_post = plain(data_of(candidates.came(WEAK, "province", person="p-1")))
    with pytest.raises(Rejected, match=r"已有选派 SX2015\.\d+\.1"):
        hear(room, "personnel", "CadreOnPost", {**on_post, "posting": f"SX2015.{WEAK}.9"})
    came = hear(room, "personnel", "CadreOnPost", on_post)
    assert [type(e).__name__ for e in came] == ["VillageSourced", "CountyShortfallChanged"]


def test_consultation_is_told_by_one_of_the_two_and_of_a_registered_unit(room: Plain) -> None:
    for by, unit, code in (
        (actor("county_org", areas=("140927",)), LAW, "foreign_area"),
        (actor("unit", units=(FARM,)), LAW, "foreign_channel"),
        (OFFICE, "SX99", "unit_unknown"),
    ):
        with pytest.raises(Rejected) as found:
            talk(room, unit, by)
        assert found.value.code == code
    assert len(talk(room, by=actor("channel", units=("山西省直",)))) == 1


def members(*levels: str) -> tuple[TeamMember, ...]:
    return tuple(TeamMember(f"t-{n}", level) for n, level in enumerate(levels))


def team(*who: TeamMember, finding: str = "重点难点村") -> FormWorkTeam:
    context = ctx(OFFICE, "2015-07-20", SX2015)
    return FormWorkTeam(context=context, programme="SX2015", target=WEAK, members=who, finding=finding)


@pytest.mark.req("AL-042")
def test_a_work_team_has_three_to_five_members(room: Plain) -> None:
    levels = ("city", "county", "township", "township", "county", "county")
    for size in (3, 5):
        (event,) = given(DEMAND).when(team(*members(*levels[:size]))).events or []
        assert isinstance(event, WorkTeamFormed)
        assert (len(event.members), event.finding) == (size, "重点难点村")
    for size in (2, 6):
        wrong = given(DEMAND).when(team(*members(*levels[:size])))
        wrong.rejected("team_size", rule="team.size", field="members", accepted="3 至 5 人，每人一次")

    # A village that was found to be none of those the notice names has no team.
    for finding in ("", "一般村"):
        unfound = given(DEMAND).when(team(*members(*levels[:3]), finding=finding))
        unfound.rejected("team_village", rule="team.villages", field="finding", accepted="重点难点村")

    # The first secretary does not count and is no member.
    talk(room)
    assign(room)
    three = members(*levels[:3])
    state = given(DEMAND, *RECORDED)
    state.state = room.states[STREAM]
    state.when(team(*three[:2], replace(three[2], person="p-1"))).rejected("secretary_in_team", field="members.person")
    assert [type(e).__name__ for e in decided(form_team(team(*three), room), room, SX2015)] == ["WorkTeamFormed"]


@pytest.mark.req("AL-034")
def test_a_township_cadre_is_refused_as_first_secretary_and_taken_into_the_team(room: Plain) -> None:
    talk(room)
    secretary = refused(room, level="township")
    assert (secretary.code, secretary.rule) == ("level_refused", "candidate.refused_levels")
    given(DEMAND).when(team(*members("township", "township", "township"))).types("WorkTeamFormed")


def test_members_come_once_from_the_levels_named_in_the_own_county() -> None:
    one, two, _ = members("city", "county", "township")
    given(DEMAND).when(team(one, two, two)).rejected("team_size")
    given(DEMAND).when(team(one, two, TeamMember("t-9", "province"))).rejected("team_level", field="members.level")


def test_a_village_of_neither_kind_may_be_assigned_and_is_no_mandatory_one(room: Plain) -> None:
    talk(room)
    event, _ = assign(room, OTHER)
    assert isinstance(event, VillageAssigned)
    assert event.mandatory is False
