"""Read models of papers: their present version, what is filed of them, and every seal, signature and copy."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from kernel.projection import Op, Table
from services.personnel.papers import paper

PAPERS = Table(
    "papers",
    {"programme": "text", "document": "text"},
    {
        **dict.fromkeys(("kind", "person", "unit", "area", "counterpart", "sha256"), "text"),
        **dict.fromkeys(("version", "expected", "filed"), "int"),
        **dict.fromkeys(("recorded_on", "stamped_on"), "date"),
    },
    (("area",), ("person",)),
)
"""``expected`` and ``filed`` are copies; ``expected`` is 0 where the notice prints no number."""
PAPER_MARKS = Table(
    "paper_marks",
    {"programme": "text", "document": "text", "mark": "text", "version": "int", "organ": "text", "signer": "text"},
    {"post": "text", "marked_on": "date", "stands_in_for": "text"},
)
"""``mark`` is "seal", "signature", a stage of the form's opinions, or "stamp"."""
PAPER_COPIES = Table(
    "paper_copies",
    {"programme": "text", "document": "text", "holder": "text"},
    {"organ": "text", "copies": "int", "filed_on": "date"},
)
TABLES = (PAPERS, PAPER_MARKS, PAPER_COPIES)


Marked = paper.PaperSealed | paper.PaperSigned | paper.OpinionSealed | paper.FormStamped


def _mark(e: Marked, mark: str) -> Op:
    key = (e.programme, e.document, mark, e.version, e.organ, e.signer)
    return PAPER_MARKS.put(*key, post=e.post, marked_on=e.occurred_on, stands_in_for=e.stands_in_for or "")


def _recorded(e: paper.PaperRecorded) -> Iterable[Op]:
    yield PAPERS.of(e, counterpart=e.counterpart or "", recorded_on=e.occurred_on)


def _sealed(e: paper.PaperSealed) -> Iterable[Op]:
    yield _mark(e, "seal")


def _signed(e: paper.PaperSigned) -> Iterable[Op]:
    yield _mark(e, "signature")


def _opinion(e: paper.OpinionSealed) -> Iterable[Op]:
    yield PAPERS.of(e, kind=paper.FORM)
    yield _mark(e, e.stage)


def _stamped(e: paper.FormStamped) -> Iterable[Op]:
    yield PAPERS.of(e, kind=paper.FORM, area=e.target, stamped_on=e.occurred_on)
    yield _mark(e, "stamp")


def _filed(e: paper.CopyFiled) -> Iterable[Op]:
    yield PAPERS.add(e.programme, e.document, filed=e.copies)
    yield PAPER_COPIES.put(e.programme, e.document, e.holder, organ=e.organ, filed_on=e.occurred_on)
    yield PAPER_COPIES.add(e.programme, e.document, e.holder, copies=e.copies)


WRITES: Mapping[type, Callable[[Any], Iterable[Op]]] = {
    paper.PaperRecorded: _recorded,
    paper.PaperSealed: _sealed,
    paper.PaperSigned: _signed,
    paper.OpinionSealed: _opinion,
    paper.FormStamped: _stamped,
    paper.CopyFiled: _filed,
}
