"""What follows from the events of other services: each is taken in once, in order, together with its effect.

Invariant: as of commands (``kernel.handler``), whatever fails over an error of our own fails on states that were just
brought up to date. A refusal is an event too, since nobody can be answered.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from kernel.decision import Decision, States
from kernel.door_refusals import BUSY
from kernel.errors import Conflict, Rejected
from kernel.log import Append, Log, Receipt
from kernel.messages import Actor, CommandRefused, Context
from kernel.service import Received, Service

ATTEMPTS = 8


class Reactions:
    """Takes in the events ``service`` follows. Safe for threads and green threads."""

    def __init__(
        self,
        service: Service,
        log: Log,
        find: Callable[..., list[dict[str, Any]]] | None = None,
        tools: Mapping[str, Any] | None = None,
    ) -> None:
        self.service = service
        self.log = log
        self.find = find
        self.tools = tools if tools is not None else {}
        self.states = States(service, log)

    def room(self) -> Decision:
        """An attempt to decide."""
        return Decision(self.service, self.states, find=self.find, tools=self.tools)

    def react(self, batch: Sequence[Received], *, late: bool = False) -> None:
        """Take in events of other services, in order, in one transaction; each position once.

        ``late`` are events whose positions were passed before their kind was followed; those known are left out.

        Raises:
            Exception: whatever a reaction raised that is not a refusal; nothing was recorded then.
        """
        for _ in range(ATTEMPTS):
            decision = self.room()
            due = [received for received in batch if not self._known(received)] if late else batch
            try:
                receipts = self.log.append_all([self._taken(received, decision, late) for received in due])
            except Conflict:
                # It names what moved under one event; another process may have moved what every one of them stands on.
                self.states.refresh(decision.versions)
                continue
            except Exception:
                if self.states.refresh(decision.versions):
                    continue
                raise
            # What somebody else took in already was decided here once more, on states that hold its effect.
            if not any(receipt.repeated for receipt in receipts):
                self.states.store(decision)
            return
        raise BUSY()

    def _known(self, received: Received) -> bool:
        """Whether an event was decided, with or without an effect, or parked."""
        if self.log.receipt(received.id, b"") is not None:
            return True
        number = received.recorded.position
        return any(found.id == received.id for found in self.log.parked_events((received.source, number - 1), 1))

    def _taken(self, received: Received, decision: Decision, late: bool) -> Append:
        context = self._caused_by(received)
        decision.begin()
        try:
            self._decide(received, context, decision)
        except Rejected as refusal:
            decision.undo()
            decision.note(
                f"refused/{received.id}",
                CommandRefused(
                    occurred_on=received.occurred_on,
                    cause=received.id,
                    reaction=_reaction_of(received),
                    code=refusal.code,
                    sentence=refusal.sentence,
                    refused_field=refusal.field,
                ),
            )
        # A late one stands in the log by its id, effect or none: no position of the inbox tells that it was seen.
        return decision.append(context, b"", None if late else (received.source, received.recorded.position))

    def _caused_by(self, received: Received) -> Context:
        actor = Actor("system", "reactor", self.service.name, "system", ("",))
        return Context(received.id, actor, received.occurred_on, received.recorded.correlation, received.id)

    def _decide(self, received: Received, context: Context, decision: Decision) -> None:
        reaction = self.service.reactions.get(_reaction_of(received))
        if reaction is not None:
            decision.run(reaction(received, context, decision))

    def replay(self, received: Received, note: Append) -> Receipt:
        """Decide an event that was parked, and commit its effect together with ``note``; gives the note's receipt.

        The effect is kept under the id it would have had (``received.id``), so whoever replays it again adds nothing.

        Raises:
            Rejected: the reaction refuses it. Nothing was recorded: it is for the operator to judge.
            Exception: whatever else the reaction or the log raises; nothing was recorded then either.
        """
        context = self._caused_by(received)
        for _ in range(ATTEMPTS):
            decision = self.room()
            try:
                self._decide(received, context, decision)
                effect, noted = self.log.append_all([decision.append(context, b""), note])
            except Conflict as conflict:
                self.states.refresh(decision.versions, conflict.streams)
                continue
            except Exception as failure:
                if self.states.refresh(decision.versions):
                    continue
                decision.cite(failure)
                raise
            if not effect.repeated:
                self.states.store(decision)
            return noted
        raise BUSY()

    def park(self, received: Received, reason: str, *, late: bool = False) -> None:
        """Park an event that cannot be taken in, with the reason, so that those behind it can go on."""
        if late and self._known(received):
            return
        actor = {"person": "system", "post": "reactor", "organ": self.service.name}
        taken_in = (received.source, received.recorded.position)
        self.log.append_all([Append(received.id, b"", (), {}, actor, taken_in=taken_in, parked=reason, late=late)])

    def taken_in(self) -> dict[str, int]:
        """For each source the position up to which its events were taken in."""
        return self.log.taken_in()


def _reaction_of(received: Received) -> str:
    return f"{received.source}.{received.recorded.type}"
