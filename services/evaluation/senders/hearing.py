"""The unit hears its cadre's report and visits the village (EV-007).

Source: 晋组通字〔2015〕41号 五.4, 「派出单位要定期听取第一书记工作汇报,适时到村调研」. How often is not printed: both
rhythms are settings. Invariant: each is recorded by the unit that sends the cadre, of a day on which the cadre serves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from kernel.grounds import rules_of
from kernel.messages import Command, Key, Line
from kernel.part import Part, each
from programmes.readers import reports
from programmes.roles import UNITS
from services.evaluation.scopes import scope
from services.evaluation.works.work import ForWork, OfWork, serving


class UnitHearingHeld(OfWork, title="听取工作汇报"):
    """The unit heard the cadre for the ``number``-th time; ``minutes`` say where that is written."""

    rule: ClassVar[str | None] = reports.HEARINGS.path

    unit: Key
    number: int
    minutes: Line


class UnitVisitPaid(OfWork, title="到村调研"):
    """The unit came to the cadre's village for the ``number``-th time; ``report`` says where that is written."""

    rule: ClassVar[str | None] = reports.VISITS.path

    unit: Key
    number: int
    report: Line


class RecordUnitHearing(Command, title="登记听取工作汇报", roles=UNITS, concerns=("posting",)):
    """Record that the unit heard its cadre's report on the day of the command."""

    posting: Key
    minutes: Line


class RecordUnitVisit(Command, title="登记到村调研", roles=UNITS, concerns=("posting",)):
    """Record that the unit came to its cadre's village on the day of the command."""

    posting: Key
    report: Line


class HearingFor(ForWork):
    """``RecordUnitHearing``, told whose it is."""

    unit: Key
    minutes: Line


class VisitFor(ForWork):
    """``RecordUnitVisit``, told whose it is."""

    unit: Key
    report: Line


@dataclass(frozen=True, slots=True)
class Care:
    """How often the unit has heard and visited one cadre."""

    hearings: int = 0
    visits: int = 0


def hear(state: Care, command: HearingFor) -> Sequence[UnitHearingHeld]:
    """The hearing (EV-007). Raises Rejected: ``work_off_post``, ``rule_unknown``."""
    rules_of(command).value(reports.HEARINGS)
    serving(command, field="posting", rule=reports.HEARINGS.path)
    return (UnitHearingHeld.carrying(command, number=state.hearings + 1),)


def visit(state: Care, command: VisitFor) -> Sequence[UnitVisitPaid]:
    """The visit (EV-007). Raises Rejected: ``work_off_post``, ``rule_unknown``."""
    rules_of(command).value(reports.VISITS)
    serving(command, field="posting", rule=reports.VISITS.path)
    return (UnitVisitPaid.carrying(command, number=state.visits + 1),)


def heard(state: Care, event: UnitHearingHeld) -> Care:
    """The state after UnitHearingHeld."""
    return replace(state, hearings=event.number)


def visited(state: Care, event: UnitVisitPaid) -> Care:
    """The state after UnitVisitPaid."""
    return replace(state, visits=event.number)


CARE: Part[Care] = Part(
    "sender-care/{posting}", Care(), decides=(hear, visit), evolve=each(heard, visited), scope=scope
)
"""What the unit did about one posting."""
