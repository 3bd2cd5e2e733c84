"""The ledger of a city: counties write, the city returns, signs, seals and files."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from kernel.testing import actor
from programmes.offices import Office, StandIn
from services.personnel.ledger.book import Copies, LedgerFiled, LedgerSealed, LedgerSigned
from tests.kit.golden import GOLDEN, decoded
from tests.kit.personnel.ledgers import (
    CITY,
    CITY_OFFICE,
    FIRST,
    HOST,
    OFFICE,
    OTHER,
    SECOND,
    SX2015,
    after,
    enter,
    file,
    filed,
    posting,
    row,
    seal,
    send_back,
    sign,
    strike,
)


@pytest.mark.req("X-021")
def test_the_head_signs_then_the_department_seals_then_two_copies_and_the_file_go_by_the_fifteenth() -> None:
    written = after(enter())
    early = written.when(seal()).rejected("duty_out_of_order", field="city", rule="procedure.ledger")
    assert early.refusal is not None
    assert (early.refusal.clause, "台账签字" in early.refusal.sentence) == ("五.2", True)
    written.when(file()).rejected("duty_out_of_order", accepted="先办理台账盖章")
    signed = LedgerSigned(
        occurred_on=date(2015, 7, 14), programme=SX2015, city=CITY, version=1, rows=1,
        signer="p-head", post="city_org_head", stands_in_for=None,
    )  # fmt: skip
    written.when(sign()).then(signed)
    deputy = actor("city_org", areas=(CITY,), person="p-deputy")
    written.when(sign(by=deputy)).rejected("ledger_not_signer", field="city", accepted="p-head")
    written.when(sign(office=Office())).rejected("ledger_not_signer", accepted="先登记市委组织部部长")
    acting = replace(OFFICE, stand_ins=(StandIn("p-deputy", date(2015, 7, 10), date(2015, 7, 14), "p-head"),))
    (by_deputy,) = written.when(sign(by=deputy, office=acting)).events or []
    assert isinstance(by_deputy, LedgerSigned)
    assert (by_deputy.signer, by_deputy.stands_in_for) == ("p-deputy", "p-head")
    written.when(sign("2015-07-15", by=deputy, office=acting)).rejected("ledger_not_signer")
    ready = after(enter(), sign())
    ready.when(file()).rejected("duty_out_of_order")
    ready.when(sign()).rejected("duty_done")
    sealed = LedgerSealed(occurred_on=date(2015, 7, 14), programme=SX2015, city=CITY, version=1, organ="city_org organ")
    ready.when(seal()).then(sealed)
    complete = after(enter(), sign(), seal())
    wrong: tuple[dict[str, Any], ...] = ({"paper": 1}, {"paper": 3}, {"electronic": 0})
    for copies in wrong:
        complete.when(file(**copies)).rejected("ledger_copies", accepted="纸质 2 份、电子版 1 份")
    complete.when(file(recipient="省委办公厅")).rejected("recipient_wrong", accepted="省委组织部组织指导处")
    complete.when(seal("2015-07-13")).rejected("duty_done")
    for on, late in (("2015-07-15", False), ("2015-07-16", True)):
        complete.when(file(on)).then(
            LedgerFiled(
                occurred_on=date.fromisoformat(on), programme=SX2015, city=CITY, edition=1, postings=(posting(FIRST),),
                copies=Copies(paper=2, electronic=1), recipient="省委组织部组织指导处", late=late,
            )
        )  # fmt: skip


def test_the_golden_filing_is_what_the_decision_gives() -> None:
    golden = decoded(GOLDEN / "personnel" / "LedgerFiled.v1.json")
    assert filed("140928101201") == golden


@pytest.mark.req("X-022")
def test_the_city_returns_with_a_remark_and_edits_nothing() -> None:
    for stranger in (CITY_OFFICE, OTHER, actor("province_org", areas=("14",))):
        edited = after(enter()).when(enter(row(remark="改"), by=stranger)).rejected("not_your_business", field="county")
        assert edited.refusal is not None
        assert edited.refusal.clause == "三.4"
        after(enter()).when(strike(by=stranger)).rejected("not_your_business")
    after(enter()).when(send_back(by=HOST)).rejected("not_your_business", field="city")
    after(enter()).when(send_back(SECOND)).rejected("ledger_row_unknown", kind="unknown")
    after(enter()).when(send_back(on="2015-07-09")).rejected("date_before_ground")
    returned = after(enter(), send_back())
    assert (returned.state.rows[posting(FIRST)].returned, returned.state.version) == ("职务与任命文件不一致", 2)
    returned.when(sign()).rejected("ledger_row_returned", field="city")
    again = returned.when(enter(on="2015-07-12")).types("LedgerRowEntered")
    assert (again.state.rows[posting(FIRST)].entered.edition, again.state.rows[posting(FIRST)].returned) == (2, "")


def test_the_same_words_twice_change_nothing_and_a_changed_row_leaves_no_signature() -> None:
    complete = after(enter(), sign(), seal())
    complete.when(enter()).then()
    changed = after(enter(), sign(), seal(), enter(row(remark="借调期满"), on="2015-07-15"))
    changed.when(file()).rejected("duty_out_of_order")
    changed.when(seal("2015-07-15")).rejected("duty_out_of_order")
    changed.when(sign("2015-07-14")).rejected("date_before_ground")
    changed.when(sign("2015-07-15")).types("LedgerSigned")


def test_what_was_filed_is_filed_once_and_a_later_row_makes_the_next_edition_which_is_not_late() -> None:
    complete = after(enter(), sign(), seal(), file())
    complete.when(file()).rejected("duty_done")
    more: list[Any] = [enter(row(SECOND), on="2015-07-20"), sign("2015-07-21"), seal("2015-07-21")]
    (event,) = after(enter(), sign(), seal(), file(), *more).when(file("2015-07-21")).events or []
    assert isinstance(event, LedgerFiled)
    assert (event.edition, event.postings, event.late) == (2, (posting(FIRST), posting(SECOND)), False)


def test_a_struck_row_is_gone_and_an_empty_ledger_is_not_signed() -> None:
    struck = after(enter(), strike())
    struck.when(sign()).rejected("duty_out_of_order", accepted="先办理台账填报")
    struck.when(strike()).rejected("ledger_row_unknown")
    after(enter()).when(strike(on="2015-07-09")).rejected("date_before_ground")
    after(enter()).when(sign(by=HOST)).rejected("not_your_business")
