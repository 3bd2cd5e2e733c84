"""Who holds an office is a question about a day."""

from __future__ import annotations

from datetime import date

import msgspec

from kernel.testing import actor, context, given
from programmes.offices import OFFICE, NoteOfficeHolder, Office, OfficeHolderNoted, OfficeLeftNoted


def term(person: str, since: str, until: str | None = None) -> OfficeHolderNoted:
    return OfficeHolderNoted(
        occurred_on=date.fromisoformat(since),
        organ="210727102",
        post="party_secretary",
        person=person,
        since=date.fromisoformat(since),
        until=date.fromisoformat(until) if until else None,
    )


def holder(on: str, *terms: OfficeHolderNoted) -> str | None:
    return OFFICE.fold(Office(), terms).on(date.fromisoformat(on))


def test_first_and_last_day_belong_to_the_term() -> None:
    one = term("p-1", "2018-01-01", "2018-06-30")

    assert holder("2017-12-31", one) is None
    assert holder("2018-01-01", one) == "p-1"
    assert holder("2018-06-30", one) == "p-1"
    assert holder("2018-07-01", one) is None


def test_a_successor_takes_over_even_where_no_end_was_recorded() -> None:
    terms = term("p-1", "2018-01-01"), term("p-2", "2018-07-01")

    assert holder("2018-06-30", *terms) == "p-1"
    assert holder("2018-07-01", *terms) == "p-2"
    assert holder("2018-07-01", *reversed(terms)) == "p-2"


def test_an_end_recorded_later_replaces_the_open_term() -> None:
    terms = term("p-1", "2018-01-01"), term("p-1", "2018-01-01", "2018-06-30")

    assert holder("2018-07-01", *terms) is None


def test_nobody_is_in_office_again_because_the_successor_left() -> None:
    left = OfficeLeftNoted(
        occurred_on=date(2018, 7, 20),
        organ="210727102",
        post="party_secretary",
        person="p-2",
        since=date(2018, 7, 1),
        left_on=date(2018, 7, 20),
    )
    terms = term("p-1", "2018-01-01"), term("p-2", "2018-07-01")
    office = OFFICE.fold(Office(), (*terms, left))
    found = [office.on(date.fromisoformat(on)) for on in ("2018-06-30", "2018-07-19", "2018-07-20", "2019-01-01")]
    assert found == ["p-1", "p-2", None, None]
    # A term that was entered by mistake, and left on its first day, ends none.
    mistaken = msgspec.structs.replace(left, left_on=date(2018, 7, 1))
    assert OFFICE.fold(Office(), (*terms, mistaken)).on(date(2018, 7, 1)) == "p-1"


def test_the_same_words_change_nothing() -> None:
    command = NoteOfficeHolder(
        context=context("2018-04-17", actor("system")),
        organ="210727102",
        post="party_secretary",
        person="p-1",
        since=date(2018, 1, 1),
        until=None,
    )

    given(OFFICE).when(command).types("OfficeHolderNoted")
    given(OFFICE, term("p-1", "2018-01-01")).when(command).then()
