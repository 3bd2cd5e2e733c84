"""A span of a profile gives a date: one that leads out of the calendar is refused at publication, not when read."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from typing import Any

import pytest

from kernel.calendar import add_months
from kernel.reader import Unreadable
from programmes import loader
from programmes.readers.candidacy import NOMINATION
from programmes.readers.reserve import SELECTION
from programmes.readers.rhythm import STATEMENT_DAYS
from programmes.working_days import WorkingDays

STEPS: list[dict[str, Any]] = loader.load("SX2015").published()["rules"]["procedure.nomination"]["value"]
LATE = date(2126, 12, 31)


def with_span(**span: int) -> list[dict[str, Any]]:
    """The steps of 2015, of which one has a span behind the recommendation."""
    steps = deepcopy(STEPS)
    (filed,) = [step for step in steps if step["step"] == "filed_province"]
    filed["within"] = {"after": "recommended", **span}
    return steps


@pytest.mark.parametrize(("unit", "most"), [("days", 36_500), ("months", 600)])
def test_a_span_behind_a_step_is_bounded(unit: str, most: int) -> None:
    assert NOMINATION.of(with_span(**{unit: most}))
    for longer in (most + 1, 4_000_000, 1_000_000_000):
        with pytest.raises(Unreadable):
            NOMINATION.of(with_span(**{unit: longer}))


def test_the_longest_span_of_each_unit_still_gives_a_date() -> None:
    assert add_months(LATE, 600).year == 2176
    assert WorkingDays().after(LATE, 36_500).day.year < date.max.year


def test_a_publicity_is_bounded_in_the_same_way() -> None:
    steps = deepcopy(loader.load("QS2017").published()["rules"]["procedure.reserve"]["value"])
    shown = next(step for step in steps if step.get("publicity"))
    shown["publicity"]["working_days"] = 4_000_000
    with pytest.raises(Unreadable):
        SELECTION.of(steps)


def test_the_days_of_a_statement_are_of_a_year_at_most() -> None:
    assert (STATEMENT_DAYS.of(0), STATEMENT_DAYS.of(366)) == (0, 366)
    with pytest.raises(Unreadable):
        STATEMENT_DAYS.of(367)
