"""The whole scenario through the real service on PostgreSQL: every event, every figure, whoever asks."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from gateway.feeds import contract
from kernel.service import Service
from services.allocation.wiring import SERVICE
from tests.kit.allocation.scenario import (
    AREAS,
    LN2002,
    LN2018,
    PROVINCE,
    RECALLED,
    Swap2002,
    Year2018,
    notices_and_areas,
)
from tests.kit.desk import Desk, organ

EVENTS = {
    "NoticeIssued": 4,
    "ProfilePublished": 3,
    "AreasRegistered": 101,
    "BatchPlanPublished": 1,
    "GroupScopeDefined": 2,
    "TierSplitProposed": 1,
    "TierSplitFixed": 1,
    "ChannelQuotaSet": 7,
    "ChannelKindQuotaSet": 7,
    "UnitRegistered": 60,
    "HelpTiesRecorded": 60,
    "UnitQuotaSet": 60,
    "OfficeHolderRecorded": 581,
    "TargetOpened": 838,
    "NomineeListed": 839,
    "PlacementProposed": 839,
    "PlacementReviewOpened": 8,
    "PlacementConfirmed": 839,
    "PersonEngaged": 1000,
    "PersonReleased": 2,
    "BindingCreated": 787,
    "LedgerFedBack": 11,
    "LedgerAcknowledged": 11,
    "TargetFilled": 839,
    "TargetVacated": 1,
    "SuccessorDue": 1,
    "CoverageGapFound": 1,
    "PoorCountySetDefined": 1,
    "SwapPairDefined": 17,
    "SwapPlaceFilled": 161,
    "SwapListFixed": 1,
    "SecondmentPostProposed": 161,
    "SecondmentPostAgreed": 161,
    "SwapConfirmed": 28,
    "SecondmentReportNoted": 161,
    "WorkGroupJoined": 101,
    "WorkGroupLeft": 1,
    "WeakVillageMissing": 5,
    "SwapUnbalanced": 1,
    "SwapRestored": 1,
    "SwapEnded": 15,
}


class Played:
    """A run of the scenario."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        notices_and_areas(desk)
        self.year = Year2018(desk)
        self.year.quotas()
        self.year.units_and_targets()
        self.year.checked()
        self.plan = self.year.place("2018-04-25", "2018-04-27")
        self.year.on_post("2018-05-02")
        self.year.recall()
        self.swap = Swap2002(desk)
        self.swap.defined()
        self.swap.exchanged()
        self.swap.lost_and_restored()
        self.swap.ended()


@pytest.fixture(scope="module")
def played(open_desk: Callable[[Service], Desk]) -> Played:
    return Played(open_desk(SERVICE))


def test_every_event_is_there_and_no_other(played: Played) -> None:
    assert played.desk.counts() == EVENTS
    assert played.desk.log.head()[0] == sum(EVENTS.values()) == 7719


def test_the_figures_read_back(played: Played) -> None:
    (year,) = played.desk.query(PROVINCE, "figures", programme=LN2018)
    assert year["tiers"] == {"province": 838, "city": 2762, "county": 2612}
    assert (year["targets"], year["on_post"], year["gaps"], year["nearness"]) == (838, 838, 0, 1528)
    (swap,) = played.desk.query(PROVINCE, "figures", programme=LN2002)
    assert (swap["pairs"], swap["planned"], swap["named"], swap["substitutes"]) == (17, 184, 160, 1)
    assert (swap["unbalanced_then_restored"], swap["ended"], swap["levels_confirmed"]) == (1, 15, 28)


def test_annex_one_reads_as_printed(played: Played) -> None:
    rows = played.desk.query(PROVINCE, "channels", programme=LN2018)
    assert [(r["channel"], r["townships"], r["villages"], r["deviation"]) for r in rows] == [
        ("省直机关工委", 21, 319, 0),
        ("省委高校工委", 12, 188, 0),
        ("省国资委党委", 15, 225, 0),
        ("沈铁", 1, 19, 0),
        ("鞍钢", 1, 19, 0),
        ("辽油", 1, 14, 0),
        ("东油", 0, 3, 0),
    ]
    assert all((r["assigned_townships"], r["assigned_villages"]) == (r["townships"], r["villages"]) for r in rows)
    assert sum(r["units"] for r in rows) == 60


def test_a_place_too_many_is_refused_with_its_clause(played: Played) -> None:
    problem = played.year.overrun
    assert (problem["kind"], problem["code"], problem["field"]) == ("rule", "quota_exceeded", "villages")
    assert (problem["notice"], problem["clause"]) == ("辽组通字〔2018〕23号", "三.1")


@pytest.mark.req("AL-018")
def test_a_channel_cannot_confirm_and_is_told_the_clause(played: Played) -> None:
    problem = played.year.forbidden  # Desk.refused has seen that no event came of it
    assert (problem["kind"], problem["code"]) == ("forbidden", "province_confirms")
    assert (problem["notice"], problem["clause"]) == ("辽组通字〔2018〕23号", "五.3")


def test_the_plan_names_every_place_once(played: Played) -> None:
    assert len(played.plan) == len({p["target"] for p in played.plan}) == len({p["person"] for p in played.plan}) == 838
    assert sum(p["rank"] for p in played.plan) == 1528
    assert all(bool(p["reason"]) == (p["rank"] > 0) for p in played.plan)


@pytest.mark.req("AL-019")
def test_a_city_sees_its_own_ledger_and_a_missing_answer_is_listed(played: Played) -> None:
    desk = played.desk
    jinzhou = organ("city_org", "2107")
    rows = desk.query(jinzhou, "ledger", programme=LN2018)
    assert len(rows) == 101
    assert {row["target"][:4] for row in rows} == {"2107"}
    # What the feed gives each city of it: the rows of its own area, and nothing of any other city's.
    cities = [division.code for division in AREAS.children("21")]
    fed: dict[str, list[str]] = {}
    for row in desk.log.rows("select line from log.events where type = 'LedgerFedBack' order by position"):
        stored = json.loads(row["line"])
        about = ("allocation", "LedgerFedBack")
        for city in contract.concerned(*about, tuple(stored["areas"]), stored["data"], tuple(cities)):
            given = contract.masked(*about, stored["data"])["rows"]
            fed.setdefault(city, []).extend(one["target"] for one in given)
    assert {city: {target[:4] for target in targets} for city, targets in fed.items()} == {
        city: {city} for city in played.year.rules["quota.groups"][0]["cities"]
    }
    assert (len(fed["2107"]), sum(map(len, fed.values()))) == (101, 839)
    # Each of the ten owed an answer after the first feedback, the one with a successor again after the second.
    assert played.year.lacking == [sorted(fed), ["2107"]]
    assert desk.query(PROVINCE, "acknowledgements_lacking", programme=LN2018) == []
    answers = {
        r["city"]: (r["rows"], r["edition"], r["acknowledged"])
        for r in desk.query(PROVINCE, "ledgers", programme=LN2018)
    }
    assert (len(answers), answers["2107"]) == (10, (101, 2, 2))
    assert desk.query(organ("county_org", "210727"), "ledger", programme=LN2018, target="210726102207") == []


def test_between_recall_and_successor_one_place_is_open(played: Played) -> None:
    assert [(row["targets"], row["on_post"], row["gaps"], row["closed"]) for row in played.year.between] == [
        (838, 837, 1, False)
    ]
    history = played.desk.query(PROVINCE, "placements", programme=LN2018, target=RECALLED)
    assert [(p["sequence"], p["state"], p["posting"]) for p in history] == [
        (1, "vacated", f"LN2018.{RECALLED}.1"),
        (2, "on_post", f"LN2018.{RECALLED}.2"),
    ]
    assert history[0]["unit"] == history[1]["unit"]
    (binding,) = played.desk.query(PROVINCE, "bindings", target=RECALLED)
    assert (binding["unit"], binding["state"]) == (history[0]["unit"], "bound")


def test_coverage_of_a_city_is_its_own(played: Played) -> None:
    rows = played.desk.query(organ("city_org", "2113"), "coverage", programme=LN2018)
    assert [(r["city"], r["targets"], r["townships"], r["on_post"], r["closed"]) for r in rows] == [
        ("2113", 145, 10, 145, True)
    ]


@pytest.mark.req("AL-053")
def test_planned_named_and_the_unnamed_rest_are_told_apart(played: Played) -> None:
    (totals,) = played.desk.query(PROVINCE, "swap_totals", programme=LN2002)
    assert (totals["planned_city"], totals["planned_county"], totals["planned_township"]) == (4, 30, 150)
    assert (totals["planned"], totals["planned_named"], totals["planned_unnamed"]) == (184, 160, 24)
    unnamed = [p["pair"] for p in played.desk.query(PROVINCE, "pairs", programme=LN2002) if not p["developed_area"]]
    assert unnamed == [16, 17]


def test_pairs_that_never_began_stay_defined(played: Played) -> None:
    states = {p["pair"]: p["state"] for p in played.desk.query(PROVINCE, "pairs", programme=LN2002)}
    assert played.swap.unbalanced == "unbalanced"
    assert states == {**dict.fromkeys(range(1, 16), "ended"), 16: "defined", 17: "defined"}


def test_no_term_ends_on_a_day_to_come(played: Played) -> None:
    assert (played.swap.ahead["code"], played.swap.ahead["accepted"]) == ("as_of_in_future", "不晚于 2003-07-14")


@pytest.mark.req("X-010")
def test_a_notice_is_found_in_either_brackets(played: Played) -> None:
    found = [played.desk.query(PROVINCE, "notices", number=n) for n in ("辽组通字〔2018〕23号", "辽组通字[2018]23号")]
    assert found[0] == found[1]
    assert [n["issued_on"] for n in found[0]] == ["2018-04-16"]


def test_replay_gives_the_same_rows(played: Played) -> None:
    assert played.desk.replays()
