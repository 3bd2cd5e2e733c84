"""A correction: what it claims and frees, what it may not say, and what was known of a person on a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from kernel.testing import given
from services.personnel.parts import PERSON
from services.personnel.persons import history
from services.personnel.persons.correction import Correct, PassNumber
from services.personnel.persons.history import Said
from services.personnel.persons.person import IdentityNumberPassed, PersonCorrected, PersonRegistered
from tests.kit.personnel.cast import UNIT_OFFICE, ctx

DAY = date(2018, 4, 18)
REGISTERED, BESIDE = (
    PersonRegistered(occurred_on=DAY, person="p-1", sealed="s", id_digest="d-1", synthetic=True, known=known)
    for known in ("", "p-0")
)
ABOUT: dict[str, Any] = {
    "person": "p-1", "programme": "LN2018", "fields": ("name",), "changes": "c", "sealed": "s-2",
    "reason": "抄写有误", "source": "户籍证明",
}  # fmt: skip


def correction(on: str = "2019-03-04", **more: Any) -> Correct:
    return Correct(context=ctx(on, UNIT_OFFICE), **{**ABOUT, **more})


def event(on: str = "2019-03-04", **more: Any) -> PersonCorrected:
    return PersonCorrected(occurred_on=date.fromisoformat(on), **{**ABOUT, **more})


def test_a_number_that_moves_frees_the_old_one_and_claims_the_new_one() -> None:
    moved = event(fields=("id_number",), id_digest="d-2", turn=3, freed="d-1", freed_turn=1)
    number = correction(fields=("id_number",), id_digest="d-2", turn=3)
    given(PERSON, REGISTERED).when(number).then(moved)
    assert moved.claims() == ("id:d-2/3",)
    assert event().claims() == ()
    assert event(fields=("id_number",), id_digest="d-2", turn=3, known="p-9").claims() == ()
    # From there on the person holds the new number, and frees that.
    back = event("2019-05-01", fields=("id_number",), id_digest="d-1", turn=2, freed="d-2", freed_turn=3)
    again = correction("2019-05-01", fields=("id_number",), id_digest="d-1", turn=2)
    given(PERSON, REGISTERED, moved).when(again).then(back)
    # Who never held the number frees none.
    given(PERSON, BESIDE).when(number).then(event(fields=("id_number",), id_digest="d-2", turn=3))


def test_a_number_that_is_free_passes_to_who_was_entered_beside() -> None:
    passed = IdentityNumberPassed(occurred_on=DAY, person="p-1", id_digest="d-1", turn=2, known="")
    order = PassNumber(context=ctx("2018-04-18", UNIT_OFFICE), person="p-1", id_digest="d-1", turn=2)
    state = given(PERSON, BESIDE).when(order).then(passed).state
    assert (state.known, state.same, state.number, passed.claims()) == ("", None, ("d-1", 2), ("id:d-1/2",))
    given(PERSON).when(order).rejected("person_unknown")
    same = given(PERSON, BESIDE).when(replace(order, known="p-0", same=True)).state
    assert (same.known, same.same) == ("p-0", True)


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"fields": ()}, "nothing_corrected", "changes"),
        ({"reason": "电话 13900000001"}, "personal_number_in_text", "reason"),
        ({"source": "210321198002150007 户口簿"}, "personal_number_in_text", "source"),
        ({"on": "2018-04-17"}, "date_before_ground", "occurred_on"),
    ],
)
def test_what_a_correction_may_not_be(changes: dict[str, Any], code: str, field: str) -> None:
    given(PERSON, REGISTERED).when(correction(**changes)).rejected(code, field=field)
    given(PERSON).when(correction(**changes)).rejected("person_unknown")


def said(position: int, part: str, on: str, content: dict[str, Any], programme: str = "", nomination: str = "") -> Said:
    return Said(position, part, programme, nomination, date.fromisoformat(on), content)


VERSIONS = (
    said(1, "personal", "2018-04-18", {"name": "甲", "mobile": "1"}),
    said(2, "form", "2018-04-18", {"name": "甲", "post": "科员"}, "LN2018", "n-1"),
    said(9, "correction", "2018-06-01", {"name": "乙"}, "LN2018"),
    said(5, "correction", "2019-03-01", {"name": "丙", "post": "主任"}, "LN2018"),
    said(6, "personal", "2021-01-01", {"name": "丙", "mobile": "2"}),
    said(7, "form", "2021-01-01", {"name": "丙", "post": "处长"}, "LN2021", "n-2"),
    said(8, "correction", "2021-02-01", {"post": "局长"}, "LN2021"),
)


FIRST, LATER = {"name": "甲", "post": "科员"}, {"name": "丙", "post": "主任"}
ROWS = [
    {
        "position": one.position, "part": one.part, "programme": one.programme, "nomination": one.nomination,
        "entered_on": one.on, "fields": list(one.content),
    }
    for one in VERSIONS
]  # fmt: skip


@pytest.mark.parametrize(
    ("day", "personal", "forms", "revisions"),
    [
        ("2018-04-17", {}, ({}, {}), (0, 0)),
        ("2018-05-31", {"name": "甲", "mobile": "1"}, (FIRST, {}), (0, 0)),
        ("2018-06-01", {"name": "乙", "mobile": "1"}, ({**FIRST, "name": "乙"}, {}), (1, 0)),
        ("2019-03-01", {"name": "丙", "mobile": "1"}, (LATER, {}), (2, 0)),
        ("2021-01-31", {"name": "丙", "mobile": "2"}, (LATER, {"name": "丙", "post": "处长"}), (2, 0)),
        ("2021-02-01", {"name": "丙", "mobile": "2"}, (LATER, {"name": "丙", "post": "局长"}), (2, 1)),
    ],
)
def test_what_was_known_on_a_day_follows_the_order_of_the_facts(
    day: str, personal: dict[str, Any], forms: tuple[dict[str, Any], ...], revisions: tuple[int, ...]
) -> None:
    on = date.fromisoformat(day)
    assert history.personal(VERSIONS, on) == personal
    assert tuple(history.form(VERSIONS, one, on) for one in ("n-1", "n-2")) == forms
    assert tuple(history.revisions(ROWS, one, on) for one in ("n-1", "n-2")) == revisions
