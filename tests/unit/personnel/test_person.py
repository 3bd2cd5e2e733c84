"""A person: registered once, entered again when free."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

import pytest

from kernel.errors import Rejected
from kernel.messages import Actor
from kernel.testing import given
from services.personnel.parts import PERSON
from services.personnel.persons.entry_plans import Admitted, Read, Vault, admitted
from services.personnel.persons.person import (
    Engagement,
    EnterAgain,
    Identify,
    IdentitySettled,
    PersonEnteredAgain,
    PersonRegistered,
    RegisterPerson,
    Settle,
)
from services.personnel.persons.registered_plans import Record, Registered
from tests.kit.personnel.cast import CHANNEL, CHANNEL_OFFICE, COUNTY, HOST_CITY, SENDING_CITY, UNIT, UNIT_OFFICE, ctx

CONTEXT = ctx("2018-04-18", CHANNEL_OFFICE)
ON = CONTEXT.occurred_on
REGISTERED = PersonRegistered(occurred_on=ON, person="p-1", sealed="sealed", id_digest="d-1", synthetic=True, known="")


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
    past = (Engagement("LN2002", True, (CHANNEL,)),)
    whole, damaged = (Record(f"p-{n}", "", False, "", False, n == 2, past, past) for n in (1, 2))
    others = Registered({"d-1": (whole,), "d-2": (damaged,)})
    vault = cast(Vault, None)  # whoever has the person is believed about it

    def enters(read: Read, by: Actor) -> Admitted:
        return admitted(read, {}, others, "LN2018", by, vault)

    assert enters(replace(read, digests=("d-1",)), CHANNEL_OFFICE) == Admitted(again=whole)
    with pytest.raises(Rejected) as refused:
        enters(read, CHANNEL_OFFICE)
    assert (refused.value.code, refused.value.field) == ("person_damaged", "id_number")
    # Of the person of another it is not told: what is entered beside it is sealed under a key of its own.
    assert enters(read, UNIT_OFFICE) == Admitted(known="p-2")


BESIDE = PersonRegistered(occurred_on=ON, person="p-2", sealed="sealed", id_digest="d-1", synthetic=True, known="p-1")
SAME = IdentitySettled(occurred_on=ON, person="p-2", known="p-1", same=True, reason="经核对为同一人")
OTHER = IdentitySettled(occurred_on=ON, person="p-2", known="p-1", same=False, reason="号码填写有误")
IDENTIFY = Identify(context=CONTEXT, field="nomination")


def settle(event: IdentitySettled, *engagements: Engagement, erased: bool = False) -> Settle:
    return Settle(
        context=CONTEXT, person="p-2", same=event.same, reason=event.reason, programme="LN2018", erased=erased,
        engagements=engagements,
    )  # fmt: skip


def test_a_record_beside_the_holder_claims_no_number_and_goes_on_when_it_is_settled_who_it_is() -> None:
    register = RegisterPerson(
        context=CONTEXT, person="p-2", sealed="sealed", id_digest="d-1", synthetic=True, known="p-1"
    )
    given(PERSON).when(register).then(BESIDE)
    assert (REGISTERED.claims(), BESIDE.claims()) == (("id:d-1",), ())
    given(PERSON, REGISTERED).when(IDENTIFY).then()
    given(PERSON, BESIDE).when(IDENTIFY).rejected("identity_open", field="nomination", rule="form.fields")
    given(PERSON, BESIDE, SAME).when(IDENTIFY).then()
    given(PERSON, BESIDE, OTHER).when(IDENTIFY).rejected("identity_other", field="nomination")


def test_an_identity_is_settled_once_and_one_person_is_free_or_it_is_another() -> None:
    given(PERSON, BESIDE).when(settle(SAME, Engagement("LN2002", True))).then(SAME)
    given(PERSON, BESIDE).when(settle(SAME, Engagement("LN2002", False))).rejected("person_still_engaged")
    given(PERSON, BESIDE).when(settle(SAME, Engagement("LN2018", True))).rejected("person_registered_before")
    given(PERSON, BESIDE).when(settle(SAME, erased=True)).rejected("person_registered_before", field="entered")
    given(PERSON, BESIDE).when(settle(OTHER, Engagement("LN2002", False), erased=True)).then(OTHER)
    for event in (SAME, OTHER):
        given(PERSON, BESIDE, event).when(settle(SAME)).rejected("identity_settled", field="entered")
    given(PERSON).when(settle(SAME)).rejected("person_unknown")


def test_who_has_a_person_is_the_unit_the_channel_or_the_city_that_sends() -> None:
    posted = Engagement("LN2018", True, (UNIT, CHANNEL))
    assert [by for by in (UNIT_OFFICE, CHANNEL_OFFICE, SENDING_CITY, COUNTY) if posted.of(by)] == [
        UNIT_OFFICE,
        CHANNEL_OFFICE,
    ]
    local = Engagement("LN2018", True, ("U09", "210727"))
    assert [by for by in (UNIT_OFFICE, COUNTY, HOST_CITY) if local.of(by)] == [COUNTY]
    leg = Engagement("LN2002", True, (), "211381")
    assert [by for by in (UNIT_OFFICE, CHANNEL_OFFICE, SENDING_CITY, HOST_CITY, COUNTY) if leg.of(by)] == [SENDING_CITY]
