"""Questions as PostgreSQL answers them: areas by range, filters of any type, pages to the last row."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kernel.asking import Where, page
from kernel.errors import BadInput
from kernel.log.postgres import PostgresLog
from kernel.messages import Actor
from kernel.projection import Table
from kernel.service import Ask
from kernel.testing import actor
from tests.kit.databases import Database, run
from tests.kit.log.probe import TYPES

PLACES = Table("places", {"code": "text", "day": "date"}, {"n": "int"})
CODES = ("2107", "210701", "2107:", "2108", "21", "3", "")


@pytest.fixture(scope="module")
def log(log_database: Database) -> Iterator[PostgresLog]:
    log = PostgresLog(log_database.url, "probe", TYPES, lambda recorded: ())
    log.prepare([PLACES])
    rows = ",".join(f"('{code}', '2018-05-0{n}', {n})" for n, code in enumerate(CODES, 1))
    run(log_database.owner_url, f"insert into read.places values {rows}")
    yield log
    log.close()


def seen(log: PostgresLog, by: Actor, limit: int = 100, **params: str) -> list[str]:
    """The codes ``by`` gets, page by page; no page but the last is short of ``limit``, none is empty."""
    found: list[str] = []
    cursor: str | None = None
    while True:
        ask = Ask(by, params, cursor, limit)
        where = Where().inside(by, "code").under(ask, "under", "code").equal(ask, "n", "day")
        answer = page(log.rows, ask, "places", where, ("code", "day"))
        found += [row["code"] for row in answer["items"]]
        cursor = answer["next"]
        if cursor is None:
            return found
        assert len(answer["items"]) == limit


def test_a_code_lies_under_those_it_begins_with(log: PostgresLog) -> None:
    assert seen(log, actor("city_org", areas=("2107",))) == ["2107", "210701"]
    assert seen(log, actor("city_org", areas=("2108", "3"))) == ["2108", "3"]
    assert seen(log, actor("city_org")) == []
    assert seen(log, actor("system", areas=("",))) == sorted(CODES)
    assert seen(log, actor("system", areas=("",)), under="21") == ["21", "2107", "210701", "2107:", "2108"]


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 8])
def test_turning_the_pages_gives_every_row_once(log: PostgresLog, limit: int) -> None:
    assert seen(log, actor("system", areas=("",)), limit) == sorted(CODES)


def test_a_filter_that_is_no_number_finds_nothing(log: PostgresLog) -> None:
    everywhere = actor("system", areas=("",))
    assert seen(log, everywhere, n="2") == ["210701"] == seen(log, everywhere, day="2018-05-02")
    assert seen(log, everywhere, n="two") == [] == seen(log, everywhere, day="2018-05-99")


def test_a_cursor_that_no_column_can_hold_is_refused(log: PostgresLog) -> None:
    with pytest.raises(BadInput) as refused:
        page(log.rows, Ask(actor("x"), {}, '["21","no day"]', 2), "places", Where(), ("code", "day"))
    assert refused.value.code == "cursor_invalid"
