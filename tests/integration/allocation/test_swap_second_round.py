"""The round after the printed one on a real log: quota, opening, wishes, the pairing worked out and adopted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kernel.service import Service
from services.allocation.wiring import SERVICE
from tests.kit.allocation.scenario import AREAS, LN2002, PROVINCE, Swap2002, rules
from tests.kit.desk import Desk, organ

ROUND: dict[str, Any] = {"programme": LN2002, "batch": 2}
PRINTED = [row for row in rules(LN2002)["swap.pairs"] if row["level"] == "county" and row["developed_area"]]
POOR = [row["poor_area"] for row in PRINTED]
DEVELOPED = [row["developed_area"] for row in PRINTED]
QUOTA = [
    {"party": "county", "pairs": 12, "city_each": 0, "county_each": 1, "township_each": 5},
    {"party": "province_department", "pairs": 1, "city_each": 0, "county_each": 1, "township_each": 0},
]
DAY = "2003-07-20"


@pytest.fixture(scope="module")
def desk(open_desk: Callable[[Service], Desk]) -> Desk:
    """The first round has ended; 13 poor and 13 developed counties want to exchange again, two of them choosily."""
    desk = open_desk(SERVICE)
    cities = AREAS.children("21")
    roots = [[AREAS.get("21"), *cities], *([county] for city in cities for county in AREAS.children(city.code))]
    for root in roots:
        divisions = [{"code": one.code, "name": one.name} for one in root]
        units = [{"root": root[0].code, "divisions": divisions}]
        desk.receipt(PROVINCE, "RegisterAreas", "2002-01-01", edition="2023-06", units=units)
    swap = Swap2002(desk)
    swap.defined()
    swap.exchanged()
    assert desk.refused(PROVINCE, "OpenSwapBatch", DAY, **ROUND, starts_on="2003-07-16")["code"] == "swap_quota_empty"
    desk.receipt(PROVINCE, "EnterSwapQuota", DAY, **ROUND, quota=QUOTA, source="合成：录入依据")
    early = desk.refused(PROVINCE, "OpenSwapBatch", DAY, **ROUND, starts_on="2003-07-16")
    assert early["code"] == "earlier_batch_running"
    swap.ended()
    desk.receipt(PROVINCE, "OpenSwapBatch", DAY, **ROUND, starts_on="2003-07-16")
    for area in (*DEVELOPED, *POOR):
        wish(desk, area)
    wish(desk, POOR[0], DEVELOPED[0])
    wish(desk, POOR[1], DEVELOPED[0], DEVELOPED[2])
    return desk


def wish(desk: Desk, area: str, *hosts: str) -> None:
    """A county wants to exchange."""
    desk.receipt(organ("county_org", area), "WishSwap", DAY, **ROUND, area=area, hosts=list(hosts))


def proposed(desk: Desk, cycles: str = "2") -> dict[str, Any]:
    """The whole answer, on one page."""
    params = {"programme": LN2002, "batch": "2", "cycles": cycles}
    return dict(desk._ask(PROVINCE, "swap_pairing", params, 1000, None))


def test_the_best_pairing_is_worked_out_explained_and_adopted(desk: Desk) -> None:
    before = proposed(desk)
    pairs = [item["areas"] for item in before["items"] if item["kind"] == "pair"]
    assert (before["paired"], before["alone"], len(pairs)) == (24, 2, 12)
    assert before["total"] == sum(item.get("weight", 0) for item in before["items"]) <= before["bound"]
    once = {tuple(sorted(two)) for two in zip(POOR, DEVELOPED, strict=True)}
    assert not once.intersection(tuple(sorted(two)) for two in pairs)
    alone = {item["areas"][0]: item for item in before["items"] if item["kind"] == "alone"}
    assert POOR[0] in alone  # it would only send to the partner it had
    assert (alone[POOR[0]]["loss"], alone[POOR[0]]["reasons"]["上一批已互派"]) == (None, 1)

    stale = desk.refused(PROVINCE, "AdoptPairing", DAY, **ROUND, digest="0" * 64)
    assert (stale["code"], stale["accepted"]) == ("pairing_stale", before["digest"])
    receipt = desk.receipt(PROVINCE, "AdoptPairing", DAY, **ROUND, digest=before["digest"])
    assert receipt["events"] == {
        "SwapPairingAdopted": 1, "SwapPairsAdmitted": 1, "SwapPairDefined": 12, "SwapPartyRecorded": 12
    }  # fmt: skip
    rows = desk.query(PROVINCE, "pairs", programme=LN2002, batch="2")
    assert [row["pair"] for row in rows] == list(range(18, 30))
    assert {(row["poor_area"] in POOR, row["city_each"], row["county_each"], row["township_each"], row["mode"])
            for row in rows} == {(True, 0, 1, 5, "cross_area")}  # fmt: skip
    assert sorted(sorted((row["poor_area"], row["developed_area"])) for row in rows) == sorted(map(sorted, pairs))
    (adopted,) = desk.query(PROVINCE, "swap_pairings", programme=LN2002)
    assert (adopted["total"], adopted["best"], adopted["bound"], adopted["reason"]) == (
        before["total"], before["total"], before["bound"], ""
    )  # fmt: skip
    after = proposed(desk)
    assert (after["paired"], after["alone"], after["digest"] != before["digest"]) == (0, 2, True)
    (round_,) = desk.query(PROVINCE, "swap_batches", programme=LN2002)
    assert (round_["persons"], round_["admitted"], round_["starts_on"]) == (146, 12, "2003-07-16")


def test_the_figures_of_the_printed_round_stay_as_they_were(desk: Desk) -> None:
    (totals,) = desk.query(PROVINCE, "swap_totals", programme=LN2002)
    assert (totals["pairs"], totals["planned"]) == (17, 184)
    total = desk.query(PROVINCE, "swap_plan_actual", programme=LN2002)[0]
    assert (total["planned"], total["actual"], total["printed_actual"]) == (184, 160, 180)
    second = desk.query(PROVINCE, "swap_plan_actual", programme=LN2002, batch="2")[0]
    assert (second["actual"], second["printed_planned"], second["printed_actual"]) == (0, None, None)


def test_what_may_not_be_adopted_is_refused_by_name_and_leaves_nothing(desk: Desk) -> None:
    wish(desk, "210682")
    wish(desk, "210624")
    wish(desk, "210726")
    digest = proposed(desk)["digest"]

    def refused(*rings: tuple[str, ...], **more: Any) -> str:
        given = [{"areas": list(areas)} for areas in rings]
        problem = desk.refused(PROVINCE, "AdoptPairing", DAY, **ROUND, digest=digest, rings=given, **more)
        return str(problem["code"])

    assert refused(("210682", "210624", "210726")) == "ring_not_mutual"
    assert refused(("210682", "210682")) == "side_twice"
    assert refused(("210682", "210782")) == "wish_unknown"
    assert refused((POOR[0], DEVELOPED[0])) in {"wish_unknown", "pair_not_allowed"}
    assert refused(("210682",)) == "ring_of_one"
    assert refused(("210682", "210726")) == "deviation_without_reason"
    late = desk.refused(PROVINCE, "AdoptPairing", DAY, programme=LN2002, batch=3, digest=digest)
    assert late["code"] == "swap_batch_closed"
    assert desk.asked(PROVINCE, "swap_pairing", programme=LN2002, batch="2", cycles="4")["code"] == "ring_size"
    assert desk.asked(PROVINCE, "swap_pairing", programme=LN2002, batch="x")["code"] == "field_type"


@pytest.mark.parametrize(
    ("area", "hosts", "code"),
    [
        ("210682", ["210682"], "wish_host"),
        ("210682", ["2106"], "wish_host"),
        ("210682", ["210699"], "area_unknown"),
        ("210699", [], "area_unknown"),
        ("21", [], "wish_level"),
    ],
)
def test_a_wish_is_of_a_registered_area_for_its_own_level(desk: Desk, area: str, hosts: list[str], code: str) -> None:
    assert desk.refused(PROVINCE, "WishSwap", DAY, **ROUND, area=area, hosts=hosts)["code"] == code
    foreign = desk.refused(organ("county_org", "210682"), "WishSwap", DAY, **ROUND, area="210624")
    assert foreign["kind"] == "forbidden"


def test_a_wish_taken_back_is_no_wish_and_replay_gives_the_same(desk: Desk) -> None:
    desk.receipt(PROVINCE, "WithdrawSwapWish", DAY, **ROUND, area="210726")
    assert desk.query(PROVINCE, "swap_wishes", area="210726") == []
    again = desk.refused(PROVINCE, "WithdrawSwapWish", DAY, **ROUND, area="210726")
    assert again["code"] == "wish_unknown"
    assert desk.replays()


def test_a_wish_in_a_programme_that_was_not_published_is_refused_by_its_name(desk: Desk) -> None:
    asked = {"programme": "XX2099", "batch": 2}
    wish = desk.refused(PROVINCE, "WishSwap", DAY, **asked, area="210726")
    opening = desk.refused(PROVINCE, "OpenSwapBatch", DAY, **asked, starts_on="2003-07-01")
    assert {p["code"] for p in (wish, opening)} == {"profile_missing"}
    assert {p["field"] for p in (wish, opening)} == {"programme"}
    assert all("方案 XX2099 尚未发布规则" in p["sentence"] for p in (wish, opening))
