"""Bad input to allocation on a real log: refused by name, with figures and clause, and nothing half-applied."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kernel.service import Service
from programmes import loader
from services.allocation.assignment.arcs import LARGEST
from services.allocation.wiring import SERVICE
from tests.kit.allocation.jobs import CHANNEL, FAR, HOME, NEAR, ON, Office, prepared
from tests.kit.allocation.scenario import LN2018, PROVINCE, publish, rules
from tests.kit.databases import fresh
from tests.kit.desk import Desk, organ

NOTICE = "辽组通字〔2018〕23号"
FIRST = "省直机关工委"
OTHER = organ("channel", units=("省委高校工委", "U27"))
SELF_ARRANGED, TOWNSHIP = "210102001201", "210727103"
RULES = rules(LN2018)


def groups() -> list[dict[str, Any]]:
    columns = ("group", "arranger", "cities", "county_units", "townships", "villages", "cadres")
    return [{name: copy.deepcopy(row[name]) for name in columns} for row in RULES["quota.groups"]]


def must_refuse(desk: Desk, by: Any, command: str, /, *, says: tuple[str, ...], **data: Any) -> dict[str, Any]:
    """The refusal, which names every one of ``says``, its field and what would be accepted, and changed nothing."""
    before = desk.log.head(), desk.counts()
    problem = desk.refused(by, command, ON, **data)
    assert (desk.log.head(), desk.counts()) == before
    assert problem["field"]
    assert problem["accepted"]
    missing = [figure for figure in says if figure not in problem["sentence"]]
    assert not missing, problem["sentence"]
    return problem


def stands_on(problem: dict[str, Any], code: str, field: str, clause: str) -> None:
    found = (problem["code"], problem["field"], problem["notice"], problem["clause"])
    assert found == (code, field, NOTICE, clause)


@pytest.fixture
def empty(open_desk: Callable[[Service], Desk]) -> Desk:
    """The profile of 2018 and nothing else."""
    desk = open_desk(SERVICE)
    publish(desk, PROVINCE, LN2018, "2018-04-16")
    return desk


@pytest.fixture
def office(postgres_server: Any, tmp_path: Path) -> Iterator[Office]:
    """Quotas, three units with a waiting cadre each, three free villages; a township and a city of its own beside."""
    with fresh(postgres_server.url, "allocation") as made:
        found = Office(made["allocation"], tmp_path)
        publish(found, PROVINCE, LN2018, "2018-04-16")
        prepared(found)
        for code in (SELF_ARRANGED, f"{TOWNSHIP}201"):
            own = [{"code": code[:n], "name": code[:n]} for n in (6, 9, 12)]
            # The county of the township is registered already, in this edition; a later one adds to it.
            units = [{"root": code[:6], "divisions": own}]
            found.receipt(PROVINCE, "RegisterAreas", ON, edition="2024-06", units=units)
        township = [{"target": TOWNSHIP, "kind": "township", "weak": False}]
        about = {"programme": LN2018, "tier": "province", "synthetic": True}
        found.receipt(PROVINCE, "OpenTargets", ON, **about, targets=township)
        try:
            yield found
        finally:
            found.close()


def test_overlapping_scopes(empty: Desk) -> None:
    overlapping = groups()
    overlapping[1]["cities"] = [*overlapping[1]["cities"], "2103"]
    problem = must_refuse(
        empty, PROVINCE, "DefineGroups", says=("2103", "A、B", "1"), programme=LN2018, groups=overlapping
    )
    stands_on(problem, "scopes_overlap", "groups.cities", "二")
    assert empty.query(PROVINCE, "batches", programme=LN2018) == []


def test_totals_that_do_not_add_up(empty: Desk) -> None:
    about = {"programme": LN2018}
    wrong = groups()
    wrong[0]["villages"] += 1
    problem = must_refuse(empty, PROVINCE, "DefineGroups", says=("6213", "6212", "相差 1"), **about, groups=wrong)
    stands_on(problem, "totals_differ", "groups.cadres", "二")
    empty.receipt(PROVINCE, "DefineGroups", ON, **about, groups=groups())

    plan = {**RULES["quota.batch"], "total": 9026}
    problem = must_refuse(empty, PROVINCE, "PublishBatchPlan", says=("9025", "9026", "相差 1"), **about, **plan)
    stands_on(problem, "totals_differ", "total", "二")
    empty.receipt(PROVINCE, "PublishBatchPlan", ON, **about, **RULES["quota.batch"])
    empty.receipt(PROVINCE, "ProposeTierSplit", ON, **about)

    tiers = copy.deepcopy(RULES["quota.tiers"])
    tiers[1]["weak_villages"] += 1
    tiers[1]["cadres"] += 1
    problem = must_refuse(empty, PROVINCE, "FixTierSplit", says=("3382", "3381", "相差 1"), **about, tiers=tiers)
    stands_on(problem, "totals_differ", "tiers", "三")
    empty.receipt(PROVINCE, "FixTierSplit", ON, **about, tiers=RULES["quota.tiers"])

    quotas = [{"channel": row["channel"], "total": row["total"]} for row in RULES["quota.channels"]]
    quotas[0]["total"] += 1
    problem = must_refuse(empty, PROVINCE, "SetChannelQuotas", says=("839", "838", "相差 1"), **about, quotas=quotas)
    stands_on(problem, "totals_differ", "quotas", "附件1")
    assert empty.replays()


def test_a_unit_outside_the_channel(office: Office) -> None:
    quota = {"programme": LN2018, "unit": "U1", "townships": 1, "villages": 1, "basis": "编制"}
    problem = must_refuse(office, OTHER, "SetUnitQuota", says=("U1",), **quota)
    assert (problem["code"], problem["field"]) == ("out_of_reach", "unit")
    placing = {"target": NEAR, "unit": "U1", "person": "p-U1", "first_batch": "无", "need": "薄弱", "reason": "最近"}
    about = {"programme": LN2018, "channel": "省委高校工委", "placements": [placing]}
    problem = must_refuse(office, OTHER, "ProposePlacements", says=("U1", FIRST), **about)
    assert problem["code"] == "foreign_unit"
    assert {row["state"] for row in office.query(PROVINCE, "targets", programme=LN2018)} == {"open"}


def test_the_341st_place(office: Office) -> None:
    about = {"programme": LN2018, "unit": "U1", "basis": "编制"}
    office.receipt(CHANNEL, "SetUnitQuota", ON, **{**about, "unit": "U2"}, townships=21, villages=318)
    too_many = {"townships": 0, "villages": 2}
    problem = must_refuse(office, CHANNEL, "SetUnitQuota", says=("319", "尚余 1", "2"), **about, **too_many)
    stands_on(problem, "quota_exceeded", "villages", "三.1")
    assert problem["accepted"] == "0 至 1"
    office.receipt(CHANNEL, "SetUnitQuota", ON, **about, townships=0, villages=1)  # the 340th is in order
    last = {**about, "unit": "U3", "townships": 1, "villages": 0}
    problem = must_refuse(office, CHANNEL, "SetUnitQuota", says=("21", "尚余 0", "1"), **last)
    stands_on(problem, "quota_exceeded", "townships", "三.1")


def test_a_target_of_a_city_that_arranges_itself_and_nothing_beside_it_is_opened(office: Office) -> None:
    before = len(office.query(PROVINCE, "targets", programme=LN2018))
    targets = [{"target": code, "kind": "village", "weak": True} for code in (HOME, SELF_ARRANGED)]
    about = {"programme": LN2018, "tier": "province", "synthetic": True, "targets": targets}
    problem = must_refuse(office, PROVINCE, "OpenTargets", says=(SELF_ARRANGED,), **about)
    stands_on(problem, "arranged_by_city", "targets", "二")
    assert problem["kind"] == "forbidden"
    assert len(office.query(PROVINCE, "targets", programme=LN2018)) == before


def test_a_village_code_given_twice(office: Office) -> None:
    before = len(office.query(PROVINCE, "targets", programme=LN2018))
    about = {"programme": LN2018, "tier": "province", "synthetic": True}
    twice = [{"target": HOME, "kind": "village", "weak": True}] * 2
    problem = must_refuse(office, PROVINCE, "OpenTargets", says=(HOME,), **about, targets=twice)
    stands_on(problem, "target_open", "targets", "三.3")
    opened = [{"target": code, "kind": "village", "weak": True} for code in (HOME, FAR)]
    problem = must_refuse(office, PROVINCE, "OpenTargets", says=(FAR,), **about, targets=opened)
    assert problem["code"] == "target_open"
    assert len(office.query(PROVINCE, "targets", programme=LN2018)) == before

    division = {"code": "210602001", "name": "同码"}
    unit = {"root": "210602", "divisions": [{"code": "210602", "name": "县"}, division, division]}
    problem = must_refuse(
        office, PROVINCE, "RegisterAreas", says=("210602001", "两次"), edition="2023-06", units=[unit]
    )
    assert (problem["code"], problem["field"]) == ("area_twice", "units")
    assert office.query(PROVINCE, "areas", code="210602") == []


def test_an_infeasible_lock(office: Office) -> None:
    about = {"programme": LN2018, "person": "p-U1", "reason": "工作需要"}
    problem = must_refuse(office, PROVINCE, "LockPlacement", says=("p-U1", TOWNSHIP), **about, target=TOWNSHIP)
    assert (problem["code"], problem["field"], problem["notice"]) == ("lock_infeasible", "target", NOTICE)
    assert problem["clause"] == "三"
    office.receipt(PROVINCE, "LockPlacement", ON, **about, target=NEAR)
    second = {**about, "person": "p-U2", "target": NEAR}
    problem = must_refuse(office, PROVINCE, "LockPlacement", says=(NEAR, "p-U1"), **second)
    stands_on(problem, "lock_taken", "target", "五.3")
    held = {row["person"]: row["target"] for row in office.query(PROVINCE, "placement_terms", programme=LN2018)}
    assert held == {"p-U1": NEAR}
    # With such a lock supposed the plan cannot stand either, and the job says so without an event.
    before = office.log.head()
    asked: dict[str, Any] = {"programme": LN2018, "locks": [{"person": "p-U3", "target": TOWNSHIP}]}
    ended = office.job("what_if", **asked)
    assert (ended["state"], ended["problem"]["code"]) == ("refused", "plan_infeasible")
    assert "1 名人选无处可派" in ended["problem"]["sentence"]
    assert (ended["problem"]["notice"], ended["problem"]["clause"]) == (NOTICE, "五.3")
    assert office.log.head() == before


def test_weights_whose_costs_no_integer_holds(office: Office) -> None:
    published = loader.load(LN2018).published()
    entries = copy.deepcopy(published["rules"])
    weights = entries["placement.weights"]["value"]
    entries["placement.weights"]["value"] = dict.fromkeys(weights, 2**56)
    about = (LN2018, 2, None, published["scope"])
    profile = {**published, "version": 2, "rules": entries, "sha256": loader.digest(*about, entries)}
    office.receipt(PROVINCE, "PublishProfile", ON, profile=profile)
    before = office.log.head(), office.counts()
    ended = office.job("placement_plan", programme=LN2018)
    problem = ended["problem"]
    assert (ended["state"], problem["code"], problem["field"]) == ("refused", "cost_overflow", "placement.weights")
    assert str(LARGEST) in problem["sentence"]
    bound = int(problem["sentence"].split("可达 ")[1].split("，")[0])
    assert bound > 2**61
    assert (problem["notice"], problem["clause"]) == (NOTICE, "五.3")
    assert (office.log.head(), office.counts()) == before
    assert office.query(PROVINCE, "plans", programme=LN2018) == []
