"""What township and village said of a reserve in a quarter, taken over from evaluation for the fact sheet (EV-051).

Source: 青委组〔2017〕57号 附件2. Invariant: a correction takes the place of what it corrects, whatever comes in first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from kernel.messages import Event, Order, Text
from programmes.quarters import Quarter
from services.personnel.reserves.candidate import OfReserve, Reserve

Level = Literal["township", "village"]


class ReserveOpinionNoted(OfReserve, title="后备干部季度评定意见记入"):
    """The opinion of a quarter, in its ``version``, of the township or the village."""

    rule = "record.fields"

    quarter: Quarter
    level: Level
    version: int
    opinion: Text


class NoteReserveOpinion(Order):
    """Evaluation says what was said of a reserve."""

    quarter: Quarter
    level: Level
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
