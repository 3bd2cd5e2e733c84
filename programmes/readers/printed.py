"""What the notices print for information only: no decision reads it; its form is kept for whoever shows or reads it.

A setting that names a way of doing things has the ways the system has: another one would be published and not followed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final, Literal

from kernel.reader import Check, Form
from programmes.readers.words import AT_MOST_WHOLE, NO_TWICE, Count, Name, Names, Number, Row, Share


class Mainly(Row, frozen=True):
    """Counties that are mainly meant; they overlap."""

    contiguous: Count
    key: Count


class Kinds(Row, frozen=True):
    """Villages by kind, and all of them."""

    weak_party: Count
    registered_poor: Count
    union: Count


class Enterprise(Row, frozen=True):
    """The places of an enterprise, as the body of the notice has them."""

    channel: Name
    total: Count


class CountyPlaces(Row, frozen=True):
    """The places of a county in a fragment."""

    seq: Number
    printed: Name
    units: Count
    places: Count


class Deadline(Row, frozen=True):
    """A row of ``data/deadlines.csv``: printed text, effective dates, rhythm, recipient, copies, defect."""

    id: Name
    what: Name
    printed: Name
    effective_from: date | None
    effective_to: date | None
    recurrence: Name | None
    recipient: Name | None
    copies: Name | None
    defect: Name | None


_COUNTS = """
allowance.quarterly batch.number
commendation.copies form.stamped_copies quota.cadres_per_target
quota.fragment_total quota.group_b_weak_villages quota.only_registered_poor quota.only_weak_party quota.overlap
quota.province_total quota.tier_ratio_tolerance reserve.age_about
results.commended results.promoted results.villages_above_50000
results.weak_villages_fewer
swap.county_units swap.named training.handbook
"""
_DATES = """
batch.opens batch.opens_until ledger.deadline
"""
_NAMES = """
attendance.rhythm commendation.form
reserve.evaluation_pass
roster.recipient training.rhythm
"""
_LISTS = """
assessment.term_end
attendance.states check.conditions commendation.winners duties.six_helps
form.holders form.opinions nearness.ties
nomination.documents
swap.assessment.emphasis swap.directions swap.levels
swap.unnamed_partners training.departments training.order
"""
_ALWAYS = """
renomination.same_unit replacement.same_unit term.return_to_unit
"""
_NEVER = """
leave.counts_as_presence term.extension
"""

_CLAUSES = """
accountability.open adjustment.decide appointment.record archive.file assessment.record assessment.review
attendance.compile attendance.correct attendance.register attendance.seal attendance.sign binding.create breach.pursue
check.individual coverage.fallback coverage.full extension.grant funds.lean leave.approve leave.request ledger.check
ledger.feedback ledger.submit nomination.apply nomination.approve nomination.decision nomination.discussion
nomination.file nomination.scheme nomination.submit placement.assign placement.confirm placement.consult
placement.determine placement.propose preference.province_organs
promotion.grant quota.arranger quota.balance quota.channel_balance quota.local quota.unit quota.weights recall.decide
recall.interview recall.raise recall.record replacement.due report.duty reserve.announce reserve.determine
reserve.remove reserve.use return.unit swap.balance swap.both_ways swap.internal swap.list swap.post village.delist
withdrawal.record
"""

PRINTED: Final[tuple[Form[Any], ...]] = (
    *(Form[Count](path) for path in _COUNTS.split()),
    *(Form[date](path) for path in _DATES.split()),
    *(Form[Name](path) for path in _NAMES.split()),
    *(Form[Names](path, NO_TWICE) for path in _LISTS.split()),
    *(Form[bool](path, Check(lambda said: said, "true")) for path in _ALWAYS.split()),
    *(Form[bool](path, Check(lambda said: not said, "false")) for path in _NEVER.split()),
    Form[Literal["travel_meal_allowance"]]("allowance.floor"),
    Form[Literal["unit"]]("assessment.grade_by"),
    Form[Literal["sealed"]]("attendance.figures_from"),
    Form[Literal["confirmed"]]("batch.complete_when"),
    Form[Literal["village_status_only"]]("binding.release"),
    Form[Literal["human_mark"]]("check.kind"),
    Form[Literal["province_org"]]("commendation.cities_chosen_by"),
    Form[Literal["receiving_city_org"]]("commendation.consulted"),
    Form[Literal["on_post"]]("coverage.counts"),
    Form[Deadline]("deadline.*"),
    Form[Literal["unit"]]("insurance.provider"),
    Form[Literal["host_city"]]("ledger.recipients"),
    Form[Literal["ledger"]]("ledger.statistics_from"),
    Form[Literal["least_total"]]("nearness.objective"),
    Form[Literal["each_document", "last_document"]]("nomination.copies_apply_to"),
    Form[Literal["unit_party_committee"]]("nomination.decided_by"),
    Form[Literal["city_standing_committee"]]("nomination.discussed_by"),
    Form[Literal["city_org"]]("nomination.sender"),
    Form[Literal["channel"]]("placement.proposer"),
    Form[Literal["day_after"]]("publicity.first_day"),
    Form[Mapping[Name, Count]]("quota.by_city"),
    Form[Mainly]("quota.counties_mainly"),
    Form[tuple[Enterprise, ...]]("quota.enterprises"),
    Form[tuple[CountyPlaces, ...]]("quota.fragment_counties"),
    Form[Literal["printed_quotas"]]("quota.tier_precedence"),
    Form[Literal["this_batch"]]("quota.tier_ratio_base"),
    Form[Kinds]("quota.villages"),
    Form[Literal["on_post"]]("recall.clock"),
    Form[Literal["calendar_days"]]("recall.clock_days"),
    Form[Literal["county_org"]]("recall.idea_accepted_by"),
    Form[Literal["county_org"]]("recall.organ"),
    Form[Literal["new"]]("recall.successor_clock"),
    Form[Literal["sending_city_org"]]("report.organiser"),
    Form[Literal["active"]]("reserve.counted"),
    Form[Mapping[Name, Count]]("scheme.weights"),
    Form[Literal["sending_city_org"]]("swap.assessment.assessor"),
    Form[Literal["any"]]("swap.party_status"),
    Form[Literal["review"]]("swap.report.filed_after"),
    Form[Literal["province_org"]]("swap.report.reviewer"),
    Form[Share]("training.coverage", AT_MOST_WHOLE),
    Form[Literal["host_city", "host_county"]]("training.organiser"),
)

CLAUSES: Final = frozenset(_CLAUSES.split())
"""Paths that are a clause to be cited and have no value."""
