"""One village's place in its states: opened, filled, confirmed."""

from __future__ import annotations

from datetime import date

from services.allocation.placement.placement import PlacementConfirmed
from services.allocation.placement.propose import PlacementProposed
from services.allocation.targets.target import (
    NoteVacancy,
    TargetFilled,
    TargetOpened,
)
from tests.kit.allocation.ground import SYSTEM, ctx

VILLAGE, TOWNSHIP = "210727101208", "210727101"
POSTING = f"LN2018.{VILLAGE}.1"
DAY = date(2018, 4, 27)
OPENED = TargetOpened(
    occurred_on=DAY,
    programme="LN2018",
    target=VILLAGE,
    kind="village",
    tier="province",
    weak=True,
    synthetic=True,
    place=1,
)


def confirmed(n: int = 1) -> PlacementConfirmed:
    return PlacementConfirmed(
        occurred_on=DAY,
        programme="LN2018",
        target=VILLAGE,
        kind="village",
        role="村党组织第一书记",
        posting=f"LN2018.{VILLAGE}.{n}",
        person=f"p-{n}",
        unit="U01",
        channel="省直机关工委",
        tier="province",
        weak=True,
    )


FILLED = TargetFilled(occurred_on=DAY, target=VILLAGE, posting=POSTING, person="p-1")


PROPOSED = PlacementProposed(
    occurred_on=DAY,
    programme="LN2018",
    target=VILLAGE,
    kind="village",
    person="p-1",
    unit="U01",
    channel="省直机关工委",
    rank=0,
    reason="",
    first_batch="无",
    need="薄弱",
    nearness=VILLAGE,
    sequence=1,
    proposal=1,
    attempt=1,
)


def gone(posting: str = POSTING, *, bound: bool = True) -> NoteVacancy:
    return NoteVacancy(context=ctx(SYSTEM, on="2019-05-13"), posting=posting, cause="CadreRecalled", bound=bound)
