"""Ledgers, office holders, units."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from kernel.testing import actor, given
from services.allocation.placement.ledger import LEDGER, AcknowledgeLedger, FeedBack, LedgerFedBack, LedgerRow
from services.allocation.registers.office import OFFICE, Holder, KnownPosts, OfficeHolderRecorded, RecordHolder
from services.allocation.registers.unit import UNIT, RecordHelpTies, RegisterUnit
from tests.kit.allocation.ground import CHANNEL, JINZHOU, ORGANS, OTHER_CHANNEL, ctx

VILLAGE = "210727101208"
ROW = LedgerRow(VILLAGE, "village", f"LN2018.{VILLAGE}.1", "p-1", "U01", ORGANS)
SECOND = replace(ROW, posting=f"LN2018.{VILLAGE}.2", person="p-2")
FEED = FeedBack(context=ctx(), programme="LN2018", city="2107", rows=(ROW,))
SEEN = AcknowledgeLedger(context=ctx(JINZHOU), programme="LN2018", city="2107")


def test_a_city_gets_rows_of_its_own_area_once() -> None:
    fed = given(LEDGER).when(FEED).types("LedgerFedBack").events or []
    given(LEDGER).when(replace(FEED, city="2113")).rejected("foreign_row", rule="ledger.feedback")
    given(LEDGER, *fed).when(FEED).rejected("ledger_empty")
    (event,) = given(LEDGER, *fed).when(replace(FEED, rows=(ROW, SECOND))).events or []
    assert isinstance(event, LedgerFedBack)
    assert (event.edition, event.rows) == (2, (SECOND,))
    given(LEDGER).when(replace(FEED, context=ctx(CHANNEL))).rejected("province_confirms", kind="forbidden")


def test_a_city_acknowledges_what_it_was_given() -> None:
    fed = given(LEDGER).when(FEED).events or []
    given(LEDGER).when(SEEN).rejected("nothing_to_acknowledge")
    seen = given(LEDGER, *fed).when(SEEN).types("LedgerAcknowledged").events or []
    given(LEDGER, *fed, *seen).when(SEEN).rejected("nothing_to_acknowledge")


POSTS = KnownPosts(("township_party_secretary",), "锦州办法", "一.2")
HOLDER = Holder("210727101", "party_secretary", "s-1", date(2016, 1, 1))
CITY = actor("city_org", areas=("2107",))


def record(holder: Holder) -> RecordHolder:
    return RecordHolder(context=ctx(CITY), holder=holder, known=POSTS)


def recorded(holder: Holder) -> OfficeHolderRecorded:
    return OfficeHolderRecorded(
        occurred_on=date(2018, 4, 16),
        organ=holder.organ,
        post=holder.post,
        person=holder.person,
        since=holder.since,
        until=holder.until,
    )


def test_a_new_holder_begins_after_the_last() -> None:
    given(OFFICE).when(record(HOLDER)).then(recorded(HOLDER))
    next_one = replace(HOLDER, person="s-2", since=date(2018, 6, 1))
    given(OFFICE, recorded(HOLDER)).when(record(next_one)).types("OfficeHolderRecorded")
    same_day = replace(next_one, since=HOLDER.since)
    given(OFFICE, recorded(HOLDER)).when(record(same_day)).rejected("period_overlaps")
    ended = recorded(replace(HOLDER, until=date(2018, 6, 1)))
    given(OFFICE, ended).when(record(next_one)).rejected("period_overlaps", accepted="晚于 2018-06-01")
    given(OFFICE, ended).when(record(replace(next_one, since=date(2018, 6, 2)))).types("OfficeHolderRecorded")


def test_a_holder_is_recorded_in_the_county_and_forwards_in_time() -> None:
    given(OFFICE).when(record(replace(HOLDER, until=date(2015, 12, 31)))).rejected("period_reversed")
    given(OFFICE).when(record(replace(HOLDER, until=HOLDER.since))).types("OfficeHolderRecorded")


@pytest.mark.parametrize(
    ("organ", "post", "accepted"),
    [
        ("210727101", "party_secretery", "party_secretary"),
        ("210727101", "township_party_secretary", "party_secretary"),
        ("210727101200", "party_secretary", "township_party_secretary"),
        ("210727", "party_secretary", "township_party_secretary"),
    ],
)
def test_a_post_that_no_profile_names_is_refused_with_the_clause_that_names_posts(
    organ: str, post: str, accepted: str
) -> None:
    refused = given(OFFICE).when(record(replace(HOLDER, organ=organ, post=post)))
    refused.rejected("post_unknown", field="holders.post", accepted=accepted, notice="锦州办法", clause="一.2")


def test_before_any_profile_names_a_post_there_is_none() -> None:
    unnamed = RecordHolder(context=ctx(CITY), holder=HOLDER, known=KnownPosts())
    given(OFFICE).when(unnamed).rejected("post_unknown", accepted="先发布载明该职务的方案")


REGISTER = RegisterUnit(context=ctx(CHANNEL), unit="U01", name="合成单位 01", channel=ORGANS, level="province")
TIES = RecordHelpTies(context=ctx(CHANNEL), unit="U01", helped=(VILLAGE,), contacts=("210727102213",))


def test_a_unit_is_registered_once_by_its_channel() -> None:
    (event,) = given(UNIT).when(REGISTER).events or []
    assert event.claims() == ("unit-name:合成单位01",)
    given(UNIT, event).when(REGISTER).rejected("unit_registered")


@pytest.mark.parametrize("field", ["helped", "contacts"])
def test_ties_are_villages_and_townships_of_a_registered_unit(field: str) -> None:
    registered = given(UNIT).when(REGISTER).events or []
    given(UNIT, *registered).when(TIES).types("HelpTiesRecorded")
    given(UNIT).when(TIES).rejected("unit_unknown", kind="unknown")
    township: dict[str, Any] = {field: ("210727101",)}
    given(UNIT, *registered).when(replace(TIES, **township)).types("HelpTiesRecorded")
    county: dict[str, Any] = {field: ("210727",)}
    given(UNIT, *registered).when(replace(TIES, **county)).rejected("tie_not_village", field=field)
    given(UNIT, *registered).when(replace(TIES, context=ctx(OTHER_CHANNEL))).rejected("foreign_channel")
