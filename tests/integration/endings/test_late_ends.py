"""A withdrawal of March that is entered in June: it changes every answer as of the fact, and none as of the record."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from kernel.codec import recorded
from tests.kit.audit.annals import Annals
from tests.kit.desk import Desk
from tests.kit.province import COUNTY, FIRST, LN2018, Province, on_post, small

OF_MARCH, KNOWN, ENTERED = "2019-03-04", "2018-06-01", "2019-06-10"
DAY_BEFORE, EVE = "2019-03-03", "2019-06-09"
POSTING = f"{LN2018}.{FIRST}.1"


def told(desk: Desk, known: int) -> Annals:
    """What the service recorded, up to position ``known`` in June 2018 and the rest in June 2019."""
    annals = Annals(desk.opened.service)
    for line in desk.log.lines(0, 10_000):
        said = recorded(line, desk.opened.service.events)
        assert said.event is not None
        annals.record(KNOWN if said.position <= known else ENTERED, said.stream, said.event)
    return annals


@pytest.fixture(scope="module")
def histories(open_desk: Callable[..., Desk]) -> dict[str, Annals]:
    province: Province = small(open_desk, (FIRST,))
    on_post(province, 1)
    known = {name: desk.log.head()[0] for name, desk in province.desks.items()}
    ill = {"posting": POSTING, "ground": "illness", "organ": "市委组织部", "document": "干〔2019〕7号"}
    province.receipt(COUNTY, "WithdrawCadre", OF_MARCH, **ill)
    return {name: told(desk, known[name]) for name, desk in province.desks.items()}


ANSWERS: list[tuple[str, str, str, Any, Any]] = [
    ("personnel", "postings", "status", "on_post", "withdrawn"),
    ("personnel", "postings", "ended_on", None, date(2019, 3, 4)),
    ("allocation", "targets", "state", "on_post", "vacant"),
    ("allocation", "targets", "gap_since", None, date(2019, 3, 4)),
    ("allocation", "placements", "vacated_on", None, date(2019, 3, 4)),
    ("attendance", "registers", "closed_on", None, date(2019, 3, 4)),
]


@pytest.mark.req("X-053")
@pytest.mark.parametrize(("service", "name", "column", "before", "after"), ANSWERS)
def test_a_late_withdrawal_changes_the_days_of_the_fact_and_not_those_of_the_record(
    histories: dict[str, Annals], service: str, name: str, column: str, before: Any, after: Any
) -> None:
    annals = histories[service]
    table = next(one for one in annals.service.tables if one.name == name)

    def said(day: str, by_record: bool = False) -> Any:
        (row,) = annals.as_of(day, by_record).of(table)
        return row.get(column)

    assert (said(DAY_BEFORE), said(OF_MARCH), said(EVE)) == (before, after, after)
    by_record = [said(day, True) for day in (DAY_BEFORE, OF_MARCH, EVE, ENTERED)]
    assert by_record == [before, before, before, after]
