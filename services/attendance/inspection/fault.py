"""Faults found in how a month was certified, laid at the door of the person who signed.

Source: the Jinzhou measures 一.2. Invariant: every finding cites one version of one month's sheet, and its signer.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from kernel.grounds import in_force, not_before
from kernel.messages import Area, Command, Event, Key, Text
from kernel.refusals import NOT_YOUR_BUSINESS
from programmes.readers.attendance import FAULTS
from programmes.roles import CITIES, COUNTIES, PROVINCE
from services.attendance.inspection.accountability import AccountabilityOpened, opening
from services.attendance.inspection.refusals import FAULT_KIND, SHEET_REFERENCE
from services.attendance.register.days import MonthKey
from services.attendance.register.state import Register

SUPERIORS = frozenset({"county_org", "city_org", "province_org"})


class CertificationFaultFound(Event, title="认定问题"):
    """A finding of one of the profile's kinds about a signed sheet; ``signer`` is who signed that version."""

    rule: ClassVar[str | None] = FAULTS.path
    areas: ClassVar[tuple[str, ...]] = ("target",)

    posting: Key
    target: Area
    month: MonthKey
    version: int
    kind: str
    signer: Key
    finding: Text


class RecordCertificationFault(
    Command, title="认定问题登记", roles=PROVINCE | CITIES | COUNTIES, concerns=("posting",)
):
    """Record how a signed sheet came to be certified against the rules; ``version`` of the sheet must be named."""

    posting: Key
    month: MonthKey
    kind: str
    finding: Text
    version: int | None = None


def record_fault(
    register: Register, command: RecordCertificationFault
) -> Sequence[CertificationFaultFound | AccountabilityOpened]:
    """CertificationFaultFound (AT-017), and AccountabilityOpened against who signed that version (AT-020).

    Raises:
        Rejected: ``not_your_business``; ``fault_kind``; ``sheet_reference`` where no signed sheet is cited;
            ``date_before_ground`` where it was signed later.
    """
    context = command.context
    rule = FAULTS.path
    rules = in_force(context.rules, register.programme)
    if context.actor.role not in SUPERIORS or not context.actor.covers(register.target):
        raise NOT_YOUR_BUSINESS(act="认定问题", organ="县以上组织部门", field="posting", rule=rule)
    kinds = rules.value(FAULTS)
    if command.kind not in kinds:
        raise FAULT_KIND(kind=command.kind, rule=rule, kinds=kinds)
    sheet = register.month(command.month).sheet(command.version or 0)
    if sheet is None or sheet.signer is None:
        raise SHEET_REFERENCE(rule=rule)
    not_before(command, sheet.signed_on, "签字", rule)
    signed = ((command.month, sheet.signer),)
    return (
        CertificationFaultFound.carrying(
            command, register, posting=register.posting, version=sheet.version, kind=command.kind, signer=sheet.signer
        ),
        *opening(register, command, rules, signed, "certification_fault", command.kind),
    )
