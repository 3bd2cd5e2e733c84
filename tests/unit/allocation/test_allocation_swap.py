"""A swap at work: posts, confirmation, balance, end."""

from __future__ import annotations

from datetime import date

import pytest

from kernel.testing import given
from services.allocation.swap.swap import PAIR, EndSwaps, SwapConfirmed, SwapEnded
from services.allocation.swap.swap_leg import SecondmentPostAgreed, SecondmentReportNoted, SwapRestored, SwapUnbalanced
from tests.kit.allocation.ground import SYSTEM
from tests.kit.allocation.swap_of_2002 import (
    BOTH,
    active,
    agree,
    confirm,
    define,
    fill,
    history,
    key,
    lose,
    on,
    place,
    places,
    report,
)

OUT, BACK = key(1, "out", "city", 1), key(1, "back", "city", 1)
NAMED = history(define(1), fill(place(1, "out", "city", 1)), fill(place(1, "back", "city", 1)))
LOST = key(13, "out", "township", 1)
SUBSTITUTE = place(13, "out", "township", 1, n=2)


def noted(leg: str, *, substitute: bool = False) -> SecondmentReportNoted:
    return SecondmentReportNoted(
        occurred_on=date(2002, 11, 18),
        programme="LN2002",
        pair=13,
        leg=leg,
        direction="out",
        level="township",
        sending="210727",
        host="210381",
        substitute=substitute,
    )


@pytest.mark.req("AL-057")
def test_a_post_needs_the_fixed_list_and_both_parties() -> None:
    stream = given(PAIR, *NAMED)
    stream.when(agree(OUT, listed=False)).rejected("list_not_fixed", rule="swap.list")
    stream.when(agree(OUT, ("province_org",))).rejected(
        "party_missing", rule="swap.posts_agreed_by", field="parties", accepted="province_org、city_org"
    )
    stream.when(agree(OUT, ("city_org",))).rejected("party_missing")
    stream.when(agree(OUT)).then(
        SecondmentPostAgreed(
            occurred_on=date(2002, 7, 5),
            programme="LN2002",
            pair=1,
            leg=OUT,
            person=f"p-{OUT}",
            level="city",
            sending="2109",
            host="2101",
            post="副县长",
            parties=BOTH,
        )
    )


def test_a_post_is_agreed_once_for_a_leg_that_stands() -> None:
    agreed = given(PAIR, *NAMED).when(agree(OUT)).events or []
    given(PAIR, *NAMED, *agreed).when(agree(OUT)).rejected("post_agreed")
    given(PAIR, *NAMED).when(agree(key(1, "out", "city", 2))).rejected("pair_leg_unknown", kind="unknown")


@pytest.mark.req("AL-056")
def test_one_direction_alone_leaves_the_pair_pending() -> None:
    one_way = [*NAMED, *(given(PAIR, *NAMED).when(agree(OUT)).events or [])]
    given(PAIR, *one_way).when(confirm(1, "city")).rejected("swap_pending", rule="swap.both_ways")
    both = [*one_way, *(given(PAIR, *one_way).when(agree(BACK)).events or [])]
    confirmed = SwapConfirmed(
        occurred_on=date(2002, 7, 8), programme="LN2002", pair=1, level="city", sending="2109", host="2101"
    )
    given(PAIR, *both).when(confirm(1, "city")).then(confirmed)
    given(PAIR, *both, confirmed).when(confirm(1, "city")).rejected("swap_confirmed")
    given(PAIR, *both).when(confirm(1, "township")).rejected("swap_pending")
    given(PAIR).when(confirm(1, "city")).rejected("pair_undefined", kind="unknown")


def test_a_lost_leg_unbalances_its_level_until_the_substitute_reports() -> None:
    lost = given(PAIR, *active()).when(lose(LOST))
    lost.then(
        SwapUnbalanced(
            occurred_on=date(2002, 11, 4),
            programme="LN2002",
            pair=13,
            level="township",
            leg=LOST,
            direction="out",
            sending="210727",
            host="210381",
        )
    )
    assert lost.state is not None
    unbalanced = [*active(), *(lost.events or [])]
    assert PAIR.fold(None, unbalanced).imbalance("township") == -1
    given(PAIR, *unbalanced).when(report(key(13, "out", "township", 2))).types("SecondmentReportNoted")
    given(PAIR, *unbalanced).when(lose(LOST)).rejected("pair_leg_unknown")
    (filled,) = given(PAIR, *unbalanced).when(fill(SUBSTITUTE)).events or []
    assert filled.substitute
    given(PAIR, *unbalanced, filled).when(report(SUBSTITUTE.leg)).then(
        noted(SUBSTITUTE.leg, substitute=True),
        SwapRestored(
            occurred_on=date(2002, 11, 18),
            programme="LN2002",
            pair=13,
            level="township",
            leg=SUBSTITUTE.leg,
            sending="210727",
            host="210381",
        ),
    )


def test_a_report_in_balance_is_noted_once() -> None:
    given(PAIR, *active()).when(report(LOST)).then(noted(LOST))
    given(PAIR, *active(), noted(LOST)).when(report(LOST)).then()


@pytest.mark.parametrize("first", ["out", "back"])
def test_a_level_that_lost_a_leg_each_way_is_restored_by_the_last_substitute(first: str) -> None:
    """As many out as back is not yet balance: both places must hold somebody who came, in whichever order."""
    ways = [first, "back" if first == "out" else "out"]
    lost = history(*(lose(key(13, way, "township", 1)) for way in ways), after=active())
    filled = history(*(fill(place(13, way, "township", 1, n=2)) for way in ways), after=[*active(), *lost])
    stream = [*active(), *lost, *filled]
    one = given(PAIR, *stream).when(report(key(13, ways[1], "township", 1, 2))).types("SecondmentReportNoted")
    last = given(PAIR, *stream, *(one.events or [])).when(report(key(13, ways[0], "township", 1, 2)))
    last.types("SecondmentReportNoted", "SwapRestored")


def end(as_of: date) -> EndSwaps:
    return EndSwaps(context=on("2003-07-15", SYSTEM), programme="LN2002", as_of=as_of)


def test_a_pair_ends_twelve_months_after_the_day_for_reporting() -> None:
    given(PAIR, *active()).when(end(date(2003, 7, 14))).then()
    ended = SwapEnded(
        occurred_on=date(2003, 7, 15),
        programme="LN2002",
        pair=13,
        sending="210727",
        host="210381",
        ended_on=date(2003, 7, 15),
    )
    given(PAIR, *active()).when(end(date(2003, 7, 15))).then(ended)
    given(PAIR, *active(), ended).when(end(date(2003, 7, 15))).then()


def test_a_pair_that_never_began_does_not_end() -> None:
    given(PAIR, *history(define(16))).when(end(date(2003, 7, 15))).then()
    given(PAIR, *history(define(13), *map(fill, places(13, "township", "out")))).when(end(date(2003, 7, 15))).then()
