"""Teams as the sixth profile asks: a size by the kind of village, no two members of one unit, in both services."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kernel.reader import Unreadable
from kernel.testing import actor, context, given, rules_of
from programmes import loader
from programmes.readers.demand import WORK_TEAM_SIZE
from services.allocation.demand.county_demand import DEMAND
from services.allocation.demand.work_team import FormWorkTeam, TeamMember
from services.personnel.care.team import TEAM, Join
from tests.kit.allocation.demand import BOTH, COUNTY, OTHER, POOR, RECORDED, VILLAGES, WEAK

RULES: Any = rules_of(loader.read(Path(loader.__file__).parent / "examples/zc2017.toml").published())
OF_2015: Any = rules_of(loader.load("SX2015").published())
OFFICE = actor("county_org", areas=(COUNTY,))
UNRECORDED = VILLAGES[5]


def formed(number: int, target: str, rules: Any = RULES, **changed: str | None) -> FormWorkTeam:
    """A team of ``number`` members, each of another unit but where ``changed`` says so."""
    members = tuple(TeamMember(f"t-{n}", "county", changed.get(f"t_{n}", f"U-{n}")) for n in range(number))
    under = context("2018-01-12", OFFICE, rules=rules)
    return FormWorkTeam(context=under, programme="P", target=target, members=members, finding="重点难点村")


@pytest.mark.parametrize(("target", "least", "most"), [(BOTH, 4, 6), (WEAK, 3, 5), (POOR, 3, 5), (OTHER, 3, 5)])
def test_a_team_is_as_large_as_the_kind_of_its_village_asks(target: str, least: int, most: int) -> None:
    for number in (least, most):
        given(DEMAND, *RECORDED).when(formed(number, target)).types("WorkTeamFormed")
    for number in (least - 1, most + 1):
        wrong = given(DEMAND, *RECORDED).when(formed(number, target))
        wrong.rejected("team_size", rule="team.size", accepted=f"{least} 至 {most} 人，每人一次")


def test_where_the_kind_is_not_recorded_the_size_is_not_guessed() -> None:
    given(DEMAND, *RECORDED).when(formed(3, UNRECORDED)).rejected("village_kind_unknown", field="target")
    given(TEAM).when(joining(1, kind=None)).rejected("village_kind_unknown", field="target")
    given(DEMAND).when(formed(3, UNRECORDED, OF_2015)).types("WorkTeamFormed")  # 2015 asks for no kind


def test_no_two_members_are_of_one_unit() -> None:
    twice = given(DEMAND, *RECORDED).when(formed(3, WEAK, t_2="U-0"))
    twice.rejected("team_unit_twice", field="members.unit", rule="team.apart", accepted="与组内各人不同单位的人员")
    given(DEMAND, *RECORDED).when(formed(3, WEAK, t_1=None)).rejected("team_unit_missing", field="members.unit")
    given(DEMAND, *RECORDED).when(formed(3, WEAK, OF_2015, t_1="U-0", t_2=None)).types("WorkTeamFormed")


def joining(number: int, kind: str | None = "both", unit: str | None = None, rules: Any = RULES) -> Join:
    about: dict[str, Any] = {"programme": "P", "target": BOTH, "level": "county", "registered": True, "engaged": None}
    person: dict[str, Any] = {"person": f"t-{number}", "unit": f"U-{number}" if unit is None else unit}
    return Join(context=context("2018-01-12", OFFICE, rules=rules), kind=kind, **about, **person)


@pytest.mark.parametrize(("kind", "least", "most"), [("both", 4, 6), ("weak_party", 3, 5), ("neither", 3, 5)])
def test_members_come_until_the_team_of_such_a_village_is_full(kind: str, least: int, most: int) -> None:
    team = given(TEAM)
    for number in range(most):
        event: Any
        (event,) = team.when(joining(number, kind)).events or []
        assert (event.size, event.least, event.most) == (number + 1, least, most)
        team = given(TEAM)
        team.state = TEAM.fold(team.state, joined(kind, number + 1))
    team.when(joining(most, kind)).rejected("work_team_full", accepted=f"不超过 {most} 人")


def joined(kind: str, number: int, rules: Any = RULES) -> list[Any]:
    """The first members of a team, as they come."""
    state, events = TEAM.initial, list[Any]()
    for one in range(number):
        made = TEAM.decide(state, joining(one, kind, rules=rules))
        state, events = TEAM.fold(state, made), [*events, *made]
    return events


def test_a_member_does_not_come_beside_another_of_the_own_unit() -> None:
    first = joined("both", 1)
    given(TEAM, *first).when(joining(1, unit="U-0")).rejected("team_unit_twice", field="unit", rule="team.apart")
    given(TEAM, *first).when(joining(1, unit="")).rejected("team_unit_missing", field="unit")
    given(TEAM, *first).when(joining(1)).types("WorkTeamMemberJoined")
    given(TEAM, *joined("both", 1, OF_2015)).when(joining(1, unit="U-0", rules=OF_2015)).types("WorkTeamMemberJoined")


@pytest.mark.parametrize(
    "sizes",
    [
        [],
        {"min": 5, "max": 3},
        [{"kinds": ["both"], "min": 4, "max": 6}],
        [{"min": 3, "max": 5}, {"kinds": ["both"], "min": 4, "max": 6}],
        [{"kinds": ["both"], "min": 7, "max": 6}, {"min": 3, "max": 5}],
        [{"kinds": ["both", "both"], "min": 4, "max": 6}, {"min": 3, "max": 5}],
        [{"kinds": ["rich"], "min": 4, "max": 6}, {"min": 3, "max": 5}],
    ],
)
def test_sizes_that_leave_a_village_out_are_not_published(sizes: Any) -> None:
    with pytest.raises(Unreadable):
        WORK_TEAM_SIZE.of(sizes)
