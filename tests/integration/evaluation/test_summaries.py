"""Before the end of a swap: 34 places and every cadre write a summary, the hosts give their statements."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.kit.desk import Desk, organ
from tests.kit.evaluation.secondments import CHAOYANG, DALIAN, PROVINCE, opened, reported, tell

CALL = {"programme": "LN2002"}
SHENYANG = organ("city_org", "2101")
COUNTY = organ("county_org", "211381")
HOST_COUNTY = organ("county_org", "210213")


def file(desk: Desk, by: Any, subject: str, recipient: str, on: str = "2003-06-15") -> dict[str, int]:
    return desk.command(by, "FileSummary", on, **CALL, subject=subject, recipient=recipient)


def refused(desk: Desk, by: Any, name: str, on: str = "2003-06-10", **data: Any) -> tuple[str, str | None]:
    problem = desk.refused(by, name, on, **data)
    return problem["code"], problem["clause"]


@pytest.mark.req("EV-015")
def test_thirty_four_places_and_every_person_write_to_three(open_desk: Callable[..., Desk]) -> None:
    desk = opened(open_desk)
    ask = {**CALL, "subject": "2113", "recipient": "province_org"}
    assert refused(desk, CHAOYANG, "FileSummary", **ask)[0] == "summaries_not_called"
    assert desk.command(PROVINCE, "CallForSummaries", "2003-05-13", **CALL) == {"SummariesCalled": 1}
    assert refused(desk, PROVINCE, "CallForSummaries", **CALL)[0] == "summaries_called"
    places = desk.query(PROVINCE, "summary_places")
    assert len(places) == 34
    assert sorted(row["subject"] for row in places if len(row["area"]) == 4 and "." not in row["subject"]) == [
        "2101", "2102", "2109", "2113",
    ]  # fmt: skip
    # Two partners are not named; their summaries are owed all the same, by their city.
    assert [row["subject"] for row in places if "." in row["subject"]] == ["16.2101", "17.2103"]
    # Inside one city the summary of each of the two places has two recipients, of the others three: 30 * 3 + 4 * 2.
    assert len(desk.query(PROVINCE, "summaries_missing")) == 98
    told = [(row["sending"][:4], row["host"][:4]) for row in desk.query(DALIAN, "summaries_missing")]
    assert told
    assert all("2102" in sides for sides in told)
    file(desk, COUNTY, "211381", "province_org")
    file(desk, COUNTY, "211381", "sending_city_org")
    left = [row for row in desk.query(CHAOYANG, "summaries_missing") if row["subject"] == "211381"]
    assert [(row["recipient"], row["host"]) for row in left] == [("receiving_city_org", "2102")]
    again = {**CALL, "subject": "211381", "recipient": "province_org"}
    assert refused(desk, COUNTY, "FileSummary", "2003-06-15", **again)[0] == "summary_filed"
    assert refused(desk, DALIAN, "FileSummary", **again)[0] == "out_of_reach"
    assert refused(desk, COUNTY, "FileSummary", **{**again, "recipient": "省委办公厅"})[0] == "summary_recipient"
    assert refused(desk, CHAOYANG, "FileSummary", **{**again, "subject": "211303"})[0] == "summary_subject"
    file(desk, CHAOYANG, "211381", "receiving_city_org", "2003-06-16")
    rows = desk.query(CHAOYANG, "summaries")
    assert [(row["recipient"], row["late"]) for row in rows] == [
        ("province_org", False), ("receiving_city_org", True), ("sending_city_org", False),
    ]  # fmt: skip
    # 康平 and its unnamed partner lie in one city: that gets the summary once, and it is marked.
    file(desk, SHENYANG, "210123", "sending_city_org")
    twice = {**CALL, "subject": "210123", "recipient": "receiving_city_org"}
    assert refused(desk, SHENYANG, "FileSummary", **twice)[0] == "summary_same_city"
    assert [(row["recipient"], row["internal"]) for row in desk.query(SHENYANG, "summaries")] == [
        ("sending_city_org", True)
    ]
    assert desk.replays()


def test_a_persons_summary_goes_to_three_as_well(open_desk: Callable[..., Desk]) -> None:
    desk = opened(open_desk)
    (leg,) = tell(desk, reported(5, "out", "county", 1, "211381", "210213"))
    desk.command(PROVINCE, "CallForSummaries", "2003-05-13", **CALL)

    def owed(as_of: str) -> list[tuple[str, str, int]]:
        rows = desk.query(CHAOYANG, "due", kind="secondment_summary", as_of=as_of)
        return sorted((row["period"], row["due_on"], row["overdue"]) for row in rows if row["subject"] == leg)

    assert owed("2003-05-12") == []
    assert [one[:2] for one in owed("2003-06-15")] == [
        ("接收市委组织部", "2003-06-15"), ("派出市委组织部", "2003-06-15"), ("省委组织部", "2003-06-15"),
    ]  # fmt: skip
    for recipient in ("province_org", "sending_city_org"):
        desk.command(CHAOYANG, "FilePersonalSummary", "2003-06-15", leg=leg, recipient=recipient)
    assert owed("2003-06-16") == [("接收市委组织部", "2003-06-15", 1)]
    desk.command(CHAOYANG, "FilePersonalSummary", "2003-06-16", leg=leg, recipient="receiving_city_org")
    assert owed("2003-06-16") == []
    (late,) = [row for row in desk.query(DALIAN, "summaries") if row["late"]]
    assert (late["recipient"], late["person"]) == ("receiving_city_org", f"p-{leg}")
    assert refused(desk, DALIAN, "FilePersonalSummary", leg=leg, recipient="province_org")[0] == "foreign_area"
    foreign = {"leg": f"{leg}9", "recipient": "province_org"}
    assert refused(desk, CHAOYANG, "FilePersonalSummary", **foreign)[0] == "secondment_unknown"


CITY_SAYS, COUNTY_SAYS = "接收市委组织部", "接收县委组织部"


@pytest.mark.req("EV-014")
def test_a_statement_that_a_host_has_not_given_is_shown(open_desk: Callable[..., Desk]) -> None:
    desk = opened(open_desk)
    leg, of_city = tell(
        desk, reported(5, "out", "county", 1, "211381", "210213"), reported(2, "out", "city", 1, "2113", "2102")
    )
    said = {"leg": leg, "statement": "该同志工作扎实。"}

    def lacking(by: Any, on: str = "2003-07-16") -> list[tuple[str, str]]:
        rows = desk.query(by, "due", kind="host_statement", as_of=on)
        return [(row["subject"], row["period"]) for row in rows]

    assert sorted(lacking(DALIAN)) == [(of_city, CITY_SAYS), (leg, CITY_SAYS)]
    assert lacking(HOST_COUNTY) == [(leg, COUNTY_SAYS)]
    assert lacking(CHAOYANG) == []
    assert refused(desk, CHAOYANG, "GiveHostStatement", **said) == ("not_your_business", "二")
    assert refused(desk, COUNTY, "GiveHostStatement", **said)[0] == "not_your_business"
    assert refused(desk, HOST_COUNTY, "GiveHostStatement", "2002-07-14", **said)[0] == "date_before_ground"
    assert desk.command(HOST_COUNTY, "GiveHostStatement", "2003-06-09", **said) == {"HostStatementGiven": 1}
    assert refused(desk, HOST_COUNTY, "GiveHostStatement", **said)[0] == "statement_given"
    assert (lacking(HOST_COUNTY), len(lacking(DALIAN))) == ([], 2)
    assert lacking(HOST_COUNTY, "2003-06-08") == [(leg, COUNTY_SAYS)]
    desk.command(DALIAN, "GiveHostStatement", "2003-06-10", **said)
    assert lacking(DALIAN) == [(of_city, CITY_SAYS)]
    rows = desk.query(CHAOYANG, "host_statements")
    assert [(row["host_organ"], row["statement_chars"]) for row in rows] == [
        ("host_city_org", 8), ("host_county_org", 8),
    ]  # fmt: skip
    assert not [event for event in desk.stored("HostStatementGiven") if "工作扎实" in str(event)]
    assert desk.replays()
