"""A county's scheme is data with versions; scores keep the one they were given under; a year needs every part."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.kit.desk import Desk, organ
from tests.kit.evaluation import schemes
from tests.kit.evaluation.schemes import (
    CADRE,
    COUNTY,
    OTHER_COUNTY,
    PROVINCE,
    TOWNSHIP,
    UNIT,
    four,
    part,
    scheme,
    score,
)
from tests.kit.personnel.cast import POSTING

Open = Callable[..., Desk]


def code(desk: Desk, by: Any, name: str, on: str, **data: Any) -> tuple[str, str | None]:
    problem = desk.refused(by, name, on, **data)
    return problem["code"], problem["clause"]


def without_ballot(desk: Desk) -> None:
    """All parts that are not counted from ballots, with the year's end as the last."""
    score(desk, "日常", 5500, 3500, on="2016-06-30")
    score(desk, "年终", 9200)


@pytest.mark.req("EV-001")
def test_a_year_without_the_half_year_score_is_incomplete(open_desk: Open) -> None:
    desk = schemes.shanxi(open_desk)
    desk.command(COUNTY, "SetScheme", "2016-01-15", **scheme())
    without_ballot(desk)
    year = {"posting": CADRE, "year": 2016}
    problem = desk.refused(COUNTY, "SetRating", "2016-12-28", **year)
    assert (problem["code"], problem["clause"]) == ("rating_incomplete", "五.5")
    assert "半年" in problem["sentence"]
    assert "评议" in problem["sentence"]
    assert [row["part"] for row in desk.query(COUNTY, "scores_missing", year="2016")] == ["半年", "评议"]
    score(desk, "半年", 8800, on="2016-07-05")
    assert [row["part"] for row in desk.query(UNIT, "scores_missing", year="2016")] == ["评议"]
    assert code(desk, COUNTY, "SetRating", "2016-12-28", **year)[0] == "rating_incomplete"
    assert desk.query(COUNTY, "ratings") == []
    assert desk.replays()


@pytest.mark.req("EV-002")
def test_a_later_scheme_does_not_alter_old_scores(open_desk: Open) -> None:
    desk = schemes.shanxi(open_desk)
    assert code(desk, COUNTY, "RecordAssessment", "2016-06-30", **entry())[0] == "no_scheme_in_force"
    desk.command(COUNTY, "SetScheme", "2016-01-15", **scheme())
    score(desk, "日常", 5500, 3500, on="2016-06-30")
    changed = four(daily=100, year_end=400)
    changed[0] = part("日常", "daily", 100, 5000, 5000)
    desk.command(COUNTY, "SetScheme", "2016-07-01", **scheme(parts=changed))
    (before,) = desk.query(COUNTY, "scores")
    assert (before["score"], before["scheme"], before["recorded_on"]) == (9000, 1, "2016-06-30")
    score(desk, "半年", 8800, on="2016-07-01")
    assert [(row["part"], row["scheme"]) for row in desk.query(COUNTY, "scores")] == [("半年", 2), ("日常", 1)]
    # A fact of the day before, told late, is held against the scheme of its day.
    score(desk, "年终", 6000, on="2016-06-30")
    assert [row["scheme"] for row in desk.query(COUNTY, "scores") if row["part"] == "年终"] == [1]
    assert [row["version"] for row in desk.query(COUNTY, "schemes", as_of="2016-06-30")] == [1]
    assert [row["version"] for row in desk.query(COUNTY, "schemes")] == [1, 2]
    # The same county's next year is another scheme, from its own first version.
    desk.command(COUNTY, "SetScheme", "2016-12-01", **scheme(year=2017))
    assert [row["version"] for row in desk.query(COUNTY, "schemes", year="2017")] == [1]
    assert desk.replays()


def entry(**changes: Any) -> dict[str, Any]:
    made = {"posting": CADRE, "year": 2016, "part": "日常", "scores": {"指标1": 6000, "指标2": 0}, "document": "表"}
    return {**made, **changes}


def test_a_score_outside_its_scale_is_refused(open_desk: Open) -> None:
    desk = schemes.shanxi(open_desk)
    desk.command(COUNTY, "SetScheme", "2016-01-15", **scheme())

    def refused(by: Any = COUNTY, on: str = "2016-06-30", **changes: Any) -> str:
        return code(desk, by, "RecordAssessment", on, **entry(**changes))[0]

    for beyond in (6001, -1):
        about = entry(scores={"指标1": beyond, "指标2": 0})
        told = desk.refused(COUNTY, "RecordAssessment", "2016-06-30", **about)
        assert (told["code"], told["field"], told["clause"]) == ("score_outside_scale", "scores.指标1", "五.5")
        assert told["accepted"] == "0 至 6000"
    assert refused(scores={"指标1": 6000}) == "scores_incomplete"
    assert refused(scores={"指标1": 1, "指标2": 1, "指标3": 1}) == "scores_incomplete"
    assert refused(part="年中") == "part_unknown"
    assert refused(part="评议", scores={"指标1": 9000}) == "score_by_ballot"
    desk.command(COUNTY, "SetScheme", "2015-07-20", **scheme(year=2014))
    desk.command(COUNTY, "SetScheme", "2016-06-20", **scheme(year=2017))
    assert refused(year=2014) == "not_on_post_then"
    assert refused(year=2017) == "not_on_post_then"
    assert refused(by=OTHER_COUNTY) == "out_of_reach"
    assert refused(by=PROVINCE) == "role_not_allowed"
    assert refused(posting=f"SX2015.{schemes.VILLAGE}.2") == "appraisee_unknown"
    assert desk.command(TOWNSHIP, "RecordAssessment", "2016-06-30", **entry()) == {"AssessmentRecorded": 1}
    assert [row["score"] for row in desk.query(TOWNSHIP, "scores")] == [6000]


def test_what_every_scheme_must_have(open_desk: Open) -> None:
    desk = schemes.shanxi(open_desk)

    def refused(by: Any = COUNTY, on: str = "2016-01-15", **changes: Any) -> str:
        return code(desk, by, "SetScheme", on, **scheme(**changes))[0]

    assert refused(parts=four()[:3]) == "scheme_kinds"
    assert refused(parts=four(daily=201)) == "scheme_weights"
    assert refused(parts=four(daily=0, half=400)) == "scheme_weights"
    assert refused(parts=[part("日常", "daily", 200, 6000, 3999), *four()[1:]]) == "scheme_points"
    assert refused(parts=[{**four()[0], "part": "半年"}, *four()[1:]]) == "scheme_twice"
    assert refused(parts=[{**one, "masses": False} for one in four()]) == "scheme_masses"
    assert refused(parts=[{**one, "masses": True} for one in four()]) == "scheme_masses"
    assert refused(bands=schemes.BANDS[:2]) == "scheme_bands"
    assert refused(bands=[schemes.BANDS[0], *schemes.BANDS]) == "scheme_bands"
    assert refused(marks=[]) == "scheme_marks"
    assert refused(marks=[{"mark": "好", "worth": 10001}]) == "scheme_marks"
    assert refused(year=2018) == "scheme_year"
    assert refused(county=schemes.VILLAGE[:9]) == "not_a_county"
    assert refused(by=OTHER_COUNTY) == "foreign_area"
    desk.command(COUNTY, "SetScheme", "2016-01-15", **scheme())
    assert refused() == "scheme_unchanged"
    assert refused(COUNTY, "2016-01-14", parts=four(200, 100, 400, 300)) == "date_before_ground"


@pytest.mark.req("EV-039")
def test_the_rating_of_jinzhou_weighs_what_the_masses_say(open_desk: Open) -> None:
    desk = schemes.jinzhou(open_desk)
    county, township = organ("county_org", "210727"), organ("township", "210727101")

    def parts(masses: int, report: int) -> list[dict[str, Any]]:
        return [
            part("述职", "report", report),
            part("群众评", "appraisal", masses, masses=True),
            part("班子评", "appraisal", 200),
            part("实地查", "inspection", 300),
        ]

    about = {"programme": "LN2018", "county": "210727", "year": 2018, "marks": []}
    # One report, two appraisals, one inspection: as the measures say, and nothing less.
    less = code(desk, county, "SetScheme", "2018-06-01", **scheme(**about, parts=parts(300, 200)[:3]))
    assert less == ("scheme_kinds", "二.5")
    desk.command(county, "SetScheme", "2018-06-01", **scheme(**about, parts=parts(300, 200)))
    # Another kind of post is assessed by another scheme.
    desk.command(county, "SetScheme", "2018-06-01", **scheme(**about, parts=parts(100, 400), kind="township"))
    # More weight for what the masses say is a new version of the one, and none of the other.
    desk.command(county, "SetScheme", "2018-11-01", **scheme(**about, parts=parts(400, 100)))
    shown = [(row["kind"], row["version"], row["mass_weight"]) for row in desk.query(county, "schemes")]
    assert shown == [("township", 1, 100), ("village", 1, 300), ("village", 2, 400)]
    scored = {"述职": 9000, "群众评": 9999, "班子评": 8000, "实地查": 8000}
    for name, value in scored.items():
        row = {"posting": POSTING, "year": 2018, "part": name, "scores": {"指标1": value}, "document": "表"}
        desk.command(township, "RecordAssessment", "2018-12-20", **row)
    assert desk.command(county, "SetRating", "2018-12-28", posting=POSTING, year=2018) == {"RatingSet": 1}
    (row,) = desk.query(county, "ratings")
    # 0.1 * 90 + 0.4 * 99.99 + 0.2 * 80 + 0.3 * 80 = 88.996, in hundredths and rounded down.
    assert (row["score"], row["band"], row["excellent"]) == (8899, "称职", False)
    assert (row["mass_weight"], row["scheme"]) == (400, 2)
    assert [(one["part"], one["weight"], one["score"]) for one in row["parts"]] == [
        ("述职", 100, 9000),
        ("群众评", 400, 9999),
        ("班子评", 200, 8000),
        ("实地查", 300, 8000),
    ]
    again = desk.refused(county, "SetRating", "2018-12-29", posting=POSTING, year=2018)
    assert again["code"] == "rating_unchanged"
    # A score that is corrected leads to the next rating; the first one stays. 90.00 is the edge of the best band.
    right = {"posting": POSTING, "year": 2018, "part": "述职", "scores": {"指标1": 10000}, "document": "表"}
    desk.command(township, "RecordAssessment", "2018-12-30", **right)
    inspected = {**right, "part": "实地查", "scores": {"指标1": 8002}}
    desk.command(township, "RecordAssessment", "2018-12-30", **inspected)
    assert desk.refused(county, "SetRating", "2018-12-29", posting=POSTING, year=2018)["code"] == "date_before_ground"
    desk.command(county, "SetRating", "2018-12-31", posting=POSTING, year=2018)
    assert [(one["number"], one["score"], one["band"]) for one in desk.query(county, "ratings")] == [
        (1, 8899, "称职"),
        (2, 9000, "优秀"),
    ]
    assert desk.query(county, "ratings", as_of="2018-12-30") == [row]
    assert desk.replays()
