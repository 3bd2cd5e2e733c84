"""Who is on the lists of a swap: women, minorities and cadres outside the party, counted by city and round (AL-059).

Invariant: the notice prints no figure, so no list is refused for its shares; a share that counts no person gives a
warning, and one below a floor does only where the rules name a floor. Persons come as counts alone, never as the traits
of one of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from kernel.grounds import rules_of
from kernel.messages import Area, Event, Order
from kernel.part import Part
from programmes.readers.swap import SHARES
from programmes.readers.words import Share as Ratio
from services.allocation.swap.refusals import COMPOSITION_COUNTS
from services.allocation.words import programme_of


class NoteComposition(Order):
    """A city submitted a list of ``persons``; ``counts`` by the names of the shares, None where nobody counted."""

    programme: str
    batch: int
    city: str
    submission: str
    persons: int
    counts: Mapping[str, int] | None


class CompositionNoted(Event, title="互派名单构成"):
    """A city's list: so many persons, of whom so many by the name of each share; ``counted`` False where none came."""

    rule = SHARES.path
    areas: ClassVar[tuple[str, ...]] = ("city",)

    programme: str
    batch: int
    city: Area
    submission: str
    persons: int
    counted: bool
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Share:
    """One share: ``count`` of ``of`` persons; ``missing`` counts whom a floor of the rules asks for besides."""

    name: str
    count: int
    of: int
    missing: int

    @property
    def warning(self) -> str:
        """``none`` where the share counts nobody, ``below_floor`` where the rules ask for more, else empty (AL-059)."""
        if self.of and not self.count:
            return "none"
        return "below_floor" if self.missing else ""


def shares(names: Sequence[str], persons: int, counts: Mapping[str, int], floors: Mapping[str, Ratio]) -> list[Share]:
    """The shares of a list, in the order of ``names`` (AL-059). A floor {parts, of} asks for that part, rounded up."""
    found = []
    for name in names:
        floor = floors.get(name)
        least = -(-floor.parts * persons // floor.of) if floor else 0
        count = counts.get(name, 0)
        found.append(Share(name, count, persons, max(0, least - count)))
    return found


def decide(state: frozenset[str], command: NoteComposition) -> Sequence[CompositionNoted]:
    """Take a list in, once; ``state`` holds the submissions so far. Source: 辽组通字〔2002〕13号 二."""
    if command.submission in state:
        return []
    names = rules_of(command).value(SHARES)
    counts = command.counts
    wrong = next((n for n in counts or () if n not in names or not 0 <= (counts or {})[n] <= command.persons), None)
    if wrong is not None:
        raise COMPOSITION_COUNTS(submission=command.submission, wrong=wrong, persons=command.persons, names=names)
    return [
        CompositionNoted.carrying(
            command,
            counted=counts is not None,
            counts={name: (counts or {}).get(name, 0) for name in names} if counts is not None else {},
        )
    ]


def evolve(state: frozenset[str], event: Event) -> frozenset[str]:
    """The submissions after one more event."""
    return state | {event.submission} if isinstance(event, CompositionNoted) else state


COMPOSITION: Part[frozenset[str]] = Part(
    "swap-composition/{programme}.{city}", frozenset(), decides=(decide,), evolve=evolve, scope=programme_of
)
