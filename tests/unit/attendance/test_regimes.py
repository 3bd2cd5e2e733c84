"""Two regimes of attendance in one service: twenty days a month, two thirds of the working days of a year."""

from __future__ import annotations

from calendar import monthrange
from typing import Any

import pytest

from kernel.errors import Rejected
from kernel.handler import Handler
from kernel.testing import actor
from programmes import loader
from services.attendance.wiring import SERVICE
from tests.kit.attendance.wired import Wired

VILLAGE = "140928101201"
POSTING = f"SX2015.{VILLAGE}.1"
ORGANISATION = actor("village", areas=(VILLAGE,), person="p-organisation-2015")
OFFICE = actor("county_org", areas=("140928",), person="p-county-2015")
LN_OFFICE = actor("county_org", areas=("210727",), person="p-county")


def both() -> Wired:
    """The service with a posting of 2018 under the Jinzhou practice and one of 2015 beside it."""
    wired = Wired()
    wired.today = "2015-07-20"
    wired.hear("allocation", "ProfilePublished", loader.load("SX2015").published())
    post = {"programme": "SX2015", "posting": POSTING, "person": "p-first-secretary", "target": VILLAGE}
    wired.hear("personnel", "CadreOnPost", {**post, "kind": "village", "role": "村党组织第一书记"})
    return wired


def year_of(wired: Wired, days: int) -> None:
    """So many days of 2016, from January on."""
    for month in range(1, 13):
        length = monthrange(2016, month)[1]
        chosen = [f"2016-{month:02}-{day:02}" for day in range(1, min(days, length) + 1)]
        days -= len(chosen)
        if chosen:
            key = {"posting": POSTING, "month": f"2016-{month:02}"}
            wired.command(ORGANISATION, "RegisterDays", "2017-01-04", **key, days=chosen)


def assess(wired: Wired, working_days: int = 250, **more: Any) -> dict[str, Any]:
    """The year 2016 assessed; gives the event as stored."""
    asked = {"posting": POSTING, "year": 2016, "working_days": working_days, **more}
    wired.command(OFFICE, "AssessYear", "2017-01-05", **asked)
    return wired.lines("AnnualAttendanceAssessed")[-1]


@pytest.mark.parametrize(
    ("working_days", "days", "met"),
    [(250, 166, False), (250, 167, True), (249, 166, True), (249, 165, False), (251, 168, True), (251, 167, False)],
)
def test_two_thirds_of_the_working_days_in_whole_numbers(working_days: int, days: int, met: bool) -> None:
    wired = both()
    year_of(wired, days)
    found = assess(wired, working_days)["data"]
    assert (found["days"], found["met"], found["whole"], found["assumed"]) == (days, met, True, False)
    assert found["required"] == {249: 166, 250: 167, 251: 168}[working_days]


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
        wired.command(LN_OFFICE, "AssessYear", "2019-01-05", year=2018, working_days=100)
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


def test_a_year_is_over_served_and_has_no_more_working_days_than_days() -> None:
    wired = both()
    for year, working_days, on, code in (
        (2014, 250, "2017-01-05", "year_outside_posting"),
        (2017, 250, "2017-12-31", "year_not_over"),
        (2016, 0, "2017-01-05", "working_days_wrong"),
        (2015, 166, "2016-01-05", "working_days_wrong"),
    ):
        with pytest.raises(Rejected) as refused:
            wired.command(OFFICE, "AssessYear", on, posting=POSTING, year=year, working_days=working_days)
        assert (refused.value.code, refused.value.rule) == (code, "attendance.year_share"), year
    foreign = actor("county_org", areas=("140927",))
    with pytest.raises(Rejected) as refused:
        wired.command(foreign, "AssessYear", "2017-01-05", posting=POSTING, year=2016, working_days=250)
    assert (refused.value.code, refused.value.kind) == ("out_of_reach", "forbidden")


def test_a_part_of_a_year_counts_by_the_working_days_of_that_part() -> None:
    wired = both()
    key = {"posting": POSTING, "month": "2015-08"}
    wired.command(ORGANISATION, "RegisterDays", "2015-09-01", **key, days=["2015-08-03", "2015-08-04"])
    wired.command(OFFICE, "AssessYear", "2016-01-05", posting=POSTING, year=2015, working_days=110)
    found = wired.lines("AnnualAttendanceAssessed")[-1]["data"]
    assert (found["days"], found["required"], found["met"], found["whole"]) == (2, 74, False, False)
