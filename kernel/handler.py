"""The decision loop: a request becomes a command, the command events, the events a receipt.

load → decide → append, and again from the top where a stream moved meanwhile. States are cached with their versions, so
the happy path reads nothing. Invariant: whatever is not accepted, refused or failed over an error of our own, is only
ever answered from states that were just brought up to date; what is accepted is compared with them under the lock.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from kernel.calendar import day_of, written_day
from kernel.codec import canonical
from kernel.command_ids import reserved
from kernel.door_refusals import (
    BUSY,
    COMMAND_UNKNOWN,
    DATE_IN_FUTURE,
    IDEMPOTENCY_KEY_INVALID,
    NAME_TAKEN,
    NOT_YET,
    SOURCE_NOT_FOLLOWED,
)
from kernel.errors import ClaimTaken, Conflict, Forbidden, PaizhuError, Reused
from kernel.log import Log, Receipt
from kernel.log.batch import clock
from kernel.messages import Actor, Command, Context
from kernel.reach import Foreign, to_nobody
from kernel.reacting import ATTEMPTS, Reactions
from kernel.refusals import FIELD_TYPE
from kernel.schema import load
from kernel.service import Handles, Plan, Service


def actor_of(data: Mapping[str, Any]) -> Actor:
    """The actor from its plain form."""
    return Actor(
        data["person"], data["post"], data["organ"], data["role"], tuple(data["areas"]), tuple(data.get("units", ()))
    )


class Handler(Reactions):
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
        super().__init__(service, log, find, tools)
        self.secret = secret
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
        handles, context = self._admitted(request)
        self.await_positions(request.get("after") or {})
        if refused := self.foreign_ahead(handles.foreign, context.actor, request.get("data")):
            if first := self._first(refused, context.command_id, self.digest(request)):
                return first
            raise refused
        command = load(handles.command, request.get("data"), context)
        digests = self.digest(request), self.digest_before(request)
        return self.decide(handles.plan, command, *digests, expected=request.get("expected"), foreign=handles.foreign)

    def decide(
        self,
        plan: Plan,
        command: Command,
        digest: bytes,
        before: bytes | None = None,
        *,
        expected: int | None = None,
        foreign: Foreign = to_nobody,
    ) -> Receipt:
        """Decide a command whose contract and role are known to be in order, and append what was decided.

        ``before`` is the digest under which an earlier version would have kept it.

        Raises:
            PaizhuError: any of its kinds; nothing was recorded then.
        """
        claimed: ClaimTaken | None = None
        for _ in range(ATTEMPTS):
            decision = self.room()
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
                if first := self._first(failure, command.context.command_id, digest, before):
                    return first
                decision.cite(failure)
                raise
            if not receipt.repeated:
                self.states.store(decision)
            return receipt
        raise BUSY()

    def _first(self, failure: Exception, command: str, digest: bytes, before: bytes | None = None) -> Receipt | None:
        """The first receipt of a command that was sent again: it fails over its own first effect, or is known under
        the digest of an earlier version. Who may not give it is told by the very same request only.

        Raises:
            Reused: the id stands for another command.
        """
        try:
            return self.log.receipt(command, digest)
        except Reused:
            if getattr(failure, "kind", "") == Forbidden.kind:
                return None  # not even that the id was used
            if before is None:
                raise
            return self.log.receipt(command, before)

    def _admitted(self, request: Mapping[str, Any]) -> tuple[Handles, Context]:
        name = request["command"]
        handles = self.service.commands.get(name)
        if handles is None:
            raise COMMAND_UNKNOWN(command=name, commands=sorted(self.service.commands))
        actor = actor_of(request["actor"])
        self.service.admit(actor, f"办理“{handles.title}”", handles.roles)
        if reserved(request["id"], actor.role):
            raise IDEMPOTENCY_KEY_INVALID()
        told = request.get("correlation") or request["id"]
        return handles, Context(request["id"], actor, self.day_of(request), told)

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
        refusal = foreign(command, self.room())
        if refusal:
            raise refusal

    def foreign_ahead(self, foreign: Foreign, actor: Actor, data: Any) -> PaizhuError | None:
        """The refusal where what stands first in ``data`` tells that it is none of the actor's business."""
        room = self.room()
        refusal = foreign.ahead(actor, data, room)
        if refusal is None or not self.states.refresh(room.versions):
            return refusal
        return foreign.ahead(actor, data, self.room())

    def digest(self, request: Mapping[str, Any]) -> bytes:
        """The keyed digest of what a command asks: its name, date and content, who asks it, in which role and reach.

        Whoever repeats a command gets its first receipt, so it must be the very same that asks.
        """
        actor = actor_of(request["actor"])
        by = [actor.person, actor.post, actor.organ, actor.role, sorted(actor.areas), sorted(actor.units)]
        return self.keyed(request["command"], request["occurred_on"], request.get("data"), by)

    def digest_before(self, request: Mapping[str, Any]) -> bytes:
        """The digest as versions before 0.3.0 kept it: without role and reach.

        By it a command of theirs is known again; who may not give it now is not told what became of it.
        """
        return self.keyed(request["command"], request["occurred_on"], request.get("data"), request["actor"]["person"])

    def keyed(self, *asked: Any) -> bytes:
        """The keyed digest of plain values, no two lists of which have one in common."""
        return hmac.digest(self.secret, canonical(list(asked)), hashlib.sha256)

    def _claim_refused(self, taken: ClaimTaken) -> PaizhuError:
        refusal = self.service.claims.get(taken.key.split(":", 1)[0])
        return refusal() if refusal else NAME_TAKEN()
