"""What a posting owes while it runs, and who lacks it: relations, insurance, managers, mentor, residence, bundle."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from services.personnel.care.care_queries import reporting_line
from tests.kit.desk import Desk, organ
from tests.kit.personnel import caring, cast
from tests.kit.personnel.caring import (
    CITY,
    ELSEWHERE,
    JINZHOU,
    NEIGHBOUR,
    ON,
    OTHER_COUNTY,
    OTHER_TOWNSHIP,
    TOWNSHIP,
    open_items,
    posting,
)

HERE, THERE, NEXT = ({"posting": posting(target)} for target in (JINZHOU, ELSEWHERE, NEIGHBOUR))


@pytest.fixture(scope="module")
def desk(open_desk: Callable[..., Desk]) -> Desk:
    return caring.running(open_desk, ELSEWHERE, JINZHOU, NEIGHBOUR, tiers={NEIGHBOUR: "county", ELSEWHERE: "province"})


@pytest.mark.req("PE-037")
def test_a_party_relation_left_at_the_unit_is_open_and_unit_work_needs_a_reason(desk: Desk) -> None:
    assert (posting(ELSEWHERE), "未登记") in open_items(desk, ON, "party_relation")
    letter = {**THERE, "letter": "介绍信〔2018〕7号"}
    other = desk.refused(organ("unit", units=("U02",)), "MovePartyRelation", "2018-05-06", **letter)
    assert (other["code"], other["kind"]) == ("out_of_reach", "forbidden")
    assert desk.command(caring.SENDERS, "MovePartyRelation", "2018-05-06", **letter) == {"PartyRelationMoved": 1}
    assert posting(ELSEWHERE) not in dict(open_items(desk, "2018-05-06", "party_relation"))
    assert posting(ELSEWHERE) in dict(open_items(desk, "2018-05-05", "party_relation"))
    assert desk.refused(caring.SENDERS, "MovePartyRelation", "2018-05-07", **letter)["code"] == "duty_done"
    bare = desk.refused(caring.SENDERS, "ExceptUnitWork", "2018-05-07", **THERE, work="年终结算")
    assert (bare["code"], bare["field"]) == ("field_missing", "reason")
    excepted = {**THERE, "work": "年终结算", "reason": "仅其熟悉账目"}
    assert desk.command(caring.SENDERS, "ExceptUnitWork", "2018-05-07", **excepted) == {"UnitWorkExcepted": 1}


def policy(target: dict[str, str], since: str, until: str, **more: Any) -> dict[str, Any]:
    return {**target, "policy": "意外险1号", "since": since, "until": until, **more}


@pytest.mark.req("PE-039")
def test_a_policy_that_ends_before_the_term_stays_open(desk: Desk) -> None:
    def lacking(as_of: str = "2018-06-01") -> str:
        return dict(open_items(desk, as_of, "insurance")).get(posting(ELSEWHERE), "")

    assert lacking() == "未登记"
    down = desk.refused(caring.SENDERS, "RecordInsurance", ON, **policy(THERE, "2018-05-02", "2018-05-01"))
    assert (down["code"], down["field"], down["clause"]) == ("policy_upside_down", "until", "五.6")
    # Two years from 2 May 2018: the last day of the term is 1 May 2020. Policies of single years cover it together.
    desk.command(caring.SENDERS, "RecordInsurance", ON, **policy(THERE, "2018-05-03", "2019-05-01"))
    assert lacking() == "自 2018-05-02 起未投保"
    desk.command(caring.SENDERS, "RecordInsurance", "2018-05-20", **policy(THERE, "2018-05-02", "2019-05-01"))
    assert (lacking(), lacking("2018-05-19")) == ("自 2019-05-02 起未投保", "自 2018-05-02 起未投保")
    desk.command(caring.SENDERS, "RecordInsurance", "2018-05-21", **policy(THERE, "2019-05-02", "2020-04-30"))
    assert lacking() == "自 2020-05-01 起未投保"
    desk.command(caring.SENDERS, "RecordInsurance", "2018-05-22", **policy(THERE, "2020-05-01", "2020-05-01"))
    assert lacking() == ""
    # Who stays on longer is insured longer.
    asked = {**THERE, "ground": "volunteer", "until": "2021-05-02"}
    desk.command(caring.SENDERS, "RequestExtension", "2019-05-06", **asked)
    desk.command(caring.SENDERS, "ConsentToExtension", "2019-05-07", **THERE, step="unit_consent")
    desk.command(cast.PROVINCE, "ConsentToExtension", "2019-05-08", **THERE, step="province_consent")
    assert lacking() == ""
    desk.command(cast.PROVINCE, "GrantExtension", "2019-05-09", **THERE, document="批复〔2019〕3号")
    assert lacking() == "自 2020-05-02 起未投保"
    desk.command(caring.SENDERS, "RecordInsurance", "2019-05-10", **policy(THERE, "2020-05-02", "2021-05-01"))
    assert lacking("2019-05-10") == ""
    assert dict(open_items(desk, ON, "checkup"))[posting(ELSEWHERE)] == "未登记"
    checked = {**THERE, "hospital": "省人民医院"}
    assert desk.command(caring.SENDERS, "RecordCheckup", "2018-05-20", **checked) == {"CheckupRecorded": 1}
    assert posting(ELSEWHERE) not in dict(open_items(desk, "2019-12-31", "checkup"))
    host = desk.refused(OTHER_COUNTY, "RecordCheckup", "2018-05-20", **checked)
    assert host["code"] == "role_not_allowed"


@pytest.mark.req("PE-101")
def test_the_policy_of_the_city_is_for_its_own_tier_at_the_printed_sum(desk: Desk) -> None:
    sums = {"sum_fen": 50_000_000}
    county = desk.refused(CITY, "RecordInsurance", ON, **policy(NEXT, "2018-05-02", "2020-05-01", **sums))
    assert (county["code"], county["clause"]) == ("not_on_city_policy", "三.1")
    for wrong in ({}, {"sum_fen": 49_999_999}):
        short = desk.refused(CITY, "RecordInsurance", ON, **policy(HERE, "2018-05-02", "2020-05-01", **wrong))
        assert (short["code"], short["accepted"]) == ("sum_insured_differs", "50000000（单位：分）")
    # The tier of the county owes nothing to the city; its unit may insure it as it likes.
    owing = dict(open_items(desk, ON, "insurance"))
    assert (posting(JINZHOU) in owing, posting(NEIGHBOUR) in owing) == (True, False)
    desk.command(CITY, "RecordInsurance", ON, **policy(HERE, "2018-05-02", "2020-05-01", **sums))
    assert posting(JINZHOU) not in dict(open_items(desk, ON, "insurance"))
    (row,) = desk.query(cast.PROVINCE, "care_records", duty="insurance", posting=posting(JINZHOU))
    assert (row["said"]["sum_fen"], row["said"]["provider"]) == (50_000_000, CITY.organ)
    desk.command(caring.SENDERS, "RecordInsurance", ON, **policy(NEXT, "2018-05-02", "2020-05-01", sum_fen=1))


@pytest.mark.req("PE-040")
@pytest.mark.req("PE-100")
@pytest.mark.req("PE-041")
def test_three_parties_or_four_manage_and_an_empty_one_is_open(desk: Desk) -> None:
    three = ["county_org", "township_committee", "unit"]
    four = {"city_org": "统筹管理", "county_org": "统一管理", "township_committee": "直接管理", "unit": "协助管理"}

    def name(by: Any, whose: dict[str, str], *parties: str) -> dict[str, Any]:
        return {**whose, "managers": [{"party": party, "organ": f"某{party}"} for party in parties]}

    assert {posting(JINZHOU), posting(ELSEWHERE)} <= dict(open_items(desk, ON, "managers")).keys()
    fourth = desk.refused(OTHER_COUNTY, "NameManagers", ON, **name(OTHER_COUNTY, THERE, "city_org"))
    assert (fourth["code"], fourth["clause"]) == ("manager_unknown", "五.4")
    twice = desk.refused(OTHER_COUNTY, "NameManagers", ON, **name(OTHER_COUNTY, THERE, "unit", "unit"))
    assert twice["code"] == "manager_unknown"
    desk.command(OTHER_COUNTY, "NameManagers", ON, **name(OTHER_COUNTY, THERE, *three[:2]))
    assert dict(open_items(desk, ON, "managers"))[posting(ELSEWHERE)] == "缺派出单位"
    desk.command(OTHER_COUNTY, "NameManagers", ON, **name(OTHER_COUNTY, THERE, *three))
    assert posting(ELSEWHERE) not in dict(open_items(desk, ON, "managers"))
    desk.command(cast.COUNTY, "NameManagers", ON, **name(cast.COUNTY, HERE, *three))
    assert dict(open_items(desk, ON, "managers"))[posting(JINZHOU)] == "缺市委组织部"
    desk.command(cast.COUNTY, "NameManagers", ON, **name(cast.COUNTY, HERE, *four))
    assert posting(JINZHOU) not in dict(open_items(desk, ON, "managers"))
    rows = {row["posting"]: row for row in desk.query(cast.PROVINCE, "management")}
    verbs = {one["party"]: one["verb"] for one in rows[posting(JINZHOU)]["managers"]}
    assert (verbs, rows[posting(JINZHOU)]["empty"]) == (four, [])
    assert [one["verb"] for one in rows[posting(ELSEWHERE)]["managers"]] == ["", "", ""]
    line = rows[posting(ELSEWHERE)]
    assert (line["leads"], line["partner"]) == (ELSEWHERE[:9], ELSEWHERE)
    seat = reporting_line(ELSEWHERE[:9])
    assert (seat["leads"], seat["partner"]) == (ELSEWHERE[:9], "")


@pytest.mark.req("PE-104")
def test_a_cadre_without_a_mentor_of_the_township_is_open(desk: Desk) -> None:
    jinzhou = [(posting(JINZHOU), "未登记"), (posting(NEIGHBOUR), "未登记")]
    assert open_items(desk, ON, "mentor") == jinzhou, "the notice of Jinzhou asks for it, no other"
    pair = {**HERE, "mentor": "p-deputy"}
    there = desk.refused(OTHER_TOWNSHIP, "AssignMentor", ON, **THERE, mentor="p-deputy")
    assert (there["code"], there["field"]) == ("rule_unknown", "duty.mentor")
    assert desk.command(TOWNSHIP, "AssignMentor", ON, **pair) == {"MentorAssigned": 1}
    assert open_items(desk, ON, "mentor") == jinzhou[1:]
    again = desk.refused(TOWNSHIP, "AssignMentor", ON, **pair)
    assert (again["code"], again["clause"]) == ("mentor_twice", "三.1")


@pytest.mark.req("PE-103")
def test_shared_rooms_in_a_neighbouring_village_are_on_the_spot(desk: Desk) -> None:
    def lives(kind: str, area: str) -> bool:
        desk.command(TOWNSHIP, "RecordResidence", "2018-05-03", **HERE, kind=kind, area=area, address="西屋")
        return bool(desk.query(cast.PROVINCE, "care_records", duty="residence")[-1]["said"]["lives_in"])

    tent = desk.refused(TOWNSHIP, "RecordResidence", "2018-05-03", **HERE, kind="帐篷", area=JINZHOU, address="村外")
    assert (tent["code"], tent["clause"]) == ("residence_unknown", "三.1")
    assert lives("改造闲置农房", JINZHOU)
    assert lives("食宿在乡镇、村部", JINZHOU[:9])
    assert lives("集中居住", NEIGHBOUR)
    assert lives("集中居住", "210727102207"), "a neighbour may belong to another township"
    assert not lives("改造闲置农房", NEIGHBOUR)
    assert not lives("集中居住", ELSEWHERE)
    assert not lives("集中居住", "210727")


@pytest.mark.req("PE-105")
def test_the_three_bundles_of_unit_and_village_are_shown(desk: Desk) -> None:
    def bundle() -> Any:
        rows = {row["posting"]: row["bundle"] for row in desk.query(cast.PROVINCE, "bundles")}
        assert posting(ELSEWHERE) not in rows
        return rows[posting(JINZHOU)]

    assert bundle() == {"责任": [], "项目": [], "资金": []}
    other = desk.refused(caring.SENDERS, "RecordBundleItem", "2018-06-01", **HERE, kind="人情", text="捎话")
    assert (other["code"], other["accepted"]) == ("bundle_unknown", "责任、项目、资金")
    for kind, text in (("项目", "大棚"), ("责任", "主要负责人包村"), ("项目", "机井")):
        desk.command(caring.SENDERS, "RecordBundleItem", "2018-06-01", **HERE, kind=kind, text=text)
    assert bundle() == {"责任": ["主要负责人包村"], "项目": ["大棚", "机井"], "资金": []}


@pytest.mark.req("PE-042")
def test_work_stands_under_one_of_the_five_duties(desk: Desk) -> None:
    def work(*groups: str | None) -> dict[str, Any]:
        return {**THERE, "duties": [{"task": "走访", "group": group} for group in groups]}

    for tag in ("招商引资", None):
        outside = desk.refused(OTHER_COUNTY, "AssignDuties", "2018-05-03", **work("推动精准扶贫", tag))
        assert (outside["code"], outside["field"]) == ("duty_group_unknown", "duties.1.group")
        assert outside["clause"] == "四"
    assert desk.refused(OTHER_COUNTY, "AssignDuties", "2018-05-03", **work())["code"] == "duties_missing"
    five = ["建强基层组织", "推动精准扶贫", "维护和谐稳定", "为民办事服务", "提升治理水平"]
    assert desk.command(OTHER_COUNTY, "AssignDuties", "2018-05-03", **work(*five)) == {"DutiesAssigned": 1}
    (row,) = desk.query(cast.PROVINCE, "care_records", duty="duties_assigned")
    assert [one["group"] for one in row["said"]["duties"]] == five


def test_nothing_is_recorded_before_the_post_nor_of_postings_that_nobody_noted(desk: Desk) -> None:
    early = desk.refused(TOWNSHIP, "AssignMentor", "2018-05-01", **HERE, mentor="p-deputy")
    assert (early["code"], early["clause"]) == ("date_before_ground", "三.1")
    nobody = desk.refused(TOWNSHIP, "AssignMentor", ON, posting=f"LN2018.{JINZHOU}.9", mentor="p-deputy")
    assert (nobody["code"], nobody["kind"]) == ("posting_not_noted", "unknown")
    gone = {**NEXT, "ground": "illness", "organ": "县委组织部", "document": "批复〔2018〕4号"}
    assert posting(NEIGHBOUR) in dict(open_items(desk, "2018-08-31", "mentor"))
    desk.command(cast.COUNTY, "WithdrawCadre", "2018-09-01", **gone)
    over = desk.refused(TOWNSHIP, "AssignMentor", "2018-09-02", **NEXT, mentor="p-deputy")
    assert (over["code"], over["accepted"]) == ("posting_not_running", "不晚于 2018-09-01")
    assert posting(NEIGHBOUR) not in dict(open_items(desk, "2018-09-01", "mentor"))
    assert posting(NEIGHBOUR) in dict(open_items(desk, "2018-08-31", "mentor")), "a late fact changes no day before it"
    shared = {**HERE, "kind": "集中居住", "area": JINZHOU}
    number = desk.refused(TOWNSHIP, "RecordResidence", ON, **shared, address="电 13912345678")
    assert (number["code"], number["field"]) == ("field_value", "address")
    assert desk.replays()
