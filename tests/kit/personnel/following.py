"""Personnel as a follower: a golden event of another service arrives, and what it decides of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from kernel.codec import data_of, plain
from kernel.messages import Event
from kernel.service import Received
from services.personnel.parts import PARTS
from services.personnel.reactions import REACTIONS
from tests.kit.personnel.cast import SYSTEM, ctx


class Empty:
    """A room without streams and rows."""

    def load(self, stream: str) -> None:
        return None

    def load_all(self, streams: Iterable[str]) -> dict[str, None]:
        return dict.fromkeys(streams)

    def find(self, sql: str, *params: Any) -> list[dict[str, Any]]:
        return []

    def rules(self, programme: str, area: str | None = None) -> None:
        return None


def decided(received: Received, state: Any = None, programme: str = "LN2018", area: str | None = None) -> list[Event]:
    """What the reaction to ``received`` leads to, on a stream in ``state``."""
    context = ctx(received.occurred_on.isoformat(), SYSTEM, programme, area)
    steps = list(REACTIONS[f"{received.source}.{received.recorded.type}"](received, context, Empty()))  # type: ignore[arg-type]
    deciders: dict[str, Any] = {part.category: part for part in PARTS}
    events: list[Event] = []
    for step in steps:
        decider = deciders[step.stream.split("/")[0]]
        events += decider.decide(decider.initial if state is None else state, step.command)
    return events


def values(events: Iterable[Event]) -> dict[str, Any]:
    (event,) = events
    return {"type": type(event).__name__, **plain(data_of(event))}
