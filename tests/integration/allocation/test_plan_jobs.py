"""Jobs of planning on a real log: recorded plans, what-if, few moves, prices, derivation, refusals without an event."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import orjson
import pytest

from kernel import sizes
from kernel.messages import Actor
from tests.kit.allocation.jobs import CHANNEL, FAR, HOME, NEAR, NEXT, ON, Office, nominee, prepared
from tests.kit.allocation.scenario import LN2018, PROVINCE, publish
from tests.kit.databases import fresh, run
from tests.kit.desk import organ

CADRES = Actor("p-signer", "组织部部长", "province_org-21", "province_org", ("21",))


@pytest.fixture
def office(postgres_server: Any, tmp_path: Path) -> Iterator[Office]:
    """Three units of one channel with a waiting cadre each, and three free villages."""
    with fresh(postgres_server.url, "allocation") as made:
        found = Office(made["allocation"], tmp_path)
        publish(found, PROVINCE, LN2018, "2018-04-16")
        prepared(found)
        head = {"organ": "21", "post": "org_head", "person": CADRES.person, "since": "2018-01-01"}
        found.receipt(PROVINCE, "RecordOfficeHolder", "2018-04-16", holders=[head])
        try:
            yield found
        finally:
            found.close()


def test_a_plan_is_recorded_once_in_one_append_and_comes_out_again_from_the_log(office: Office) -> None:
    done = office.job("placement_plan", programme=LN2018)
    assert (done["state"], done["result"]["plan"]) == ("done", "LN2018.province.all.1"), done
    assert done["result"]["measures"]["nearness"] == 1
    assert office.counts()["PlacementPlanned"] == office.counts()["PlacementPlanPart"] == 1
    (head,) = office.query(PROVINCE, "plans", programme=LN2018)
    assert (head["head"]["certificate"]["gap"], head["cadres"], head["unplaced"]) == (0, 3, 0)
    rows = {row["person"]: row for row in office.query(PROVINCE, "plan_rows", plan=head["plan"])}
    assert {person: row["target"] for person, row in rows.items()} == {"p-U1": NEAR, "p-U2": NEXT, "p-U3": FAR}
    assert (rows["p-U1"]["next_target"], rows["p-U1"]["displaces"]) == (NEXT, ["p-U2"])
    weight = head["head"]["weights"]["nearness"]
    assert rows["p-U1"]["price"] == 3 * weight  # 2 for 1, and the other unit 2 for 0
    assert (rows["p-U1"]["target_name"], rows["p-U1"]["next_name"]) == (NEAR, NEXT)  # this register names by code
    assert rows["p-U1"]["reason"] == "联系点附近没有更近的派驻点"
    public = office.query(PROVINCE, "publicity_list", plan=head["plan"])
    assert {item["input"] for item in public} == {head["input"]}
    assert set(public[0]) == {
        "person", "unit", "unit_name", "channel", "target", "target_name", "kind", "plan", "input", "seed",
        "planned_on",
    }  # fmt: skip
    # Since then somebody else waits; the plan still comes out of the log as it was.
    office.hear_all("personnel", "InitialCheckPassed", "2018-04-25", [nominee("U1", "p-late")])
    again = office.job("derivation", plan=head["plan"])["result"]
    assert (again["equal"], again["differs"], again["events"]) == (True, [], 2)
    assert again["recorded"] == again["derived"]
    assert office.replays()


def test_a_job_asked_twice_is_one_and_its_id_is_for_nothing_else(office: Office) -> None:
    request = {"act": "start", "kind": "placement_plan", "key": "k", "occurred_on": ON, "actor": asdict(PROVINCE)}
    first = office.opened.door.jobs({**request, "data": {"programme": LN2018}})["job"]
    assert office.opened.door.jobs({**request, "data": {"programme": LN2018}})["job"]["id"] == first["id"]
    other = office.opened.door.jobs({**request, "data": {"programme": LN2018, "seed": 2}})
    assert other["problem"]["code"] == "command_id_reused"
    assert office.worker.work_one()
    assert not office.worker.work_one()
    run(office.database.url, "update jobs.jobs set state = 'working', result = null")  # its worker died at the end
    assert office.worker.work_one()
    shown = office.shown(first["id"])["job"]
    assert (shown["state"], shown["attempts"], shown["result"]["plan"]) == ("done", 2, "LN2018.province.all.1")
    assert office.counts()["PlacementPlanned"] == 1
    stranger = organ("city_org", "2107")
    assert office.shown(first["id"], stranger)["problem"]["kind"] == "unknown"


def test_a_job_that_killed_its_worker_too_often_is_not_begun_again(office: Office) -> None:
    asked = office.ask("placement_plan", programme=LN2018)
    run(office.database.url, "update jobs.jobs set state = 'working', attempts = 3")
    assert office.worker.work_one()
    shown = office.shown(asked["id"])["job"]
    assert (shown["state"], shown["problem"]["code"]) == ("failed", "job_gave_out")
    assert "PlacementPlanned" not in office.counts()


def test_a_result_no_answer_could_hold_is_refused_by_name(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    before = office.log.head()
    whole = len(orjson.dumps(office.job("what_if", programme=LN2018)["result"]))
    monkeypatch.setattr(sizes, "RESULT", whole)
    assert office.job("what_if", programme=LN2018)["state"] == "done"
    monkeypatch.setattr(sizes, "RESULT", whole - 1)
    ended = office.job("what_if", programme=LN2018)
    assert (ended["state"], ended["problem"]["code"], ended["result"]) == ("refused", "job_result_too_large", None)
    assert office.log.head() == before


def test_what_if_records_nothing_and_says_who_would_move(office: Office) -> None:
    plan = office.job("placement_plan", programme=LN2018)["result"]["plan"]
    before = office.log.head()
    locks = [{"person": "p-U1", "target": NEXT}]
    found = office.job("what_if", programme=LN2018, plan=plan, locks=locks)["result"]
    assert office.log.head() == before
    assert {(m["person"], m["from"], m["to"]) for m in found["moves"]} == {
        ("p-U1", NEAR, NEXT),
        ("p-U2", NEXT, NEAR),
    }
    prices = office.job("prices", plan=plan, persons=["p-U1"])["result"]["prices"]
    assert prices == [{"person": "p-U1", "target": NEXT, "price": found["total"] - 100_018, "displaces": ["p-U2"]}]
    without = office.job("what_if", programme=LN2018, plan=plan, without=["p-U2"])["result"]
    assert (without["rows"], without["vacant"]) == (2, 1)


def test_after_a_withdrawal_the_others_stay_and_the_new_plan_says_what_it_replaces(office: Office) -> None:
    first = office.job("placement_plan", programme=LN2018)["result"]["plan"]
    office.hear_all("personnel", "InitialCheckPassed", "2018-04-25", [nominee("U2", "p-new")])
    again = office.job("replan", programme=LN2018, plan=first, without=["p-U2"])
    assert again["state"] == "done", again
    assert (again["result"]["plan"], again["result"]["other_moves"]) == ("LN2018.province.all.2", 0)
    rows = {row["person"]: row["target"] for row in office.query(PROVINCE, "plan_rows", plan="LN2018.province.all.2")}
    assert rows == {"p-U1": NEAR, "p-U3": FAR, "p-new": NEXT}
    (head,) = office.query(PROVINCE, "plans", programme=LN2018, plan="LN2018.province.all.2")
    assert (head["replaces"], head["head"]["without"], head["head"]["certificate"]["proof"]) == (
        first,
        ["p-U2"],
        "weighed",
    )
    derived = office.job("derivation", plan="LN2018.province.all.2")["result"]
    assert derived["equal"], derived
    assert office.job("prices", plan="LN2018.province.all.2")["problem"]["code"] == "plan_without_prices"


def test_locks_waivers_and_overrides_are_facts_with_reason_and_signature(office: Office) -> None:
    office.receipt(PROVINCE, "LockPlacement", ON, programme=LN2018, person="p-U1", target=NEXT, reason="工作需要")
    office.receipt(CADRES, "LockPlacement", ON, programme=LN2018, person="p-U1", target=NEXT, reason="工作需要")
    assert office.counts()["PlacementLocked"] == 1
    plan = office.job("placement_plan", programme=LN2018)["result"]["plan"]
    (row,) = office.query(PROVINCE, "plan_rows", plan=plan, person="p-U1")
    assert (row["target"], row["locked"], row["reason"]) == (NEXT, True, "已锁定在此")
    placing = {"target": NEAR, "unit": "U1", "person": "p-U1", "first_batch": "无", "need": "薄弱", "reason": "最近"}
    about = {"programme": LN2018, "channel": "省直机关工委"}
    refused = office.refused(CHANNEL, "ProposePlacements", ON, **about, placements=[placing])
    assert (refused["code"], refused["field"]) == ("override_without_reason", "placements.override")
    assert NEXT in refused["sentence"]
    said = [{**placing, "override": "村情变化"}]
    office.receipt(CHANNEL, "ProposePlacements", ON, **about, placements=said)
    unlock = {"programme": LN2018, "person": "p-U1", "reason": "已提名"}
    assert office.refused(CHANNEL, "UnlockPlacement", ON, **{**unlock, "person": "p-U9"})["code"] == "lock_unknown"


@pytest.mark.parametrize(
    ("by", "command", "asked", "code", "field"),
    [
        (PROVINCE, "LockPlacement", {"person": "p-nobody", "target": NEAR}, "nominee_unknown", "person"),
        (PROVINCE, "LockPlacement", {"person": "p-U1", "target": HOME}, "target_not_vacant", "target"),
        (organ("city_org", "2107"), "LockPlacement", {"person": "p-U1", "target": NEAR}, "foreign_nominee", "person"),
        (PROVINCE, "WaiveRule", {"rule": "unit_bound", "person": "p-U1", "target": NEAR}, "not_in_office", "rule"),
        (CADRES, "WaiveRule", {"rule": "kind_differs", "person": "p-U1", "target": NEAR}, "not_waivable", "rule"),
        (CADRES, "WaiveRule", {"rule": "unit_bound", "person": "p-U1", "target": NEAR}, "nothing_to_waive", "rule"),
    ],
)
def test_bad_terms_are_refused_by_name(
    office: Office, by: Actor, command: str, asked: dict[str, Any], code: str, field: str
) -> None:
    problem = office.refused(by, command, ON, programme=LN2018, reason="理由", **asked)
    assert (problem["code"], problem["field"]) == (code, field)
    assert problem["accepted"]
    assert problem["sentence"].endswith("。")


@pytest.mark.parametrize(
    ("kind", "by", "asked", "code", "field"),
    [
        ("plan_everything", PROVINCE, {}, "job_kind_unknown", "kind"),
        ("placement_plan", organ("village", "210727101201"), {"programme": LN2018}, "role_not_allowed", "role"),
        ("placement_plan", organ("city_org", "2107"), {"programme": LN2018}, "out_of_reach", "programme"),
        ("placement_plan", PROVINCE, {}, "field_missing", "programme"),
        ("placement_plan", PROVINCE, {"programme": LN2018, "tier": "village"}, "field_value", "tier"),
    ],
)
def test_bad_jobs_are_refused_before_they_are_queued(
    office: Office, kind: str, by: Actor, asked: dict[str, Any], code: str, field: str
) -> None:
    problem = office.ask(kind, by, **asked)["problem"]
    assert (problem["code"], problem["field"]) == (code, field)
    assert problem["accepted"]
    assert office.store.waiting() == 0


@pytest.mark.parametrize(
    ("kind", "asked", "code", "field"),
    [
        ("placement_plan", {"programme": "XX2099"}, "profile_missing", "programme"),
        ("placement_plan", {"programme": LN2018, "without": ["p-nobody"]}, "option_unknown", "without"),
        (
            "what_if",
            {"programme": LN2018, "locks": [{"person": "p-U1", "target": HOME}]},
            "option_unknown",
            "locks.target",
        ),
        ("replan", {"programme": LN2018, "plan": "LN2018.province.all.9"}, "plan_unknown", "plan"),
        ("placement_plan", {"programme": LN2018, "closed": [NEAR], "tier": "city"}, "option_unknown", "closed"),
    ],
)
def test_what_only_the_work_finds_wrong_ends_the_job_refused_and_leaves_no_event(
    office: Office, kind: str, asked: dict[str, Any], code: str, field: str | None
) -> None:
    before = office.log.head()
    ended = office.job(kind, **asked)
    assert (ended["state"], ended["problem"]["code"], ended["problem"]["field"]) == ("refused", code, field)
    assert ended["problem"]["accepted"]
    assert office.log.head() == before


def test_who_may_not_is_told_in_names_and_codes_stand_in_the_findings_alone(office: Office) -> None:
    village = organ("village", "210727101201")
    told = [office.ask("placement_plan", village, programme=LN2018)["problem"]]
    told.append(office.refused(village, "LockPlacement", ON, programme=LN2018, person="p", target=NEAR, reason="无"))
    told.append(office.asked(village, "plans", programme=LN2018))
    accepted = ["省委组织部、市委组织部、县委组织部", "省委组织部、市委组织部、县委组织部、工委（党委）、企业党委"]
    assert [problem["accepted"] for problem in told] == [*accepted, f"{accepted[1]}、审计"]
    for problem in told:
        assert problem["code"] == "role_not_allowed"
        assert "村党组织" in problem["sentence"]
        assert not any(role in problem["sentence"] + problem["accepted"] for role in ("_org", "village", "channel"))
        assert problem["details"][0] == {
            "field": "role",
            "code": "role",
            "sentence": "省委组织部",
            "accepted": "province_org",
        }
