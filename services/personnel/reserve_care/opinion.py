"""What township and village said of a reserve in a quarter, taken over from evaluation for the fact sheet (EV-051).

Source: 青委组〔2017〕57号 附件2. Invariant: a correction takes the place of what it corrects, whatever comes in first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final, Literal

from kernel.messages import Context, Event, Order, Text
from kernel.service import Reaction, Received, Room, Step
from programmes.quarters import Quarter
from services.personnel.reserves.candidate import OfReserve, Reserve


class ReserveOpinionNoted(OfReserve, title="后备干部季度评定意见记入"):
    """The opinion of a quarter, in its ``version``, of the township or the village."""

    rule = "record.fields"

    quarter: Quarter
    level: Literal["township", "village"]
    version: int
    opinion: Text


class NoteReserveOpinion(Order):
    """Evaluation says what was said of a reserve."""

    quarter: Quarter
    level: Literal["township", "village"]
    version: int
    opinion: Text


def note(state: Reserve, command: NoteReserveOpinion) -> Sequence[ReserveOpinionNoted]:
    """The opinion, unless a later version of it is known."""
    if state.records.get(_key(command), 0) >= command.version:
        return ()
    return (ReserveOpinionNoted.carrying(command, state),)


def evolve(state: Reserve, event: Event) -> Reserve:
    """The reserve after an opinion."""
    if isinstance(event, ReserveOpinionNoted):
        return replace(state, records={**state.records, _key(event): event.version})
    return state


def _key(said: NoteReserveOpinion | ReserveOpinionNoted) -> str:
    return f"{said.level}_opinion.{said.quarter}"


def _reviewed(received: Received, context: Context, room: Room) -> Iterable[Step]:
    """evaluation.ReserveReviewed: the township's review."""
    said = "发展潜力：{potential}；主要不足：{shortcomings}".format_map(received.data)
    yield from _noted(received, context, "township", said)


def _opined(received: Received, context: Context, room: Room) -> Iterable[Step]:
    """evaluation.VillageOpinionGiven: the village's opinion."""
    yield from _noted(received, context, "village", received.data["opinion"])


def _noted(received: Received, context: Context, level: Literal["township", "village"], opinion: str) -> Iterable[Step]:
    facts = received.fields("programme", "person")
    noting = NoteReserveOpinion(context=context, **received.fields("quarter", "version"), level=level, opinion=opinion)
    yield Step(f"reserve/{facts['programme']}.{facts['person']}", noting)


REACTIONS: Final[dict[str, Reaction]] = {
    "evaluation.ReserveReviewed": _reviewed,
    "evaluation.VillageOpinionGiven": _opined,
}
