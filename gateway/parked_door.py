"""The operator's door to parked events, those of the services and of the feeds, and to the broker's parked messages.

Invariant: whatever is replayed is fetched from its source's log at that moment; a copy that lies with the broker is
never believed. Who may do what is said by ``kernel.parked_desk`` for all followers alike.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any, Final, Protocol

import orjson

from gateway.api import Path, Services, Verify, path, require_media
from gateway.exchange import Reply, Request
from gateway.parked_messages import ParkedMessage
from gateway.refusals import EVENT_UNKNOWN, LETTER_UNKNOWN, SERVICE_UNKNOWN
from kernel.calendar import day_of
from kernel.errors import Busy, PaizhuError
from kernel.log.batch import clock
from kernel.messages import Actor
from kernel.parked_desk import authorise
from kernel.refusals import FIELD_MISSING
from services import SERVICES

FEEDS: Final = "feeds"
FOLLOWERS: Final = (*SERVICES, FEEDS)
_BASE: Final = f"/api/v1/parked/(?P<follower>{'|'.join(FOLLOWERS)})"
_EVENT: Final = rf"{_BASE}/(?P<source>[a-z]+):(?P<number>\d{{1,18}})"
_LETTER: Final = rf"{_BASE}/letters/(?P<letter>[0-9a-f]{{16}})"
_AFTER: Final = re.compile(rf"(?:{'|'.join(SERVICES)}):[0-9]{{1,18}}", re.ASCII)
_AFTER_FORM: Final = f"来源:位置，来源为 {'、'.join(SERVICES)}"
_PAGE: Final = 1000

Parked = Callable[[Mapping[str, Any]], dict[str, Any]]
"""A request to ``kernel.parked_desk.ParkedDesk.answer``, of a follower whose log is at hand. Raises PaizhuError."""


class Mail(Protocol):
    """The broker's parked queues (``gateway.parked_messages.ParkedMessages``)."""

    def waiting(self, follower: str) -> tuple[list[ParkedMessage], int]:
        """(the first messages, how many there are). Raises Busy."""
        ...

    def remove(self, follower: str, unwanted: Callable[[ParkedMessage], bool]) -> int:
        """Remove messages; gives their number. Raises Busy."""
        ...


class ParkedDoor:
    """Answers below ``/api/v1/parked``."""

    def __init__(
        self, services: Services, verify: Verify, feeds: Parked, mail: Mail, now: Callable[[], int] = clock
    ) -> None:
        self._services = services
        self._verify = verify
        self._feeds = feeds
        self._mail = mail
        self._now = now

    def paths(self) -> tuple[Path, ...]:
        """The places in the API."""
        return (
            path("GET", _BASE, self.parked, query=("after", "limit", "state")),
            path("GET", _EVENT, self.show),
            path("POST", f"{_EVENT}/replay", self.replay),
            path("POST", f"{_EVENT}/discard", self.discard),
            path("GET", f"{_BASE}/letters", self.letters),
            path("POST", f"{_LETTER}/discard", self.discard_letter),
        )

    def parked(self, request: Request, correlation: str, follower: str) -> Reply:
        """{service, items, next, taken_in}: parked events; with ``state=all`` also those that are settled."""
        source, _, number = request.matched("after", _AFTER, "", _AFTER_FORM).partition(":")
        asked = {
            "act": "list",
            "after": [source, int(number or 0)],
            "limit": request.number("limit", 100, 1, _PAGE),
            "settled": request.one_of("state", "open", "all") == "all",
        }
        return _fresh(self._ask(request, correlation, follower, asked))

    def show(self, request: Request, correlation: str, follower: str, source: str, number: str) -> Reply:
        """The event with its reason and history; ``event`` is its line in the source's log, None while that is away."""
        asked = {"act": "show", "source": source, "number": int(number)}
        found = self._ask(request, correlation, follower, asked)
        actor = self._verify(request.headers.get("authorization"))
        try:
            found["event"] = orjson.loads(self._line(actor, source, int(number)))
        except PaizhuError as error:
            found["event"], found["event_away"] = None, error.sentence
        return _fresh(found)

    def replay(self, request: Request, correlation: str, follower: str, source: str, number: str) -> Reply:
        """{state, repeated}: the event put through its reaction; a problem where that refuses it."""
        asked = {"source": source, "number": int(number), "reason": _reason(request)}
        actor = self._verify(request.headers.get("authorization"))
        authorise(actor, "replay")  # before anything is fetched
        line = self._line(actor, source, int(number))
        done = self._ask(request, correlation, follower, {"act": "replay", "line": line, **asked})
        self._clear(follower, lambda message: message.event == (source, int(number)))
        return _fresh(done)

    def discard(self, request: Request, correlation: str, follower: str, source: str, number: str) -> Reply:
        """{state, repeated}: the event closed without an effect; it stays visible as discarded."""
        asked = {"act": "discard", "source": source, "number": int(number), "reason": _reason(request)}
        done = self._ask(request, correlation, follower, asked)
        self._clear(follower, lambda message: message.event == (source, int(number)))
        return _fresh(done)

    def letters(self, request: Request, correlation: str, follower: str) -> Reply:
        """{service, letters, total}: what lies in the broker's parked queue, and what became of each event.

        ``state`` is that of the event (parked, replayed, discarded), ``taken_in`` where it came in from the log after
        all, ``waiting`` where it will, ``unreadable`` where the message is no event.
        """
        states, taken_in = self._states(request, correlation, follower)
        found, total = self._mail.waiting(follower)

        def state(message: ParkedMessage) -> str:
            if message.event is None or message.event[0] not in taken_in:
                return "unreadable"
            source, number = message.event
            return states.get(f"{source}:{number}") or ("taken_in" if number <= taken_in[source] else "waiting")

        shown = [
            {**asdict(message), "event": message.event and ":".join(map(str, message.event)), "state": state(message)}
            for message in found
        ]
        return _fresh({"service": follower, "letters": shown, "total": total})

    def discard_letter(self, request: Request, correlation: str, follower: str, letter: str) -> Reply:
        """{state, removed}: the messages with this body taken out of the broker's queue, after it was recorded why."""
        reason = _reason(request)
        self._states(request, correlation, follower)  # whoever may not look need not know what is there
        known = next((one for one in self._mail.waiting(follower)[0] if one.id == letter), None)
        if known is None:
            raise LETTER_UNKNOWN()
        source, number = known.event or (known.key.split(".")[0] or "unknown", 0)
        asked = {"act": "discard", "source": source, "number": number, "letter": letter, "reason": reason}
        done = self._ask(request, correlation, follower, asked)
        return _fresh({**done, "removed": self._mail.remove(follower, lambda one: one.id == letter)})

    def _states(self, request: Request, correlation: str, follower: str) -> tuple[dict[str, str], dict[str, int]]:
        """(state of every parked event, position taken in by source)."""
        states: dict[str, str] = {}
        after: Any = None
        while True:
            asked = {"act": "list", "after": after, "limit": _PAGE, "settled": True}
            page = self._ask(request, correlation, follower, asked)
            states |= {item["id"]: item["state"] for item in page["items"]}
            after = page["next"]
            if after is None:
                return states, page["taken_in"]

    def _ask(self, request: Request, correlation: str, follower: str, asked: Mapping[str, Any]) -> dict[str, Any]:
        actor = self._verify(request.headers.get("authorization"))
        told = {
            "actor": asdict(actor),
            "correlation": correlation,
            "occurred_on": day_of(self._now()).isoformat(),
            **asked,
        }
        if follower == FEEDS:
            return self._feeds(told)
        answer = self._services(follower, "parked", told)
        if "problem" in answer:
            raise _problem(answer["problem"])
        return answer

    def _line(self, actor: Actor, source: str, number: int) -> str:
        """The line of an event in its source's log. Raises Busy, or Unknown where the log does not hold it."""
        if source not in SERVICES:
            raise SERVICE_UNKNOWN(service=source, services=SERVICES)
        answer = self._services(source, "events_after", {"after": number - 1, "limit": 1, "actor": asdict(actor)})
        if "problem" in answer:
            raise _problem(answer["problem"])
        if not answer["lines"]:
            raise EVENT_UNKNOWN(source=source, position=number, head=answer["head"])
        return str(answer["lines"][0])

    def _clear(self, follower: str, unwanted: Callable[[ParkedMessage], bool]) -> None:
        """The broker's copy of what is settled goes too; where the broker is away it stays, and harms nobody."""
        try:
            self._mail.remove(follower, unwanted)
        except Busy:
            return


def _reason(request: Request) -> str:
    require_media(request, "application/json")
    try:
        content = orjson.loads(request.body)
    except orjson.JSONDecodeError:
        content = None
    if not isinstance(content, dict) or set(content) != {"reason"} or not isinstance(content["reason"], str):
        raise FIELD_MISSING(field="reason", accepted='{"reason": "一行文本"}')
    return content["reason"]


def _problem(problem: Mapping[str, Any]) -> PaizhuError:
    """A service's problem as the error it was."""
    names = ("code", "field", "accepted", "notice", "clause", "details")
    error = PaizhuError(problem["sentence"], **{name: problem.get(name) for name in names})
    error.kind = problem["kind"]
    return error


def _fresh(answer: Mapping[str, Any]) -> Reply:
    return Reply.json(answer, headers={"Cache-Control": "no-store"})
