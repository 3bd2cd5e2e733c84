"""Read models of ledgers: rows by id, signature, seal and filing, what was submitted, which villages are mandatory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from kernel.projection import Op, Table
from services.personnel.ledger import book, submission, villages

ROWS = Table(
    "ledger_rows",
    {"programme": "text", "posting": "text"},
    {
        **dict.fromkeys(("city", "county", "person", "target", "role", "tier", "village_kind"), "text"),
        **dict.fromkeys(("remark", "returned"), "text"),
        **dict.fromkeys(("months", "edition"), "int"),
        "entered_on": "date",
    },
    (("programme", "city"), ("target",)),
)
"""``returned`` is the city's remark on a row that the county has to write anew."""
LEDGERS = Table(
    "ledgers",
    {"programme": "text", "city": "text"},
    {
        **dict.fromkeys(("signer", "post", "sealed_by", "recipient"), "text"),
        **dict.fromkeys(("edition", "paper", "electronic"), "int"),
        **dict.fromkeys(("signed_on", "sealed_on", "filed_on", "first_filed_on"), "date"),
        "late": "bool",
        "postings": "json",
    },
)
"""Signature and seal are of the rows as they stand; the rest tells of the last filing."""
SUBMITTED = Table(
    "submitted_rows",
    {"programme": "text", "nomination": "text"},
    {
        **dict.fromkeys(("channel", "person", "target", "kind", "medium"), "text"),
        "edition": "int",
        "submitted_on": "date",
    },
    (("programme", "channel"),),
)
VILLAGES = Table(
    "village_kinds", {"programme": "text", "target": "text"}, {"city": "text", "county": "text", "kind": "text"}
)
TABLES = (ROWS, LEDGERS, SUBMITTED, VILLAGES)
_UNSIGNED: Mapping[str, Any] = {
    **dict.fromkeys(("signer", "post", "sealed_by"), ""),
    **dict.fromkeys(("signed_on", "sealed_on")),
}


def _entered(e: book.LedgerRowEntered) -> Iterable[Op]:
    yield ROWS.of(e, entered_on=e.occurred_on, returned="")
    yield LEDGERS.put(e.programme, e.city, **_UNSIGNED)


def _returned(e: book.LedgerRowReturned) -> Iterable[Op]:
    yield ROWS.put(e.programme, e.posting, returned=e.remark)
    yield LEDGERS.put(e.programme, e.city, **_UNSIGNED)


def _struck(e: book.LedgerRowStruck) -> Iterable[Op]:
    yield ROWS.drop(e.programme, e.posting)
    yield LEDGERS.put(e.programme, e.city, **_UNSIGNED)


def _signed(e: book.LedgerSigned) -> Iterable[Op]:
    yield LEDGERS.of(e, signed_on=e.occurred_on)


def _sealed(e: book.LedgerSealed) -> Iterable[Op]:
    yield LEDGERS.put(e.programme, e.city, sealed_by=e.organ, sealed_on=e.occurred_on)


def _filed(e: book.LedgerFiled) -> Iterable[Op]:
    copies = {"paper": e.copies.paper, "electronic": e.copies.electronic}
    first = {"first_filed_on": e.occurred_on} if e.edition == 1 else {}
    yield LEDGERS.of(e, **copies, filed_on=e.occurred_on, postings=list(e.postings), **first)


def _submitted(e: submission.LedgerSubmitted) -> Iterable[Op]:
    for row in e.rows:
        about = {"person": row.person, "target": row.target, "kind": row.kind, "submitted_on": e.occurred_on}
        yield SUBMITTED.of(e, nomination=row.nomination, **about)


def _villages(e: villages.VillageKindsNoted) -> Iterable[Op]:
    for one in e.villages:
        yield VILLAGES.put(e.programme, one.target, city=e.county[:4], county=e.county, kind=one.kind)


WRITES: Mapping[type, Callable[[Any], Iterable[Op]]] = {
    book.LedgerRowEntered: _entered,
    book.LedgerRowReturned: _returned,
    book.LedgerRowStruck: _struck,
    book.LedgerSigned: _signed,
    book.LedgerSealed: _sealed,
    book.LedgerFiled: _filed,
    submission.LedgerSubmitted: _submitted,
    villages.VillageKindsNoted: _villages,
}
