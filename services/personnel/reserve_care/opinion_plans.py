"""What personnel does about reviews of reserves that evaluation recorded."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from kernel.messages import Context
from kernel.service import Reaction, Received, Room, Step
from services.personnel.reserve_care.opinion import Level, NoteReserveOpinion


def _reviewed(received: Received, context: Context, room: Room) -> Iterable[Step]:
    """evaluation.ReserveReviewed: the township's review."""
    said = "发展潜力：{potential}；主要不足：{shortcomings}".format_map(received.data)
    yield from _noted(received, context, "township", said)


def _opined(received: Received, context: Context, room: Room) -> Iterable[Step]:
    """evaluation.VillageOpinionGiven: the village's opinion."""
    yield from _noted(received, context, "village", received.data["opinion"])


def _noted(received: Received, context: Context, level: Level, opinion: str) -> Iterable[Step]:
    facts = received.fields("programme", "person")
    noting = NoteReserveOpinion(context=context, **received.fields("quarter", "version"), level=level, opinion=opinion)
    yield Step(f"reserve/{facts['programme']}.{facts['person']}", noting)


REACTIONS: Final[dict[str, Reaction]] = {
    "evaluation.ReserveReviewed": _reviewed,
    "evaluation.VillageOpinionGiven": _opined,
}
