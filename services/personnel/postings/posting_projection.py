"""Read models of postings: hand-over, recall, replacement, return."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from kernel.projection import Op, Table
from services.personnel.postings import changed, ended, posting, promoted, returning, succession, terms
from services.personnel.postings.appointed import PostAppointmentRecorded

POSTINGS = Table(
    "postings",
    {"posting": "text"},
    {
        **dict.fromkeys(("programme", "person", "unit", "channel", "target", "city", "county", "kind"), "text"),
        "role": "text",
        "tier": "text",
        "weak": "bool",
        "status": "text",
        "items": "int",
        **dict.fromkeys(("placed_on", "appointed_on", "on_post_since", "recalled_on", "returned_on"), "date"),
        "term_ends": "date",
        "ended_on": "date",
        "left_on": "date",
        "successor": "text",
        "ended_by": "text",
        "ground": "text",
    },
    (("programme", "city", "status"), ("unit",), ("person",), ("target",), ("successor",)),
)
HANDOVER = Table("handover", {"posting": "text", "item": "text"}, {"target": "text", "done_on": "date"})
RECALL_CASES = Table(
    "recall_cases", {"recall_case": "text"}, {"posting": "text", "target": "text", "cause": "text", "noted_on": "date"}
)
RECALLS = Table(
    "recalls",
    {"posting": "text"},
    {
        **dict.fromkeys(("programme", "person", "unit", "target", "recall_case", "cause"), "text"),
        "recalled_on": "date",
    },
)
REPLACEMENTS = Table(
    "replacements",
    {"posting": "text"},
    {
        **dict.fromkeys(("programme", "unit", "channel", "target", "kind", "successor"), "text"),
        "due_on": "date",
        "filled_on": "date",
    },
)
RETURNS = Table(
    "returns",
    {"source": "text"},
    {**dict.fromkeys(("programme", "person", "unit", "target", "sending", "host"), "text"), "returned_on": "date"},
)

PROMOTIONS = Table(
    "posted_promotions",
    {"posting": "text"},
    {
        **dict.fromkeys(("programme", "person", "unit", "target", "result", "equal", "post"), "text"),
        "preferred": "bool",
        "promoted_on": "date",
    },
)

TABLES = (
    PROMOTIONS,
    POSTINGS,
    HANDOVER,
    RECALL_CASES,
    RECALLS,
    REPLACEMENTS,
    RETURNS,
)


def _placed(e: posting.PlacementNoted) -> Iterable[Op]:
    about = {
        n: getattr(e, n) for n in ("programme", "person", "unit", "channel", "target", "kind", "role", "tier", "weak")
    }
    area = {"city": e.target[:4], "county": e.target[:6]}
    yield POSTINGS.put(e.posting, **about, **area, status="placed", placed_on=e.occurred_on)


def _moved(e: changed.PostingMoved) -> Iterable[Op]:
    yield POSTINGS.put(e.posting, target=e.target, city=e.target[:4], county=e.target[:6])


def _sender(e: changed.PostingUnitChanged) -> Iterable[Op]:
    yield POSTINGS.put(e.posting, unit=e.unit, channel=e.channel)


def _withdrawn(e: posting.PlacementWithdrawalNoted | succession.SuccessorLapsed) -> Iterable[Op]:
    yield POSTINGS.put(e.posting, status="cancelled")


def _item(e: posting.HandoverItemDone) -> Iterable[Op]:
    yield HANDOVER.of(e, done_on=e.occurred_on)
    yield POSTINGS.put(e.posting, status="in_transfer")
    yield POSTINGS.add(e.posting, items=1)


def _appointed(e: PostAppointmentRecorded) -> Iterable[Op]:
    yield POSTINGS.put(e.posting, status="in_transfer", appointed_on=e.occurred_on)


def _on_post(e: posting.CadreOnPost) -> Iterable[Op]:
    yield POSTINGS.put(e.posting, status="on_post", on_post_since=e.occurred_on)
    place, number = e.posting.rsplit(".", 1)
    if int(number) > 1:
        yield REPLACEMENTS.put(f"{place}.{int(number) - 1}", successor=e.posting, filled_on=e.occurred_on)


def _case(e: posting.RecallCaseNoted) -> Iterable[Op]:
    yield RECALL_CASES.of(e, recall_case=e.case, cause=e.trigger, noted_on=e.occurred_on)


def _recalled(e: posting.CadreRecalled) -> Iterable[Op]:
    yield RECALLS.of(e, recall_case=e.case, cause=e.trigger, recalled_on=e.occurred_on)
    yield POSTINGS.put(e.posting, recalled_on=e.occurred_on)
    yield from _ended(e)


def _ended(e: posting.CadreRecalled | ended.CadreWithdrawn | ended.PostAdjusted | returning.TermEnded) -> Iterable[Op]:
    if e.posting is not None:
        status, ground = posting.status_after(e), getattr(e, "ground", "")
        yield POSTINGS.put(
            e.posting,
            status=status,
            ended_on=e.occurred_on,
            left_on=e.occurred_on,
            ended_by=type(e).__name__,
            ground=ground,
        )


def _replacement(e: posting.ReplacementDue) -> Iterable[Op]:
    yield REPLACEMENTS.of(e, due_on=e.occurred_on)


def _planned(e: succession.ChangeoverPlanned) -> Iterable[Op]:
    yield POSTINGS.put(e.posting, left_on=e.takes_over)


def _followed(e: succession.SuccessorAppointed) -> Iterable[Op]:
    yield POSTINGS.put(e.posting, successor=e.successor)


def _term(e: terms.TermSet) -> Iterable[Op]:
    yield POSTINGS.put(e.posting, term_ends=e.ends)


def _extended(e: terms.TermExtended) -> Iterable[Op]:
    yield POSTINGS.put(e.posting, term_ends=e.until)


def _returned(e: returning.ReturnedToUnit) -> Iterable[Op]:
    about = {name: getattr(e, name) or "" for name in ("programme", "person", "unit", "target", "sending", "host")}
    yield RETURNS.put(e.posting or e.leg, **about, returned_on=e.occurred_on)
    if e.posting is not None:
        yield POSTINGS.put(e.posting, status="returned", returned_on=e.occurred_on)


def _promoted(e: promoted.PostedCadrePromoted) -> Iterable[Op]:
    yield PROMOTIONS.of(e, result=e.result or "", promoted_on=e.occurred_on)


WRITES: Mapping[type, Callable[[Any], Iterable[Op]]] = {
    posting.PlacementNoted: _placed,
    posting.PlacementWithdrawalNoted: _withdrawn,
    changed.PostingMoved: _moved,
    changed.PostingUnitChanged: _sender,
    posting.HandoverItemDone: _item,
    PostAppointmentRecorded: _appointed,
    posting.CadreOnPost: _on_post,
    posting.RecallCaseNoted: _case,
    promoted.PostedCadrePromoted: _promoted,
    posting.CadreRecalled: _recalled,
    posting.ReplacementDue: _replacement,
    succession.ChangeoverPlanned: _planned,
    succession.SuccessorAppointed: _followed,
    succession.SuccessorLapsed: _withdrawn,
    terms.TermSet: _term,
    terms.TermExtended: _extended,
    ended.CadreWithdrawn: _ended,
    ended.PostAdjusted: _ended,
    returning.TermEnded: _ended,
    returning.ReturnedToUnit: _returned,
}
