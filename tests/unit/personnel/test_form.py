"""The registration form against the fields its notice prints."""

from __future__ import annotations

from typing import Any

import pytest

from services.personnel.persons import form
from tests.kit.personnel import cast

FIELDS = form.contract(cast.rules())


def findings(**changes: Any) -> list[tuple[str, str]]:
    _, found = form.read({**cast.form(1), **changes}, FIELDS)
    return [(finding.field, finding.code) for finding in found]


@pytest.mark.req("PE-008")
def test_every_printed_field_is_in_the_contract_and_no_other() -> None:
    assert [field.key for field in FIELDS] == [
        *("name", "sex", "birth_month", "photo", "ethnicity", "native_place", "birthplace", "party_join_month"),
        *("work_start_month", "health", "education_full_time", "school_major_full_time", "education_in_service"),
        *("school_major_in_service", "sending_unit_and_post", "intended_unit_and_post", "career"),
        *("rewards_and_punishments", "annual_assessment_results", "family_relation", "family_name", "family_age"),
        *("family_political_status", "family_unit_and_post", "reporting_unit_opinion", "reviewing_unit_opinion"),
        "approving_unit_opinion",
    ]
    values, found = form.read(cast.form(1), FIELDS)
    assert found == []
    assert [member["family_age"] for member in values["family"]] == ["38", "9"]
    assert values["party_join_month"] == ""
    for field in FIELDS:
        rest = {key: value for key, value in cast.form(1).items() if key != field.key}
        _, found = form.read(rest, FIELDS)
        assert [(one.field, one.code) for one in found] == [(field.key, "field_missing")]
    assert findings(nickname="x") == [("nickname", "field_unknown")]


def test_a_stray_column_that_is_no_name_is_shown_by_its_place_only() -> None:
    _, found = form.read({**cast.form(1), cast.id_number(1): "x"}, FIELDS)
    assert [finding.field for finding in found] == ["[28]"]


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("name", " ", "field_empty"),
        ("sex", "不详", "field_value"),
        ("birth_month", "1980-13", "field_value"),
        ("work_start_month", None, "field_empty"),
        ("reporting_unit_opinion", "", "field_empty"),
    ],
)
def test_a_field_that_does_not_fit_is_named(field: str, value: Any, code: str) -> None:
    assert findings(**{field: value}) == [(field, code)]


@pytest.mark.parametrize(
    ("written", "month"),
    [
        *(("1985-10", "1985-10"), ("1985.10", "1985-10"), ("1985/10", "1985-10"), ("1985年10月", "1985-10")),
        *(("1985-1", "1985-01"), ("1985/1", "1985-01"), ("1985年1月", "1985-01"), ("1985.01", "1985-01")),
        *(("１９８５．１０", "1985-10"), (" 1985－10\u3000", "1985-10"), ("２０１８年０４月", "2018-04")),
    ],
)
def test_a_month_is_kept_in_one_form(written: str, month: str) -> None:
    values, found = form.read({**cast.form(1), "birth_month": written}, FIELDS)
    assert (values["birth_month"], found) == (month, [])


@pytest.mark.parametrize(
    "written",
    [
        *("1985.1", "1985-1-45", "1985112", "20101", "198510", "1985-13", "1985-00", "1985.0", "1885-10", "2185-10"),
        *(
            "1985-10-15",
            "1985年10月15日",
            "1985年10",
            "85-10",
            "1985 - 10",
            "1985-10月",
            "1985\n10",
            "١٩٨٥-١٠",
            "一九八五年",
        ),
    ],
)
def test_what_is_not_exactly_a_month_is_none(written: str) -> None:
    assert findings(birth_month=written) == [("birth_month", "field_value")]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (1985.1, "cell_not_text"),
        (198510, "field_value"),
        (20101.0, "field_value"),
        (True, "cell_not_text"),
        (["1985-10"], "cell_not_text"),
        ({"unreadable": "error"}, "cell_unreadable"),
        ({"unreadable": "moon"}, "cell_not_text"),
        ({"unreadable": []}, "cell_not_text"),
        ({}, "cell_not_text"),
        ("1985\u200b-10", "cell_unseen"),
    ],
)
def test_a_month_is_no_number(given: Any, code: str) -> None:
    assert findings(birth_month=given) == [("birth_month", code)]


@pytest.mark.parametrize(
    ("written", "name"),
    [("张\u3000三", "张三"), ("买买提•吐尔逊", "买买提·吐尔逊"), ("Ａnna  B", "Anna B"), ("字" * 50, "字" * 50)],
)
def test_a_name_is_kept_in_one_form(written: str, name: str) -> None:
    rest = {"family_name": f"{written}\n{written}"}
    values, found = form.read({**cast.form(1), **rest, "name": written}, FIELDS)
    assert (values["name"], [member["family_name"] for member in values["family"]], found) == (name, [name, name], [])


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("字" * 51, "field_too_long"),
        ("字" * 20_000, "field_too_long"),
        ("张\n三", "field_value"),
        *((f"张{mark}三", "cell_unseen") for mark in "\u200b\u200d\u202c\ufeff\u00ad\ufe0f\x07"),
        *((1985.5, "cell_not_text"), (False, "cell_not_text")),
    ],
)
def test_what_no_name_is(written: Any, code: str) -> None:
    assert findings(name=written) == [("name", code)]


def test_other_entries_have_an_end_too() -> None:
    assert findings(career="字" * 4000) == []
    assert findings(career="字" * 4001) == [("career", "field_too_long")]
    assert findings(photo="A" * 1_000_000) == []
    assert findings(photo="A" * 1_000_001) == [("photo", "field_too_long")]


def test_a_family_cell_that_cannot_be_read_is_told_once() -> None:
    assert findings(family_age={"unreadable": "error"}) == [("family_age", "cell_unreadable")]


def test_opinions_that_are_not_due_at_nomination_stay_empty() -> None:
    assert findings(reviewing_unit_opinion="", approving_unit_opinion="") == []


def test_family_columns_hold_one_line_for_each_member() -> None:
    assert findings(family_age="38") == [("family_age", "family_rows")]
    assert findings(family_age=["38", "九"]) == [("family_age[2]", "field_value")]
    none = dict.fromkeys([field.key for field in FIELDS if field.repeats], "")
    assert findings(**none) == []


def test_findings_never_repeat_what_was_written() -> None:
    _, found = form.read({**cast.form(1), "birth_month": cast.id_number(1), "sex": cast.mobile(1)}, FIELDS)
    assert len(found) == 2
    assert all(cast.id_number(1) not in str(one) and cast.mobile(1) not in str(one) for one in found)
