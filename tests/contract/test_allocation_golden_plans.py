"""Golden events of plans: a plan that was recorded once is read for ever, and comes out again in the same bytes."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kernel.messages import Event
from services.allocation.placement.propose import PlacementProposed, Weighed
from services.allocation.planning.plan_needs import TargetNeed, TargetNeedsRecorded
from services.allocation.planning.plan_record import (
    Certificate,
    Left,
    PlacementPlanned,
    PlacementPlanPart,
    PlanHead,
    PlanRow,
)
from services.allocation.planning.plan_terms import PlacementLocked, PlacementUnlocked, RuleWaived
from tests.kit.golden import GOLDEN, golden_of

APRIL = date(2018, 4, 24)
VILLAGE, OTHER = "210727101208", "210727101209"
PAIR: dict[str, Any] = {
    "occurred_on": APRIL,
    "programme": "LN2018",
    "person": "p-1",
    "target": VILLAGE,
    "reason": "synthetic",
}
HEAD = PlanHead(
    programme="LN2018",
    tier="province",
    area=None,
    number=1,
    plan="LN2018.province.all.1",
    position=2574,
    input="2b" * 32,
    seed=1,
    solver="ortools.SimpleLinearSumAssignment",
    rows=1,
    left=1,
    vacant=1,
    total=100_006,
    measures={"nearness": 1, "need_match": 3, "first_batch": 0, "level_emphasis": 0},
    weights={"nearness": 100_000, "need_match": 2, "first_batch": 1, "level_emphasis": 1},
    certificate=Certificate("duals", 0, 0, 100_006),
    rules=("kind_differs", "unit_bound"),
    without=("p-9",),
    closed=(OTHER,),
    partial=True,
    least=100_006,
    explained=True,
)
ROW = PlanRow(
    person="p-1",
    nomination="n-1",
    unit="U01",
    channel="省直机关工委",
    target=VILLAGE,
    kind="village",
    nearness=1,
    need_match=3,
    first_batch=0,
    level_emphasis=0,
    tie="210727101201",
    reason="联系点附近没有更近的派驻点",
    u=100_006,
    v=0,
    waived=("unit_bound",),
    next_target=OTHER,
    price=100_000,
    displaces=("p-2",),
)
EVENTS: tuple[Event, ...] = (
    TargetNeedsRecorded(
        occurred_on=APRIL, programme="LN2018", county="210727", targets=(TargetNeed(VILLAGE, ("党建",), 1),)
    ),
    PlacementLocked(**PAIR, unit="U01"),
    PlacementUnlocked(**PAIR),
    RuleWaived(**PAIR, waived="unit_bound", signer="p-signer", post="干部处", organ="21"),
    PlacementPlanned(occurred_on=APRIL, head=HEAD, parts=1),
    PlacementPlanPart(
        occurred_on=APRIL,
        plan=HEAD.plan,
        part=1,
        rows=(ROW,),
        left=(Left("p-3", "U02", "", "village", "unit_bound", 7), Left("", "", OTHER, "village", "", 0)),
    ),
    PlacementProposed(
        occurred_on=APRIL,
        programme="LN2018",
        target=VILLAGE,
        kind="village",
        person="p-1",
        unit="U01",
        channel="省直机关工委",
        rank=1,
        reason="synthetic",
        first_batch="synthetic",
        need="synthetic",
        nearness="210727101201",
        sequence=1,
        proposal=1,
        attempt=1,
        plan=HEAD.plan,
        override="synthetic",
        further=(Weighed("synthetic", "synthetic"),),
    ),
)


@pytest.mark.parametrize("event", EVENTS, ids=lambda e: type(e).__name__)
def test_an_event_is_written_as_released(event: Event) -> None:
    path: Path = GOLDEN / "allocation" / f"{type(event).__name__}.v{event.schema}.json"
    assert golden_of(event) == json.loads(path.read_text(encoding="utf-8"))
