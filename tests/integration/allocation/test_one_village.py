"""One cadre gets one village of 2015, whatever counties assign at once or was assigned before; on a real log."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from programmes.areas import registered
from services.allocation.demand.village_assignment import VillageAssigned
from services.allocation.wiring import SERVICE
from tests.kit.allocation.jobs import ON
from tests.kit.allocation.racing import at_once, problem
from tests.kit.allocation.scenario import Swap2002, notices_and_areas, publish
from tests.kit.desk import Desk, organ
from tests.kit.personnel import candidates, said

DAY = "2015-07-10"
OWN, NEIGHBOUR = (next(v.code for v in registered("14").within(county, "village")) for county in ("140928", "140927"))
UNIT_OFFICE = organ("channel", units=(candidates.CHANNEL, candidates.UNIT))


@pytest.fixture
def shanxi(open_desk: Callable[..., Desk]) -> Desk:
    """Two counties that a unit talked to, and its one filed candidate."""
    desk, areas = open_desk(SERVICE, province="14"), registered("14")
    publish(desk, candidates.PROVINCE, candidates.SX2015, "2015-06-24")
    counties = [village[:6] for village in (OWN, NEIGHBOUR)]
    divisions = [[{"code": d.code, "name": d.name} for d in (areas.get(c), *areas.within(c))] for c in counties]
    units = [{"root": c, "divisions": rows} for c, rows in zip(counties, divisions, strict=True)]
    desk.receipt(candidates.PROVINCE, "RegisterAreas", "2015-06-24", edition="2023-06", units=units)
    unit = {"unit": candidates.UNIT, "name": "合成单位", "channel": candidates.CHANNEL, "level": "province"}
    desk.receipt(UNIT_OFFICE, "RegisterUnit", "2015-07-01", **unit)
    for county in counties:
        talk = {"programme": candidates.SX2015, "county": county, "unit": candidates.UNIT}
        desk.receipt(UNIT_OFFICE, "RecordConsultation", "2015-07-02", **talk)
    candidates.tell(desk, candidates.decided(*candidates.way())[-1])
    return desk


def assignment(village: str) -> tuple[Any, str, dict[str, Any]]:
    who = {"unit": candidates.UNIT, "person": "p-1", "level": "province"}
    return candidates.host_of(village), "AssignVillage", {"programme": candidates.SX2015, "target": village, **who}


@pytest.mark.req("AL-047")
@pytest.mark.parametrize("racing", [True, False], ids=["at once", "one after the other"])
def test_of_two_counties_that_assign_one_person_one_does_and_the_other_after_the_end(
    shanxi: Desk, monkeypatch: pytest.MonkeyPatch, racing: bool
) -> None:
    if racing:
        refused = problem(at_once(shanxi, monkeypatch, assignment(OWN), assignment(NEIGHBOUR), on=DAY))
    else:
        by, name, data = assignment(OWN)
        shanxi.receipt(by, name, DAY, **data)
        by, name, data = assignment(NEIGHBOUR)
        refused = shanxi.refused(by, name, DAY, **data)
    (assigned,) = shanxi.stored("VillageAssigned")
    taken = assigned["target"]
    assert (refused["code"], refused["field"], refused["clause"]) == ("nominee_placed", "person", "一.1")
    assert f"确定到 {candidates.SX2015} {taken}" in refused["sentence"]
    assert [bound["target"] for bound in shanxi.stored("BindingCreated")] == [taken]

    candidates.tell(shanxi, candidates.came(taken, "province", person="p-1"))
    candidates.tell(shanxi, candidates.withdrawn(taken, "province", "p-1", on="2016-03-01"))
    left = NEIGHBOUR if taken == OWN else OWN
    by, name, data = assignment(left)
    shanxi.receipt(by, name, "2016-03-02", **data)
    assert [one["target"] for one in shanxi.stored("VillageAssigned")] == [taken, left]
    assert shanxi.replays()


@pytest.mark.req("AL-047")
def test_a_village_assigned_before_persons_had_streams_is_found_in_the_read_models(shanxi: Desk) -> None:
    """Its event alone is there, as in a log that began before: nothing says in a stream that the person holds it."""
    shanxi.write([before_streams()], DAY)
    by, name, data = assignment(NEIGHBOUR)
    refused = shanxi.refused(by, name, DAY, **data)
    assert (refused["code"], refused["field"]) == ("nominee_placed", "person")
    assert f"确定到 {candidates.SX2015} {OWN}" in refused["sentence"]


@pytest.mark.req("AL-047")
def test_a_leg_of_who_held_a_village_before_persons_had_streams_is_refused(
    open_desk: Callable[..., Desk],
) -> None:
    office = open_desk(SERVICE)
    notices_and_areas(office)
    Swap2002(office).defined()
    office.write([before_streams()], ON)
    leg = said.Leg(13, "out", "township", 1, 1, "210727", "210381", "p-1")
    office.hear("personnel", "SwapLegNominated", ON, **leg.named)
    (refused,) = office.stored("CommandRefused")
    assert (refused["code"], f"确定到 {candidates.SX2015} {OWN}" in refused["sentence"]) == ("nominee_placed", True)
    assert (office.stored("SwapPlaceFilled"), office.stored("PersonEngaged")) == ([], [])


def before_streams() -> VillageAssigned:
    """The event alone, as in a log that began before persons had streams."""
    return VillageAssigned(occurred_on=date.fromisoformat(DAY), **candidates.assigned(OWN))
