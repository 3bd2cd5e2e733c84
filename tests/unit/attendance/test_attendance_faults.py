"""Faults of certification: each cites a signed sheet, and with it the person who signed."""

from __future__ import annotations

import pytest

from kernel.messages import Actor
from kernel.testing import given
from services.attendance.inspection.accountability import AccountabilityOpened
from services.attendance.inspection.fault import CertificationFaultFound, RecordCertificationFault
from services.attendance.parts import REGISTER
from tests.kit.attendance.posts import (
    COMMITTEE,
    COUNTY,
    JUNE,
    POSTING,
    VILLAGE,
    at,
    day,
    first_days,
    opened,
    present,
    sheet,
)

SIGNED = [opened(), *present(first_days(JUNE, 20)), *sheet(JUNE, 20, signed="2018-07-03", signer="p-old")]


def finding(kind: str = "随便签字", version: int | None = 1, by: Actor = COUNTY) -> RecordCertificationFault:
    context = at("2018-08-01", by)
    return RecordCertificationFault(
        context=context, posting=POSTING, month=JUNE, kind=kind, finding="抽查不在岗", version=version
    )


@pytest.mark.parametrize("kind", ["看关系", "送人情", "拉不下脸", "随便签字"])
def test_a_finding_names_the_sheet_and_its_signer(kind: str) -> None:
    given(REGISTER, *SIGNED).when(finding(kind)).then(
        CertificationFaultFound(
            occurred_on=day("2018-08-01"),
            posting=POSTING,
            target=VILLAGE,
            month=JUNE,
            version=1,
            kind=kind,
            signer="p-old",
            finding="抽查不在岗",
        ),
        AccountabilityOpened(
            occurred_on=day("2018-08-01"),
            posting=POSTING,
            target=VILLAGE,
            case=f"{POSTING}.1",
            signer="p-old",
            months=(JUNE,),
            ground="certification_fault",
            kind=kind,
            assumed=True,
        ),
    )


@pytest.mark.req("AT-017")
@pytest.mark.parametrize("version", [None, 0, 2])
def test_a_finding_without_a_sheet_is_refused(version: int | None) -> None:
    given(REGISTER, *SIGNED).when(finding(version=version)).rejected("sheet_reference", field="version")


def test_an_unsigned_sheet_certifies_nothing() -> None:
    given(REGISTER, opened(), *sheet(JUNE, 0)).when(finding()).rejected("sheet_reference")


def test_other_kinds_and_other_organs_are_refused() -> None:
    given(REGISTER, *SIGNED).when(finding("迟到")).rejected("fault_kind", accepted="看关系、送人情、拉不下脸、随便签字")
    given(REGISTER, *SIGNED).when(finding(by=COMMITTEE)).rejected("not_your_business", kind="forbidden")
