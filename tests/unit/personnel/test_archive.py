"""After the term: archive and promotion."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from services.personnel.legs.archive import FileInArchive, NoteAssessment, PromoteCadre, WithdrawFromArchive
from services.personnel.legs.leg import ArchiveItemWithdrawn, CadrePromoted, FiledInArchive
from services.personnel.legs.secondment import EndTerm
from services.personnel.schemas import COMMANDS
from tests.kit.personnel.cast import HOST_CITY, SENDING_CITY, SYSTEM
from tests.kit.personnel.legs import ABOUT, key, leg, on, post, report

REVIEWED = NoteAssessment(context=on("2003-06-25", SYSTEM), assessment="evaluation:7")
ENDED = EndTerm(context=on("2003-07-15", SYSTEM), as_of=date(2003, 7, 15))
GROUNDS = ("outstanding", "recognised", "work_need")


def file(by: Any = SENDING_CITY, document: str = "考核材料 1") -> FileInArchive:
    return FileInArchive(context=on("2003-07-16", by), leg=key(), document=document)


def promote(by: Any = SENDING_CITY, **changes: Any) -> PromoteCadre:
    fields: dict[str, Any] = {"grounds": GROUNDS, "evaluation": "evaluation:7", "post": "副市长", **changes}
    return PromoteCadre(context=on("2003-07-18", by), leg=key(), **fields)


def test_filing_waits_for_the_review_of_the_province() -> None:
    served = leg(post(), report())
    served.when(file()).rejected("review_missing", rule="swap.report.filed_after")
    reviewed = leg(post(), report(), REVIEWED)
    reviewed.when(file()).then(
        FiledInArchive(
            occurred_on=date(2003, 7, 16), leg=key(), **ABOUT, kind="assessment", document="考核材料 1",
            organ="city_org organ",
        )
    )  # fmt: skip
    reviewed.when(file(by=HOST_CITY)).rejected("not_your_business", kind="forbidden")


def take_out(document: str = "考核材料 1", by: Any = SENDING_CITY) -> WithdrawFromArchive:
    return WithdrawFromArchive(context=on("2003-08-01", by), leg=key(), document=document, reason="材料有误")


@pytest.mark.req("X-030")
def test_an_archive_only_grows_and_a_withdrawal_is_one_more_item() -> None:
    filed = leg(post(), report(), REVIEWED, file())
    filed.when(file()).rejected("filed_before", field="document")
    assert filed.when(file(document="考核材料 2")).state.filed == {"考核材料 1", "考核材料 2"}
    filed.when(take_out("考核材料 2")).rejected("not_in_archive", field="document", accepted="考核材料 1")
    filed.when(take_out(by=HOST_CITY)).rejected("not_your_business", kind="forbidden")
    withdrawn = ArchiveItemWithdrawn(
        occurred_on=date(2003, 8, 1), leg=key(), **ABOUT, document="考核材料 1", reason="材料有误",
        organ="city_org organ",
    )  # fmt: skip
    filed.when(take_out()).then(withdrawn)
    leg(post(), report(), REVIEWED, file(), take_out()).when(take_out()).rejected("not_in_archive", accepted="无")
    # Of all commands of the service two alone concern an item of the archive, and neither deletes one.
    items = {kind.__name__ for kind in COMMANDS if {"leg", "document"} <= kind.__annotations__.keys()}
    assert items == {"FileInArchive", "WithdrawFromArchive"}


@pytest.mark.req("PE-059")
def test_no_promotion_without_the_reference_of_the_evaluation() -> None:
    over = leg(post(), report(), REVIEWED, ENDED)
    over.when(promote(evaluation="")).rejected("evaluation_missing", field="evaluation", accepted="evaluation:7")
    over.when(promote(evaluation="evaluation:8")).rejected("evaluation_missing")
    leg(post(), report(), ENDED).when(promote()).rejected("evaluation_missing")
    promoted = CadrePromoted(
        occurred_on=date(2003, 7, 18), leg=key(), **ABOUT, grounds=GROUNDS, evaluation="evaluation:7", post="副市长"
    )
    over.when(promote()).then(promoted)


@pytest.mark.req("EV-022")
def test_all_three_grounds_are_present() -> None:
    over = leg(post(), report(), REVIEWED, ENDED)
    for missing in GROUNDS:
        rest = tuple(ground for ground in GROUNDS if ground != missing)
        over.when(promote(grounds=rest)).rejected("grounds_incomplete", rule="promotion.grounds", field="grounds")
    over.when(promote(grounds=tuple(reversed(GROUNDS)))).types("CadrePromoted")


def test_promotion_comes_after_the_term_and_once() -> None:
    leg(post(), report(), REVIEWED).when(promote()).rejected("not_after_term")
    leg(post(), report(), REVIEWED, ENDED, promote()).when(promote()).rejected("not_after_term")
    leg(post(), report(), REVIEWED, ENDED).when(promote(by=HOST_CITY)).rejected("not_your_business")
