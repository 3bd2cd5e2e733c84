"""A successor appointed and erased at one instant: one of the two is decided after the other, whichever comes first."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict, replace
from typing import Any

import pytest

from kernel.service import Room, Step
from services.personnel.postings.changeover_plans import lapsing
from services.personnel.privacy import privacy_plans
from tests.kit import shanxi
from tests.kit.allocation.racing import at_once
from tests.kit.desk import Desk
from tests.kit.personnel import cast, erasing
from tests.kit.personnel.candidates import HOST
from tests.kit.shanxi import VILLAGES
from tests.kit.together import Together

CHOSEN = "2017-06-20"
BOARD = {"organ": "县委组织部", "document": "组〔2017〕7号"}
NUMBERS, PLACES = iter(range(1, 100)), iter(VILLAGES)
FIRST, SECOND = (replace(one, areas=("14",)) for one in (cast.FIRST, cast.SECOND))


@pytest.fixture(scope="module")
def system(open_desk: Callable[..., Desk]) -> Together:
    return shanxi.county(open_desk)


def waiting(system: Together) -> tuple[str, dict[str, Any], dict[str, Any]]:
    """An incumbent to be followed; what appoints a candidate, and what destroys that candidate's data."""
    posting, _ = shanxi.on_post(system, next(NUMBERS), next(PLACES))
    system.command(
        HOST, "PlanChangeovers", "2017-03-06", changes=[{"posting": posting, "takes_over": "2017-07-15"}], **BOARD
    )
    key = shanxi.cleared(system, next(NUMBERS), "2017-03-10")
    person, office = shanxi.person_of(key), system.desks["personnel"]
    office.command(FIRST, "RequestErasure", CHOSEN, person=person, reason="目的已实现")
    office.command(SECOND, "ApproveErasure", CHOSEN, person=person)
    _, digest = erasing.handed(office, person, FIRST)
    appointing = {"successors": [{"posting": posting, "nomination": key}]}
    return posting, appointing, {"person": person, "export": digest}


def follower(office: Desk, posting: str) -> list[tuple[str, str]]:
    """Whoever is to follow on the posting, and how that stands."""
    rows = office.query(HOST, "postings", target=posting.split(".")[1])
    return [(row["posting"][-1], row["status"]) for row in rows if row["posting"] != posting]


def test_an_appointment_stored_while_the_erasure_is_decided_lapses_with_it(
    system: Together, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = system.desks["personnel"]
    posting, appointing, erasing_ = waiting(system)
    looked: list[int] = []

    def overtaken(room: Room, *about: Any) -> Iterable[Step]:
        found = list(lapsing(room, *about))
        looked.append(len(found))
        if len(looked) == 1:
            assert office.command(HOST, "AppointSuccessors", CHOSEN, **appointing)
        return found

    monkeypatch.setattr(privacy_plans, "lapsing", overtaken)
    office.command(FIRST, "ErasePerson", CHOSEN, **erasing_)
    assert looked == [0, 1]
    assert office.stored("SuccessorLapsed")[-1]["cause"] == "erased"
    assert follower(office, posting) == [("2", "cancelled")]
    assert office.replays()


def test_an_erasure_stored_while_the_appointment_is_decided_refuses_it(
    system: Together, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = system.desks["personnel"]
    posting, appointing, erasing_ = waiting(system)
    store, first = office.log.append, True

    def overtaken(item: Any) -> Any:
        nonlocal first
        if first:
            first = False
            assert office.command(FIRST, "ErasePerson", CHOSEN, **erasing_)
        return store(item)

    monkeypatch.setattr(office.log, "append", overtaken)
    about = {"command": "AppointSuccessors", "id": "overtaken", "occurred_on": CHOSEN, "data": appointing}
    answer = office.opened.door.execute({**about, "actor": asdict(HOST)})
    assert answer["problem"]["code"] == "successor_unchecked"
    assert follower(office, posting) == []
    assert office.replays()


def test_both_at_once_leave_nobody_awaited_who_is_erased(system: Together, monkeypatch: pytest.MonkeyPatch) -> None:
    office = system.desks["personnel"]
    posting, appointing, erasing_ = waiting(system)
    asked = ((HOST, "AppointSuccessors", appointing), (FIRST, "ErasePerson", erasing_))
    appointed, erased = at_once(office, monkeypatch, *asked, on=CHOSEN)
    assert "problem" not in erased
    if "problem" in appointed:
        assert appointed["problem"]["code"] == "successor_unchecked"
        assert follower(office, posting) == []
    else:
        assert follower(office, posting) == [("2", "cancelled")]
    assert office.replays()
