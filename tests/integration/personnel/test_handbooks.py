"""The handbook reaches every confirmed cadre before its issue is closed (PE-012)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from services.personnel.wiring import SERVICE
from tests.kit.allocation import said
from tests.kit.desk import Desk, organ
from tests.kit.personnel import cast

TARGETS = ("210727101208", "210727102207")
POSTINGS = [f"LN2018.{target}.1" for target in TARGETS]
RECEIPT = {"receipt": "签收单〔2018〕1号"}


@pytest.mark.req("PE-012")
def test_the_issue_is_closed_when_nobody_lacks_a_handbook(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk(SERVICE)
    desk.hear_profiles("LN2018")
    for target, posting in zip(TARGETS, POSTINGS, strict=True):
        desk.hear_of("allocation", said.placement(target, f"p-{posting}", cast.UNIT))

    def lacking() -> list[str]:
        return [row["posting"] for row in desk.query(cast.PROVINCE, "handbooks_lacking", programme="LN2018")]

    early = desk.refused(cast.PROVINCE, "IssueHandbooks", "2018-04-26", postings=POSTINGS, **RECEIPT)
    assert (early["code"], early["clause"]) == ("date_before_ground", "五.5")
    elsewhere = desk.refused(organ("province_org", "14"), "IssueHandbooks", "2018-05-02", postings=POSTINGS, **RECEIPT)
    assert (elsewhere["code"], elsewhere["kind"], elsewhere["field"]) == ("role_misplaced", "forbidden", "actor")
    one = desk.command(cast.PROVINCE, "IssueHandbooks", "2018-05-02", postings=POSTINGS[:1], **RECEIPT)
    assert (one, lacking()) == ({"HandbookIssued": 1}, POSTINGS[1:])
    again = desk.refused(cast.PROVINCE, "IssueHandbooks", "2018-05-03", postings=POSTINGS[:1], **RECEIPT)
    assert (again["code"], again["field"]) == ("duty_done", "posting")
    open_ = desk.refused(cast.PROVINCE, "CloseHandbookIssue", "2018-05-03", programme="LN2018")
    assert (open_["code"], POSTINGS[1] in open_["sentence"]) == ("handbooks_lacking", True)
    foreign = desk.refused(cast.COUNTY, "IssueHandbooks", "2018-05-03", postings=POSTINGS[1:], **RECEIPT)
    assert foreign["code"] == "role_not_allowed"
    desk.command(cast.PROVINCE, "IssueHandbooks", "2018-05-04", postings=POSTINGS[1:], **RECEIPT)
    assert lacking() == []
    assert desk.command(cast.PROVINCE, "CloseHandbookIssue", "2018-05-04", programme="LN2018") == {
        "HandbookIssueClosed": 1
    }
    once = desk.refused(cast.PROVINCE, "CloseHandbookIssue", "2018-05-05", programme="LN2018")
    assert (once["code"], once["field"]) == ("duty_done", "programme")
    assert desk.replays()


@pytest.mark.req("PE-012")
def test_the_issue_of_a_programme_that_asks_for_no_handbook_is_not_closed(open_desk: Callable[..., Desk]) -> None:
    liaoning, shanxi = open_desk(SERVICE), open_desk(SERVICE, province="14")
    for desk, by, programme, code in (
        (liaoning, cast.PROVINCE, "LN2018", "profile_missing"),
        (liaoning, cast.PROVINCE, "SX2015", "programme_elsewhere"),
        (shanxi, organ("province_org", "14"), "SX2015", "rule_unknown"),
    ):
        desk.hear_profiles("SX2015")
        refused = desk.refused(by, "CloseHandbookIssue", "2018-05-04", programme=programme)
        assert refused["code"] == code
