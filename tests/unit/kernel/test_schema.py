"""Contracts: what a field of each kind takes, and what no store could hold is refused before it is decided upon."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

import pytest

from kernel.errors import BadInput
from kernel.messages import Area, Command, Key, Line, Text
from kernel.schema import load
from kernel.testing import actor, context


class Say(Command, title="试验", roles=frozenset({"system"})):
    key: Key = "k"
    line: Line = "l"
    text: Text = "t"
    area: Area = "21"
    plain: str = ""
    number: int = 0
    listed: tuple[str, ...] = ()
    named: Mapping[str, Text] | None = None
    rest: Mapping[str, Any] | None = None


class Needs(Command, title="试验", roles=frozenset({"system"})):
    area: Area
    kind: Literal["a", "b"]
    flag: bool
    day: date


def said(**data: Any) -> Say:
    return load(Say, data, context("2018-05-02", actor("clerk")))


def test_a_line_is_one_line_and_a_text_may_have_many() -> None:
    assert said(line="某厅（省直）  二处").line == "某厅（省直）  二处"
    assert said(text="一\n二").text == "一\n二"
    assert said(line="字" * 400).line == "字" * 400


@pytest.mark.parametrize(
    "line", ["", "  ", "a\nb", "a\n", "\na", "a\rb", "a\tb", "a\0", "a\x85b", "a\u2028b", "a\x1b", "字" * 401]
)
def test_what_no_line_is(line: str) -> None:
    with pytest.raises(BadInput) as refused:
        said(line=line)
    assert (refused.value.field, refused.value.kind) == ("line", "bad_input")


@pytest.mark.parametrize("name", ["key", "area"])
def test_ids_and_areas_have_no_line_break(name: str) -> None:
    for value in ("21\n", "21\n07", "21\0", "２１\n"):
        with pytest.raises(BadInput):
            said(**{name: value})


@pytest.mark.parametrize(
    ("field", "data"),
    [
        ("text", {"text": "a\0b"}),
        ("plain", {"plain": "\0"}),
        ("listed.1", {"listed": ["a", "\0"]}),
        ("named.a.value", {"named": {"a": "\0"}}),
        ("named.\0.key", {"named": {"\0": "a"}}),
        ("rest.a.value", {"rest": {"a": [{"b": ["\0"]}]}}),
        ("rest.a.value", {"rest": {"a": {"\0": 1}}}),
        ("rest.a.value", {"rest": {"a": [2**63]}}),
        ("number", {"number": 2**63}),
        ("number", {"number": -(2**63) - 1}),
    ],
)
def test_what_the_store_cannot_hold_is_refused_by_name(field: str, data: dict[str, Any]) -> None:
    with pytest.raises(BadInput) as refused:
        said(**data)
    assert (refused.value.field, refused.value.code) == (field, "field_value")
    assert refused.value.accepted


@pytest.mark.parametrize(
    ("data", "code", "field", "accepted"),
    [
        ({"keys": 1}, "field_unknown", "keys", "key、line、text、area、plain、number、listed、named、rest"),
        ({"number": None}, "field_null", "number", "整数"),
        ({"plain": None}, "field_null", "plain", "文本"),
        ({"listed": None}, "field_null", "listed", "列表"),
    ],
)
def test_every_refusal_says_what_would_be_accepted(data: dict[str, Any], code: str, field: str, accepted: str) -> None:
    with pytest.raises(BadInput) as refused:
        said(**data)
    assert (refused.value.code, refused.value.field, refused.value.accepted) == (code, field, accepted)


def test_a_missing_field_is_told_by_its_own_form() -> None:
    with pytest.raises(BadInput) as refused:
        load(Needs, {}, context("2018-05-02", actor("clerk")))
    told = {finding["field"]: (finding["code"], finding["accepted"]) for finding in refused.value.details}
    assert told == {
        "area": ("field_missing", "区划代码，2、4、6、9 或 12 位数字"),
        "kind": ("field_missing", "a、b"),
        "flag": ("field_missing", "true 或 false"),
        "day": ("field_missing", "YYYY-MM-DD"),
    }


def test_the_widest_integers_pass() -> None:
    assert said(number=2**63 - 1, rest={"a": [-(2**63), True, None, 1.5]}).number == 2**63 - 1


def test_a_division_code_has_ascii_digits() -> None:
    with pytest.raises(BadInput):
        said(area="２１")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("text", "约谈记录见卷宗\n身份证210102198503011234"),
        ("text", "21010219850301123X"),
        ("line", "联系电话13900000000"),
        ("key", "210102198503011234"),
        ("key", "13900000000"),
    ],
)
def test_no_text_that_is_kept_in_clear_carries_the_number_of_a_person(field: str, value: str) -> None:
    with pytest.raises(BadInput) as refused:
        said(**{field: value})
    assert (refused.value.field, refused.value.code) == (field, "field_value")
    assert "号码" in str(refused.value.accepted)
    assert value not in str(refused.value.problem())


@pytest.mark.parametrize(
    "value",
    [
        "21070111222",
        "210727101208",
        "139000000001",
        "1390000000",
        "2101021985030112345",
        "a13900000000-4c5c-8d5e-a13900000000",  # digits inside a UUID or a hash
        "9f13900000000ab",
    ],
)
def test_other_numbers_pass(value: str) -> None:
    made = said(key=value, line=value, text=value)
    assert (made.key, made.line, made.text) == (value, value, value)
