"""No value is published that its reader cannot read: every value of every profile is spoiled in every way there is.

What is refused is refused by name. What is let through must be of the form the declaration promises, to the last part.
"""

from __future__ import annotations

import copy
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

import msgspec
import pytest

from kernel.errors import Rejected
from kernel.reader import Reader
from kernel.testing import rules as rules_with
from programmes import known, loader
from programmes.faults import BrokenProfile, Fault
from programmes.known import FORMS
from programmes.published import verify
from programmes.readers.attendance import DAYS_PER_MONTH, REGISTRAR
from programmes.readers.printed import CLAUSES
from tests.kit.spoiled import signed, spoiled

PATHS = [
    pytest.param(name, path, id=f"{name}-{path}")
    for name in loader.available()
    for path, rule in loader.load(name).rules.items()
    if rule["value"] is not None
]

GRANTERS = (
    "host_leader|township_committee|[{organ: county_org|host_leader|township_committee, days?: 整数 ≥ 1|null,"
    " filed?: county_org|township_committee|null}, …]"
)


@pytest.mark.parametrize(("name", "path"), PATHS)
def test_a_spoiled_value_is_refused_by_its_path_or_read_in_its_form(name: str, path: str) -> None:
    profile, form = loader.load(name).published(), known.form_of(path)
    assert form is not None
    refused = 0
    for value in spoiled(profile["rules"][path]["value"]):
        faults = faults_of({**profile, "rules": {path: {**profile["rules"][path], "value": value}}})
        assert all(fault.rule == path and fault.accepted for fault in faults), (value, faults)
        assert faults or fits(form.of(value), form.shape), (value, form.shape)
        refused += bool(faults)
    assert refused > 10


def faults_of(profile: dict[str, Any]) -> tuple[Fault, ...]:
    """What publication finds, nothing where it lets the profile through."""
    try:
        verify(signed(profile))
    except BrokenProfile as broken:
        return broken.faults
    return ()


def fits(value: Any, shape: Any) -> bool:
    """Whether ``value`` is of the type ``shape``; told here without the library that made it so."""
    origin, args = get_origin(shape), get_args(shape)
    if hasattr(shape, "__metadata__"):
        return fits(value, args[0])
    if origin is Literal:
        return any(type(value) is type(one) and value == one for one in args)
    if origin in (Union, UnionType):
        return any(fits(value, one) for one in args)
    if origin is tuple:
        return isinstance(value, tuple) and all(fits(part, args[0]) for part in value)
    if origin is not None:
        return isinstance(value, dict) and all(fits(k, args[0]) and fits(v, args[1]) for k, v in value.items())
    if issubclass(shape, msgspec.Struct):
        hints = {field.name: field.type for field in msgspec.structs.fields(shape)}
        return type(value) is shape and all(fits(getattr(value, name), hint) for name, hint in hints.items())
    return type(value) is shape


@pytest.mark.parametrize("key", ["host_county", "host_village", "name", "unit_and_post", "mobile", "remark"])
def test_a_ledger_without_a_column_that_its_rows_are_compared_by_is_not_published(key: str) -> None:
    profile = copy.deepcopy(loader.load("SX2015").published())
    columns = profile["rules"]["ledger.columns"]
    columns["value"] = [column for column in columns["value"] if column["key"] != key]
    (fault,) = faults_of(profile)
    assert (fault.code, fault.rule, key in fault.accepted) == ("value_unreadable", "ledger.columns", True)


@pytest.mark.parametrize(
    ("path", "value", "accepted"),
    [
        (
            "attendance.registrar",
            {"township": "township_committee", "village": "work_team"},
            "{township|village: township_committee|village_party_organisation, …}",
        ),
        ("leave.approver", "county_org", GRANTERS),
        ("leave.approver", ["township_committee"], GRANTERS),
        ("leave.approver", [{"organ": "county_org", "days": 3}], "days 逐项增大，最后一项不写 days"),
        ("leave.approver", [{"organ": "township_committee", "days": 3}, {"organ": "county_org", "days": 3}], None),
        ("leave.approver", [{"organ": "township_committee"}, {"organ": "county_org"}], None),
        ("attendance.days_per_month", "22", "整数 ≥ 1 ≤ 31"),
        ("attendance.days_per_month", {"village": 22}, "整数 ≥ 1 ≤ 31"),
        ("attendance.days_per_month", 32, "整数 ≥ 1 ≤ 31"),
        ("attendance.sealer", "county_org", "township_committee"),
        ("leave.kinds", 2, "[文字, …]"),
        ("leave.kinds", [], "[文字, …]"),
        ("leave.kinds", ["事", "事"], "各项不重复"),
        ("term.months", 10**6, "整数 ≥ 1 ≤ 600"),
        ("placement.move_tolerance", {"parts": 1, "of": 0}, "{parts: 整数 ≥ 0, of: 整数 ≥ 1}"),
        ("quota.apportionment", {"method": "by_hand", "ties": "printed_order"}, None),
        ("nearness.ranks", {"same_village": 0}, None),
        ("duty.handbook", {"by": ["county_org"]}, "只写 by，为省委组织部中的角色（province_org）"),
        (
            "duty.pre_post_training",
            {"by": ["city_org"], "after": ["handbook"]},
            "只写 by、after，by 为市委组织部中的角色（city_org），after 为 pre_post_mobilisation",
        ),
        ("attendance.rhythm", 7, "文字"),
        ("recall.organ", "city_org", "county_org"),
    ],
)
def test_the_refusal_names_path_and_reader_and_what_it_can_read(path: str, value: Any, accepted: str | None) -> None:
    profile = copy.deepcopy(loader.load("LN2018").published())
    profile["rules"][path] = {"value": value, "unit": "u", "origin": "assumed", "notice": "N", "clause": None}
    with pytest.raises(BrokenProfile) as broken:
        verify(signed(profile))
    assert (broken.value.code, broken.value.rule, len(broken.value.faults)) == ("value_unreadable", path, 1)
    assert accepted in (None, broken.value.accepted)
    form = FORMS[path]
    assert f"“{path}”" in broken.value.sentence
    assert not isinstance(form, Reader) or f"“{form.title}”" in broken.value.sentence


def test_the_place_inside_a_value_is_named() -> None:
    profile = copy.deepcopy(loader.load("LN2018").published())
    profile["rules"]["quota.channels"]["value"][3]["kind"] = "guild"
    with pytest.raises(BrokenProfile) as broken:
        verify(signed(profile))
    assert broken.value.sentence == "“各领域名额、人选推荐”读不懂“quota.channels”的值（[3].kind 处）。"


@pytest.mark.parametrize(
    ("path", "rule", "code", "accepted"),
    [
        (
            "leave.aprover",
            {"value": "township_committee"},
            "rule_path_unknown",
            "leave.approver、leave.approve",
        ),
        ("xylophone.quiz", {"value": {"by": ["county_org"]}}, "rule_path_unknown", "docs/paths.md 所列的路径"),
        ("attendance.compile", {"value": 1}, "value_unexpected", "去掉值"),
        ("leave.approver", {"value": None}, "value_missing", "写明值，或把来源写成 unknown"),
        ("batch.opens", {"value": "2018-04-11"}, "days_out_of_order", "2018-04-11 起"),
    ],
)
def test_a_path_nobody_knows_and_a_value_nobody_takes(
    path: str, rule: dict[str, Any], code: str, accepted: str
) -> None:
    profile = copy.deepcopy(loader.load("LN2018").published())
    profile["rules"][path] = {"unit": None, "origin": "assumed", "notice": "N", "clause": "1", **rule}
    with pytest.raises(BrokenProfile) as broken:
        verify(signed(profile))
    assert (broken.value.code, broken.value.accepted) == (code, accepted)
    assert broken.value.rule == (path if code != "days_out_of_order" else "batch.opens_until")


def test_a_file_is_refused_for_it_at_its_line() -> None:
    text = (loader.PROFILES / "jz.toml").read_text(encoding="utf-8")
    broken_text = text.replace('approver = { value = "township_committee"', 'aprover = { value = "township_committee"')
    with pytest.raises(BrokenProfile) as broken:
        loader.parse(broken_text, "jz.toml")
    assert (broken.value.code, broken.value.rule) == ("rule_path_unknown", "leave.aprover")
    assert broken_text.splitlines()[broken.value.line - 1].startswith("aprover")


def test_a_value_nested_without_end_is_refused_and_nothing_worse() -> None:
    deep: list[Any] = []
    for _ in range(5000):
        deep = [deep]
    profile = copy.deepcopy(loader.load("LN2018").published())
    profile["rules"]["leave.kinds"]["value"] = deep
    with pytest.raises(BrokenProfile) as broken:
        verify({**profile, "equations": {}})
    assert broken.value.rule == "leave.kinds"


def test_a_value_published_before_it_was_checked_refuses_the_decision_by_name() -> None:
    kept = {"village": "township_committee"}
    old = rules_with("P", {"attendance.days_per_month": "22", "attendance.registrar": kept})
    with pytest.raises(Rejected) as wrong:
        old.value(DAYS_PER_MONTH)
    assert (wrong.value.code, wrong.value.field, wrong.value.accepted) == (
        "rule_unreadable",
        "attendance.days_per_month",
        "整数 ≥ 1 ≤ 31",
    )
    assert old.entry(REGISTRAR, "village") == "township_committee"
    with pytest.raises(Rejected) as silent:
        old.entry(REGISTRAR, "township")
    assert (silent.value.code, silent.value.field) == ("rule_unknown", "attendance.registrar.township")


def test_every_path_is_declared_once_and_every_declaration_is_a_path_of_a_profile() -> None:
    example = loader.read(loader.PROFILES.parent / "examples/zc2017.toml")
    paths = {path for name in loader.available() for path in loader.load(name).rules}
    assert {path for path in paths if known.form_of(path) is None} == CLAUSES
    assert {path for path in FORMS if not path.endswith(".*")} <= paths | example.rules.keys()
    assert not CLAUSES & FORMS.keys()
