"""The decision loop: a request becomes a command, the command events, the events a receipt.

load → decide → append, and again from the top where a stream moved meanwhile. States are cached with their versions, so
the happy path reads nothing. Invariant: whatever is not accepted, refused or failed over an error of our own, is only
ever answered from states that were just brought up to date; what is accepted is compared with them under the lock.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from kernel.calendar import day_of, written_day
from kernel.codec import canonical
from kernel.decision import Decision, States
from kernel.door_refusals import (
    BUSY,
    COMMAND_UNKNOWN,
    DATE_IN_FUTURE,
    IDEMPOTENCY_KEY_INVALID,
    NAME_TAKEN,
    NOT_YET,
    SOURCE_NOT_FOLLOWED,
)
from kernel.errors import ClaimTaken, Conflict, PaizhuError, Rejected
from kernel.log import Append, Log, Receipt
from kernel.log.batch import clock
from kernel.messages import Actor, Command, CommandRefused, Context
from kernel.reach import Foreign, to_nobody
from kernel.refusals import FIELD_TYPE
from kernel.schema import load
from kernel.service import Handles, Plan, Received, Service

ATTEMPTS = 8
_EVENT_ID = re.compile(r"(?:[a-z]+/)?[a-z]+:[0-9]+")


def actor_of(data: Mapping[str, Any]) -> Actor:
    """The actor from its plain form."""
    return Actor(
        data["person"], data["post"], data["organ"], data["role"], tuple(data["areas"]), tuple(data.get("units", ()))
    )


class Handler:
    """Decides one service's commands and the events it takes in. Safe for threads and green threads.

    ``secret`` keys the digest by which a repeated command id is told from a reused one: the digest of a command that
    names a person must not be guessable. ``now`` is the clock in microseconds since 1970 UTC.
    """

    def __init__(
        self,
        service: Service,
        log: Log,
        *,
        secret: bytes,
        find: Callable[..., list[dict[str, Any]]] | None = None,
        tools: Mapping[str, Any] | None = None,
        now: Callable[[], int] = clock,
    ) -> None:
        self.service = service
        self.log = log
        self.secret = secret
        self.find = find
        self.tools = tools if tools is not None else {}
        self.states = States(service, log)
        self._now = now
        self._taken_in: dict[str, int] = {}

    # The command door

    def execute(self, request: Mapping[str, Any]) -> Receipt:
        """Decide one command.

        Args:
            request: {command, id, occurred_on, data, actor, correlation?, after?, expected?}.

        Raises:
            PaizhuError: any of its kinds; nothing was recorded then.
        """
        handles, command = self._command(request)
        self.await_positions(request.get("after") or {})
        if command.context.actor.role not in handles.roles:
            raise self.service.role_refused(f"办理“{handles.title}”", command.context.actor.role, handles.roles)
        return self.decide(handles.plan, command, self.digest(request), request.get("expected"), handles.foreign)

    def decide(
        self, plan: Plan, command: Command, digest: bytes, expected: int | None = None, foreign: Foreign = to_nobody
    ) -> Receipt:
        """Decide a command whose contract and role are known to be in order, and append what was decided.

        Raises:
            PaizhuError: any of its kinds; nothing was recorded then.
        """
        claimed: ClaimTaken | None = None
        for _ in range(ATTEMPTS):
            decision = Decision(self.service, self.states, find=self.find, tools=self.tools)
            try:
                if refused := foreign(command, decision):
                    raise refused
                decision.run(plan(command, decision), expected=expected)
                receipt = self.log.append(decision.append(command.context, digest))
            except Conflict as conflict:
                self.states.refresh(decision.versions, conflict.streams)
                continue
            except ClaimTaken as taken:
                # A plan that looks for duplicates sees the winner of the race the second time.
                if claimed is not None:
                    raise self._claim_refused(taken) from None
                claimed = taken
                self.states.refresh(decision.versions)
                continue
            except Exception as failure:
                if self.states.refresh(decision.versions):
                    continue
                # A command that was sent again fails over its own first effect: then the first answer counts.
                first = self.log.receipt(command.context.command_id, digest)
                if first is not None:
                    return first
                decision.cite(failure)
                raise
            if not receipt.repeated:
                self.states.store(decision)
            return receipt
        raise BUSY()

    def _command(self, request: Mapping[str, Any]) -> tuple[Handles, Command]:
        name = request["command"]
        handles = self.service.commands.get(name)
        if handles is None:
            raise COMMAND_UNKNOWN(command=name, commands=sorted(self.service.commands))
        # Under such ids the effects of foreign events are kept (``react``), and what became of those parked.
        if _EVENT_ID.fullmatch(request["id"]):
            raise IDEMPOTENCY_KEY_INVALID()
        context = Context(
            request["id"], actor_of(request["actor"]), self.day_of(request), request.get("correlation") or request["id"]
        )
        return handles, load(handles.command, request.get("data"), context)

    def day_of(self, request: Mapping[str, Any]) -> date:
        """The day of the fact, as a request says.

        Raises:
            BadInput: ``field_type``; ``date_in_future``: a day that has not come in China yet is no fact.
        """
        try:
            occurred_on = written_day(request["occurred_on"])
        except (KeyError, TypeError, ValueError):
            raise FIELD_TYPE(field="occurred_on", wanted="存在的日期", accepted="YYYY-MM-DD") from None
        if occurred_on > (today := day_of(self._now())):
            raise DATE_IN_FUTURE(today=today)
        return occurred_on

    def await_positions(self, after: Mapping[str, int]) -> None:
        """Check that every position in ``after`` is reached.

        Raises:
            BadInput: for a source whose events the service does not follow.
            NotYet: naming the position that is missing.
        """
        for source, position in after.items():
            if source == self.service.name:
                reached = self.log.head()[0]
            elif source not in self.service.sources:
                raise SOURCE_NOT_FOLLOWED(
                    service=self.service.name, source=source, sources=(self.service.name, *self.service.sources)
                )
            elif (reached := self._taken_in.get(source, 0)) < position:
                self._taken_in = self.log.taken_in()
                reached = self._taken_in.get(source, 0)
            if reached < position:
                raise NOT_YET(service=self.service.name, source=source, position=position, reached=reached)

    def must_reach(self, foreign: Foreign, command: Command) -> None:
        """Check that what ``command`` concerns is its actor's. Raises Rejected: forbidden (``kernel.concern``)."""
        refusal = foreign(command, Decision(self.service, self.states, find=self.find, tools=self.tools))
        if refusal:
            raise refusal

    def digest(self, request: Mapping[str, Any]) -> bytes:
        """The keyed digest of what a command asks: its name, date, content and who asks it."""
        asked = [request["command"], request["occurred_on"], request.get("data"), request["actor"]["person"]]
        return hmac.digest(self.secret, canonical(asked), hashlib.sha256)

    def _claim_refused(self, taken: ClaimTaken) -> PaizhuError:
        refusal = self.service.claims.get(taken.key.split(":", 1)[0])
        return refusal() if refusal else NAME_TAKEN()

    # What other services decided

    def react(self, batch: Sequence[Received]) -> None:
        """Take in events of other services, in order, in one transaction; each position once.

        Raises:
            Exception: whatever a reaction raised that is not a refusal; nothing was recorded then.
        """
        for _ in range(ATTEMPTS):
            decision = Decision(self.service, self.states, find=self.find, tools=self.tools)
            try:
                receipts = self.log.append_all([self._taken(received, decision) for received in batch])
            except Conflict as conflict:
                self.states.refresh(decision.versions, conflict.streams)
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

    def _taken(self, received: Received, decision: Decision) -> Append:
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
        return decision.append(context, b"", taken_in=(received.source, received.recorded.position))

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
            decision = Decision(self.service, self.states, find=self.find, tools=self.tools)
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

    def park(self, received: Received, reason: str) -> None:
        """Park an event that cannot be taken in, with the reason, so that those behind it can go on."""
        actor = {"person": "system", "post": "reactor", "organ": self.service.name}
        taken_in = (received.source, received.recorded.position)
        self.log.append_all([Append(received.id, b"", (), {}, actor, taken_in=taken_in, parked=reason)])

    def taken_in(self) -> dict[str, int]:
        """For each source the position up to which its events were taken in."""
        return self.log.taken_in()


def _reaction_of(received: Received) -> str:
    return f"{received.source}.{received.recorded.type}"
