"""Term end, removal from the post, return: a posting whose programme prints a term, through all four services."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.kit.desk import Desk, organ
from tests.kit.province import COUNTY, FIRST, LN2018, PROVINCE, Province, on_post, small, with_a_term

OTHER_COUNTY = organ("county_org", "210727")
ORDER = {"document": "县组〔2020〕9号"}


@pytest.fixture(scope="module")
def province(open_desk: Callable[..., Desk]) -> Province:
    return small(open_desk, profile=with_a_term(24))


def overdue(province: Province, as_of: str) -> list[str]:
    rows = province["personnel"].query(COUNTY, "posts_to_remove", programme=LN2018, as_of=as_of)
    return [row["posting"] for row in rows]


@pytest.mark.req("PE-033")
def test_a_post_still_open_a_day_after_the_term_is_overdue_until_the_county_removes(province: Province) -> None:
    personnel = province["personnel"]
    posting, _ = on_post(province, 1)
    (term,) = personnel.stored("TermSet")
    assert (term["starts"], term["ends"]) == ("2018-05-02", "2020-05-02")
    ending = {"programme": LN2018, "as_of": "2020-05-01"}
    assert province.receipt(PROVINCE, "EndTerms", "2020-05-01", **ending)["events"] == {}
    held = province.refused(COUNTY, "RemovePosts", "2020-05-01", postings=[posting], **ORDER)
    assert (held["code"], held["field"]) == ("post_still_held", "postings")
    assert overdue(province, "2020-05-02") == []
    assert overdue(province, "2020-05-03") == [posting]

    province.receipt(PROVINCE, "EndTerms", "2020-05-04", programme=LN2018, as_of="2020-05-04")
    (ended,) = personnel.query(PROVINCE, "postings")
    assert (ended["status"], ended["ended_on"], ended["ended_by"]) == ("ended", "2020-05-02", "TermEnded")
    (register,) = province["attendance"].stored("RegisterClosed")
    assert (register["posting"], register["cause"]) == (posting, "TermEnded")
    (target,) = province["allocation"].query(PROVINCE, "targets", programme=LN2018, target=FIRST)
    assert (target["state"], target["successor_of"], target["gap_since"]) == ("vacant", "U1", "2020-05-02")
    assert overdue(province, "2020-05-04") == [posting]

    foreign = province.refused(OTHER_COUNTY, "RemovePosts", "2020-05-05", postings=[posting], **ORDER)
    assert foreign["code"] == "out_of_reach"
    province.receipt(COUNTY, "RemovePosts", "2020-05-05", postings=[posting], **ORDER)
    assert overdue(province, "2020-05-05") == []
    twice = province.refused(COUNTY, "RemovePosts", "2020-05-06", postings=[posting], **ORDER)
    assert twice["code"] == "duty_done"
    province.receipt(COUNTY, "RecordReturn", "2020-05-07", posting=posting)
    (back,) = personnel.query(PROVINCE, "returns", programme=LN2018)
    assert (back["source"], back["unit"], back["returned_on"]) == (posting, "U1", "2020-05-07")
    assert personnel.replays()


@pytest.mark.req("PE-107")
def test_no_calendar_ends_a_posting_of_2018_as_it_is_printed(open_desk: Callable[..., Desk]) -> None:
    province = small(open_desk, (FIRST,))
    on_post(province, 1)
    never = province.refused(PROVINCE, "EndTerms", "2026-04-27", programme=LN2018, as_of="2026-04-27")
    assert never["code"] == "rule_unknown"
    assert province["personnel"].stored("TermEnded") == []
    none = province.refused(COUNTY, "RemovePosts", "2026-04-27", postings=[f"{LN2018}.{FIRST}.1"], **ORDER)
    assert none["code"] == "rule_unknown"
