"""Golden events of rounds, lists and townships: how they stand in the log from now on."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from kernel.messages import Event
from services.allocation.swap.pair_plan import SwapPartyRecorded
from services.allocation.swap.swap_batch import (
    Admitted,
    PartyQuota,
    SwapBatchOpened,
    SwapPairsAdmitted,
    SwapQuotaEntered,
)
from services.allocation.swap.swap_composition import CompositionNoted
from services.allocation.swap.swap_leg import SecondmentReportNoted
from services.allocation.swap.swap_wish import Adopted, SwapPairingAdopted, SwapWishRecorded, SwapWishWithdrawn
from services.allocation.targets.target import SuccessorReleased
from services.allocation.targets.village_target import VillageTargetNoted
from services.allocation.targets.weak_village import VillageDelistingNoted, WeakVillageMissing, WeakVillageTaken
from services.allocation.targets.work_group import WorkGroupJoined, WorkGroupLeft
from tests.kit.golden import GOLDEN, golden_of

JUNE, JULY, MAY = date(2002, 6, 27), date(2003, 7, 20), date(2018, 5, 2)
ROUND: dict[str, Any] = {"occurred_on": JULY, "programme": "LN2002", "batch": 2}
TOWNSHIP, VILLAGE = "210727101", "210727101208"
DEPUTY: dict[str, Any] = {"occurred_on": MAY, "programme": "LN2018", "posting": f"LN2018.{TOWNSHIP}.1", "person": "p-1"}

EVENTS: tuple[Event, ...] = (
    SwapQuotaEntered(**ROUND, quota=(PartyQuota("county", 2, 0, 1, 5),), persons=24, source="合成依据"),
    SwapBatchOpened(**ROUND, starts_on=date(2003, 7, 16), earlier_ended_on=date(2003, 7, 15)),
    SwapPairsAdmitted(**ROUND, pairs=(Admitted(18, ("210727", "21/某厅"), "province_department"),), adopted=False),
    SwapWishRecorded(**ROUND, area="210727", hosts=("210681",)),
    SwapWishWithdrawn(**ROUND, area="210727"),
    SwapPairingAdopted(
        **ROUND, digest="00", rings=(Adopted(("210681", "210727")),), total=9, best=9, bound=9, alone=("210381",),
        reason="",
    ),
    SwapPartyRecorded(
        **ROUND, pair=18, starts_on=date(2003, 7, 16), poor_area="210727", party="province_department",
        department="某厅",
    ),
    SecondmentReportNoted(
        occurred_on=JUNE, programme="LN2002", pair=13, leg="LN2002.13.out.township.1.1", direction="out",
        level="township", sending="210727", host="210381", substitute=False,
    ),
    CompositionNoted(
        occurred_on=JUNE, programme="LN2002", batch=1, city="2113", submission="LN2002.2113.1", persons=12,
        counted=True, counts={"women": 0, "minorities": 2, "non_party": 1},
    ),
    WorkGroupJoined(**DEPUTY, township=TOWNSHIP, target=TOWNSHIP, role="合成职务", required=1),
    WorkGroupLeft(**DEPUTY, township=TOWNSHIP, target=TOWNSHIP, cause="CadreOnPost", moved_to="210727102"),
    WeakVillageMissing(**DEPUTY, township=TOWNSHIP, missing=1, cause="WorkGroupJoined"),
    WeakVillageTaken(**DEPUTY, village=VILLAGE, missing=0),
    VillageDelistingNoted(occurred_on=MAY, programme="LN2018", target=VILLAGE),
    VillageTargetNoted(occurred_on=MAY, programme="LN2018", target=VILLAGE, cause="VillageDelisted"),
    SuccessorReleased(occurred_on=MAY, target=VILLAGE, unit="U01", cause="VillageDelisted"),
)  # fmt: skip


@pytest.mark.parametrize("event", EVENTS, ids=lambda e: type(e).__name__)
def test_an_event_is_written_as_released(event: Event) -> None:
    released = (GOLDEN / "allocation" / f"{type(event).__name__}.v{event.schema}.json").read_text(encoding="utf-8")
    assert golden_of(event) == json.loads(released)
