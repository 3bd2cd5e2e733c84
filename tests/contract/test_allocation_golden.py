"""Golden events of allocation: what other services and cities read keeps its form.

A golden file is never edited once its version is released; a new form is a new version with an upcaster.
"""

from __future__ import annotations

import json
from datetime import date

import pytest

from kernel.messages import Event
from kernel.rules import Profile
from services.allocation.demand.county_fallback import CountyShortfallChanged
from services.allocation.demand.village_assignment import VillageAssigned
from services.allocation.placement.ledger import LedgerAcknowledged, LedgerFedBack, LedgerRow
from services.allocation.placement.placement import PlacementConfirmed
from services.allocation.placement.returned import PlacementReturned
from services.allocation.quotas.quota import UnitQuotaSet
from services.allocation.quotas.unit_county_quota import UnitCountyQuotaSet
from services.allocation.quotas.unit_division import ChannelPlacesDivided, UnitShare
from services.allocation.registers.notice import NoticeIssued
from services.allocation.registers.office import OfficeHolderRecorded
from services.allocation.registers.programme import ProfilePublished
from services.allocation.registers.unit import UnitRegistered
from services.allocation.swap.swap import SwapConfirmed, SwapEnded
from services.allocation.swap.swap_leg import SwapRestored, SwapUnbalanced
from services.allocation.swap.swap_pair import SwapPairDefined
from services.allocation.swap.swap_post import SecondmentPostAgreed
from services.allocation.targets.binding import BindingCreated
from services.allocation.targets.target import CoverageGapFound, SuccessorDue, TargetOpened, TargetVacated
from tests.kit.golden import GOLDEN, golden_of

VILLAGE = "210727101208"
POSTING = f"LN2018.{VILLAGE}.1"
APRIL, MAY, JULY, SUMMER = date(2018, 4, 27), date(2019, 5, 13), date(2002, 7, 8), date(2015, 7, 18)
LEG = "LN2002.13.out.township.1.1"
RULES = {
    "attendance.days_per_month": {
        "value": 20,
        "unit": "days on post a month",
        "origin": "printed",
        "notice": "N",
        "clause": "一.2",
    },
    "term.months": {"value": None, "unit": "months", "origin": "unknown", "notice": "N", "clause": None},
}

EVENTS: tuple[Event, ...] = (
    NoticeIssued(
        occurred_on=date(2018, 4, 16),
        notice="辽组通字〔2018〕23号",
        title="方案",
        issuers=("中共辽宁省委组织部",),
        issued_on=date(2018, 4, 16),
        scope="21",
        number="辽组通字〔2018〕23号",
    ),
    ProfilePublished(
        occurred_on=date(2018, 4, 16),
        programme="JZ",
        version=1,
        base="LN2018",
        scope="2107",
        sha256="00",
        rules=RULES,
        title="管理办法",
    ),
    UnitRegistered(occurred_on=APRIL, unit="U01", name="合成单位01", channel="省直机关工委", level="province"),
    UnitQuotaSet(
        occurred_on=APRIL,
        programme="LN2018",
        unit="U01",
        channel="省直机关工委",
        townships=1,
        villages=9,
        basis="synthetic weights",
    ),
    ChannelPlacesDivided(
        occurred_on=APRIL,
        programme="LN2018",
        channel="省直机关工委",
        method="largest_remainder",
        townships=1,
        villages=9,
        divisor=3,
        shares=(
            UnitShare("U01", 2, 0, 0, None, 6, 2, 1, 6, "synthetic"),
            UnitShare("U02", 1, 0, 0, 5, 3, 1, 0, 3, "synthetic"),
        ),
        by_order=(),
    ),
    UnitCountyQuotaSet(
        occurred_on=SUMMER,
        programme="SX2015",
        unit="合成单位",
        county="140928",
        places=3,
        row=3,
        printed=2,
        reason="合成理由",
        tags=("agriculture",),
        suggested=("agriculture",),
    ),
    VillageAssigned(
        occurred_on=SUMMER,
        programme="SX2015",
        target="140928101201",
        posting="SX2015.140928101201.1",
        person="p-3",
        unit="SX01",
        channel="山西省直",
        tier="province",
        mandatory=True,
        needs=("water",),
        skills=(),
        matched=0,
        helps=False,
    ),
    CountyShortfallChanged(
        occurred_on=SUMMER,
        programme="SX2015",
        county="140928",
        cause="VillageSourced",
        mandatory=3,
        central=0,
        province=1,
        city=0,
        county_posted=0,
        before=3,
        need=2,
    ),
    OfficeHolderRecorded(
        occurred_on=APRIL,
        organ="210727101",
        post="party_secretary",
        person="p-7",
        since=date(2016, 1, 1),
        until=None,
    ),
    TargetOpened(
        occurred_on=APRIL,
        programme="LN2018",
        target=VILLAGE,
        kind="village",
        tier="province",
        weak=True,
        synthetic=True,
        place=12,
    ),
    PlacementConfirmed(
        occurred_on=APRIL,
        programme="LN2018",
        target=VILLAGE,
        kind="village",
        role="村党组织第一书记",
        posting=POSTING,
        person="p-1",
        unit="U01",
        channel="省直机关工委",
        tier="province",
        weak=True,
    ),
    PlacementReturned(
        occurred_on=APRIL,
        programme="LN2018",
        target=VILLAGE,
        person="p-1",
        unit="U01",
        channel="省直机关工委",
        proposal=1,
        sequence=1,
        reason="合成理由",
    ),
    BindingCreated(occurred_on=APRIL, unit="U01", target=VILLAGE),
    LedgerFedBack(
        occurred_on=APRIL,
        programme="LN2018",
        city="2107",
        edition=1,
        rows=(LedgerRow(VILLAGE, "village", POSTING, "p-1", "U01", "省直机关工委"),),
    ),
    LedgerAcknowledged(occurred_on=APRIL, programme="LN2018", city="2107", edition=1),
    TargetVacated(occurred_on=MAY, target=VILLAGE, posting=POSTING, cause="CadreRecalled"),
    SuccessorDue(occurred_on=MAY, target=VILLAGE, unit="U01"),
    CoverageGapFound(occurred_on=MAY, target=VILLAGE),
    SwapPairDefined(
        occurred_on=JULY,
        programme="LN2002",
        pair=13,
        level="county",
        mode="cross_area",
        poor_city="2107",
        poor_area="210727",
        developed_city="2103",
        developed_area="210381",
        city_each=0,
        county_each=1,
        township_each=5,
    ),
    SecondmentPostAgreed(
        occurred_on=JULY,
        programme="LN2002",
        pair=13,
        leg=LEG,
        person="p-2",
        level="township",
        sending="210727",
        host="210381",
        post="合成职务",
        parties=("province_org", "city_org"),
    ),
    SwapConfirmed(occurred_on=JULY, programme="LN2002", pair=13, level="township", sending="210727", host="210381"),
    SwapUnbalanced(
        occurred_on=JULY,
        programme="LN2002",
        pair=13,
        level="township",
        leg=LEG,
        direction="out",
        sending="210727",
        host="210381",
    ),
    SwapRestored(
        occurred_on=JULY, programme="LN2002", pair=13, level="township", leg=LEG, sending="210727", host="210381"
    ),
    SwapEnded(
        occurred_on=JULY, programme="LN2002", pair=13, sending="210727", host="210381", ended_on=date(2003, 7, 15)
    ),
)


@pytest.mark.parametrize("event", EVENTS, ids=lambda e: type(e).__name__)
def test_an_event_is_written_as_released(event: Event) -> None:
    name = f"{type(event).__name__}.v{event.schema}.json"
    released = json.loads((GOLDEN / "allocation" / name).read_text(encoding="utf-8"))
    assert golden_of(event) == released


def test_a_published_profile_gives_rules_with_their_origin() -> None:
    released = json.loads((GOLDEN / "allocation" / "ProfilePublished.v1.json").read_text(encoding="utf-8"))["data"]
    fields = ("programme", "version", "base", "scope", "sha256", "rules")
    profile = Profile.of(*(released[name] for name in fields))
    assert profile.entries["attendance.days_per_month"].value == 20
    assert profile.entries["term.months"].origin == "unknown"
