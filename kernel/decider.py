"""A decider: the pure heart of an aggregate (Chassaing, "Functional Event Sourcing Decider").

``decide`` takes the state and a command and gives events or raises Rejected; ``evolve`` takes the state and an event
and gives the next state, totally and without rules; ``initial`` is the state of a stream that holds nothing yet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from kernel.messages import Event

S = TypeVar("S")


def nowhere(key: str) -> tuple[str | None, str | None]:
    """The scope of streams to which no programme applies."""
    return None, None


@dataclass(frozen=True, slots=True)
class Decider(Generic[S]):
    """One kind of stream. ``scope(key)`` gives the (programme, host area) whose rules its decisions obey."""

    initial: S
    decide: Callable[[S, Any], Sequence[Event]]
    evolve: Callable[[S, Event], S]
    scope: Callable[[str], tuple[str | None, str | None]] = nowhere

    def fold(self, state: S, events: Iterable[Event]) -> S:
        """The state after ``events``."""
        for event in events:
            state = self.evolve(state, event)
        return state
