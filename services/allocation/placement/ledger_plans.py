"""Plans of filed ledgers: what personnel files, and which later facts amend it."""

from __future__ import annotations

from collections.abc import Iterable

from kernel.messages import Context
from kernel.service import Received, Room, Step
from services.allocation.placement.ledger_amendment import AmendLedger, Change, NoteFiling
from services.allocation.words import city_of


def filed_stream(programme: str, city: str) -> str:
    """The stream of a city's filed ledger."""
    return f"filed-ledger/{programme}.{city}"


def ledger_filed(received: Received, context: Context, room: Room) -> Iterable[Step]:
    """LedgerFiled: from now on the city's postings amend what was filed."""
    facts = received.fields("programme", "city")
    note = NoteFiling(context=context, **facts, postings=tuple(received.data.get("postings") or ()))
    yield Step(filed_stream(facts["programme"], facts["city"]), note)


def amended(programme: str, target: str, posting: str, change: Change, context: Context, room: Room) -> Iterable[Step]:
    """The amendment of a filed ledger; nothing where the city has filed none."""
    stream = filed_stream(programme, city_of(target))
    if room.load(stream) is not None:
        yield Step(
            stream,
            AmendLedger(
                context=context,
                programme=programme,
                city=city_of(target),
                target=target,
                posting=posting,
                change=change,
            ),
        )
