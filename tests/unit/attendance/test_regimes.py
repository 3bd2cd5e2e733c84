"""Two regimes of attendance in one service: twenty days a month, two thirds of the working days of a year."""

from __future__ import annotations

from calendar import monthrange
from typing import Any

import pytest

from kernel.errors import Rejected
from kernel.handler import Handler
from kernel.testing import actor
from programmes import loader
from services.allocation.wiring import SERVICE as ALLOCATION
from services.attendance.wiring import SERVICE
from tests.kit.attendance.wired import Wired
from tests.kit.memory_desk import MemoryDesk

VILLAGE = "140928101201"
POSTING = f"SX2015.{VILLAGE}.1"
ORGANISATION = actor("village", areas=(VILLAGE,), person="p-organisation-2015")
TOWNSHIP = actor("township", areas=(VILLAGE[:9],), person="p-secretary-2015")
OFFICE = actor("county_org", areas=("140928",), person="p-county-2015")
LN_OFFICE = actor("county_org", areas=("210727",), person="p-county")


def both() -> Wired:
    """The service with a posting of 2018 under the Jinzhou practice and one of 2015 beside it."""
    wired = Wired()
    wired.today = "2015-07-20"
    wired.hear("allocation", "ProfilePublished", loader.load("SX2015").published())
    post = {"programme": "SX2015", "posting": POSTING, "person": "p-first-secretary", "target": VILLAGE}
    wired.hear("personnel", "CadreOnPost", {**post, "kind": "village", "role": "村党组织第一书记"})
    office = {"organ": VILLAGE[:9], "post": "party_secretary", "since": "2014-01-01", "until": None}
    wired.hear("allocation", "OfficeHolderRecorded", {**office, "person": TOWNSHIP.person})
    return wired


def certify(wired: Wired, month: str, days: list[str], on: str) -> None:
    """A month of the posting of 2015 registered, compiled, signed and sealed."""
    key = {"posting": POSTING, "month": month}
    if days:
        wired.command(ORGANISATION, "RegisterDays", on, **key, days=days)
    certified(wired, month, on, "CompileMonth")


def certified(wired: Wired, month: str, on: str, name: str, **more: Any) -> None:
    """A version of it made, signed and sealed."""
    key = {"posting": POSTING, "month": month}
    wired.command(ORGANISATION, name, on, **key, **more)
    wired.command(TOWNSHIP, "SignMonth", on, **key)
    wired.command(TOWNSHIP, "SealMonth", on, **key)


def year_of(wired: Wired, days: int, year: int = 2016) -> None:
    """So many days of a year, from January on, every month sealed."""
    for month in range(1, 13):
        length = monthrange(year, month)[1]
        chosen = [f"{year}-{month:02}-{day:02}" for day in range(1, min(days, length) + 1)]
        days -= len(chosen)
        certify(wired, f"{year}-{month:02}", chosen, f"{year + 1}-01-04")


def assess(wired: Wired, year: int = 2016) -> dict[str, Any]:
    """A year assessed in the January behind it; gives the event as stored."""
    wired.command(OFFICE, "AssessYear", f"{year + 1}-01-05", posting=POSTING, year=year)
    return wired.lines("AnnualAttendanceAssessed")[-1]


@pytest.mark.req("AT-001")
@pytest.mark.parametrize(
    ("year", "working_days", "days", "met"),
    [
        (2016, 250, 166, False),
        (2016, 250, 167, True),
        (2017, 249, 166, True),
        (2017, 249, 165, False),
        (2024, 251, 168, True),
        (2024, 251, 167, False),
    ],
)
def test_two_thirds_of_the_working_days_in_whole_numbers(year: int, working_days: int, days: int, met: bool) -> None:
    """The working days are those of the official calendar; nobody types them."""
    wired = both()
    year_of(wired, days, year)
    found = assess(wired, year)["data"]
    assert (found["days"], found["met"], found["whole"], found["assumed"]) == (days, met, True, False)
    assert (found["working_days"], found["required"]) == (working_days, {249: 166, 250: 167, 251: 168}[working_days])
    typed = {"posting": POSTING, "year": year, "working_days": working_days}
    refused = wired.refused(OFFICE, "AssessYear", f"{year + 1}-01-05", **typed)
    assert [fault["field"] for fault in refused.details] == ["working_days"]


@pytest.mark.req("AT-002")
def test_a_weekend_day_counts_among_the_days_and_not_among_those_worked() -> None:
    """2016-02-06 was a Saturday that was worked, the 13th a holiday's Saturday, the 20th a plain one."""
    wired = both()
    year_of(wired, 0)
    figures = []
    for day in ("2016-02-18", "2016-02-06", "2016-02-13", "2016-02-20"):
        certified(wired, "2016-02", "2017-01-04", "CorrectMonth", add=[day], reason="补登")
        found = assess(wired)["data"]
        figures.append((found["days"], found["days_worked"]))
    assert figures == [(1, 1), (2, 2), (3, 2), (4, 2)]


def test_a_year_of_no_notice_is_assumed_until_its_notice_is_noted() -> None:
    wired = both()
    year_of(wired, 200, 2027)
    assumed = assess(wired, 2027)["data"]
    assert (assumed["working_days"], assumed["assumed"]) == (261, True)
    off = [f"2027-10-{day:02}" for day in range(1, 8)]
    wired.hear("allocation", "CalendarNoticeRegistered", told_of(2027, off, ["2027-10-09"]))
    known = assess(wired, 2027)["data"]
    assert (known["working_days"], known["assumed"]) == (257, False)


def told_of(year: int, holidays: list[str], workdays: list[str]) -> dict[str, Any]:
    """A year's notice as allocation sends it: what its own part makes of the command."""
    office = actor("province_org", areas=("14",), person="p-province")
    desk = MemoryDesk(ALLOCATION, f"{year - 1}-11-10")
    asked = {"scope": "14", "year": year, "notice": f"国办发明电〔{year - 1}〕1号"}
    desk.command(office, "RegisterCalendarNotice", desk.today, **asked, holidays=holidays, workdays=workdays)
    (line,) = desk.lines("CalendarNoticeRegistered")
    return dict(line["data"])


@pytest.mark.req("X-054")
def test_both_regimes_run_side_by_side_and_a_new_profile_leaves_decisions_alone() -> None:
    wired = both()
    june = wired.seal("2018-06", 20, "2018-07-03")
    year_of(wired, 167)
    year = assess(wired)
    assert (june["profile"], june["data"]["required"], june["data"]["met"]) == ("LN2018:1+JZ:1", 20, True)
    assert (year["profile"], year["data"]["required"], year["data"]["met"]) == ("SX2015:1", 167, True)
    assert (june["clause"], year["clause"]) == ("一.2", "五.1")
    # Neither counts in the other's way.
    with pytest.raises(Rejected) as by_year:
        wired.command(LN_OFFICE, "AssessYear", "2019-01-05", year=2018)
    assert (by_year.value.code, by_year.value.field) == ("rule_unknown", "attendance.year_share")
    assert "attendance.days_per_month" not in loader.load("SX2015").rules

    # Both profiles are published anew with other numbers: what was decided stands, what comes is judged by them.
    stricter = loader.load("JZ").published()
    twenty_two = {**stricter["rules"]["attendance.days_per_month"], "value": 22}
    rules = {**stricter["rules"], "attendance.days_per_month": twenty_two}
    wired.hear("allocation", "ProfilePublished", {**stricter, "version": 2, "rules": rules})
    fuller = loader.load("SX2015").published()
    three_quarters = {**fuller["rules"]["attendance.year_share"], "value": {"parts": 3, "of": 4}}
    rules = {**fuller["rules"], "attendance.year_share": three_quarters}
    wired.hear("allocation", "ProfilePublished", {**fuller, "version": 2, "rules": rules})

    july = wired.seal("2018-07", 21, "2018-08-03")
    again = assess(wired)
    assert (july["profile"], july["data"]["required"], july["data"]["met"]) == ("LN2018:1+JZ:2", 22, False)
    assert (again["profile"], again["data"]["required"], again["data"]["met"]) == ("SX2015:2", 188, False)
    assert wired.lines("MonthlyAttendanceAssessed")[0] == june
    assert wired.lines("AnnualAttendanceAssessed")[0] == year
    # A process that starts again reads the same decisions from the log, each with the version it was made under.
    wired.handler = Handler(SERVICE, wired.log, secret=b"synthetic")
    versions = [line["profile"] for line in wired.lines("MonthlyAttendanceAssessed")]
    assert versions == ["LN2018:1+JZ:1", "LN2018:1+JZ:2"]


def test_a_year_is_over_and_served() -> None:
    wired = both()
    for year, on, code in ((2014, "2017-01-05", "year_outside_posting"), (2017, "2017-12-31", "year_not_over")):
        with pytest.raises(Rejected) as refused:
            wired.command(OFFICE, "AssessYear", on, posting=POSTING, year=year)
        assert (refused.value.code, refused.value.rule) == (code, "attendance.year_share"), year
    foreign = actor("county_org", areas=("140927",))
    with pytest.raises(Rejected) as refused:
        wired.command(foreign, "AssessYear", "2017-01-05", posting=POSTING, year=2016)
    assert (refused.value.code, refused.value.kind) == ("out_of_reach", "forbidden")


def test_a_part_of_a_year_counts_by_the_working_days_of_that_part() -> None:
    wired = both()
    for month in range(7, 13):
        days = ["2015-08-03", "2015-08-04"] if month == 8 else []
        certify(wired, f"2015-{month:02}", days, "2016-01-04")
    wired.command(OFFICE, "AssessYear", "2016-01-05", posting=POSTING, year=2015)
    found = wired.lines("AnnualAttendanceAssessed")[-1]["data"]
    # From 20 July on 2015 had 114 working days; that a part of a year counts by itself is nowhere printed.
    assert (found["days"], found["working_days"], found["required"], found["met"]) == (2, 114, 76, False)
    assert (found["whole"], found["assumed"]) == (False, True)


@pytest.mark.req("AT-001")
@pytest.mark.req("AT-015")
def test_only_sealed_months_count_and_a_year_with_one_unsealed_has_no_data() -> None:
    wired = both()
    year_of(wired, 167)
    certified(wired, "2016-12", "2017-01-04", "CorrectMonth", add=["2016-12-31"], reason="补登")
    # What is registered and not under a seal is nothing: the second correction waits for its signature.
    key = {"posting": POSTING, "month": "2016-12"}
    wired.command(ORGANISATION, "CorrectMonth", "2017-01-04", **key, add=["2016-12-30"], reason="补登")
    assert assess(wired)["data"]["days"] == 168

    bare = both()
    for month in range(1, 12):
        certify(bare, f"2016-{month:02}", [f"2016-{month:02}-{day:02}" for day in range(1, 29)], "2017-01-04")
    days = {"posting": POSTING, "month": "2016-12", "days": ["2016-12-01"]}
    bare.command(ORGANISATION, "RegisterDays", "2017-01-04", **days)
    refused = bare.refused(OFFICE, "AssessYear", "2017-01-05", posting=POSTING, year=2016)
    assert (refused.code, getattr(refused, "clause", None)) == ("year_unsealed", "五.1")
    assert refused.accepted == "先盖章的月份：2016-12"
    certified(bare, "2016-12", "2017-01-06", "CompileMonth")
    bare.command(OFFICE, "AssessYear", "2017-01-06", posting=POSTING, year=2016)
    assert bare.lines("AnnualAttendanceAssessed")[-1]["data"]["days"] == 11 * 28 + 1


@pytest.mark.req("AT-001")
def test_during_the_year_there_is_a_forecast_and_no_assessment() -> None:
    wired = both()
    for month, days in ((1, 31), (2, 29), (3, 31), (4, 30)):
        certify(wired, f"2016-{month:02}", [f"2016-{month:02}-{day:02}" for day in range(1, days + 1)], "2016-06-02")

    def forecast(on: str) -> dict[str, Any]:
        wired.command(OFFICE, "ForecastYear", on, posting=POSTING, year=2016)
        found = wired.lines("YearForecast")[-1]["data"]
        return {name: found[name] for name in ("days", "required", "needed", "left", "outlook", "unsealed")}

    # 167 of the 250 working days of 2016 are asked for; May is over without a seal: no data, not zero days.
    assert forecast("2016-06-02") == {
        "days": 121,
        "required": 167,
        "needed": 46,
        "left": 366 - 121,
        "outlook": "possible",
        "unsealed": ["2016-05"],
    }
    for month in range(5, 12):
        certify(wired, f"2016-{month:02}", [f"2016-{month:02}-01"], "2016-12-02")
    assert (forecast("2016-12-02")["needed"], forecast("2016-12-02")["left"]) == (39, 31)
    assert forecast("2016-12-02")["outlook"] == "out_of_reach"
    later = [f"2016-11-{day:02}" for day in range(2, 31)]
    certified(wired, "2016-11", "2016-12-03", "CorrectMonth", reason="补登", add=later)
    assert (forecast("2016-12-04")["needed"], forecast("2016-12-04")["outlook"]) == (10, "possible")
    refused = wired.refused(OFFICE, "AssessYear", "2016-12-04", posting=POSTING, year=2016)
    assert refused.code == "year_not_over"
    certify(wired, "2016-12", [f"2016-12-{day:02}" for day in range(1, 11)], "2017-01-02")
    assert assess(wired)["data"]["met"] is True
    over = wired.refused(OFFICE, "ForecastYear", "2017-01-05", posting=POSTING, year=2016)
    assert over.code == "year_over"


def told_to(wired: Wired, **values: Any) -> None:
    """A second version of the rules of 2015 with other values."""
    own = loader.load("SX2015").published()
    about = {"unit": "天", "notice": None, "clause": None}
    changed = {
        path: {**own["rules"].get(path, about), "value": value, "origin": "assumed"} for path, value in values.items()
    }
    wired.hear("allocation", "ProfilePublished", {**own, "version": 2, "rules": {**own["rules"], **changed}})


@pytest.mark.req("AT-001")
@pytest.mark.parametrize(("days", "met"), [(199, False), (200, True)])
def test_a_profile_may_name_a_number_of_days_a_year_beside_the_share(days: int, met: bool) -> None:
    wired = both()
    told_to(wired, **{"attendance.days_per_year": 200})
    year_of(wired, days)
    assert assess(wired)["data"]["met"] is True
    (by_number,) = wired.lines("YearDaysAssessed")
    found = by_number["data"]
    assert (found["days"], found["required"], found["met"], found["assumed"]) == (days, 200, met, True)


def test_a_part_of_a_year_is_held_against_the_whole_where_the_profile_says_so() -> None:
    figures = []
    for setting in ("served_span", "whole_year"):
        wired = both()
        told_to(wired, **{"attendance.partial_year": setting, "attendance.days_per_year": 200})
        for month in range(7, 13):
            certify(wired, f"2015-{month:02}", [], "2016-01-04")
        wired.command(OFFICE, "AssessYear", "2016-01-05", posting=POSTING, year=2015)
        share, number = wired.lines("AnnualAttendanceAssessed")[-1], wired.lines("YearDaysAssessed")[-1]
        figures.append((share["data"]["working_days"], share["data"]["required"], number["data"]["required"]))
    # 165 days from 20 July on: 165/365 of 200 days, rounded up.
    assert figures == [(114, 76, 91), (249, 166, 200)]
