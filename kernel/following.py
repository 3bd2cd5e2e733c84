"""Which kinds of events a service has followed since when, and what it missed before: taken in late, each once.

The log remembers of each kind, under the command id ``following/<source>.<type>``, that all events of that kind were
heard, those among them that the source had recorded before the service followed them. Invariant: that is written when
the last of them is in, so whoever is interrupted begins again; what is in already is known by its id and left out.
"""

from __future__ import annotations

from collections.abc import Sequence

from kernel.log import Append
from kernel.reacting import Reactions
from kernel.service import Received


def mark(kind: str) -> str:
    """The command id under which the log remembers that all events of ``kind`` (``<source>.<type>``) were heard."""
    return f"following/{kind}"


class Following:
    """What the service of ``reactions`` newly follows; takes events in as they do, but late."""

    def __init__(self, reactions: Reactions) -> None:
        self._reactions = reactions

    def unheard(self, source: str, upto: int) -> frozenset[str]:
        """The types of ``source`` that passed it by up to the position ``upto``, which was read before this is asked.

        (A process that has caught up meanwhile moved on from that very position, so nothing is decided again.)
        """
        if not upto:
            return frozenset()
        kinds = self._unmarked(source) - self._reactions.service.heard
        return frozenset(kind.partition(".")[2] for kind in kinds)

    def heard(self, source: str, upto: int) -> None:
        """Write down that of every kind followed all events of ``source`` up to ``upto`` were heard."""
        if kinds := sorted(self._unmarked(source)):
            actor = {"person": "system", "post": "reactor", "organ": self._reactions.service.name}
            marks = [Append(mark(kind), b"", (), {}, actor, result={"upto": upto}) for kind in kinds]
            self._reactions.log.append_all(marks)

    def _unmarked(self, source: str) -> set[str]:
        followed = (kind for kind in self._reactions.service.reactions if kind.startswith(f"{source}."))
        return {kind for kind in followed if self._reactions.log.receipt(mark(kind), b"") is None}

    def react(self, batch: Sequence[Received]) -> None:
        """Take in events that were passed by; as ``Reactions.react``."""
        self._reactions.react(batch, late=True)

    def park(self, received: Received, reason: str) -> None:
        """Park one of them; as ``Reactions.park``."""
        self._reactions.park(received, reason, late=True)

    def taken_in(self) -> dict[str, int]:
        """No position tells which of them are in; each is known by its id."""
        return {}
