"""The calendar of a batch."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from services.allocation.quotas.batch_calendar import BatchOverdue, CheckBatch
from services.allocation.quotas.quota_plans import check_batch
from tests.kit.allocation.ground import LN2018, SYSTEM, Plain, ctx, decided


def check(as_of: date, open_places: int, room: Plain | None = None) -> list[Any]:
    here = room or Plain()
    here.answer = lambda sql, *params: [{"n": open_places}]
    command = CheckBatch(context=ctx(SYSTEM, on=as_of.isoformat()), programme="LN2018", as_of=as_of)
    return decided(check_batch(command, here), here)


@pytest.mark.req("AL-020")
def test_30_april_is_in_time_and_1_may_overdue() -> None:
    assert [LN2018.entries[path].value for path in ("batch.opens", "batch.opens_until")] == ["2018-04-01", "2018-04-10"]
    assert check(date(2018, 4, 30), 1) == []
    assert check(date(2018, 5, 1), 1) == [
        BatchOverdue(occurred_on=date(2018, 5, 1), programme="LN2018", due=date(2018, 4, 30), open_places=1)
    ]


def test_a_complete_batch_is_never_overdue_and_a_late_one_is_told_once() -> None:
    assert check(date(2018, 5, 1), 0) == []
    room = Plain()
    assert len(check(date(2018, 5, 1), 3, room)) == 1
    assert check(date(2018, 5, 2), 2, room) == []
