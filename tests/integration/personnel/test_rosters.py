"""Rosters on PostgreSQL: everything that is wrong is told at once, by the rows of the sheet, and one person is one."""

from __future__ import annotations

from typing import Any

import pytest
from stdnum.cn import ric

from tests.kit.databases import rows_of
from tests.kit.desk import Desk, organ
from tests.kit.personnel import cast

WIDE = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")
SHEET: dict[str, Any] = {"programme": "LN2018", "first_row": 2}
ON = "2018-04-18"


@pytest.fixture(scope="module")
def filed(office: Desk) -> Desk:
    """The scheme is filed; persons may be nominated for one township and two villages."""
    scheme: dict[str, Any] = {"programme": "LN2018", "channel": cast.CHANNEL, "title": "方案", "units": ["U01"]}
    office.receipt(cast.CHANNEL_OFFICE, "FileChannelScheme", "2018-04-17", **scheme)
    return office


def wrong() -> list[dict[str, Any]]:
    """Rows 2 to 5 of a sheet, none of them good."""
    return [
        cast.row(
            1, copies=4, recipient="省委高校工委", birth_month="1985-1-45", name="王\u3000五", decision="研究王 五人选"
        ),
        cast.row(2, id_number="210105198502150001", unit="U99", party_join_month={"unreadable": "error"}),
        cast.row(3, name="张\u200b三", mobile="1391234", origin="指派", kind="街道", decision="会 139-0001-0007"),
        cast.row(1, family_age={"unreadable": "number"}, sex="TRUE"),
    ]


def test_every_rule_of_every_row_is_told_in_one_answer_and_nothing_is_stored(filed: Desk) -> None:
    told = [
        (2, "birth_month", "field_value"),
        (2, "decision", "name_in_text"),
        (2, "recipient", "recipient_wrong"),
        (2, "copies", "copies_incomplete"),
        (3, "party_join_month", "cell_unreadable"),
        (3, "id_number", "id_number_invalid"),
        (3, "unit", "unit_not_noted"),
        (4, "name", "cell_unseen"),
        (4, "mobile", "mobile_invalid"),
        (4, "origin", "choice_unknown"),
        (4, "kind", "choice_unknown"),
        (4, "decision", "personal_number_in_text"),
        (5, "sex", "field_value"),
        (5, "family_age", "cell_unreadable"),
        (5, "id_number", "duplicate_in_file"),
    ]
    for accept in ("all", "good"):  # a sheet without a good row is refused either way
        problem = filed.refused(cast.PROVINCE, "ImportNominees", ON, **SHEET, rows=wrong(), accept=accept)
        assert [(d["row"], d["field"], d["code"]) for d in problem["details"]] == told
        assert (problem["code"], problem["field"]) == ("field_value", "rows[2].birth_month")
        assert "4 行中 4 行不合格" in problem["sentence"]
    said = {(d["row"], d["field"]): (d["sentence"], d["accepted"]) for d in problem["details"]}
    assert said[3, "party_join_month"][0] == "“入党时间”的单元格是错误值。"
    assert said[4, "name"][0] == "“姓名”含有看不见的字符 U+200B。"
    assert said[4, "origin"][1] == "组织推荐、个人自愿报名"
    assert said[4, "kind"][1] == "乡镇、村"
    assert said[5, "id_number"][0] == "与第 2 行为同一人。"
    assert said[2, "birth_month"][1] == "年月，如 1985-10、1985.10 或 1985年10月"
    assert filed.query(cast.PROVINCE, "persons") == []


@pytest.fixture(scope="module")
def taken(filed: Desk) -> dict[str, Any]:
    """The receipt of a sheet with a good row between bad ones, in whatever widths and words people write."""
    good = cast.row(
        7,
        name="买买提 • 吐尔逊",
        id_number=cast.id_number(7).translate(WIDE),
        mobile=cast.mobile(7).translate(WIDE),
        birth_month="１９８０年８月",
        party_join_month="2001.07",
        work_start_month="2002/8",
        family_name="张\u3000三\n合成子女0007",
        unit=" 某厅 ",
        kind="村",
        origin="组织推荐",
        copies="５",
    )
    rows = [cast.row(8, copies=6), good, cast.row(9, unit="U99", sex="？")]
    return filed.receipt(cast.PROVINCE, "ImportNominees", ON, **SHEET, rows=rows, accept="good")


def test_good_rows_are_taken_and_the_others_named_by_their_place_in_the_sheet(taken: dict[str, Any]) -> None:
    assert taken["events"] == {"PersonRegistered": 1, "CadreNominated": 1, "FormSubmitted": 1}
    refused = taken["result"]["refused"]
    assert [(r["item"], r["code"], [d["field"] for d in r["details"]]) for r in refused] == [
        (2, "copies_incomplete", ["copies"]),
        (4, "field_value", ["sex", "unit"]),
    ]


def test_what_is_kept_is_what_was_checked(filed: Desk, taken: dict[str, Any]) -> None:
    (nomination,) = filed.query(cast.PROVINCE, "nominations", programme="LN2018")
    (form,) = filed.query(cast.UNIT_OFFICE, "form", nomination=nomination["nomination"])
    kept = form["fields"]
    assert (kept["name"], kept["birth_month"]) == ("买买提·吐尔逊", "1980-08")
    assert (kept["party_join_month"], kept["work_start_month"]) == ("2001-07", "2002-08")
    assert [member["family_name"] for member in kept["family"]] == ["张三", "合成子女0007"]
    ((line,),) = rows_of(filed.database.url, "select line from log.events where type = 'CadreNominated'")
    assert '"origin":"organisation"' in line


@pytest.mark.parametrize(
    "number", [cast.id_number(7), cast.id_number(7).translate(WIDE), f" {cast.id_number(7)}\u3000"]
)
def test_one_person_in_whatever_form_is_one(filed: Desk, taken: dict[str, Any], number: str) -> None:
    row = cast.row(31, id_number=number)
    problem = filed.refused(cast.UNIT_OFFICE, "NominateCadre", ON, programme="LN2018", nominee=row)
    assert (problem["code"], problem["field"], problem["clause"]) == ("person_registered_before", "id_number", "附件2")
    twice = [cast.row(11, copies=1), cast.row(35, id_number=cast.id_number(11).translate(WIDE))]
    problem = filed.refused(cast.PROVINCE, "ImportNominees", ON, **SHEET, rows=twice)
    told = [(d["row"], d["code"]) for d in problem["details"]]
    assert told == [(2, "copies_incomplete"), (3, "duplicate_in_file")]


@pytest.mark.parametrize("born", [1965, 1970, 1975, 1980])
def test_who_was_born_before_the_first_cards_is_refused_for_nothing_of_the_number(filed: Desk, born: int) -> None:
    front = f"210105{born}0215123"  # 皇姑区
    number = front + ric.calc_check_digit(front + "0")
    row = cast.row(14, id_number=number, birth_month=f"{born}-02", sex="男", copies=4)
    problem = filed.refused(cast.UNIT_OFFICE, "NominateCadre", ON, programme="LN2018", nominee=row)
    assert [d["code"] for d in problem["details"]] == ["copies_incomplete"]


def seat(n: int, **changes: Any) -> dict[str, Any]:
    about = {"pair": 5, "direction": "out", "level": "county", "seat": n, "sending": "211381", "host": "210213"}
    person = {"id_number": cast.id_number(n), "mobile": cast.mobile(n), "form": cast.form(n), "synthetic": True}
    return {**about, **person, **changes}


def test_everything_wrong_with_the_persons_of_a_swap_is_told_in_one_answer(filed: Desk) -> None:
    wide = {"id_number": cast.id_number(31).translate(WIDE)}
    legs = [
        seat(31, mobile="１３９"),
        seat(32, sending="210727", form={**cast.form(32), "birth_month": "1985.1"}),
        seat(33, id_number="1", form=cast.form(33)),
        seat(34, id_number="1", sending="210727"),
        seat(35, **wide),
    ]
    problem = filed.refused(cast.SENDING_CITY, "NominateLegs", "2002-06-27", programme="LN2002", city="2113", legs=legs)
    assert [(d["row"], d["field"], d["code"]) for d in problem["details"]] == [
        (1, "mobile", "mobile_invalid"),
        (2, "birth_month", "field_value"),
        (2, "sending", "not_your_business"),
        (3, "id_number", "id_number_invalid"),
        (4, "id_number", "id_number_invalid"),
        (4, "sending", "not_your_business"),
        (5, "id_number", "duplicate_in_file"),
    ]
    assert (problem["code"], problem["field"]) == ("mobile_invalid", "legs[1].mobile")
    assert "5 人中 5 人不合格" in problem["sentence"]


@pytest.mark.parametrize("dot", ["·", "•", "‧", "・", " · ", "."])
def test_a_name_is_caught_with_whatever_dot(filed: Desk, dot: str) -> None:
    row = cast.row(13, name="买买提·吐尔逊", decision=f"研究买买提{dot}吐尔逊人选")
    problem = filed.refused(cast.UNIT_OFFICE, "NominateCadre", ON, programme="LN2018", nominee=row)
    assert (problem["code"], problem["field"]) == ("name_in_text", "decision")


def test_a_question_is_asked_in_the_form_in_which_things_are_kept(filed: Desk, taken: dict[str, Any]) -> None:
    assert len(filed.query(cast.PROVINCE, "nominations", programme="ＬＮ２０１８")) == 1
    assert filed.asked(cast.PROVINCE, "nominations", programme="LN2018\u200b")["code"] == "field_type"


def test_another_province_sees_and_nominates_nobody(filed: Desk, taken: dict[str, Any]) -> None:
    (nomination,) = filed.query(cast.PROVINCE, "nominations", programme="LN2018")
    for by in (
        organ("province_org", "14"),
        organ("province_org", units=("zz",)),
        organ("province_org", "2107"),
        organ("province_org", "21", units=("zz",)),
        organ("province_org", cast.TARGET),
        organ("channel", "21", units=(cast.CHANNEL,)),
        organ("unit"),
        organ("nobody", "21"),
    ):
        problems = [
            filed.asked(by, "ledger", programme="LN2018"),
            filed.asked(by, "nominations"),
            filed.asked(by, "form", nomination=nomination["nomination"]),
            filed.refused(by, "NominateCadre", ON, programme="LN2018", nominee=cast.row(10)),
        ]
        assert {(p["code"], p["kind"], p["field"]) for p in problems} == {("role_misplaced", "forbidden", "actor")}, by


@pytest.mark.parametrize(
    ("field", "written"),
    [
        ("decision", "第1号\n第2行"),
        ("decision", "第" * 401),
        ("recipient", "省委\t组织部"),
        ("name", "王●伟"),
        ("name", "·"),
    ],
)
def test_what_stands_on_one_line_is_one_line_and_a_name_a_name(filed: Desk, field: str, written: str) -> None:
    refused = filed.refused(cast.PROVINCE, "ImportNominees", ON, **SHEET, rows=[cast.row(11, **{field: written})])
    assert (refused["code"], refused["field"]) == ("field_value", field)


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"sex": "女"}, "sex"), ({"birth_month": "1985-11"}, "birth_month")],
)
def test_a_number_of_another_sex_or_birth_is_refused_with_its_clause(
    filed: Desk, changes: dict[str, str], field: str
) -> None:
    row = {**cast.row(12), **changes}
    problem = filed.refused(cast.UNIT_OFFICE, "NominateCadre", ON, programme="LN2018", nominee=row)
    assert (problem["code"], problem["field"], problem["clause"]) == ("identity_disagrees", field, "附件2")
