"""What personnel does with reserves: every act is noted with who did it, so that a case can name them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from kernel.messages import Context
from kernel.service import Reaction, Received, Room, Step
from services.evaluation.reserves.reserve import NoteReserveAct

ACTS: Final = (
    *("ReserveRecommended", "ReserveCardFiled", "ReserveQualificationChecked", "ReserveMarksAttested"),
    *("ReserveMassEvaluated", "ReserveOrganisationSelected", "ReserveInspectionDone", "ReserveDetermined"),
    *("PublicityOpened", "PublicityClosed", "ReserveActivated"),
    *("ReserveRemovalProposed", "ReserveRemovalApproved", "ReserveRemovalFiled", "ReserveRemoved"),
    *("ReserveUseProposed", "ReserveUseApproved", "ReserveUseFiled", "ReserveAppointed"),
)
"""The acts of choosing, removing and using a reserve."""


def acted(received: Received, context: Context, room: Room) -> Iterable[Step]:
    """personnel.Reserve…: who did what."""
    facts, actor = received.fields("programme", "village", "person"), received.recorded.actor
    who = {"account": actor.get("person", ""), "office": actor.get("post", ""), "organ": actor.get("organ", "")}
    noting = NoteReserveAct(context=context, **facts, act=received.recorded.type, source=received.id, **who)
    yield Step(f"reserve/{facts['programme']}.{facts['person']}", noting)


REACTIONS: Final[dict[str, Reaction]] = {f"personnel.{act}": acted for act in ACTS}
