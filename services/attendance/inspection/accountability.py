"""Accountability for a month's sheets: of whoever signed them, wherever that person is now (AT-020).

Source: the Jinzhou measures 一.2 (对乡镇党委书记进行组织调整). Invariant: a case names the signer of a sheet, never the
holder of the post of today; what follows is decided by an organ above the township, and never by a figure.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import ClassVar, Literal

from kernel.grounds import in_force, not_before
from kernel.messages import Area, Command, Event, Key, Line
from kernel.refusals import NOT_YOUR_BUSINESS
from kernel.rules import Rules
from programmes.readers.attendance import MEASURE, TARGET
from programmes.roles import CITIES, COUNTIES, PROVINCE
from services.attendance.inspection.refusals import ACCOUNTABILITY_DECIDED, ACCOUNTABILITY_UNKNOWN, ADJUSTMENT_MEASURE
from services.attendance.register.days import MonthKey
from services.attendance.register.state import Case, Register

SUPERIORS = PROVINCE | CITIES | COUNTIES
RULE = "accountability.open"


class AccountabilityOpened(Event, title="启动问责"):
    """``signer`` answers for the signed sheets of ``months``; ``finding`` is the kind of what was found."""

    rule: ClassVar[str | None] = RULE
    areas: ClassVar[tuple[str, ...]] = ("target",)

    posting: Key
    target: Area
    case: Key
    signer: Key
    months: tuple[str, ...]
    ground: Literal["sham_posting", "certification_fault"]
    kind: str
    assumed: bool


class OrganisationalAdjustmentDecided(Event, title="组织调整决定"):
    """An organ above the township decided ``measure`` against the signer, by ``document``."""

    rule: ClassVar[str | None] = MEASURE.path
    areas: ClassVar[tuple[str, ...]] = ("target",)

    posting: Key
    target: Area
    case: Key
    signer: Key
    measure: str
    organ: str
    document: Line


class DecideAdjustment(Command, title="组织调整决定", roles=SUPERIORS, concerns=("posting",)):
    """Decide a case of accountability."""

    posting: Key
    case: Key
    measure: Line
    document: Line


def opening(
    register: Register,
    command: Command,
    rules: Rules,
    signed: Iterable[tuple[str, str]],
    ground: Literal["sham_posting", "certification_fault"],
    kind: str,
) -> list[AccountabilityOpened]:
    """One case a signer of ``signed`` (month, signer), where the profile says that signers answer."""
    target = rules.find(TARGET)
    by_signer: dict[str, list[MonthKey]] = {}
    for month, signer in signed if target else ():
        by_signer.setdefault(signer, []).append(month)
    return [
        AccountabilityOpened.carrying(
            register,
            occurred_on=command.context.occurred_on,
            posting=register.posting,
            case=f"{register.posting}.{len(register.cases) + number}",
            signer=signer,
            months=tuple(months),
            ground=ground,
            kind=kind,
            assumed=target is not None and target.assumed,
        )
        for number, (signer, months) in enumerate(by_signer.items(), 1)
    ]


def decide_adjustment(register: Register, command: DecideAdjustment) -> Sequence[OrganisationalAdjustmentDecided]:
    """OrganisationalAdjustmentDecided.

    Raises:
        Rejected: ``not_your_business`` for an organ that is not above the township; ``case_unknown``,
            ``case_decided``, ``measure_unknown``, ``date_before_ground``, ``rule_unknown``.
    """
    context = command.context
    known = in_force(context.rules, register.programme).value(MEASURE)
    if context.actor.role not in SUPERIORS or not context.actor.covers(register.target):
        raise NOT_YOUR_BUSINESS(act="组织调整", organ="县以上组织部门", field="posting", rule=MEASURE.path)
    case = register.cases.get(command.case)
    if case is None:
        raise ACCOUNTABILITY_UNKNOWN(case=command.case, rule=MEASURE.path)
    if case.decided:
        raise ACCOUNTABILITY_DECIDED(case=command.case, rule=MEASURE.path)
    if command.measure != known:
        raise ADJUSTMENT_MEASURE(measure=command.measure, known=known, rule=MEASURE.path)
    not_before(command, case.opened_on, "启动问责", MEASURE.path)
    return (
        OrganisationalAdjustmentDecided.carrying(
            command, register, posting=register.posting, signer=case.signer, organ=context.actor.organ
        ),
    )


def case_opened(register: Register, event: AccountabilityOpened) -> Register:
    """The state after AccountabilityOpened."""
    return replace(register, cases={**register.cases, event.case: Case(event.signer, event.occurred_on)})


def adjusted(register: Register, event: OrganisationalAdjustmentDecided) -> Register:
    """The state after OrganisationalAdjustmentDecided."""
    return replace(register, cases={**register.cases, event.case: replace(register.cases[event.case], decided=True)})
