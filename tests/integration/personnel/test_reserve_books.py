"""The books of the pool on PostgreSQL: library, roster, reports, training plans, vacancies."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.kit.desk import Desk, organ
from tests.kit.personnel import cast
from tests.kit.personnel.pool import (
    BRANCH,
    COMMITTEE,
    COUNTY,
    ELSEWHERE,
    HOME,
    NEXT,
    OFFICE,
    QS2017,
    TOWNSHIP,
    Pool,
)

SESSION = {"kind": "concentrated", "mode": "县委党校集中培训", "content": "政策理论"}
HELPER = {"helper": "h-1", "group": "乡镇领导班子成员", "about": {"name": "合成帮带", "post": "副书记"}}


@pytest.fixture
def pool(open_desk: Callable[..., Desk]) -> Pool:
    pool = Pool(open_desk)
    pool.announce()
    return pool


@pytest.mark.req("PE-085")
def test_the_three_levels_agree_on_the_same_day(pool: Pool) -> None:
    pool.announce("2017-09-25", ELSEWHERE[:9])
    places = (HOME, HOME, NEXT, ELSEWHERE)
    reserves = [pool.active(n, village) for n, village in enumerate(places, 30)]
    pool.take(BRANCH, "ProposeReserveRemoval", "2019-06-03", reserves[0], ground="现实表现不好", facts="评议为差")
    pool.take(COMMITTEE, "ApproveReserveRemoval", "2019-06-04", reserves[0], meeting="党委会")
    pool.take(OFFICE, "FileReserveRemoval", "2019-06-05", reserves[0], number="备案")
    pool.take(COMMITTEE, "RemoveReserve", "2019-06-10", reserves[0])
    for by, area in ((OFFICE, COUNTY), (COMMITTEE, TOWNSHIP), (BRANCH, HOME)):
        pool.desk.receipt(by, "NameReserveKeeper", "2017-11-01", programme=QS2017, area=area, keeper=f"k-{area}")
    wrong = pool.desk.refused(OFFICE, "NameReserveKeeper", "2017-11-01", programme=QS2017, area="511402", keeper="k")
    assert wrong["code"] == "foreign_area"

    def level(name: str, on: str) -> dict[str, tuple[int, str]]:
        rows = pool.desk.query(OFFICE, "reserve_library", programme=QS2017, level=name, as_of=on)
        return {row["area"]: (row["reserves"], row["keeper"]) for row in rows}

    for on, total, home in (("2017-10-17", 0, 0), ("2019-06-09", 4, 2), ("2019-06-10", 3, 1)):
        counts = [sum(n for n, _ in level(name, on).values()) for name in ("county", "township", "village")]
        assert counts == [total] * 3
        # One book a village.
        assert level("village", on).get(HOME, (0, ""))[0] == home
    assert level("county", "2019-06-10") == {COUNTY: (3, f"k-{COUNTY}")}
    assert level("township", "2019-06-10") == {TOWNSHIP: (2, f"k-{TOWNSHIP}"), ELSEWHERE[:9]: (1, "")}
    # One card a person.
    cards = pool.desk.stored("ReserveCardFiled")
    assert len({card["person"] for card in cards}) == len(cards) == 4


@pytest.mark.req("PE-089")
def test_the_roster_has_fourteen_columns_in_their_order(pool: Pool) -> None:
    one, _ = pool.active(40), pool.active(41, NEXT)
    pool.take(COMMITTEE, "AssignHelper", "2017-11-01", one, **HELPER)
    rows = pool.desk.query(COMMITTEE, "reserve_roster", programme=QS2017, as_of="2017-11-30")
    printed = [
        *("row_no", "township", "village", "name", "sex", "birth_month", "party_join_month", "age", "education"),
        *("identity_pool", "id_number", "phone", "helper_name_and_post", "remark"),
    ]
    assert [list(row) for row in rows] == [printed] * 2
    row = rows[0] if rows[0]["name"] == "合成人员0040" else rows[1]
    # Born in May 1980: 37 at the day of the report, 38 from the next May on.
    assert (row["birth_month"], row["age"], row["party_join_month"]) == ("1980-05", 37, "")
    assert (row["id_number"], row["helper_name_and_post"]) == (cast.id_number(40), "合成帮带 副书记")
    later = pool.desk.query(COMMITTEE, "reserve_roster", programme=QS2017, as_of="2018-05-01")
    assert {row["age"] for row in later if row["name"] == "合成人员0040"} == {38}
    assert pool.desk.query(COMMITTEE, "reserve_roster", programme=QS2017, as_of="2017-10-17") == []
    assert pool.desk.asked(OFFICE, "reserve_roster", programme=QS2017)["code"]


@pytest.mark.req("PE-070")
def test_the_31st_of_november_is_the_30th_and_the_1st_of_december_is_late(pool: Pool) -> None:
    reserve = pool.active(50)
    about = {"programme": QS2017, "township": TOWNSHIP}
    assert pool.desk.command(COMMITTEE, "FileReserveScheme", "2017-10-20", **about, scheme="工作方案") == {
        "ReserveSchemeFiled": 1
    }
    scheme = pool.desk.stored("ReserveSchemeFiled")[-1]
    assert (scheme["due"], scheme["late"]) == ("2017-10-20", False)
    twice = pool.desk.refused(COMMITTEE, "FileReserveScheme", "2017-10-21", **about, scheme="工作方案")
    assert twice["code"] == "duty_done"
    other = {"programme": QS2017, "township": ELSEWHERE[:9]}
    neighbour = organ("township", ELSEWHERE[:9])
    pool.desk.receipt(neighbour, "FileReserveScheme", "2017-10-21", **other, scheme="工作方案")
    assert pool.desk.stored("ReserveSchemeFiled")[-1]["late"] is True
    pool.desk.receipt(COMMITTEE, "SubmitReserveRoster", "2017-11-30", **about)
    pool.desk.receipt(neighbour, "SubmitReserveRoster", "2017-12-01", **other)
    told = pool.desk.stored("ReserveRosterSubmitted")
    assert [(one["due"], one["late"]) for one in told] == [("2017-11-30", False), ("2017-11-30", True)]
    assert told[0]["persons"] == [reserve.partition(".")[2]]
    assert told[1]["persons"] == []
    pool.desk.receipt(COMMITTEE, "SubmitReserveRoster", "2018-11-30", **about)
    again = pool.desk.stored("ReserveRosterSubmitted")[-1]
    assert (again["version"], again["late"]) == (2, False)


@pytest.mark.req("PE-096")
def test_a_year_without_a_plan_is_listed_and_a_session_outside_it_marked(pool: Pool) -> None:
    reserve = pool.active(60)

    def unplanned(year: str) -> list[tuple[str, int]]:
        rows = pool.desk.query(OFFICE, "training_plans_lacking", programme=QS2017, year=year)
        return [(row["county"], row["reserves"]) for row in rows]

    assert (unplanned("2016"), unplanned("2017"), unplanned("2018")) == ([], [(COUNTY, 1)], [(COUNTY, 1)])
    plan: dict[str, Any] = {"programme": QS2017, "county": COUNTY, "year": 2018, "persons": 60, "funds_fen": 6_000_000}
    plan["sessions"] = ["2018-1", "2018-2"]
    township = pool.desk.refused(COMMITTEE, "FileTrainingPlan", "2018-01-05", **plan)
    assert (township["code"], township["kind"]) == ("foreign_area", "forbidden")
    negative = pool.desk.refused(OFFICE, "FileTrainingPlan", "2018-01-05", **plan | {"funds_fen": -1})
    assert (negative["code"], negative["field"]) == ("training_sum_negative", "funds_fen")
    assert pool.desk.command(OFFICE, "FileTrainingPlan", "2018-01-05", **plan) == {"TrainingPlanFiled": 1}
    assert pool.desk.refused(OFFICE, "FileTrainingPlan", "2018-01-06", **plan)["code"] == "training_plan_filed"
    assert unplanned("2018") == []
    for day, session in (
        ("2018-06-04", "2018-1"),
        ("2018-07-02", "2018-9"),
        ("2019-06-03", "2018-1"),
        ("2018-08-06", ""),
    ):
        pool.take(
            OFFICE,
            "RecordReserveTraining",
            day,
            reserve,
            **SESSION,
            days=5,
            **({"session": session} if session else {}),
        )
    told = pool.desk.stored("ReserveTrainingRecorded")
    assert [one["planned"] for one in told] == [True, False, False, False]


@pytest.mark.req("PE-093")
def test_reserves_come_first_and_anybody_else_needs_a_reason(pool: Pool) -> None:
    pool.announce("2017-09-25", ELSEWHERE[:9])
    far, near, own = pool.active(70, ELSEWHERE), pool.active(71, NEXT), pool.active(72)
    vacancy: dict[str, Any] = {"programme": QS2017, "village": HOME, "number": "2020-1"}
    asked = {**vacancy, "post": "村党组织委员", "occasion": "during_term"}
    unknown = pool.desk.refused(COMMITTEE, "PutForward", "2020-05-06", **vacancy, person=own.partition(".")[2])
    assert unknown["code"] == "vacancy_unknown"
    assert pool.desk.command(COMMITTEE, "OpenVacancy", "2020-05-06", **asked) == {"VacancyOpened": 1}
    assert pool.desk.refused(COMMITTEE, "OpenVacancy", "2020-05-07", **asked)["code"] == "vacancy_open"
    rows = pool.desk.query(OFFICE, "vacancy_order", **vacancy)
    assert [(row["scope"], row["person"]) for row in rows] == [
        ("village", own.partition(".")[2]),
        ("township", near.partition(".")[2]),
        ("county", far.partition(".")[2]),
    ]
    refused = pool.desk.refused(COMMITTEE, "PutForward", "2020-05-08", **vacancy)
    assert (refused["code"], refused["field"], refused["clause"]) == ("vacancy_reason_missing", "reason", "二（三）.3")
    blank = pool.desk.refused(COMMITTEE, "PutForward", "2020-05-08", **vacancy, reason="  ")
    assert blank["code"] == "vacancy_reason_missing"
    # A reserve from farther away is no filter's victim: taken without a reason, with its rank shown.
    pool.desk.receipt(COMMITTEE, "PutForward", "2020-05-08", **vacancy, person=far.partition(".")[2])
    pool.desk.receipt(COMMITTEE, "PutForward", "2020-05-09", **vacancy, reason="回村创业，群众公认")
    told = pool.desk.query(OFFICE, "reserve_vacancy_candidates", programme=QS2017, village=HOME)
    assert {(row["scope"], row["reason"]) for row in told} == {("county", ""), ("", "回村创业，群众公认")}
