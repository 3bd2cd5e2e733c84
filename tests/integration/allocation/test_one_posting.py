"""One cadre holds one place, whatever is asked at once: proposals, confirmations, programmes, swaps; on a real log."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest

from kernel.log import Append, Receipt
from programmes import loader
from services.allocation.wiring import SERVICE
from tests.kit.allocation.jobs import CHANNEL, ON
from tests.kit.allocation.racing import at_once, problem
from tests.kit.allocation.scenario import LN2018, PROVINCE, Swap2002, notices_and_areas, rules
from tests.kit.databases import fresh
from tests.kit.desk import Desk
from tests.kit.personnel import teams
from tests.kit.personnel.cadre import Cadre
from tests.kit.personnel.legs import lost, named
from tests.kit.personnel.nomination import passed

LATER, LEG = "LN2021", "LN2002.13.out.township.1.1"
HOME, NEAR, NEXT, FAR = "210727101201", "210727101202", "210727102207", "211302001001"
ORGANS = "省直机关工委"
COLUMNS = ("group", "arranger", "cities", "county_units", "townships", "villages", "cadres")


@pytest.fixture
def office(postgres_server: Any, tmp_path: Path) -> Iterator[Desk]:
    """One unit with one cadre who passed the check, and free villages of two batches."""
    with fresh(postgres_server.url, "allocation") as made:
        desk = Desk(SERVICE, made["allocation"], tmp_path)
        notices_and_areas(desk)
        later = replace(loader.load(LN2018), programme=LATER)
        desk.receipt(PROVINCE, "PublishProfile", "2018-04-16", profile=later.published())
        desk.receipt(CHANNEL, "RegisterUnit", ON, unit="U1", name="U1", channel=ORGANS, level="province")
        desk.receipt(CHANNEL, "RecordHelpTies", ON, unit="U1", helped=[HOME], contacts=[])
        for programme, villages in ((LN2018, (NEAR, NEXT)), (LATER, (FAR,))):
            opened(desk, programme, villages)
            desk.hear_of("personnel", passed("U1", "p-U1", programme))
        try:
            yield desk
        finally:
            desk.close()


def opened(desk: Desk, programme: str, villages: tuple[str, ...]) -> None:
    known = rules(LN2018)
    groups = [{name: row[name] for name in COLUMNS} for row in known["quota.groups"]]
    for command, data in (
        ("DefineGroups", {"groups": groups}),
        ("PublishBatchPlan", known["quota.batch"]),
        ("ProposeTierSplit", {}),
        ("FixTierSplit", {"tiers": known["quota.tiers"]}),
    ):
        desk.receipt(PROVINCE, command, "2018-04-16", programme=programme, **data)
    targets = [{"target": code, "kind": "village", "weak": True} for code in villages]
    desk.receipt(PROVINCE, "OpenTargets", ON, programme=programme, tier="province", synthetic=True, targets=targets)


def placing(village: str) -> dict[str, Any]:
    said = {"first_batch": "无", "need": "薄弱", "reason": "最近"}
    return {"channel": ORGANS, "placements": [{"target": village, "unit": "U1", "person": "p-U1", **said}]}


def reviewed(desk: Desk, programme: str = LN2018) -> None:
    desk.receipt(PROVINCE, "OpenReview", ON, programme=programme, channel=ORGANS)


@pytest.mark.req("AL-047")
@pytest.mark.parametrize("racing", [True, False], ids=["at once", "one after the other"])
def test_of_two_villages_a_person_gets_one_and_the_next_after_the_return(
    office: Desk, monkeypatch: pytest.MonkeyPatch, racing: bool
) -> None:
    near, next_ = ({"programme": LN2018, **placing(village)} for village in (NEAR, NEXT))
    if racing:
        asked = [(CHANNEL, "ProposePlacements", data) for data in (near, next_)]
        refused = problem(at_once(office, monkeypatch, *asked))
        ((taken,),) = [[p["target"] for p in office.stored("PlacementProposed")]]
        left = next_ if taken == NEAR else near
    else:
        office.receipt(CHANNEL, "ProposePlacements", ON, **near)
        taken, left = NEAR, next_
        refused = office.refused(CHANNEL, "ProposePlacements", ON, **left)
    assert (refused["code"], refused["field"], refused["clause"]) == ("nominee_placed", "placements.person", "三.3")
    assert f"列入 {LN2018} {taken} 的分配方案" in refused["sentence"]
    reviewed(office)
    office.receipt(PROVINCE, "ConfirmPlacements", ON, programme=LN2018)
    held = office.refused(CHANNEL, "ProposePlacements", ON, **left)
    assert f"确定到 {LN2018} {taken}" in held["sentence"]
    first = f"{LN2018}.{taken}.1"
    cadre = Cadre(office, taken, "p-U1").arrive("2018-05-02")
    on_post = office.refused(CHANNEL, "ProposePlacements", "2018-05-03", **left)
    assert (on_post["code"], f"在 {LN2018} {taken} 任职" in on_post["sentence"]) == ("nominee_placed", True)
    assert [p["posting"] for p in office.stored("PlacementConfirmed")] == [first]
    assert [b["target"] for b in office.stored("BindingCreated")] == [taken]

    cadre.recall("2019-05-13", "案-1", "T1", "2019-05-06")
    office.receipt(CHANNEL, "ProposePlacements", "2019-05-15", **left)
    office.receipt(PROVINCE, "OpenReview", "2019-05-16", programme=LN2018, channel=ORGANS)
    office.receipt(PROVINCE, "ConfirmPlacements", "2019-05-17", programme=LN2018)
    second = f"{LN2018}.{left['placements'][0]['target']}.1"
    assert [p["posting"] for p in office.stored("PlacementConfirmed")] == [first, second]
    assert office.replays()


def test_a_proposal_that_was_returned_holds_nobody(office: Desk) -> None:
    office.receipt(CHANNEL, "ProposePlacements", ON, programme=LN2018, **placing(NEAR))
    reviewed(office)
    office.receipt(PROVINCE, "ReturnPlacement", ON, programme=LN2018, target=NEAR, reason="另选")
    office.receipt(CHANNEL, "ProposePlacements", ON, programme=LN2018, **placing(NEXT))
    assert [p["attempt"] for p in office.stored("PlacementProposed")] == [1, 2]


def test_of_two_programmes_that_confirm_one_person_one_does(office: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    both = ((LN2018, NEAR), (LATER, FAR))
    proposals = [(CHANNEL, "ProposePlacements", {"programme": name, **placing(village)}) for name, village in both]
    assert all("receipt" in answer for answer in at_once(office, monkeypatch, *proposals))
    for name, _ in both:
        reviewed(office, name)
    confirmations = [(PROVINCE, "ConfirmPlacements", {"programme": name}) for name, _ in both]
    refused = problem(at_once(office, monkeypatch, *confirmations))
    (confirmed,) = office.stored("PlacementConfirmed")
    assert refused["field"] == "targets"
    assert f"确定到 {confirmed['programme']} {confirmed['target']}" in refused["sentence"]
    assert [b["target"] for b in office.stored("BindingCreated")] == [confirmed["target"]]
    (other,) = (name for name, _ in both if name != confirmed["programme"])
    again = office.refused(PROVINCE, "ConfirmPlacements", ON, programme=other)
    assert (again["code"], again["sentence"]) == ("nominee_placed", refused["sentence"])


@pytest.mark.req("AL-047")
def test_a_leg_heard_while_the_confirmation_is_decided_keeps_the_person(
    office: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The leg is taken in after the confirmation looked and before it is stored: it is decided anew, and refused."""
    Swap2002(office).defined()
    office.receipt(CHANNEL, "ProposePlacements", ON, programme=LN2018, **placing(NEAR))
    reviewed(office)
    one = named("p-U1", 13, "township", "210727", "210381")
    store, before = office.log.append, [one]

    def overtaken(item: Append) -> Receipt:
        if before:
            office.hear_of("personnel", before.pop())
        return store(item)

    with monkeypatch.context() as during:
        during.setattr(office.log, "append", overtaken)
        refused = office.opened.door.execute(
            {"command": "ConfirmPlacements", "id": "overtaken", "occurred_on": ON, "actor": asdict(PROVINCE),
             "data": {"programme": LN2018}}
        )["problem"]  # fmt: skip
    assert (refused["code"], LEG in refused["sentence"], before) == ("nominee_placed", True, [])
    assert (office.stored("PlacementConfirmed"), office.stored("BindingCreated")) == ([], [])
    (held,) = office.stored("PersonEngaged")
    assert (held["holds"], held["state"]) == (LEG, "leg")


@pytest.mark.req("AL-047")
def test_whoever_is_confirmed_gets_no_leg_and_is_named(office: Desk) -> None:
    Swap2002(office).defined()
    office.receipt(CHANNEL, "ProposePlacements", ON, programme=LN2018, **placing(NEAR))
    reviewed(office)
    office.receipt(PROVINCE, "ConfirmPlacements", ON, programme=LN2018)
    one = named("p-U1", 13, "township", "210727", "210381")
    office.hear_of("personnel", one)
    (refused,) = office.stored("CommandRefused")
    assert (refused["code"], f"确定到 {LN2018} {NEAR}" in refused["sentence"]) == ("nominee_placed", True)
    assert office.stored("SwapPlaceFilled") == []


def test_whoever_holds_a_leg_is_proposed_for_no_village_until_it_is_lost(office: Desk) -> None:
    Swap2002(office).defined()
    one = named("p-U1", 13, "township", "210727", "210381")
    office.hear_of("personnel", one)
    refused = office.refused(CHANNEL, "ProposePlacements", ON, programme=LN2018, **placing(NEAR))
    assert (refused["code"], f"列为 LN2002 {LEG} 的互派人选" in refused["sentence"]) == ("nominee_placed", True)
    office.hear_of("personnel", lost(one))
    office.receipt(CHANNEL, "ProposePlacements", ON, programme=LN2018, **placing(NEAR))


def test_a_leg_that_came_after_the_proposal_keeps_it_from_being_confirmed(office: Desk) -> None:
    Swap2002(office).defined()
    office.receipt(CHANNEL, "ProposePlacements", ON, programme=LN2018, **placing(NEAR))
    reviewed(office)
    one = named("p-U1", 13, "township", "210727", "210381")
    office.hear_of("personnel", one)
    refused = office.refused(PROVINCE, "ConfirmPlacements", ON, programme=LN2018)
    assert (refused["code"], LEG in refused["sentence"]) == ("nominee_placed", True)


@pytest.mark.req("AL-047")
def test_who_is_in_a_work_team_is_neither_proposed_nor_confirmed_until_leaving_it(office: Desk) -> None:
    member, said = teams.joined("p-U1"), f"在 {teams.SX2015} {teams.VILLAGE} 的驻村工作组"
    office.hear_of("personnel", member)
    refused = office.refused(CHANNEL, "ProposePlacements", ON, programme=LN2018, **placing(NEAR))
    assert (refused["code"], said in refused["sentence"]) == ("nominee_placed", True)
    office.hear_of("personnel", teams.left(member))
    office.receipt(CHANNEL, "ProposePlacements", ON, programme=LN2018, **placing(NEAR))
    reviewed(office)
    office.hear_of("personnel", member)  # joins again meanwhile
    refused = office.refused(PROVINCE, "ConfirmPlacements", ON, programme=LN2018)
    assert (refused["code"], refused["field"], said in refused["sentence"]) == ("nominee_placed", "targets", True)
    office.hear_of("personnel", teams.left(member))
    assert office.command(PROVINCE, "ConfirmPlacements", ON, programme=LN2018)["PlacementConfirmed"] == 1
