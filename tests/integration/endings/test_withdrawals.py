"""Every posting can end: each ground from a village of 2018 outside Jinzhou, through all four services."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from programmes import loader
from tests.kit.desk import Desk, organ
from tests.kit.province import (
    COUNTY,
    LN2018,
    PLACED,
    PROVINCE,
    VILLAGES,
    Province,
    confirmed,
    nominated,
    on_post,
    row,
    small,
)

GROUNDS = {row["ground"]: row for row in loader.load(LN2018).rules["withdrawal.grounds"]["value"]}
*OF_GROUNDS, MOVED, NEVER, HELD = VILLAGES[: len(GROUNDS) + 3]
OTHER_COUNTY = organ("county_org", "210727")
BOARD = {"organ": "市委组织部", "document": "干〔2019〕7号"}


@pytest.fixture(scope="module")
def province(open_desk: Callable[..., Desk]) -> Province:
    return small(open_desk)


def ending(posting: str, ground: str, **more: Any) -> dict[str, Any]:
    return {"posting": posting, "ground": ground, **BOARD, **more}


def closed(province: Province, posting: str) -> list[str]:
    """Why the register of the posting was closed."""
    return [event["cause"] for event in province["attendance"].stored("RegisterClosed") if event["posting"] == posting]


def state_of(province: Province, village: str) -> tuple[str, str]:
    (target,) = province["allocation"].query(PROVINCE, "targets", programme=LN2018, target=village)
    return target["state"], target["successor_of"] or ""


@pytest.mark.req("PE-107")
@pytest.mark.parametrize(("number", "ground", "village"), [*zip(range(1, 20), GROUNDS, OF_GROUNDS, strict=False)])
def test_each_ground_ends_a_posting_outside_jinzhou(province: Province, number: int, ground: str, village: str) -> None:
    posting, person = on_post(province, number, village)
    personnel, known = province["personnel"], GROUNDS[ground]
    closing = ending(posting, ground, reason="情况说明")
    foreign = province.refused(OTHER_COUNTY, "WithdrawCadre", "2019-03-04", **closing)
    assert foreign["code"] == "out_of_reach"
    province.receipt(COUNTY, "WithdrawCadre", "2019-03-04", **closing)
    ended = personnel.stored("CadreWithdrawn")[-1]
    assert (ended["ground"], ended["organ"], ended["document"]) == (ground, *BOARD.values())
    assert state_of(province, village) == ("vacant", "U1")
    assert closed(province, posting) == ["CadreWithdrawn"]
    again = province.refused(COUNTY, "WithdrawCadre", "2019-03-05", **closing)
    assert (again["code"], again["field"]) == ("posting_over", "posting")

    if known["returns"]:
        held = province.refused(PROVINCE, "NominateCadre", "2019-03-10", programme=LN2018, nominee=row(number))
        assert held["code"] == "person_registered_before"
        province.receipt(COUNTY, "RecordReturn", "2019-03-11", posting=posting)
    else:
        none = province.refused(COUNTY, "RecordReturn", "2019-03-11", posting=posting)
        assert none["code"] == "not_recalled"
    if not known["frees"]:
        gone = province.refused(PROVINCE, "NominateCadre", "2019-03-12", programme=LN2018, nominee=row(number))
        assert (gone["code"], gone["field"]) == ("person_gone", "id_number")
        successor = nominated(province, 40 + number, "2019-03-12")
    else:
        successor = nominated(province, number, "2019-03-12")
        assert successor == person
    assert confirmed(province, village, successor, "2019-03-13") == f"{LN2018}.{village}.2"
    assert personnel.replays()


@pytest.mark.req("PE-107")
def test_an_end_has_a_ground_of_the_profile_its_words_and_its_day(province: Province) -> None:
    posting, _ = on_post(province, 30, HELD)
    said = province.refused(COUNTY, "WithdrawCadre", "2019-03-04", **ending(posting, "bored"))
    assert (said["code"], said["field"]) == ("ground_unknown", "ground")
    assert "illness" in said["accepted"]
    silent = province.refused(COUNTY, "WithdrawCadre", "2019-03-04", **ending(posting, "other"))
    assert (silent["code"], silent["field"]) == ("reason_missing", "reason")
    early = province.refused(COUNTY, "WithdrawCadre", "2018-05-01", **ending(posting, "illness"))
    assert (early["code"], early["accepted"]) == ("date_before_ground", "2018-05-02 起")
    assert state_of(province, HELD) == ("on_post", "")


@pytest.mark.req("PE-107")
def test_an_adjustment_ends_a_posting_of_2018_and_the_person_returns(province: Province) -> None:
    posting, person = on_post(province, 31, MOVED)
    moved = {"posting": posting, "ground": "work_need", **BOARD, "reason": "工作需要"}
    province.receipt(COUNTY, "AdjustCadre", "2019-03-04", **moved)
    assert state_of(province, MOVED) == ("vacant", "U1")
    assert closed(province, posting) == ["PostAdjusted"]
    province.receipt(COUNTY, "RecordReturn", "2019-03-11", posting=posting)
    assert nominated(province, 31, "2019-03-12") == person


@pytest.mark.req("PE-107")
def test_who_never_arrived_can_end_too(province: Province) -> None:
    posting = confirmed(province, NEVER, nominated(province, 32))
    province.receipt(COUNTY, "WithdrawCadre", "2018-04-28", **ending(posting, "illness"))
    assert state_of(province, NEVER) == ("vacant", "U1")
    assert closed(province, posting) == []


@pytest.mark.req("PE-107")
@pytest.mark.parametrize("way", ["WithdrawCadre", "AdjustCadre"])
def test_in_jinzhou_the_clock_stops_with_the_posting(open_desk: Callable[..., Desk], way: str) -> None:
    village = "210727101208"
    province = small(open_desk, (VILLAGES[0], village), supplements=("JZ",))
    posting, _ = on_post(province, 1, village)
    (started,) = province["evaluation"].stored("RecallClockStarted")
    ground = "illness" if way == "WithdrawCadre" else "work_need"
    province.receipt(OTHER_COUNTY, way, "2019-03-04", **ending(posting, ground, reason="情况说明"))
    (stopped,) = province["evaluation"].stored("RecallClockStopped")
    cause = {"WithdrawCadre": "CadreWithdrawn", "AdjustCadre": "PostAdjusted"}[way]
    assert (started["posting"], stopped["posting"], stopped["cause"]) == (posting, posting, cause)


def test_a_placement_is_not_withdrawn_before_the_day_it_was_confirmed(open_desk: Callable[..., Desk]) -> None:
    province = small(open_desk, VILLAGES[:1])
    posting = confirmed(province, VILLAGES[0], nominated(province, 1))
    about = {"programme": LN2018, "target": VILLAGES[0], "notice": "辽组通字〔2018〕23号", "reason": "工作需要"}
    early = province.refused(PROVINCE, "WithdrawPlacement", "2018-04-26", **about)
    assert (early["code"], early["accepted"]) == ("date_before_ground", f"{PLACED} 起")
    made = province.receipt(PROVINCE, "WithdrawPlacement", PLACED, **about)["events"]
    assert made["PlacementWithdrawn"] == 1
    assert province["personnel"].stored("PlacementWithdrawalNoted")[0]["posting"] == posting
