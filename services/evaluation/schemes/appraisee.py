"""Who is assessed: a posting from its first day, with the unit that sent the cadre.

Source: 晋组通字〔2015〕41号 五.5, the Jinzhou measures 二.5.
Invariant: only postings whose notice knows an assessment stand here, and each keeps who the cadre is, by id alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

from kernel.messages import Area, Event, Key, Order
from kernel.part import Part, each
from services.evaluation.schemes.refusals import APPRAISEE_UNKNOWN
from services.evaluation.schemes.scheme import PostKind
from services.evaluation.scopes import scope


class AppraisalOpened(Event, title="考核对象记入"):
    """A cadre is on post from ``occurred_on``; ``unit`` is who sent the person, None where that was not told."""

    areas: ClassVar[tuple[str, ...]] = ("target",)

    programme: Key
    posting: Key
    person: Key
    target: Area
    kind: PostKind
    unit: Key | None


class AppraisalMoved(Event, title="考核对象变更"):
    """The place of the posting has another code, or another unit is its sender now."""

    areas: ClassVar[tuple[str, ...]] = ("target",)

    posting: Key
    target: Area
    unit: Key | None


class AppraisalClosed(Event, title="考核对象任职结束"):
    """The posting has ended; ``cause`` is the type of the event that said so."""

    areas: ClassVar[tuple[str, ...]] = ("target",)

    posting: Key
    target: Area
    cause: str


class OpenAppraisal(Order):
    """Personnel says that a cadre is on post."""

    programme: Key
    posting: Key
    person: Key
    target: Area
    kind: PostKind
    unit: Key | None


class MoveAppraisal(Order):
    """Personnel says that the posting has another place or another sender; None is what stays."""

    posting: Key
    target: Area | None = None
    unit: Key | None = None


class CloseAppraisal(Order):
    """Personnel says that the posting has ended."""

    posting: Key
    cause: str


@dataclass(frozen=True, slots=True)
class Appraisee:
    """One posting; ``closed_on`` and ``cause`` where it has ended; ``senders`` are its units, each from a day on."""

    opened: AppraisalOpened
    target: str
    unit: str | None
    closed_on: date | None = None
    cause: str | None = None
    senders: tuple[tuple[date, str], ...] = ()

    def sender(self, on: date) -> str:
        """The unit that sends the cadre on that day, "" where none was told; before the first day, the first."""
        units = [unit for since, unit in self.senders if since <= on]
        return units[-1] if units else self.opened.unit or ""


def open_appraisal(state: Appraisee | None, command: OpenAppraisal) -> Sequence[AppraisalOpened]:
    """The beginning, once."""
    return () if state is not None else (AppraisalOpened.carrying(command),)


def move(state: Appraisee | None, command: MoveAppraisal) -> Sequence[AppraisalMoved]:
    """What changed, nothing for a posting that is not assessed."""
    if state is None:
        return ()
    target, unit = command.target or state.target, command.unit or state.unit
    if (target, unit) == (state.target, state.unit):
        return ()
    return (AppraisalMoved.carrying(command, target=target, unit=unit),)


def close(state: Appraisee | None, command: CloseAppraisal) -> Sequence[AppraisalClosed]:
    """The end, once; nothing for a posting that is not assessed."""
    if state is None or state.closed_on is not None:
        return ()
    return (AppraisalClosed.carrying(command, target=state.target),)


def opened(state: Appraisee | None, event: AppraisalOpened) -> Appraisee:
    """The state after AppraisalOpened."""
    return Appraisee(event, event.target, event.unit, senders=((event.occurred_on, event.unit or ""),))


def moved(state: Appraisee, event: AppraisalMoved) -> Appraisee:
    """The state after AppraisalMoved."""
    others = {**dict(state.senders), event.occurred_on: event.unit or ""}
    return replace(state, target=event.target, unit=event.unit, senders=tuple(sorted(others.items())))


def closed(state: Appraisee, event: AppraisalClosed) -> Appraisee:
    """The state after AppraisalClosed."""
    return replace(state, closed_on=event.occurred_on, cause=event.cause)


APPRAISEE: Part[Appraisee | None] = Part(
    "appraisee/{posting}",
    None,
    scope=scope,
    absent=APPRAISEE_UNKNOWN,
    decides=(open_appraisal, move, close),
    evolve=each(opened, moved, closed),
)
"""One posting as far as it is assessed."""
