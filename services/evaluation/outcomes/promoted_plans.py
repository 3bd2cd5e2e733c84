"""What personnel decides of promotions: it is noted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from kernel.messages import Context
from kernel.service import Reaction, Received, Room, Step
from services.evaluation.outcomes.promoted import NotePromotion


def _promoted(received: Received, context: Context, room: Room) -> Iterable[Step]:
    """personnel.PostedCadrePromoted, personnel.CadrePromoted: of a posting, of a leg."""
    data, about = received.data, received.fields("programme", "person")
    place, sending = data.get("target") or data["host"], data.get("sending")
    order = NotePromotion(context=context, **about, place=place, sending=sending, source=received.id)
    yield Step(f"promotions/{about['programme']}.{about['person']}", order)


REACTIONS: Final[dict[str, Reaction]] = {
    "personnel.PostedCadrePromoted": _promoted,
    "personnel.CadrePromoted": _promoted,
}
