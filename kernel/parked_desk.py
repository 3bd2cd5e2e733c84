"""The desk for parked events: what an operator may do with the foreign events a service has parked.

Replay puts one through its reaction again, as the source's log has it and under the command id it would have had;
discard closes it without an effect. Invariants: replayed however often, an event has one effect; a replay that fails
leaves it parked; what was done, by whom and why is an event of the service's log, in the same commit as the effect.
A discarded event stays visible and may still be replayed; a replayed one cannot be discarded.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any, Final, Protocol

from kernel import logs, metrics, parked
from kernel.bus.intake import passing
from kernel.codec import recorded
from kernel.door_refusals import ACT_UNKNOWN, ROLE_NOT_ALLOWED
from kernel.errors import Corrupt, PaizhuError
from kernel.handler import actor_of
from kernel.log import Append, Draft, Log, ParkedEvent, Receipt
from kernel.messages import Actor, Context, Event, Line, Order
from kernel.parked_refusals import LINE_DIFFERS, PARKED_REPLAYED, PARKED_UNKNOWN, REPLAY_FAILED, REPLAY_WAITS
from kernel.schema import load
from kernel.service import Received

PAGE: Final = 1000
SETTLES: Final = frozenset({"system_admin"})
LOOKS: Final = SETTLES | {"auditor"}
_LOG = logs.get("parked")


class Settle(Order):
    """Say what becomes of the parked event ``<source>:<number>``, or of a message (``letter``) that cannot be read."""

    source: Line
    number: int
    reason: Line
    letter: Line | None = None


class Replays(Protocol):
    """What decides a parked event (``kernel.handler.Handler``, or a store of feeds)."""

    def replay(self, received: Received, note: Append) -> Receipt:
        """Let the event take effect, once, and append ``note``; gives the note's receipt. Raises what refuses it."""
        ...


def authorise(actor: Actor, act: str) -> None:
    """Check that the actor's role may do ``act``; auditors may look. Raises Forbidden."""
    allowed = LOOKS if act in ("list", "show") else SETTLES
    if actor.role not in allowed:
        raise ROLE_NOT_ALLOWED(
            role="该角色",
            act="查看被搁置的事件" if allowed is LOOKS else "办理被搁置的事件",
            roles="系统管理员；仅查看的，审计亦可",
            details=[{"field": "role", "code": "role", "sentence": None, "accepted": role} for role in sorted(allowed)],
        )


class ParkedDesk:
    """The parked events of the service ``name``, whose ``log`` holds them and whose ``replays`` decides them."""

    def __init__(self, name: str, log: Log, replays: Replays) -> None:
        self._name = name
        self._log = log
        self._replays = replays

    def answer(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """The answer to a request: {act, actor, …}, act being list, show, replay or discard.

        Raises:
            PaizhuError: Forbidden, Unknown, BadInput, Busy, or why the replay failed.
        """
        actor, act = actor_of(request["actor"]), request["act"]
        authorise(actor, str(act))
        match act:
            case "list":
                return self._list(request)
            case "show":
                return self._show(str(request["source"]), int(request["number"]))
            case "replay":
                return self._replay(_settle(request, actor), request)
            case "discard":
                return self._discard(_settle(request, actor))
        raise ACT_UNKNOWN(thing="被搁置的事件", act=act, acts="list、show、replay、discard")

    def _list(self, request: Mapping[str, Any]) -> dict[str, Any]:
        after, limit = request.get("after") or ("", 0), min(int(request.get("limit") or PAGE), PAGE)
        found = self._log.parked_events((str(after[0]), int(after[1])), limit, bool(request.get("settled")))
        more = [found[-1].source, found[-1].number] if len(found) == limit else None
        return {
            "service": self._name,
            "items": [_shown(event) for event in found],
            "next": more,
            "taken_in": self._log.taken_in(),
        }

    def _show(self, source: str, number: int) -> dict[str, Any]:
        """The parked event with its history: what was done with it, when, by whom and why."""
        event = self._of(source, number)
        history = []
        for past in self._log.read_streams({parked.stream(source): 0}):
            if getattr(past.event, "number", None) == number:
                (line,) = self._log.lines(past.position - 1, 1)
                done = recorded(line)
                history.append(
                    {
                        "id": f"{self._name}:{past.position}",
                        "type": done.type,
                        "reason": done.data["reason"],
                        "occurred_on": done.occurred_on.isoformat(),
                        "recorded_at": done.recorded_at,
                        "actor": dict(done.actor),
                    }
                )
        return {**_shown(event), "service": self._name, "history": history}

    def _replay(self, settle: Settle, request: Mapping[str, Any]) -> dict[str, Any]:
        event = self._of(settle.source, settle.number)
        if event.state == parked.REPLAYED:
            return {**_shown(event), "repeated": True}
        received = _received(event, request.get("line"))
        on, why = settle.context.occurred_on, settle.reason
        note = self._note(
            parked.REPLAYED,
            event.id,
            settle,
            parked.ParkedReplayed(occurred_on=on, source=event.source, number=event.number, reason=why),
        )
        try:
            receipt = self._replays.replay(received, note)
        except Exception as error:
            if self._log.receipt(note.command, b"") is not None:  # somebody else was quicker
                return {**_shown(self._of(event.source, event.number)), "repeated": True}
            metrics.PARKED_SETTLED.labels(self._name, "failed").inc()
            raise self._failed(event, error) from error
        metrics.PARKED_SETTLED.labels(self._name, parked.REPLAYED).inc()
        _LOG.info("replayed", service=self._name, cause=event.id)
        return {**_shown(event), "state": parked.REPLAYED, "repeated": receipt.repeated}

    def _failed(self, event: ParkedEvent, error: Exception) -> PaizhuError:
        """What the operator is told: the refusal itself, or what went wrong; the event is still parked."""
        _LOG.warning("replay failed", service=self._name, cause=event.id, exc_info=error)
        if isinstance(error, PaizhuError):
            return error
        if passing(error):
            return REPLAY_WAITS()
        why = f"{type(error).__name__}: {logs.masked(str(error))[:300]}"
        return REPLAY_FAILED(event=event.id, why=why)

    def _discard(self, settle: Settle) -> dict[str, Any]:
        if settle.letter is None:
            event = self._of(settle.source, settle.number)
            if event.state == parked.REPLAYED:
                raise PARKED_REPLAYED(event=event.id)
            done, shown = event.id, _shown(event)
        else:
            done, shown = f"{settle.source}:{settle.letter}", {"source": settle.source, "letter": settle.letter}
        discarded = parked.ParkedDiscarded(
            occurred_on=settle.context.occurred_on,
            source=settle.source,
            number=settle.number,
            reason=settle.reason,
            letter=settle.letter,
        )
        receipt = self._log.append(self._note(parked.DISCARDED, done, settle, discarded))
        metrics.PARKED_SETTLED.labels(self._name, parked.DISCARDED).inc(not receipt.repeated)
        return {**shown, "state": parked.DISCARDED, "repeated": receipt.repeated}

    def _note(self, state: str, done: str, settle: Settle, event: Event) -> Append:
        actor, context = settle.context.actor, settle.context
        who = {"person": actor.person, "post": actor.post, "organ": actor.organ}
        draft = Draft(parked.stream(settle.source), event)
        return Append(parked.settled_id(state, done), b"", (draft,), {}, who, context.correlation)

    def _of(self, source: str, number: int) -> ParkedEvent:
        for event in self._log.parked_events((source, number - 1), 1):
            if (event.source, event.number) == (source, number):
                return event
        raise PARKED_UNKNOWN(service=self._name, event=f"{source}:{number}")


def _settle(request: Mapping[str, Any], actor: Actor) -> Settle:
    given = {name: request[name] for name in ("source", "number", "reason", "letter") if request.get(name) is not None}
    on = date.fromisoformat(request["occurred_on"])
    context = Context(str(request.get("id") or ""), actor, on, str(request.get("correlation") or ""))
    return load(Settle, given, context)


def _received(event: ParkedEvent, line: Any) -> Received:
    """The event as its source's log has it. Raises BadInput where ``line`` is not that event."""
    try:
        received = Received(event.source, recorded(str(line)))
    except Corrupt:
        received = None
    if received is None or received.recorded.position != event.number:
        raise LINE_DIFFERS(event=event.id)
    return received


def _shown(event: ParkedEvent) -> dict[str, Any]:
    return {**asdict(event), "id": event.id}
