"""Contracts: what a field of each kind takes, and what no store could hold is refused before it is decided upon."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal

import pytest

from kernel.errors import BadInput
from kernel.fields import ENOUGH, LISTED, MEMBERS
from kernel.messages import OWN, Area, Cells, Command, Few, Key, Line, Most, Sealing, Text
from kernel.schema import load
from kernel.testing import actor, context


class Say(Command, title="试验", roles=frozenset({"system"}), concerns=OWN):
    key: Key = "k"
    line: Line = "l"
    text: Text = "t"
    area: Area = "21"
    plain: str = ""
    number: int = 0
    listed: tuple[str, ...] = ()
    named: Mapping[str, Text] | None = None
    rest: Mapping[str, Any] | None = None


class Needs(Command, title="试验", roles=frozenset({"system"}), concerns=OWN):
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
    for value in ("21\n", "21\n07", "21\0", "２１\n", "٢١", "2\u200b1"):
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    key: Key
    marks: Few[Line] = ()


class Lists(Command, title="试验", roles=frozenset({"system"}), concerns=OWN):
    items: tuple[Item, ...] = ()
    two: Annotated[tuple[Key, ...], Most(2)] = ()
    named: Mapping[str, Text] | None = None


def listed(**data: Any) -> Lists:
    return load(Lists, data, context("2018-05-02", actor("clerk")))


def faults(**data: Any) -> list[dict[str, Any]]:
    with pytest.raises(BadInput) as refused:
        listed(**data)
    return refused.value.details


class Untouched(dict[str, Any]):
    """An object that nobody may look into."""

    def get(self, *given: Any) -> Any:
        raise AssertionError("it was looked into")


@pytest.mark.parametrize(
    ("data", "field", "most"),
    [
        ({"two": ["a", "b", "c"]}, "two", "2"),
        ({"items": [Untouched()] * (LISTED + 1)}, "items", str(LISTED)),
        ({"items": [{"key": "a", "marks": ["甲"] * 101}]}, "items.0.marks", "100"),
        ({"named": {str(n): "a" for n in range(MEMBERS + 1)}}, "named", str(MEMBERS)),
        ({str(n): 1 for n in range(3 + ENOUGH + 1)}, None, "3"),
    ],
)
def test_what_is_longer_than_it_may_be_is_not_looked_at(data: dict[str, Any], field: str | None, most: str) -> None:
    assert [(one["field"], one["code"]) for one in faults(**data)] == [(field, "field_too_many")]
    assert f"不超过 {most} 项" in faults(**data)[0]["accepted"]


def test_lists_as_long_as_they_may_be_are_taken() -> None:
    made = listed(two=["a", "b"], items=[{"key": "a", "marks": ["甲"] * 100}] * 3, named={"a": "b"})
    assert (made.two, len(made.items), len(made.items[0].marks)) == (("a", "b"), 3, 100)
    assert len(listed(items=[{"key": "a"}] * LISTED).items) == LISTED
    assert listed(named={str(n): "a" for n in range(MEMBERS)})


@pytest.mark.parametrize("good", [0, 3])
def test_a_list_with_many_faults_is_read_no_further_and_says_how_far_it_was(good: int) -> None:
    told = faults(items=[{"key": "a"}] * good + [{}] * (ENOUGH + 7))
    assert [one["field"] for one in told[:-1]] == [f"items.{n}.key" for n in range(good, good + ENOUGH)]
    assert (told[-1]["field"], told[-1]["code"]) == ("items", "field_not_all_read")
    assert f"前 {good + ENOUGH} 项，其余 7 项" in told[-1]["sentence"]
    assert len(faults(items=[{}] * ENOUGH)) == ENOUGH


def test_faults_within_faults_are_told_to_an_end_too() -> None:
    told = faults(items=[{"key": "a", "marks": [""] * 100, "more": 1}] * 100)
    assert len(told) <= 100
    assert {one["field"] for one in told if one["code"] == "field_not_all_read"} == {"items", "items.0.marks"}
    # The first fault is what the sentence speaks of, never how far it was read.
    with pytest.raises(BadInput) as refused:
        listed(items=[{}] * 100)
    assert (refused.value.field, refused.value.code) == ("items.0.key", "field_missing")


def test_the_widest_integers_pass() -> None:
    assert said(number=2**63 - 1, rest={"a": [-(2**63), True, None, 1.5]}).number == 2**63 - 1


def test_every_text_comes_in_one_form() -> None:
    lines = {"line": " Ａ厅（省直）\u3000二处 ", "text": "一\r\n二", "plain": "８５"}
    made = said(area="２１", key="ＬＮ２０１８．①", **lines, listed=["Ｂ"], named={"Ｃ": "Ｄ"})
    assert (made.area, made.key, made.line, made.text) == ("21", "LN2018.1", "A厅（省直） 二处", "一\n二")
    assert (made.plain, made.listed, made.named) == ("85", ("B",), {"C": "D"})


@pytest.mark.parametrize(
    "mark", ["\u200b", "\u200d", "\u202c", "\u2066", "\ufeff", "\u00ad", "\u2028", "\ufe0f", "\x85"]
)
@pytest.mark.parametrize("field", ["key", "line", "text", "area", "plain", "listed", "named", "rest"])
def test_a_mark_nobody_sees_is_refused_in_every_text(field: str, mark: str) -> None:
    value = f"2{mark}1"
    wrapped = {"listed": [value], "named": {"a": value}, "rest": {"a": [{"b": value}]}}
    with pytest.raises(BadInput) as refused:
        said(**{field: wrapped.get(field, value)})
    assert (refused.value.field or "").split(".")[0] == field
    assert (refused.value.code, f"U+{ord(mark):04X}" in refused.value.sentence) == ("field_value", True)


def test_any_json_is_left_as_it_came() -> None:
    assert said(rest={"a": "８５ "}).rest == {"a": "８５ "}


class Enter(Command, title="试验", roles=frozenset({"system"}), concerns=OWN):
    number: Annotated[str, Sealing]
    cells: Cells


def test_what_is_sealed_may_hold_the_number_of_a_person() -> None:
    cells = {"id": "210102198503011234", "13900000000": None, "name": "张\u200b三"}
    made = load(
        Enter, {"number": "１３９０００００００００"[:11], "cells": cells}, context("2018-05-02", actor("clerk"))
    )
    assert (made.number, made.cells) == ("13900000000", cells)


@pytest.mark.parametrize(
    "day", ["20180502", "2018-W18-3", "２０１８-05-02", "2018-05-02T00", "2018-02-30", 20180502, None]
)
def test_a_day_has_one_form(day: Any) -> None:
    data = {"area": "21", "kind": "a", "flag": True, "day": "2018-05-02"}
    assert load(Needs, data, context("2018-05-02", actor("clerk"))).day == date(2018, 5, 2)
    with pytest.raises(BadInput) as refused:
        load(Needs, {**data, "day": day}, context("2018-05-02", actor("clerk")))
    assert (refused.value.field, refused.value.accepted) == ("day", "YYYY-MM-DD")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("text", "约谈记录见卷宗\n身份证210102198503011234"),
        ("text", "21010219850301123X"),
        ("line", "联系电话13900000000"),
        ("line", "210321 19850215 0007"),
        ("line", "ID210321198502150007"),
        ("text", "２１０３２１１９８５０２１５０００７"),
        ("plain", "139-0001-0007"),
        ("plain", "+8613900010007"),
        ("key", "210102198503011234"),
        ("key", "13900000000"),
        ("key", "x:13900000000"),
        ("key", "139-0001-0007"),
        ("listed", ["13900000000"]),
        ("named", {"a": "13900000000"}),
        ("named", {"13900000000": "a"}),
        ("rest", {"a": [{"13900000000": 1}]}),
        ("rest", {"a": [13900000000]}),
    ],
)
def test_no_text_that_is_kept_in_clear_carries_the_number_of_a_person(field: str, value: Any) -> None:
    with pytest.raises(BadInput) as refused:
        said(**{field: value})
    assert ((refused.value.field or "").split(".")[0], refused.value.code) == (field, "field_value")
    assert "号码" in str(refused.value.accepted)
    told = str(refused.value.problem())
    assert str(value) not in told
    assert "13900000000" not in told


@pytest.mark.parametrize(
    "value",
    [
        "21070111222",
        "210727101208",
        "139000000001",
        "1390000000",
        "2101021985030112345",
        "a1390000-4c5c-4d5e-8d5e-213900000000",  # digits inside a UUID or a hash
        "9f13900000000ab",
    ],
)
def test_other_numbers_pass(value: str) -> None:
    made = said(key=value, line=value, text=value)
    assert (made.key, made.line, made.text) == (value, value, value)
