"""What was planned and what was done, as PostgreSQL counts them: two facts of the swap of 2002."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kernel.messages import Event
from kernel.service import Service
from services.allocation.registers.programme import ProfilePublished
from services.allocation.swap.pair_plan import CITY_DEPARTMENT
from services.allocation.swap.swap import PAIR
from services.allocation.swap.swap_leg import NoteReport
from services.allocation.swap.swap_pair import NameSwapPartner
from services.allocation.wiring import SERVICE
from tests.kit.allocation.ground import PROVINCE as ACTOR
from tests.kit.allocation.swap_of_2002 import ROWS, define, fill, history, lose, on, place, places
from tests.kit.desk import Desk, organ
from tests.kit.profiles import profile_of

PROVINCE = organ("province_org", "21")
LEVELS = ("city", "county", "township")
NEVER_CAME = {(17, way, seat) for way in ("out", "back") for seat in (4, 5)}
"""Four places whose cadre never reported; which four the second notice does not say."""


def reported(leg: str) -> NoteReport:
    return NoteReport(context=on("2002-07-15"), leg=leg)


def first_round(pair: int) -> list[Event]:
    """A pair with all its places filled and everybody on duty but those who never came."""
    row, named = ROWS[pair], []
    if row["developed_area"] is None:
        partner = NameSwapPartner(
            context=on("2002-06-20", ACTOR), programme="LN2002", pair=pair, developed_area=row["developed_city"],
            department="合成：市直部门",
        )  # fmt: skip
        named = [partner]
    legs = [one for level in LEVELS for one in places(pair, level, "out", "back")]
    came = [one for one in legs if (pair, one.direction, one.seat) not in NEVER_CAME or one.level != "township"]
    return history(define(pair), *named, *map(fill, legs), *(reported(one.leg) for one in came))


@pytest.fixture(scope="module")
def desk(open_desk: Callable[[Service], Desk]) -> Desk:
    desk = open_desk(SERVICE)
    profile = profile_of("LN2002").published()
    names = ("programme", "version", "base", "scope", "sha256", "rules", "title")
    desk.write(
        [ProfilePublished(occurred_on=on("2002-06-17").occurred_on, **{n: profile[n] for n in names})], "2002-07-15"
    )
    for pair in ROWS:
        desk.write(first_round(pair), "2002-07-15")
    return desk


@pytest.mark.req("AL-060")
def test_184_planned_180_done_and_four_unexplained(desk: Desk) -> None:
    total, *levels = desk.query(PROVINCE, "swap_plan_actual", programme="LN2002")
    assert (total["planned"], total["actual"], total["difference"]) == (184, 180, -4)
    assert (total["printed_planned"], total["printed_actual"], total["substitutes"]) == (184, 180, 0)
    assert [(r["level"], r["planned"], r["actual"], r["difference"], r["printed_planned"]) for r in levels] == [
        ("city", 4, 4, 0, 4),
        ("county", 30, 30, 0, 30),
        ("township", 150, 146, -4, 150),
    ]
    (totals,) = desk.query(PROVINCE, "swap_totals", programme="LN2002")
    assert (totals["planned"], totals["named"]) == (184, 184)


def test_a_department_of_the_city_stands_in_the_table_of_pairs(desk: Desk) -> None:
    rows = {row["pair"]: row for row in desk.query(PROVINCE, "pairs", programme="LN2002")}
    assert (rows[16]["mode"], rows[16]["party"], rows[16]["department"]) == (
        "within_area", CITY_DEPARTMENT, "合成：市直部门"
    )  # fmt: skip
    assert (rows[1]["mode"], rows[1]["party"], rows[13]["party"]) == ("cross_area", "city", "county")


@pytest.mark.parametrize("order", [("out", "back"), ("back", "out")])
def test_a_pair_that_lost_two_legs_is_in_balance_once_both_came(desk: Desk, order: tuple[str, str]) -> None:
    """The plan stays 12; a substitute who reports is done as well, and counted apart."""
    pair = 13 if order[0] == "out" else 14
    stream = first_round(pair)
    seats = [place(pair, way, "township", 1, n=2) for way in order]
    later = history(
        *(lose(one.leg.removesuffix("2") + "1") for one in seats), *map(fill, seats), reported(seats[1].leg),
        after=stream,
    )  # fmt: skip
    desk.write(later, "2002-07-15")
    assert state(desk, pair) == "unbalanced"
    last = history(reported(seats[0].leg), after=[*stream, *later])
    assert PAIR.fold(None, [*stream, *later, *last]).unbalanced == frozenset()
    desk.write(last, "2002-07-15")
    assert state(desk, pair) == "legs_nominated"
    total = desk.query(PROVINCE, "swap_plan_actual", programme="LN2002")[0]
    assert (total["planned"], total["actual"] - total["substitutes"]) == (184, 180)


def state(desk: Desk, pair: int) -> str:
    """Where a pair stands."""
    (row,) = desk.query(PROVINCE, "pairs", programme="LN2002", pair=str(pair))
    return str(row["state"])
