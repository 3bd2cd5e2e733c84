"""One cadre holds one posting or one place in a work team, whatever is asked at the same instant and whoever hears it
first: allocation assigns villages and keeps who holds what, personnel has the members."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kernel.codec import recorded
from kernel.service import Received
from tests.kit import shanxi
from tests.kit.desk import Desk
from tests.kit.personnel.candidates import HOST, SX2015, UNIT
from tests.kit.shanxi import VILLAGES, person_of
from tests.kit.together import Together

TEAM, OTHER_TEAM, *PLACES = VILLAGES
ASSIGNED = "2015-08-10"
NUMBERS, FREE = iter(range(1, 100)), iter(PLACES)


@pytest.fixture(scope="module")
def system(open_desk: Callable[..., Desk]) -> Together:
    return shanxi.county(open_desk)


@pytest.fixture
def person(system: Together) -> str:
    """Who may be assigned a village, and may join a team."""
    return person_of(shanxi.cleared(system, next(NUMBERS)))


@pytest.fixture
def joining(person: str) -> dict[str, Any]:
    return {"programme": SX2015, "target": TEAM, "person": person, "unit": UNIT, "level": "county"}


@pytest.fixture
def assigning(person: str) -> dict[str, Any]:
    return {"programme": SX2015, "target": next(FREE), "unit": UNIT, "person": person, "level": "province"}


def refusals(system: Together, person: str) -> list[tuple[str, str]]:
    """Service and code of the reactions that were refused over the person."""
    found = []
    for name, desk in system.desks.items():
        for said in desk.stored("CommandRefused"):
            source, _, number = said["cause"].partition(":")
            (line,) = system.desks[source].log.lines(int(number) - 1, 1)
            if recorded(line).data.get("person") == person:
                found.append((name, said["code"]))
    return found


def held(system: Together, person: str) -> list[str]:
    """The postings of the person that last, and the places in teams."""
    rows = system.desks["personnel"].log.rows(
        "select posting as held from postings where person = %s and status = 'placed' union all"
        " select member from work_team_members where person = %s and left_on is null",
        person,
        person,
    )
    return [row["held"] for row in rows]


@pytest.mark.req("AL-047")
def test_who_is_in_a_team_is_assigned_no_village_until_leaving_it(
    system: Together, person: str, joining: dict[str, Any], assigning: dict[str, Any]
) -> None:
    system.command(HOST, "JoinWorkTeam", "2015-08-01", **joining)
    refused = system.refused(HOST, "AssignVillage", ASSIGNED, **assigning)
    assert (refused["code"], f"在 {SX2015} {TEAM} 的驻村工作组" in refused["sentence"]) == ("nominee_placed", True)
    system.command(HOST, "LeaveWorkTeam", "2015-08-09", programme=SX2015, target=TEAM, person=person)
    made = system.command(HOST, "AssignVillage", ASSIGNED, **assigning)
    assert made["PersonEngaged"] == 1
    assert held(system, person) == [f"{SX2015}.{assigning['target']}.1"]
    late = system.refused(HOST, "JoinWorkTeam", "2015-08-11", **{**joining, "target": OTHER_TEAM})
    assert (late["code"], held(system, person)[0] in late["sentence"]) == ("work_team_member_engaged", True)
    assert refusals(system, person) == []


@pytest.mark.req("AL-047")
@pytest.mark.parametrize("first", ["allocation", "personnel"])
def test_a_village_assigned_and_a_team_joined_at_the_same_instant_leave_one_and_one_refusal(
    system: Together, person: str, joining: dict[str, Any], assigning: dict[str, Any], first: str
) -> None:
    allocation, personnel = system.desks["allocation"], system.desks["personnel"]
    # Each decides before it hears of the other.
    allocation.command(HOST, "AssignVillage", ASSIGNED, **assigning)
    personnel.command(HOST, "JoinWorkTeam", ASSIGNED, **joining)
    system.tell(first, "personnel" if first == "allocation" else "allocation")
    system.settle()
    member = personnel.stored("WorkTeamMemberJoined")[-1]["member"]
    assert held(system, person) == [member]
    assert refusals(system, person) == [("personnel", "person_holds_posting")]
    # Allocation knows of both; the place in the team is not forgotten over the village.
    engaged = [said["holds"] for said in allocation.stored("PersonEngaged") if said["person"] == person]
    assert engaged == [f"{SX2015}.{assigning['target']}.1", member]
    system.command(HOST, "LeaveWorkTeam", "2015-08-20", programme=SX2015, target=TEAM, person=person)
    assert [said["holds"] for said in allocation.stored("PersonReleased")][-1] == member


@pytest.mark.req("AL-047")
def test_a_posting_noted_while_the_team_is_joined_comes_first(
    system: Together,
    person: str,
    joining: dict[str, Any],
    assigning: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The join was decided when the posting had not been noted, and is stored after it: it is decided anew."""
    personnel = system.desks["personnel"]
    system.desks["allocation"].command(HOST, "AssignVillage", ASSIGNED, **assigning)
    store, before = personnel.log.append, [system.settle]

    def overtaken(item: Any) -> Any:
        if before:
            before.pop()()
        return store(item)

    with monkeypatch.context() as during:
        during.setattr(personnel.log, "append", overtaken)
        answer = personnel._execute(HOST, "JoinWorkTeam", ASSIGNED, joining)
    assert (answer["problem"]["code"], before) == ("work_team_member_engaged", [])
    assert held(system, person) == [f"{SX2015}.{assigning['target']}.1"]
    assert refusals(system, person) == []


@pytest.mark.req("AL-047")
def test_a_team_joined_while_the_posting_is_noted_comes_first(
    system: Together,
    person: str,
    joining: dict[str, Any],
    assigning: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    personnel, allocation = system.desks["personnel"], system.desks["allocation"]
    allocation.command(HOST, "AssignVillage", ASSIGNED, **assigning)
    lines = allocation.log.lines(system.told["allocation", "personnel"], 100)
    store, before = personnel.log.append_all, [joining]

    def overtaken(items: Any) -> Any:
        if before:
            personnel.command(HOST, "JoinWorkTeam", ASSIGNED, **before.pop())
        return store(items)

    with monkeypatch.context() as during:
        during.setattr(personnel.log, "append_all", overtaken)
        personnel.opened.handler.react([Received("allocation", recorded(line)) for line in lines])
    system.told["allocation", "personnel"] += len(lines)
    system.settle()
    assert held(system, person) == [personnel.stored("WorkTeamMemberJoined")[-1]["member"]]
    assert refusals(system, person) == [("personnel", "person_holds_posting")]
    assert system.replay()
