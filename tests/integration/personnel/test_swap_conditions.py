"""Conditions of whom a city names for a swap: hard ones refuse, those in principle are excepted with a reason."""

from __future__ import annotations

from typing import Any

import pytest
from stdnum.cn import ric

from kernel.testing import given
from services.personnel.parts import CANDIDACY
from tests.kit.desk import Desk
from tests.kit.personnel import candidates, cast


def number(born: str, n: int) -> str:
    """A synthetic id number of somebody born then."""
    front = f"210321{born.replace('-', '')}{n:02d}0"
    return front + str(ric.calc_check_digit(front + "0"))


def seat(n: int, born: str = "1960-06-28", level: str = "county", **changes: Any) -> dict[str, Any]:
    """A seat for a woman born on that day."""
    form = {**cast.form(n), "birth_month": born[:7], "sex": "女", **changes.pop("form", {})}
    about = {"pair": 5, "direction": "out", "level": level, "seat": n, "sending": "211381", "host": "210213"}
    person = {"id_number": number(born, n), "mobile": cast.mobile(n), "form": form, "synthetic": True}
    return {**about, **person, "reserve": True, **changes}


def legs(*seats: dict[str, Any]) -> dict[str, Any]:
    return {"programme": "LN2002", "city": "2113", "legs": list(seats)}


def named(office: Desk, *seats: dict[str, Any]) -> list[dict[str, Any]]:
    """The events of naming them."""
    office.receipt(cast.SENDING_CITY, "NominateLegs", "2002-06-27", **legs(*seats))
    return office.stored("SwapConditionsJudged")[-len(seats) :]


def refused(office: Desk, *seats: dict[str, Any]) -> dict[str, Any]:
    return office.refused(cast.SENDING_CITY, "NominateLegs", "2002-06-27", **legs(*seats))


@pytest.mark.req("PE-051")
@pytest.mark.parametrize(
    ("n", "level", "oldest", "limit"),
    [(1, "county", "1957-06-28", 45), (3, "city", "1952-06-28", 50), (5, "township", "1962-06-28", 40)],
)
def test_the_age_at_the_reference_date_is_at_most_that_of_the_level(
    office: Desk, n: int, level: str, oldest: str, limit: int
) -> None:
    # A year and a day of birth before, the 28th of June one is a year too old; the day after it one is not.
    year = int(oldest[:4])
    too_old = refused(office, seat(n, f"{year - 1}-06-28", level))
    assert (too_old["code"], too_old["field"], too_old["clause"]) == ("over_age", "legs[1].form.birth_month", "二")
    assert f"{limit + 1} 岁" in too_old["sentence"]
    event, younger = named(office, seat(n, oldest, level), seat(n + 1, f"{year - 1}-06-29", level))
    for one in (event, younger):
        assert (one["age_limit"], one["age_reference"], one["age_assumed"]) == (limit, "2002-06-28", True)
        assert one["age_by_month"] is False
    assert oldest not in str(event)


@pytest.mark.req("PE-051")
def test_where_only_the_month_is_certain_its_first_day_is_taken_and_marked(office: Desk) -> None:
    other = {"id_number": number("1960-01-01", 10)}
    (event,) = named(office, seat(10, "1957-06-30", **other))
    assert (event["age_by_month"], event["age_limit"]) == (True, 45)
    # Of the last day of June a year before one is 45; of its first day, which is taken, 46.
    late = refused(office, seat(11, "1956-06-30", id_number=number("1960-01-01", 11)))
    assert late["code"] == "over_age"


@pytest.mark.req("PE-050")
def test_who_is_no_reserve_cadre_is_named_with_a_reason(office: Desk) -> None:
    without = refused(office, seat(12, reserve=False))
    assert (without["code"], without["field"]) == ("exception_unreasoned", "legs[1].reserve_reason")
    assert without["clause"] == "二"
    (event,) = named(office, seat(12, reserve=False, reserve_reason="女干部、党外干部需要"))
    assert (event["reserve"], event["reserve_reason"]) == ("exception", "女干部、党外干部需要")
    expected, untold = named(office, seat(13), seat(14, reserve=None))
    assert (expected["reserve"], untold["reserve"]) == ("met", "unknown")
    personal = refused(office, seat(15, reserve=False, reserve_reason="合成人员0015 表现突出"))
    assert personal["code"] == "name_in_text"


@pytest.mark.req("PE-052")
def test_less_than_a_bachelor_is_accepted_with_a_reason_and_listed(office: Desk) -> None:
    college: dict[str, Any] = {"form": {"education_full_time": "大专", "education_in_service": ""}}
    without = refused(office, seat(16, **college))
    assert (without["code"], without["field"], without["clause"]) == (
        "exception_unreasoned",
        "legs[1].education_reason",
        "二",
    )
    (event,) = named(office, seat(16, education_reason="长期在基层工作", **college))
    assert (event["education"], event["education_reason"]) == ("exception", "长期在基层工作")
    later: dict[str, Any] = {"form": {"education_full_time": "大专", "education_in_service": "研究生"}}
    unsaid: dict[str, Any] = {"form": {"education_full_time": "某校结业", "education_in_service": ""}}
    by_study, unknown = named(office, seat(17, **later), seat(18, **unsaid))
    assert (by_study["education"], unknown["education"]) == ("met", "unknown")
    listed = office.query(cast.PROVINCE, "swap_exceptions", programme="LN2002", education="exception")
    assert [(row["leg"], row["education_reason"]) for row in listed] == [(event["leg"], "长期在基层工作")]
    assert office.query(cast.OTHER_COUNTY, "swap_exceptions", programme="LN2002") == []


@pytest.mark.req("PE-053")
def test_who_is_in_no_party_is_named_for_a_swap_and_not_for_a_village_of_2015(office: Desk) -> None:
    (event,) = named(office, seat(19, form={"party_join_month": ""}))
    assert event["age_limit"] == 45
    candidate = given(CANDIDACY)
    for command in (candidates.apply(), candidates.gates()):
        candidate.state = CANDIDACY.fold(candidate.state, CANDIDACY.decide(candidate.state, command))
    candidate.when(candidates.qualify(party_status="none")).rejected("not_full_member", rule="candidate.party_status")


def test_replay_gives_the_same_read_models(office: Desk) -> None:
    assert office.replays()
