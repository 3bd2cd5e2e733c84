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
