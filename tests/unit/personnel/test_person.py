"""A person: registered once, entered again when free."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kernel.errors import Rejected
from kernel.testing import given
from services.personnel.persons.entry_plans import Read, admitted
from services.personnel.persons.person import (
    PERSON,
    Engagement,
    EnterAgain,
    PersonEnteredAgain,
    PersonRegistered,
    RegisterPerson,
)
from services.personnel.persons.registered_plans import Registered
from tests.kit.personnel.cast import CHANNEL_OFFICE, ctx

CONTEXT = ctx("2018-04-18", CHANNEL_OFFICE)
ON = CONTEXT.occurred_on
REGISTERED = PersonRegistered(occurred_on=ON, person="p-1", sealed="sealed", id_digest="d-1", synthetic=True)


def again(*engagements: Engagement) -> EnterAgain:
    return EnterAgain(context=CONTEXT, person="p-1", programme="LN2018", sealed="anew", engagements=engagements)


def test_whoever_is_back_enters_again_with_the_fields_of_today() -> None:
    entered = PersonEnteredAgain(occurred_on=ON, person="p-1", programme="LN2018", sealed="anew")
    back = given(PERSON, REGISTERED).when(again(Engagement("LN2002", True), Engagement("SX2015", True)))
    back.then(entered)
    given(PERSON, REGISTERED, entered).when(again()).then(entered)


@pytest.mark.parametrize(
    ("engagements", "code"),
    [
        ((Engagement("LN2002", False),), "person_still_engaged"),
        ((Engagement("LN2002", True), Engagement("SX2015", False)), "person_still_engaged"),
        ((Engagement("LN2018", True),), "person_registered_before"),
        ((Engagement("LN2002", False), Engagement("LN2018", False)), "person_registered_before"),
    ],
)
def test_nobody_is_in_two_programmes_at_a_time_nor_twice_in_one(engagements: tuple[Engagement, ...], code: str) -> None:
    given(PERSON, REGISTERED).when(again(*engagements)).rejected(code, field="id_number", rule="form.fields")


def test_a_person_is_registered_once_and_nobody_unknown_enters_again() -> None:
    register = RegisterPerson(context=CONTEXT, person="p-1", sealed="sealed", id_digest="d-1", synthetic=True)
    given(PERSON).when(register).then(REGISTERED)
    given(PERSON, REGISTERED).when(register).rejected("person_registered_before", field="person")
    given(PERSON).when(again()).rejected("person_unknown", kind="unknown", field="person")


def test_nothing_is_sealed_for_a_person_whose_key_is_damaged() -> None:
    read = Read("", "", ("d-2",), {}, synthetic=True)
    others = Registered({"d-1": "p-1", "d-2": "p-2"}, broken=frozenset({"p-2"}))
    assert admitted(replace(read, digests=("d-1",)), {}, others, "LN2018") == "p-1"
    with pytest.raises(Rejected) as refused:
        admitted(read, {}, others, "LN2018")
    assert (refused.value.code, refused.value.field) == ("person_damaged", "id_number")
