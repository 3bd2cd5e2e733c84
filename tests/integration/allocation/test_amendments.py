"""A batch amended by a new notice: totals, quotas, a target closed, a placement withdrawn; what was, stays readable."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from audit.history.cut import Cut
from audit.history.views import folded, writing
from audit.history.walk import Walk
from kernel.messages import Actor
from kernel.service import Service
from services.allocation.quotas.batch_projection import BATCHES, GROUPS
from services.allocation.wiring import SERVICE
from services.personnel.wiring import SERVICE as PERSONNEL
from tests.kit.allocation.placing import Placing
from tests.kit.allocation.scenario import LN2018, PROVINCE, Year2018, notices_and_areas
from tests.kit.amended import second_version
from tests.kit.desk import Desk, organ

NOTICE = "辽组通字〔2018〕31号"
BY = {"programme": LN2018, "notice": "辽组通字[2018]31号", "reason": "两个薄弱村合并"}
BEFORE, ON, AFTER = "2018-05-09", "2018-05-10", "2018-05-11"
COLUMNS = ("group", "arranger", "cities", "county_units", "townships", "villages", "cadres")
CITIES = (("2101", 6, 1000), ("2102", 6, 1000), ("2111", 4, 797))


class Batch(Placing):
    """The whole batch at a desk, with one cadre confirmed who has not arrived."""

    def __init__(self, desk: Desk, personnel: Desk) -> None:
        notices_and_areas(desk)
        self.year = Year2018(desk)
        self.year.quotas()
        self.year.units_and_targets()
        for city, townships, villages in CITIES:
            places = {"townships": townships, "villages": villages, "total": townships + villages}
            desk.receipt(organ("city_org", city), "EnterCityPlan", "2018-04-18", programme=LN2018, city=city, **places)
        self.unit = next(unit for unit in self.year.units if unit.villages)
        self.places = [t["target"] for t in desk.query(PROVINCE, "targets", programme=LN2018, kind="village")]
        super().__init__(desk, personnel, self.unit.channel, self.year.office(self.unit.channel))
        self.scheme(self.unit.id)
        self.person = self.nominated(self.unit.id)

    def as_of(self, day: str) -> dict[str, Any]:
        """The row of the batch as the auditor reads it as of a day, and the group the province arranges."""
        lines = [bytes(row["line"], "utf-8") if isinstance(row["line"], str) else bytes(row["line"]) for row in
                 self.desk.log.rows("select line from log.events order by position")]  # fmt: skip
        rows = folded(Walk(SERVICE, [lines], (Cut(date.fromisoformat(day)),)), writing(SERVICE, (BATCHES, GROUPS)))
        (batch,) = rows.of(BATCHES)
        group = next(row for row in rows.of(GROUPS) if row["name"] == "A")
        return {**batch, "cadres_of_a": group["cadres"]}


def amended() -> dict[str, Any]:
    """What the new print says."""
    rules = second_version()["rules"]
    groups = [{name: row[name] for name in COLUMNS} for row in rules["quota.groups"]["value"]]
    return {**BY, **rules["quota.batch"]["value"], "groups": groups}


def tiers(**province: int) -> dict[str, Any]:
    rows = [dict(row) for row in second_version()["rules"]["quota.tiers"]["value"]]
    rows[0].update(province)
    return {"programme": LN2018, "tiers": rows, "reason": "调整"}


@pytest.fixture(scope="module")
def batch(open_desk: Callable[[Service], Desk]) -> Batch:
    return Batch(open_desk(SERVICE), open_desk(PERSONNEL))


@pytest.mark.req("AL-049")
def test_the_plan_is_amended_and_closes_when_all_below_it_balances(batch: Batch) -> None:
    desk = batch.desk
    batch.confirmed(batch.places[0], batch.unit.id, batch.person, "2018-04-27")
    (published,) = desk.log.rows("select position from log.events where type = 'BatchPlanPublished'")
    unknown = desk.refused(PROVINCE, "AmendBatchPlan", ON, **amended())
    assert (unknown["code"], unknown["field"]) == ("notice_unknown", "notice")
    about = {"title": "调整名额", "issuers": ["中共辽宁省委组织部"], "number": NOTICE, "scope": "21"}
    desk.receipt(PROVINCE, "PublishNotice", ON, **about, issued_on=ON)
    early = desk.refused(PROVINCE, "AmendBatchPlan", ON, **amended())
    assert early["code"] == "group_figure"  # the print in force is still the first
    desk.receipt(PROVINCE, "PublishProfile", ON, profile=second_version())
    off = desk.refused(PROVINCE, "AmendBatchPlan", ON, **{**amended(), "total": 9025})
    assert (off["code"], off["details"][0]["sentence"]) == ("totals_differ", "1")
    assert desk.command(PROVINCE, "AmendBatchPlan", ON, **amended()) == {"BatchPlanAmended": 1}
    (event,) = desk.stored("BatchPlanAmended")
    assert (event["notice"], event["reason"]) == (NOTICE, BY["reason"])
    assert event["amends"] == f"allocation:{published['position']}"
    assert desk.refused(PROVINCE, "AmendBatchPlan", ON, **amended())["code"] == "plan_unchanged"

    uneven = desk.refused(PROVINCE, "CloseAmendment", AFTER, programme=LN2018)
    assert (uneven["code"], uneven["clause"]) == ("amendment_open_figures", "二")
    assert [(d["field"], d["sentence"]) for d in uneven["details"]] == [("tiers: weak villages", "3381 / 3380")]
    assert desk.refused(PROVINCE, "FixTierSplit", AFTER, **tiers())["code"] == "split_not_proposed"
    desk.receipt(PROVINCE, "ProposeTierSplit", AFTER, programme=LN2018)
    below = desk.refused(PROVINCE, "FixTierSplit", AFTER, **tiers(weak_villages=0, cadres=51))
    assert (below["code"], below["field"]) == ("quota_below_filled", "tiers.weak_villages")
    assert "已有 1 名" in below["sentence"]
    assert "减为 0 个" in below["sentence"]
    desk.receipt(PROVINCE, "FixTierSplit", AFTER, **tiers())
    less = {"programme": LN2018, "unit": batch.unit.id, "townships": batch.unit.townships, "basis": "减少"}
    refused = desk.refused(batch.office, "SetUnitQuota", AFTER, **less, villages=0)
    assert (refused["code"], refused["field"], refused["clause"]) == ("quota_below_filled", "villages", "三.1")
    assert "已有 1 名" in refused["sentence"]
    assert "减为 0 个" in refused["sentence"]
    desk.receipt(batch.office, "SetUnitQuota", AFTER, **less, villages=batch.unit.villages - 1)
    (short,) = desk.refused(PROVINCE, "CloseAmendment", AFTER, programme=LN2018)["details"]
    assert short["field"] == f"units of {batch.unit.channel}: villages"
    desk.receipt(batch.office, "SetUnitQuota", AFTER, **less, villages=batch.unit.villages)
    assert desk.command(PROVINCE, "CloseAmendment", AFTER, programme=LN2018) == {"BatchAmendmentClosed": 1}
    assert desk.refused(PROVINCE, "CloseAmendment", AFTER, programme=LN2018)["code"] == "amendment_closed"
    (row,) = desk.query(PROVINCE, "batch_amendments", programme=LN2018)
    assert (row["total"], row["amended_on"], row["closed_on"]) == (9024, ON, AFTER)
    # As of the day before, the first plan stands.
    first, then = batch.as_of(BEFORE), batch.as_of(ON)
    assert (first["total"], first["villages"], first["cadres_of_a"], first["amendments"]) == (9025, 8790, 6212, 0)
    assert (then["total"], then["villages"], then["cadres_of_a"], then["amending"]) == (9024, 8789, 6211, True)
    assert first["city"] == then["city"] == 2762  # the split was made anew the day after
    last = batch.as_of(AFTER)
    assert (last["city"], last["amending"], batch.desk.replays()) == (2761, False, True)


def withdrawing(target: str) -> dict[str, Any]:
    return {**BY, "target": target}


def test_a_placement_is_withdrawn_before_arrival_and_frees_the_nominee(batch: Batch) -> None:
    desk, (first, second) = batch.desk, batch.places[:2]
    closing = {**BY, "target": first, "cause": "merged", "into": second}
    held = desk.refused(PROVINCE, "CloseTarget", AFTER, **closing)
    assert (held["code"], f"{LN2018}.{first}.1" in held["sentence"]) == ("target_held", True)
    others: tuple[tuple[Actor, str], ...] = (
        (organ("city_org", first[:4]), "province_confirms"),
        (batch.office, "province_confirms"),
    )
    for who, code in others:
        refused = desk.refused(who, "WithdrawPlacement", AFTER, **withdrawing(first))
        assert (refused["code"], refused["kind"]) == (code, "forbidden")
    assert desk.refused(PROVINCE, "WithdrawPlacement", AFTER, **withdrawing(second))["code"] == "nothing_confirmed"
    (confirmed,) = desk.log.rows("select position from log.events where type = 'PlacementConfirmed'")
    made = desk.command(PROVINCE, "WithdrawPlacement", AFTER, **withdrawing(first))
    assert made == {"PlacementWithdrawn": 1, "SuccessorDue": 1, "PersonReleased": 1}
    (event,) = desk.stored("PlacementWithdrawn")
    assert (event["amends"], event["notice"]) == (f"allocation:{confirmed['position']}", NOTICE)
    batch.services.settle()
    assert [row["posting"] for row in batch.personnel.stored("PlacementWithdrawalNoted")] == [f"{LN2018}.{first}.1"]
    late = {"postings": [f"{LN2018}.{first}.1"], "items": ["escort"]}
    assert batch.personnel.refused(batch.office, "RecordHandover", AFTER, **late)["code"] == "placement_withdrawn"

    of_city = desk.refused(organ("city_org", first[:4]), "CloseTarget", AFTER, **closing)
    assert (of_city["code"], of_city["kind"]) == ("arranged_by_province", "forbidden")
    assert desk.command(PROVINCE, "CloseTarget", AFTER, **closing) == {"TargetClosed": 1, "SuccessorReleased": 1}
    assert desk.refused(PROVINCE, "CloseTarget", AFTER, **closing)["code"] == "target_unknown"
    (tier,) = desk.query(PROVINCE, "coverage", programme=LN2018, by="tier")
    assert (tier["targets"], tier["unopened"]) == (837, 1)
    # Its place is open again, for one target and no second one.
    further = [code for code in batch.year.pool.villages if code not in batch.places][:2]
    opening = [[{"target": code, "kind": "village", "weak": True}] for code in further]
    about = {"programme": LN2018, "tier": "province", "synthetic": True}
    assert desk.command(PROVINCE, "OpenTargets", AFTER, **about, targets=opening[0]) == {"TargetOpened": 1}
    assert desk.refused(PROVINCE, "OpenTargets", AFTER, **about, targets=opening[1])["code"] == "tier_full"

    posting = batch.confirmed(second, batch.unit.id, batch.person, "2018-05-14")
    batch.handed_over(posting, "2018-05-16")
    assert [row["posting"] for row in batch.personnel.stored("CadreOnPost")] == [posting]
    arrived = desk.refused(PROVINCE, "WithdrawPlacement", "2018-05-17", **withdrawing(second))
    assert (arrived["code"], posting in arrived["sentence"]) == ("on_post_already", True)
    assert desk.replays()
    assert batch.personnel.replays()
