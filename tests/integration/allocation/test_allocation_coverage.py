"""Coverage as PostgreSQL counts it: a plan closes at 100 % and not one village before."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

import pytest

from kernel.log.readmodel import changes
from kernel.messages import Event, Recorded
from kernel.service import Service
from services.allocation.placement.propose import PlacementProposed
from services.allocation.quotas.tiers import TierRow, TierSplitFixed
from services.allocation.targets.target import TargetFilled, TargetOpened
from services.allocation.wiring import SERVICE
from tests.kit.databases import run
from tests.kit.desk import Desk, organ

PROVINCE = organ("province_org", "21")
DAY = date(2018, 5, 2)
COUNTIES = ("210702", "210703", "210711")
VILLAGES = tuple(f"{COUNTIES[n // 2000]}1{n // 100 % 20:02d}{n % 100:03d}" for n in range(5993))
OPEN = VILLAGES[4000]


def recorded(target: str, event: Event) -> Recorded:
    return Recorded(
        1, f"target/LN2018.{target}", 1, type(event).__name__, 1, DAY, 0, {}, (), None, None, None, None, "", "", "",
        event=event,
    )  # fmt: skip


def write(desk: Desk, events: Iterable[tuple[str, Event]]) -> None:
    """Bring the read models to where these events lead."""
    ops = [op for target, event in events for op in SERVICE.project(recorded(target, event))]
    run(desk.database.url, ";".join(changes(ops)))


def opened(target: str, place: int) -> TargetOpened:
    return TargetOpened(
        occurred_on=DAY,
        programme="LN2018",
        target=target,
        kind="village",
        tier="county",
        weak=False,
        synthetic=True,
        place=place,
    )


def filled(target: str) -> TargetFilled:
    return TargetFilled(occurred_on=DAY, target=target, posting=f"LN2018.{target}.1", person=f"p-{target}")


@pytest.fixture(scope="module")
def desk(open_desk: Callable[[Service], Desk]) -> Desk:
    desk = open_desk(SERVICE)
    write(desk, ((code, opened(code, place)) for place, code in enumerate(VILLAGES, 1)))
    write(desk, ((code, filled(code)) for code in VILLAGES if code != OPEN))
    return desk


@pytest.mark.req("AL-007")
def test_5992_of_5993_is_not_closed_and_names_the_one_that_is_missing(desk: Desk) -> None:
    assert len(set(VILLAGES)) == 5993
    (tier,) = desk.query(PROVINCE, "coverage", programme="LN2018", by="tier")
    assert (tier["targets"], tier["on_post"], tier["gaps"], tier["closed"]) == (5993, 5992, 1, False)
    assert tier["unopened"] == 0  # nor is a place that the batch fixed left without a target
    assert [gap["target"] for gap in desk.query(PROVINCE, "gaps", programme="LN2018")] == [OPEN]
    write(desk, [(OPEN, filled(OPEN))])
    (tier,) = desk.query(PROVINCE, "coverage", programme="LN2018", by="tier")
    assert (tier["on_post"], tier["gaps"], tier["closed"]) == (5993, 0, True)
    assert desk.query(PROVINCE, "gaps", programme="LN2018") == []


def test_a_place_for_which_no_village_was_opened_keeps_the_tier_open(desk: Desk) -> None:
    def fixed(cadres: int) -> TierSplitFixed:
        row = TierRow("county", 0, 0, cadres, cadres)
        return TierSplitFixed(
            occurred_on=DAY, programme="LN2018", province=0, city=0, county=cadres, tiers=(row,), deviation=0
        )

    write(desk, [(OPEN, fixed(5994))])
    (tier,) = desk.query(PROVINCE, "coverage", programme="LN2018", by="tier")
    assert (tier["places"], tier["unopened"], tier["gaps"], tier["closed"]) == (5994, 1, 0, False)
    (own,) = desk.query(organ("county_org", "210703"), "coverage", programme="LN2018", by="tier")
    assert ("places" in own, own["closed"]) == (False, True)
    write(desk, [(OPEN, fixed(5993))])
    (tier,) = desk.query(PROVINCE, "coverage", programme="LN2018", by="tier")
    assert (tier["unopened"], tier["closed"]) == (0, True)


def test_a_county_counts_its_own_villages(desk: Desk) -> None:
    (own,) = desk.query(organ("county_org", "210703"), "coverage", programme="LN2018")
    assert own["targets"] == sum(code.startswith("210703") for code in VILLAGES) == 2000
    assert desk.query(organ("county_org", "211302"), "targets", programme="LN2018") == []


def test_pages_follow_each_other_without_a_gap(desk: Desk) -> None:
    assert [row["target"] for row in desk.query(PROVINCE, "targets", programme="LN2018")] == sorted(VILLAGES)
    assert desk.asked(PROVINCE, "targets", cursor="no list")["code"] == "cursor_invalid"


def test_channels_and_units_see_their_own_placements(desk: Desk) -> None:
    proposal = PlacementProposed(
        occurred_on=DAY,
        programme="LN2018",
        target=OPEN,
        kind="village",
        person="p-1",
        unit="U01",
        channel="省直机关工委",
        rank=4,
        reason="合成",
        first_batch="合成",
        need="合成",
        nearness="",
        sequence=1,
        proposal=1,
        attempt=1,
    )
    write(desk, [(OPEN, proposal)])
    seen = {
        name: len(desk.query(organ(role, units=(name,)), "placements", target=OPEN))
        for role, name in (("channel", "省直机关工委"), ("unit", "U01"), ("unit", "U02"), ("channel", "省委高校工委"))
    }
    assert seen == {"省直机关工委": 1, "U01": 1, "U02": 0, "省委高校工委": 0}
