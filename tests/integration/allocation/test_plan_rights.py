"""Who is shown what of plans and terms, and that a newer plan takes the place of an older one; on a real log."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kernel.messages import Actor
from tests.kit.allocation.jobs import CHANNEL, FAR, NEAR, NEXT, ON, Office, nominee, prepared
from tests.kit.allocation.scenario import LN2018, PROVINCE, publish
from tests.kit.databases import fresh, run
from tests.kit.desk import organ

OTHER = organ("channel", units=("省委高校工委", "U27"))
JINZHOU, CHAOYANG = organ("city_org", "2107"), organ("city_org", "2113")
COUNTY = organ("county_org", "210727")
DEPUTY = replace(CHANNEL, organ="channel-other")
AUDITOR = organ("auditor", "21")
PLAN = f"{LN2018}.province.all.1"
FIRST = {"programme": LN2018, "channel": "省直机关工委"}
FACTORS = {"first_batch": "无", "need": "薄弱", "reason": "最近"}


@pytest.fixture
def office(postgres_server: Any, tmp_path: Path) -> Iterator[Office]:
    """Three units of one channel with a waiting cadre each, and three free villages."""
    with fresh(postgres_server.url, "allocation") as made:
        found = Office(made["allocation"], tmp_path)
        publish(found, PROVINCE, LN2018, "2018-04-16")
        prepared(found)
        try:
            yield found
        finally:
            found.close()


def persons(office: Office, by: Actor, name: str, **params: Any) -> set[str]:
    return {row["person"] for row in office.query(by, name, **params)}


def test_everybody_sees_of_a_plan_and_its_terms_what_is_their_own(office: Office) -> None:
    assert office.job("placement_plan", programme=LN2018)["result"]["plan"] == PLAN
    office.receipt(PROVINCE, "LockPlacement", ON, programme=LN2018, person="p-U3", target=FAR, reason="工作需要")
    everybody = {"p-U1", "p-U2", "p-U3"}
    for name in ("plan_rows", "publicity_list"):
        assert persons(office, PROVINCE, name, plan=PLAN) == persons(office, CHANNEL, name, plan=PLAN) == everybody
        assert persons(office, JINZHOU, name, plan=PLAN) == persons(office, COUNTY, name, plan=PLAN) == {"p-U1", "p-U2"}
        assert persons(office, CHAOYANG, name, plan=PLAN) == {"p-U3"}
        assert persons(office, OTHER, name, plan=PLAN) == set()
    terms = {by.organ: persons(office, by, "placement_terms", programme=LN2018) for by in (JINZHOU, OTHER)}
    assert set.union(*terms.values()) == set()
    assert persons(office, CHAOYANG, "placement_terms", programme=LN2018) == {"p-U3"}
    assert persons(office, CHANNEL, "placement_terms", programme=LN2018) == {"p-U3"}


def test_whom_a_second_best_displaces_is_named_to_who_may_see_that_person(office: Office) -> None:
    office.job("placement_plan", programme=LN2018, without=["p-U2"])
    named = {
        by.role: {r["person"]: (r["displaces"], r["displaced"]) for r in office.query(by, "plan_rows", plan=PLAN)}
        for by in (PROVINCE, CHAOYANG)
    }
    (person,) = named["city_org"]
    assert person == "p-U3"
    assert all(len(shown) == count for shown, count in named["province_org"].values())
    (head,) = office.query(CHAOYANG, "plans", programme=LN2018)
    assert "without" not in head["head"]
    (whole,) = office.query(PROVINCE, "plans", programme=LN2018)
    assert whole["head"]["without"] == ["p-U2"]


@pytest.mark.parametrize(
    ("by", "params", "code"),
    [
        (JINZHOU, {"area": "2107"}, "foreign_scope"),
        (JINZHOU, {"area": "2113", "tier": "city"}, "foreign_area"),
        (COUNTY, {"area": "210727", "tier": "city"}, "foreign_scope"),
        (COUNTY, {"area": "2107", "tier": "county"}, "foreign_area"),
    ],
)
def test_nominees_who_wait_are_planned_before_the_eyes_of_their_own_tier_alone(
    office: Office, by: Actor, params: dict[str, str], code: str
) -> None:
    assert office.asked(by, "placement_plan", programme=LN2018, **params)["code"] == code
    started = office.ask("what_if", by, programme=LN2018, **params)
    assert started["problem"]["code"] == code


def test_a_job_and_its_plan_are_nobody_elses(office: Office) -> None:
    ident = office.job("placement_plan", programme=LN2018)["id"]
    for by in (JINZHOU, COUNTY, CHANNEL, OTHER):
        assert office.shown(ident, by)["problem"]["code"] == "job_unknown"
    for kind in ("prices", "derivation"):
        refused = office.ask(kind, JINZHOU, plan=PLAN)["problem"]
        assert (refused["code"], refused["field"]) == ("out_of_reach", "plan")
    assert office.job("derivation", AUDITOR, plan=PLAN)["result"]["equal"]


def test_no_plan_is_dated_on_a_day_to_come(office: Office) -> None:
    refused = office.ask("placement_plan", on="9999-12-31", programme=LN2018)["problem"]
    assert (refused["kind"], refused["code"], refused["field"]) == ("bad_input", "date_in_future", "occurred_on")


def test_a_newer_plan_takes_the_place_of_the_older_one(office: Office) -> None:
    office.job("placement_plan", programme=LN2018)
    office.job("placement_plan", programme=LN2018, without=["p-U1"], closed=[NEXT])
    # The newer plan gives NEAR to U2 and knows nothing of U1, to whom the older one gave it.
    rows = {
        row["person"]: row["target"] for row in office.query(PROVINCE, "plan_rows", plan=f"{LN2018}.province.all.2")
    }
    assert rows == {"p-U2": NEAR, "p-U3": FAR}
    stale = {"target": NEAR, "unit": "U1", "person": "p-U1", **FACTORS}
    refused = office.refused(CHANNEL, "ProposePlacements", ON, **FIRST, placements=[stale])
    assert refused["code"] == "override_without_reason"
    assert f"{LN2018}.province.all.2" in refused["sentence"]
    office.receipt(
        CHANNEL,
        "ProposePlacements",
        ON,
        **FIRST,
        placements=[{"target": NEAR, "unit": "U2", "person": "p-U2", **FACTORS}],
    )
    (placed,) = office.query(PROVINCE, "placements", programme=LN2018, person="p-U2")
    assert placed["state"] == "proposed"


def test_a_job_taken_up_again_tells_what_was_recorded_and_not_what_it_would_record_now(office: Office) -> None:
    first = office.job("placement_plan", programme=LN2018)
    office.hear_all("personnel", "InitialCheckPassed", "2018-04-25", [nominee("U1", "p-late")])
    run(office.database.url, "update jobs.jobs set state = 'working', result = null")
    assert office.worker.work_one()
    again = office.shown(first["id"])["job"]
    assert again["attempts"] == 2
    assert again["result"] == first["result"]
    assert office.counts()["PlacementPlanned"] == 1


def test_a_plan_anew_stands_on_a_plan_of_its_own_scope(office: Office) -> None:
    office.job("placement_plan", programme=LN2018)
    for kind in ("replan", "what_if"):
        refused = office.job(kind, programme=LN2018, tier="city", area="2107", plan=PLAN)
        assert (refused["state"], refused["problem"]["code"]) == ("refused", "plan_of_other_scope")


def test_a_lock_whose_person_was_proposed_meanwhile_can_be_taken_off(office: Office) -> None:
    about = {"programme": LN2018, "person": "p-U1"}
    office.receipt(PROVINCE, "LockPlacement", ON, **about, target=NEXT, reason="工作需要")
    placing = {"target": NEAR, "unit": "U1", "person": "p-U1", **FACTORS}
    office.receipt(CHANNEL, "ProposePlacements", ON, **FIRST, placements=[placing])
    refused = office.refused(OTHER, "UnlockPlacement", ON, **about, reason="已提名")
    assert (refused["code"], refused["field"]) == ("out_of_reach", "person")
    office.receipt(PROVINCE, "UnlockPlacement", ON, **about, reason="已提名")
    office.receipt(PROVINCE, "LockPlacement", ON, programme=LN2018, person="p-U2", target=NEXT, reason="工作需要")


def test_a_lock_is_taken_off_by_who_set_it_or_by_the_province(office: Office) -> None:
    about = {"programme": LN2018, "person": "p-U1"}
    for by, other in ((PROVINCE, CHANNEL), (CHANNEL, DEPUTY)):
        office.receipt(by, "LockPlacement", ON, **about, target=NEXT, reason="工作需要")
        refused = office.refused(other, "UnlockPlacement", ON, **about, reason="情况变化")
        assert (refused["kind"], refused["code"], refused["field"]) == ("forbidden", "foreign_lock", "person")
        assert by.organ in refused["sentence"]
        assert refused["accepted"] == "作出锁定的机构，或省委组织部"
        office.receipt(by, "UnlockPlacement", ON, **about, reason="情况变化")
    office.receipt(CHANNEL, "LockPlacement", ON, **about, target=NEXT, reason="工作需要")
    office.receipt(PROVINCE, "UnlockPlacement", ON, **about, reason="情况变化")
    assert office.replays()


def test_a_plan_of_nobody_is_refused_and_not_recorded(office: Office) -> None:
    everybody = ["p-U1", "p-U2", "p-U3"]
    before = office.log.head()
    refused = office.job("placement_plan", programme=LN2018, without=everybody)
    assert (refused["state"], refused["problem"]["code"]) == ("refused", "nobody_waits")
    assert "省级" in refused["problem"]["sentence"]
    assert refused["problem"]["accepted"] == "有初审合格、等待分配的人选"
    assert office.log.head() == before
    finished = office.job("placement_plan", programme=LN2018)
    assert finished["done"] == finished["of"] > 0
    assert office.job("replan", programme=LN2018, plan=PLAN, without=everybody)["problem"]["code"] == "nobody_waits"
