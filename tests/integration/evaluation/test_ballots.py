"""A democratic appraisal by ballots: each slip counts once, the count can be repeated and proved, nobody is known."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kernel import merkle
from tests.kit.databases import run
from tests.kit.desk import Desk
from tests.kit.evaluation import schemes
from tests.kit.evaluation.ballots import cast, commitments, serials
from tests.kit.evaluation.schemes import CADRE, COUNTY, OTHER_COUNTY, TOWNSHIP, UNIT, scheme, score

ABOUT: dict[str, Any] = {"posting": CADRE, "year": 2016, "part": "评议"}
DAY = "2016-12-10"
SLIPS = serials(7)
MARKS = ("好", "好", "一般", "好", "差")


def held(open_desk: Callable[..., Desk], *, entered: bool = True) -> Desk:
    """Seven slips are handed out, five came back."""
    desk = schemes.shanxi(open_desk)
    desk.command(COUNTY, "SetScheme", "2016-01-15", **scheme())
    desk.command(TOWNSHIP, "OpenBallot", DAY, **ABOUT)
    desk.command(TOWNSHIP, "IssueSlips", DAY, **ABOUT, commitments=commitments(SLIPS))
    if entered:
        desk.command(TOWNSHIP, "CastBallots", DAY, **ABOUT, slips=cast(SLIPS[:5], *MARKS))
    return desk


@pytest.mark.req("EV-001")
def test_a_counted_ballot_is_the_score_and_completes_the_year(open_desk: Callable[..., Desk]) -> None:
    desk = held(open_desk)
    for name, points in (("日常", (5500, 3500)), ("半年", (8800,)), ("年终", (9200,))):
        score(desk, name, *points)
    year = {"posting": CADRE, "year": 2016}
    assert desk.refused(COUNTY, "SetRating", "2016-12-28", **year)["code"] == "rating_incomplete"
    counted = desk.command(TOWNSHIP, "CountBallot", "2016-12-11", **ABOUT)
    assert counted == {"BallotCounted": 1, "AssessmentRecorded": 1}
    # Three times 100, once 60, once 0: the mean is 72 points, in hundredths.
    (ballot,) = desk.query(COUNTY, "ballots")
    assert (ballot["issued"], ballot["cast_slips"], ballot["score"]) == (7, 5, 7200)
    assert ballot["counts"] == {"好": 3, "一般": 1, "差": 1}
    desk.command(COUNTY, "SetRating", "2016-12-28", **year)
    (rating,) = desk.query(UNIT, "ratings")
    # 0.2 * 90 + 0.2 * 88 + 0.3 * 72 + 0.3 * 92
    assert (rating["score"], rating["band"], rating["mass_weight"]) == (8480, "称职", 300)
    assert desk.replays()


def test_the_ballots_recount_to_the_stored_result(open_desk: Callable[..., Desk]) -> None:
    desk = held(open_desk)
    assert desk.query(COUNTY, "ballot_recount") == []
    desk.command(TOWNSHIP, "CountBallot", "2016-12-11", **ABOUT)
    (row,) = desk.query(COUNTY, "ballot_recount")
    assert (row["equal"], row["stored"], row["issued"], row["cast_slips"]) == (True, row["recounted"], 7, 5)
    # The root is that of a tree over the ballots, which anybody can make: commitment and mark, in their order.
    leaves = sorted(f"{slip}:{mark}" for slip, mark in zip(commitments(SLIPS[:5]), MARKS, strict=True))
    hashes = [merkle.leaf_hash(leaf.encode()) for leaf in leaves]
    assert row["stored"]["root"] == merkle.root(hashes).hex()
    (event,) = desk.stored("BallotCounted")
    assert event["commitments"] == [leaf.partition(":")[0] for leaf in leaves]
    # Whoever kept a slip proves that it was counted, and as what.
    mine = f"{commitments(SLIPS[2:3])[0]}:一般"
    at = leaves.index(mine)
    proof = merkle.inclusion_proof(at, hashes)
    root = bytes.fromhex(event["root"])
    assert merkle.includes(merkle.leaf_hash(mine.encode()), at, 5, proof, root)
    forged = mine.replace("一般", "好")
    assert not merkle.includes(merkle.leaf_hash(forged.encode()), at, 5, proof, root)
    # One ballot changed behind the service's back, and the count does not come out again.
    run(desk.database.url, f"update read.cast_ballots set mark = '好' where serial = '{SLIPS[4]}'")
    (row,) = desk.query(COUNTY, "ballot_recount")
    assert (row["equal"], row["recounted"]["counts"]) == (False, {"好": 4, "一般": 1, "差": 0})
    assert not desk.replays()


def test_a_slip_counts_once_and_a_foreign_one_never(open_desk: Callable[..., Desk]) -> None:
    desk = held(open_desk, entered=False)

    def refused(name: str, by: Any = TOWNSHIP, on: str = DAY, **data: Any) -> tuple[str, str]:
        problem = desk.refused(by, name, on, **{**ABOUT, **data})
        return problem["code"], problem["field"]

    twice = cast([SLIPS[5], SLIPS[5]], "好", "好")
    assert refused("CastBallots", slips=twice) == ("slip_used", "slips.1.serial")
    foreign = cast([SLIPS[5], *serials(1, 99)], "好", "好")
    assert refused("CastBallots", slips=foreign) == ("slip_unknown", "slips.1.serial")
    assert refused("CastBallots", slips=cast(SLIPS[5:6], "很好")) == ("mark_unknown", "slips.0.mark")
    assert refused("OpenBallot")[0] == "ballot_open"
    assert refused("OpenBallot", part="年终")[0] == "ballot_not_for"
    assert refused("CastBallots", part="年终", slips=cast(SLIPS[:5], *MARKS))[0] == "ballot_unknown"
    assert refused("CountBallot", by=OTHER_COUNTY)[0] == "out_of_reach"
    assert refused("CountBallot", on="2016-12-09")[0] == "date_before_ground"
    desk.command(TOWNSHIP, "CastBallots", DAY, **ABOUT, slips=cast(SLIPS[:5], *MARKS))
    assert desk.query(COUNTY, "ballots")[0]["cast_slips"] == 5
    desk.command(TOWNSHIP, "CountBallot", "2016-12-11", **ABOUT)
    late = cast(SLIPS[5:6], "好")
    assert refused("CastBallots", on="2016-12-11", slips=late)[0] == "ballot_counted"
    assert refused("CountBallot", on="2016-12-11")[0] == "ballot_counted"


@pytest.mark.req("EV-001")
def test_slips_and_box_are_entered_at_once_so_that_no_order_of_theirs_is_kept(open_desk: Callable[..., Desk]) -> None:
    desk = schemes.shanxi(open_desk)
    desk.command(COUNTY, "SetScheme", "2016-01-15", **scheme())
    desk.command(TOWNSHIP, "OpenBallot", DAY, **ABOUT)
    twice = [*commitments(SLIPS), *commitments(SLIPS[:1])]
    problem = desk.refused(TOWNSHIP, "IssueSlips", DAY, **ABOUT, commitments=twice)
    assert (problem["code"], problem["field"]) == ("slip_issued_twice", "commitments.7")
    desk.command(TOWNSHIP, "IssueSlips", DAY, **ABOUT, commitments=commitments(SLIPS))
    problem = desk.refused(TOWNSHIP, "IssueSlips", DAY, **ABOUT, commitments=commitments(serials(1, 99)))
    assert (problem["code"], problem["clause"], problem["field"]) == ("slips_issued", "五.5", "commitments")
    backwards = cast(SLIPS[:5], *MARKS)[::-1]
    desk.command(TOWNSHIP, "CastBallots", DAY, **ABOUT, slips=backwards)
    problem = desk.refused(TOWNSHIP, "CastBallots", DAY, **ABOUT, slips=cast(SLIPS[5:6], "好"))
    assert (problem["code"], problem["clause"], problem["field"]) == ("box_entered", "五.5", "slips")
    (issued,), (returned,) = desk.stored("SlipsIssued"), desk.stored("BallotsCast")
    assert issued["commitments"] == sorted(commitments(SLIPS))
    assert [slip["serial"] for slip in returned["slips"]] == sorted(SLIPS[:5])


def test_an_empty_box_is_not_counted(open_desk: Callable[..., Desk]) -> None:
    desk = schemes.shanxi(open_desk)
    desk.command(COUNTY, "SetScheme", "2016-01-15", **scheme())
    desk.command(TOWNSHIP, "OpenBallot", DAY, **ABOUT)
    desk.command(TOWNSHIP, "IssueSlips", DAY, **ABOUT, commitments=commitments(SLIPS))
    assert desk.refused(TOWNSHIP, "CountBallot", DAY, **ABOUT)["code"] == "ballot_empty"


def test_nothing_that_is_stored_tells_who_voted_or_when(open_desk: Callable[..., Desk]) -> None:
    desk = held(open_desk)
    desk.command(TOWNSHIP, "CountBallot", "2016-12-11", **ABOUT)
    (issued,) = desk.stored("SlipsIssued")
    assert issued["commitments"] == sorted(commitments(SLIPS))
    for event in desk.stored("BallotsCast"):
        assert set(event) == {"ballot", "target", "slips", "cast"}
        assert event["slips"] == sorted(event["slips"], key=lambda slip: slip["serial"])
        assert all(set(slip) == {"serial", "mark"} for slip in event["slips"])
    # No serial stands in the log before its ballot came out of the box, and none of what never came back at all.
    lines = "".join(row["line"] for row in desk.log.rows("select line from log.events order by position"))
    assert not [slip for slip in SLIPS[5:] if slip in lines]
