"""Allowances from certified days and by the quarter, payments with their source, work funds of a year."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.kit.attendance import paid
from tests.kit.attendance.paid import COUNTY, ELSEWHERE, JINZHOU, NEIGHBOUR, UNIT, posting
from tests.kit.desk import Desk, organ
from tests.kit.personnel import cast

OTHER = organ("county_org", "211321")


@pytest.mark.req("PE-044")
def test_certified_days_times_the_rate_of_the_day_and_nothing_until_they_are_certified(
    open_desk: Callable[..., Desk],
) -> None:
    desk = paid.open_office(open_desk)
    paid.arrive(desk, ELSEWHERE, "2018-05-02")
    about: dict[str, Any] = {"posting": posting(ELSEWHERE)}
    june = {**about, "month": "2018-06"}
    unasked = desk.refused(UNIT, "ComputeAllowance", "2018-07-01", **june)
    assert (unasked["code"], unasked["field"]) == ("rule_unknown", "allowance.days")
    desk.hear("allocation", "ProfilePublished", "2018-07-01", **paid.published(2, rates=None))
    unknown = desk.refused(UNIT, "ComputeAllowance", "2018-07-01", **june)
    assert (unknown["code"], unknown["field"], unknown["clause"]) == ("rule_unknown", "allowance.daily", "五.6")
    desk.hear("allocation", "ProfilePublished", "2018-07-01", **paid.published(3))

    def computed(month: str, on: str) -> tuple[int, int, bool]:
        desk.command(UNIT, "ComputeAllowance", on, **about, month=month)
        (row,) = desk.query(UNIT, "allowances", month=month)
        assert row["assumed"], "the rate is a setting"
        return row["days"], row["fen"], row["certified"]

    running = desk.refused(UNIT, "ComputeAllowance", "2018-06-30", **june)
    assert running["code"] == "month_not_served"
    assert computed("2018-06", "2018-07-01") == (0, 0, False)
    again = desk.refused(UNIT, "ComputeAllowance", "2018-07-01", **june)
    assert (again["code"], "0.00" in again["sentence"]) == ("allowance_current", True)
    cadre = cast.actor("cadre", person=f"p-{ELSEWHERE}")
    leave = {**about, "kind": "事", "first": "2018-06-18", "last": "2018-06-20"}
    desk.command(cadre, "RequestLeave", "2018-06-17", **leave)
    (asked,) = desk.query(OTHER, "leaves", posting=posting(ELSEWHERE))
    township = organ("township", ELSEWHERE[:9])
    desk.command(township, "ApproveLeave", "2018-06-17", **about, leave=asked["leave"])
    paid.seal(desk, ELSEWHERE, "2018-06", 17, "2018-07-02")
    # Nine days at 80.00 and, from 10 June, eight at 100.00; three days of leave are not on post.
    assert computed("2018-06", "2018-07-02") == (17, 9 * 8000 + 8 * 10000, True)
    paid.seal(desk, ELSEWHERE, "2018-07", 17, "2018-08-01")
    assert computed("2018-07", "2018-08-01") == (17, 170000, True)
    foreign = desk.refused(organ("unit", units=("U02",)), "ComputeAllowance", "2018-08-01", **about, month="2018-07")
    assert (foreign["code"], foreign["kind"]) == ("out_of_reach", "forbidden")
    # No rate held in the first days of May: nothing is invented for them.
    village, may = organ("village", ELSEWHERE), {**about, "month": "2018-05"}
    desk.command(village, "RegisterDays", "2018-08-01", **may, days=["2018-05-09"])
    desk.command(village, "CompileMonth", "2018-08-01", **may)
    desk.command(township, "SignMonth", "2018-08-01", **may)
    desk.command(township, "SealMonth", "2018-08-01", **may)
    none = desk.refused(UNIT, "ComputeAllowance", "2018-08-01", **may)
    assert (none["code"], "2018-05-09" in none["sentence"]) == ("rate_not_in_force", True)
    assert desk.replays()


@pytest.mark.req("PE-102")
@pytest.mark.req("EV-037")
def test_a_full_quarter_of_the_city_tier_is_paid_after_the_county_reviewed_it(open_desk: Callable[..., Desk]) -> None:
    desk = paid.open_office(open_desk)
    paid.arrive(desk, JINZHOU, "2018-05-02")
    paid.arrive(desk, NEIGHBOUR, "2018-05-02", tier="county")
    paid.arrive(desk, ELSEWHERE, "2018-05-02")
    here = {"posting": posting(JINZHOU), "quarter": "2018-Q3"}

    def pay(on: str, by: Any = COUNTY, **changes: str) -> dict[str, Any]:
        return desk.refused(by, "PayAllowance", on, **{**here, **changes})

    elsewhere = pay("2018-10-12", OTHER, posting=posting(ELSEWHERE))
    assert (elsewhere["code"], elsewhere["field"]) == ("rule_unknown", "allowance.monthly")
    assert pay("2018-09-30")["code"] == "quarter_not_over"
    early = pay("2018-10-12")
    assert (early["code"], early["clause"]) == ("quarter_not_reviewed", "三.1")
    paid.review(desk, "2018-Q3", "2018-10-10")
    paid.review(desk, "2018-Q3", "2018-10-11")
    assert pay("2018-10-09")["code"] == "date_before_ground"
    county = pay("2018-10-12", posting=posting(NEIGHBOUR))
    assert (county["code"], county["clause"], "0.00" in county["sentence"]) == (
        "allowance_of_another_tier",
        "三.1",
        True,
    )
    # Of the second quarter April was not served and May in part: how that is paid is printed nowhere.
    paid.review(desk, "2018-Q2", "2018-07-10")
    part = pay("2018-07-10", quarter="2018-Q2")
    assert (part["code"], part["field"]) == ("rule_unknown", "allowance.partial_month")
    assert desk.command(COUNTY, "PayAllowance", "2018-10-10", **here) == {"AllowancePaid": 1}
    once = pay("2018-10-12")
    assert (once["code"], "2018-10-10" in once["sentence"]) == ("quarter_paid", True)
    rows = {row["posting"]: row for row in desk.query(COUNTY, "quarter_allowances", quarter="2018-Q3")}
    assert {key: row["fen"] for key, row in rows.items()} == {posting(JINZHOU): 510000, posting(NEIGHBOUR): 0}
    (stored,) = desk.stored("AllowancePaid")
    assert (stored["months"], stored["source"]) == (3, "city_finance")
    # Once a setting says so, May counts whole beside June; April was not served at all.
    desk.hear("allocation", "ProfilePublished", "2018-10-15", **paid.settled("paid_whole"))
    desk.command(COUNTY, "PayAllowance", "2018-10-16", **{**here, "quarter": "2018-Q2"})
    assert [(one["months"], one["fen"]) for one in desk.stored("AllowancePaid")] == [(3, 510000), (2, 340000)]
    assert desk.asked(COUNTY, "quarter_allowances", quarter="2018-Q5")["code"] == "field_type"
    assert desk.replays()


@pytest.mark.req("X-042")
def test_a_payment_without_a_source_is_refused(open_desk: Callable[..., Desk]) -> None:
    desk = paid.open_office(open_desk)
    desk.hear("allocation", "ProfilePublished", "2018-07-01", **paid.published(2))
    paid.arrive(desk, ELSEWHERE, "2018-05-02")
    paid.arrive(desk, JINZHOU, "2018-05-02")
    payment = {"posting": posting(ELSEWHERE), "fen": 12345, "purpose": "培训食宿", "document": "凭证7号"}
    bare = desk.refused(UNIT, "RecordPayment", "2018-07-02", **payment)
    assert (bare["code"], bare["field"], bare["clause"]) == ("funds_source_missing", "source", "六.3")
    # The city's finance is a source of Jinzhou's, and the four of the base are none there.
    city = desk.refused(UNIT, "RecordPayment", "2018-07-02", **payment, source="city_finance")
    assert city["code"] == "funds_source_unknown"
    assert "training_budget" in city["accepted"]
    for fen in (0, -1):
        nothing = desk.refused(UNIT, "RecordPayment", "2018-07-02", **{**payment, "fen": fen}, source="training_budget")
        assert nothing["code"] == "amount_not_positive"
    early = desk.refused(UNIT, "RecordPayment", "2018-05-01", **payment, source="training_budget")
    assert (early["code"], early["accepted"]) == ("date_before_ground", "2018-05-02 起")
    for source in ("unit_public", "poverty_funds", "training_budget"):
        assert desk.command(UNIT, "RecordPayment", "2018-07-02", **payment, source=source) == {"PaymentRecorded": 1}
    # Whoever pays by the day pays an allowance of a printed kind, and from means of the unit (PE-044).
    living = {**payment, "allowance": "生活", "purpose": "六月生活补贴"}
    poor = desk.refused(UNIT, "RecordPayment", "2018-07-02", **living, source="poverty_funds")
    assert (poor["code"], poor["field"], poor["clause"]) == ("allowance_source", "source", "五.6")
    assert poor["accepted"] == "unit_public（派出单位公用经费）、unit_business（派出单位业务费）"
    other = desk.refused(UNIT, "RecordPayment", "2018-07-02", **{**living, "allowance": "住房"}, source="unit_public")
    assert (other["code"], other["field"], other["accepted"]) == ("allowance_unknown", "allowance", "生活、交通、通讯")
    assert [one["allowance"] for one in desk.stored("PaymentRecorded")] == ["", "", ""]
    jinzhou = {**payment, "posting": posting(JINZHOU), "source": "city_finance"}
    desk.command(organ("city_org", "2107"), "RecordPayment", "2018-07-02", **jinzhou)
    rows = desk.query(cast.PROVINCE, "payments")
    assert [row["source"] for row in rows] == ["unit_public", "poverty_funds", "training_budget", "city_finance"]
    on_the_day = {**payment, "source": "training_budget"}
    assert desk.command(UNIT, "RecordPayment", "2018-05-02", **on_the_day) == {"PaymentRecorded": 1}
    assert {row["fen"] for row in rows} == {12345}
    for kind, source in (("生活", "unit_public"), ("通讯", "unit_business")):
        paying = {**living, "allowance": kind, "source": source}
        assert desk.command(UNIT, "RecordPayment", "2018-07-02", **paying) == {"PaymentRecorded": 1}
    assert [row["allowance"] for row in desk.query(cast.PROVINCE, "payments")][-2:] == ["生活", "通讯"]
    assert desk.replays()


@pytest.mark.req("X-044")
def test_a_posting_that_was_granted_nothing_in_the_year_is_listed(open_desk: Callable[..., Desk]) -> None:
    desk = paid.open_office(open_desk)
    for target in (ELSEWHERE, JINZHOU):
        paid.arrive(desk, target, "2018-05-02")

    def lacking(year: int) -> list[str]:
        return [row["posting"] for row in desk.query(cast.PROVINCE, "work_funds_lacking", year=str(year))]

    assert lacking(2018) == [], "no notice in force asks for work funds"
    desk.hear("allocation", "ProfilePublished", "2018-07-01", **paid.published(2))
    both = [posting(JINZHOU), posting(ELSEWHERE)]
    assert (lacking(2017), lacking(2018)) == ([], both)
    grant: dict[str, Any] = {"posting": posting(ELSEWHERE), "year": 2018, "kind": "工作经费", "fen": 2_000_000}
    bare = desk.refused(UNIT, "GrantWorkFunds", "2018-07-02", **grant)
    assert (bare["code"], bare["clause"]) == ("funds_source_missing", "六.3")
    other = desk.refused(UNIT, "GrantWorkFunds", "2018-07-02", **{**grant, "kind": "慰问金"}, source="unit_public")
    assert (other["code"], other["accepted"]) == ("funds_unknown", "工作经费、食宿补助、交通补助")
    before = desk.refused(UNIT, "GrantWorkFunds", "2018-07-02", **{**grant, "year": 2017}, source="unit_public")
    assert before["code"] == "year_not_served"
    assert desk.command(UNIT, "GrantWorkFunds", "2018-07-02", **grant, source="unit_public") == {"WorkFundsGranted": 1}
    assert (lacking(2018), lacking(2019)) == (both[:1], both)
    for wrong in ("0", "10000", "9" * 5000):
        assert desk.asked(cast.PROVINCE, "work_funds_lacking", year=wrong)["code"] == "field_type"
    (row,) = desk.query(UNIT, "work_funds", year="2018")
    assert (row["fen"], row["source"]) == (2_000_000, "unit_public")
    assert desk.replays()
