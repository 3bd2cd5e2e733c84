"""A swap at work: posts, confirmation, balance, end."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kernel.messages import Actor
from kernel.testing import actor, given
from services.allocation.swap.swap import PAIR, EndSwaps, SwapConfirmed, SwapEnded
from services.allocation.swap.swap_leg import SecondmentReportNoted, SwapRestored, SwapUnbalanced
from tests.kit.allocation.ground import PROVINCE, SYSTEM
from tests.kit.allocation.in_memory import nominated, swap_of_2002, told_rules
from tests.kit.allocation.swap_of_2002 import (
    BOTH,
    POST,
    ROWS,
    active,
    agree,
    both,
    confirm,
    define,
    fill,
    history,
    key,
    lose,
    on,
    place,
    places,
    proposed,
    report,
)

OUT, BACK = key(1, "out", "city", 1), key(1, "back", "city", 1)
NAMED = history(define(1), fill(place(1, "out", "city", 1)), fill(place(1, "back", "city", 1)))
POOR = sorted({r[s] for r in ROWS.values() for s in ("poor_area", "developed_area") if r[s] and len(r[s]) > 4})
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


CITY_A, CITY_B = (actor("city_org", areas=(code,)) for code in ("2109", "2101"))


@pytest.mark.req("AL-057")
def test_a_post_stands_once_province_and_city_have_agreed_each_by_itself() -> None:
    desk = swap_of_2002()
    about = {"programme": "LN2002", "pair": 1, "leg": OUT, "post": POST}
    theirs = {**about, "city": "2101"}
    assert desk.refused(PROVINCE, "ProposePost", "2002-07-01", **about).code == "list_not_fixed"
    assert desk.refused(CITY_B, "AgreePost", "2002-07-01", **theirs).code == "list_not_fixed"
    assert desk.command(PROVINCE, "FixList", "2002-07-02", programme="LN2002") == {"SwapListFixed": 1}

    alone = desk.refused(CITY_B, "AgreePost", "2002-07-03", **theirs)
    assert (alone.code, alone.rule, alone.accepted) == (
        "party_missing", "swap.posts_agreed_by", "省委组织部、市委组织部"
    )  # fmt: skip
    assert desk.command(PROVINCE, "ProposePost", "2002-07-03", **about) == {"SecondmentPostProposed": 1}
    assert desk.command(PROVINCE, "ProposePost", "2002-07-03", **about) == {}
    # Neither party may speak for the other, and the province alone makes no post.
    assert desk.refused(PROVINCE, "AgreePost", "2002-07-03", **theirs).code == "role_not_allowed"
    assert desk.refused(CITY_B, "ProposePost", "2002-07-03", **about).code == "role_not_allowed"
    assert desk.lines("SecondmentPostAgreed") == []
    differs = desk.refused(CITY_B, "AgreePost", "2002-07-04", **{**theirs, "post": "副主任"})
    assert (differs.code, differs.rule, differs.accepted) == ("post_differs", "swap.post", POST)

    assert desk.command(CITY_B, "AgreePost", "2002-07-05", **theirs) == {"SecondmentPostAgreed": 1}
    (agreed,) = desk.lines("SecondmentPostAgreed")
    assert (agreed["data"]["post"], agreed["data"]["parties"]) == (POST, list(BOTH))
    assert (agreed["actor"]["organ"], agreed["areas"]) == (CITY_B.organ, ["2109", "2101"])
    assert desk.refused(PROVINCE, "ProposePost", "2002-07-06", **about).code == "post_agreed"
    # The other direction has no post yet, so nobody goes.
    level = {"programme": "LN2002", "pair": 1, "level": "city"}
    assert desk.refused(PROVINCE, "ConfirmSwap", "2002-07-08", **level).code == "swap_pending"


@pytest.mark.req("X-003")
@pytest.mark.parametrize(("leg", "sending", "receiving"), [(OUT, CITY_A, CITY_B), (BACK, CITY_B, CITY_A)])
def test_a_leg_is_sent_by_its_own_city_and_received_by_the_other(leg: str, sending: Actor, receiving: Actor) -> None:
    desk = swap_of_2002()
    desk.command(PROVINCE, "FixList", "2002-07-02", programme="LN2002")
    about = {"programme": "LN2002", "pair": 1, "leg": leg, "post": POST}
    desk.command(PROVINCE, "ProposePost", "2002-07-03", **about)
    own = desk.refused(sending, "AgreePost", "2002-07-05", **about, city=sending.areas[0])
    assert (own.code, own.kind, own.accepted) == ("not_the_party", "forbidden", receiving.areas[0])
    foreign = desk.refused(sending, "AgreePost", "2002-07-05", **about, city=receiving.areas[0])
    assert (foreign.code, foreign.field) == ("foreign_area", "city")
    desk.command(receiving, "AgreePost", "2002-07-05", **about, city=receiving.areas[0])
    (agreed,) = desk.lines("SecondmentPostAgreed")
    assert (agreed["data"]["sending"], agreed["data"]["host"]) == (sending.areas[0], receiving.areas[0])


@pytest.mark.req("X-003")
@pytest.mark.parametrize(("way", "sending", "host"), [("out", "2101", "2109"), ("back", "2109", "2101")])
def test_a_leg_of_the_wrong_side_takes_no_place(way: str, sending: str, host: str) -> None:
    desk = told_rules("LN2002", "2002-06-17", POOR)
    desk.command(PROVINCE, "DefineSwapPairs", "2002-06-17", programme="LN2002")
    desk.hear("personnel", "SwapLegNominated", nominated(1, way, "city", 1, sending=sending, host=host))
    (refused,) = desk.lines("CommandRefused")
    assert (refused["data"]["code"], desk.lines("SwapPlaceFilled")) == ("wrong_side", [])
    desk.hear("personnel", "SwapLegNominated", nominated(1, way, "city", 1))
    (filled,) = desk.lines("SwapPlaceFilled")
    assert (filled["data"]["sending"], filled["data"]["host"]) == (host, sending)


def test_a_proposed_post_gives_way_to_another_until_the_city_agrees() -> None:
    first = given(PAIR, *NAMED).when(proposed(OUT)).events or []
    second = given(PAIR, *NAMED, *first).when(proposed(OUT, "副主任")).types("SecondmentPostProposed").events or []
    given(PAIR, *NAMED, *first, *second).when(agree(OUT)).rejected("post_differs", accepted="副主任")
    given(PAIR, *NAMED, *first, *second).when(agree(OUT, "副主任")).types("SecondmentPostAgreed")


def test_with_a_department_of_the_province_the_other_city_agrees() -> None:
    """The province is a party already; the one city concerned is that of the other side."""
    pair = PAIR.fold(None, NAMED)
    assert pair is not None
    pair = replace(pair, developed_city="21")
    assert (pair.agreeing_city("out"), pair.agreeing_city("back")) == ("2109", "2109")


def test_a_post_is_agreed_once_for_a_leg_that_stands() -> None:
    agreed = history(*both(OUT), after=NAMED)
    given(PAIR, *NAMED, *agreed).when(agree(OUT)).rejected("post_agreed")
    given(PAIR, *NAMED).when(proposed(key(1, "out", "city", 2))).rejected("pair_leg_unknown", kind="unknown")


@pytest.mark.req("AL-056")
def test_one_direction_alone_leaves_the_pair_pending() -> None:
    one_way = [*NAMED, *history(*both(OUT), after=NAMED)]
    given(PAIR, *one_way).when(confirm(1, "city")).rejected("swap_pending", rule="swap.both_ways")
    agreed = [*one_way, *history(*both(BACK), after=one_way)]
    confirmed = SwapConfirmed(
        occurred_on=date(2002, 7, 8), programme="LN2002", pair=1, level="city", sending="2109", host="2101"
    )
    given(PAIR, *agreed).when(confirm(1, "city")).then(confirmed)
    given(PAIR, *agreed, confirmed).when(confirm(1, "city")).rejected("swap_confirmed")
    given(PAIR, *agreed).when(confirm(1, "township")).rejected("swap_pending")
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
