"""The plain form of a profile is checked again where it arrives."""

import copy
from typing import Any

import pytest

from programmes import loader
from programmes.faults import BrokenProfile
from programmes.published import verify


def plain(programme: str = "LN2018") -> dict[str, Any]:
    return copy.deepcopy(loader.load(programme).published())


def sealed(profile: dict[str, Any]) -> dict[str, Any]:
    """The profile with the digest of its present content, as a careful forger would send it."""
    fields = (profile[key] for key in ("programme", "version", "base", "scope", "rules"))
    return {**profile, "sha256": loader.digest(*fields)}


def refused(profile: dict[str, Any]) -> BrokenProfile:
    with pytest.raises(BrokenProfile) as broken:
        verify(profile)
    return broken.value


@pytest.mark.parametrize("programme", loader.available())
def test_every_profile_passes_in_its_plain_form(programme: str) -> None:
    verify(plain(programme))


def test_totals_are_added_again() -> None:
    profile = plain()
    profile["rules"]["quota.batch"]["value"]["villages"] = 8791

    broken = refused(sealed(profile))

    assert {fault.code for fault in broken.faults} == {"sum_differs"}
    assert "左边 9025，右边 9026，相差 1" in broken.sentence


def test_content_changed_after_the_digest_is_refused() -> None:
    profile = plain()
    profile["rules"]["form.copies"]["value"] = 4

    assert refused(profile).code == "digest_differs"
    verify(sealed(profile))


@pytest.mark.parametrize(
    ("path", "part", "new", "code"),
    [
        ("form.copies", "origin", "guessed", "origin_missing"),
        ("form.copies", "clause", None, "clause_missing"),
        ("form.copies", "value", 4.5, "fraction"),
        ("form.copies", "colour", "red", "type_wrong"),
        ("form.copies", "notice", ["辽组通字〔2018〕23号"], "type_wrong"),
        ("form.copies", "unit", 5, "type_wrong"),
        ("term.months", "value", 36, "unknown_with_value"),
        ("batch.deadline", "value", "2018-04-31", "date_not_real"),
    ],
)
def test_a_rule_that_does_not_hold_together_is_named(path: str, part: str, new: Any, code: str) -> None:
    profile = plain()
    profile["rules"][path][part] = new

    broken = refused(sealed(profile))

    assert (broken.code, broken.rule) == (code, path)


@pytest.mark.parametrize(
    ("key", "new", "code"),
    [
        ("version", "1", "type_wrong"),
        ("version", True, "type_wrong"),
        ("version", 10**30, "type_wrong"),
        ("scope", None, "type_wrong"),
        ("scope", "省", "name_wrong"),
        ("programme", "LN\n2018", "name_wrong"),
        ("base", "LN2018.1", "name_wrong"),
        ("rules", [], "type_wrong"),
        ("equations", {"a": 1}, "type_wrong"),
        ("equations", 5, "type_wrong"),
        ("equations", {"a": "form.copies"}, "equation_unreadable"),
        ("equations", {"a": "form.copies = ²"}, "equation_unreadable"),
        ("equations", {"a": f"form.copies = {'9' * 5000}"}, "equation_unreadable"),
        ("equations", {"a": "form.copies = form.recipient"}, "equation_unreadable"),
        ("equations", {"a": "count(form.holders) = sum(form.holders.copies)"}, "equation_unreadable"),
        ("equations", {"a": "form.copies = 6 - 2"}, "sum_differs"),
        ("colour", "red", "key_unknown"),
    ],
)
def test_a_head_of_the_wrong_kind_is_refused(key: str, new: Any, code: str) -> None:
    assert refused({**plain(), key: new}).code == code


def test_a_missing_part_is_named() -> None:
    profile = plain()
    del profile["sha256"]

    assert (refused(profile).code, refused(profile).rule) == ("part_missing", "sha256")


def test_a_profile_may_bear_no_title() -> None:
    profile = plain()
    del profile["title"]
    verify(sealed(profile))


def test_of_nothing_every_part_is_missing() -> None:
    assert {fault.rule for fault in refused({}).faults} == {"programme", "version", "base", "scope", "sha256", "rules"}
