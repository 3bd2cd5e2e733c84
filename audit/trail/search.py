"""Searching the logs for a trail, a page of lines at a time, again and again until nothing more is found.

Most lines are told from their text: only one that holds an id that is looked for, or whose cause is on the trail, is
decoded. Memory follows the trail, never the logs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import orjson

from audit.trail.trace import Id, Relation, Trace, id_text, own, relation
from kernel.codec import canonical
from kernel.errors import Corrupt

Pages = Callable[[str], Iterable[Sequence[bytes]]]
"""The lines of a service's log, in pages, each time anew."""
_CAUSE = b'"causation":"'
_POSITION = b'"position":'


class TooMuch(Exception):
    """More events than a trail may have: the id names no single thing."""


class Search:
    """The trail of ``subject`` in the logs of ``services``; at most ``most`` events.

    Of a person the postings, legs, candidacies and nominations are subjects as well, once an event names them: what
    tells of those alone does not name the person. An effect belongs to the trail where its cause is about a subject,
    or such an effect itself; a cause always does. Where something took a subject's place, so does what that brought.
    """

    def __init__(self, subject: str, services: Sequence[str], pages: Pages, most: int) -> None:
        self._person = subject
        self.subjects: dict[str, int] = {subject: 0}
        """What is looked for, each with the number of the reading that found it."""
        self._needles = {subject: canonical(subject)[1:-1]}
        self._services = services
        self._pages = pages
        self._most = most
        self.found: dict[Id, Trace] = {}
        self._followed: dict[bytes, int] = {}
        """The ids whose effects belong to the trail, each with the number of the reading that found it."""
        self._wanted: set[Id] = set()

    def run(self) -> None:
        """Read log after log until no more can be found.

        Raises:
            TooMuch: where there are more events than allowed.
            Corrupt: where a line cannot be read; it names service and position.
        """
        last: dict[str, int] = {}
        number = 0
        while True:
            due = [s for s in self._services if s not in last or self._may_hold(s, last[s])]
            if not due:
                return
            for service in due:
                number += 1
                self._read(service, last.get(service, -1), number)
                last[service] = number

    def _may_hold(self, service: str, read: int) -> bool:
        """True where ``service``, last read as number ``read``, may hold a cause or an effect not yet found."""
        found = (*self._followed.values(), *self.subjects.values())
        return any(id_[0] == service for id_ in self._wanted) or any(number > read for number in found)

    def _read(self, service: str, before: int, number: int) -> None:
        """Read a log as number ``number``, that was read last as ``before``: only for what was found since."""
        wanted = {id_[1] for id_ in self._wanted if id_[0] == service}
        seen = 0
        for page in self._pages(service):
            for line in page:
                seen += 1
                named = [s for s, found in self.subjects.items() if found > before and self._needles[s] in line]
                if not (named or _cause(line) in self._followed or (wanted and _position(line) in wanted)):
                    continue
                try:
                    self._take(service, orjson.loads(line), named, number)
                except (ValueError, KeyError, TypeError, AttributeError) as error:
                    raise Corrupt(f"{service}: line {seen} of its log cannot be read: {error!r}") from error
        self._wanted -= {(service, position) for position in wanted}  # what was not there now is nowhere

    def _take(self, service: str, line: Mapping[str, Any], named: Sequence[str], number: int) -> None:
        id_ = (service, int(line["position"]))
        how, before = self._relation(line, named, number), self.found.get(id_)
        if before is not None and (how != "about" or before.relation == "about"):
            return
        if how != "about" and str(line["causation"]).encode() in self._followed:
            how = "effect"
        if how is None and id_ in self._wanted:
            how = "cause"
        if how is None:
            return
        trace = self.found[id_] = Trace.of(service, line, how)
        if len(self.found) > self._most:
            raise TooMuch(f"more than {self._most} events have to do with {self._person}")
        if how in ("about", "effect"):
            self._followed[id_text(id_).encode()] = number
        if trace.cause is not None and trace.cause not in self.found:
            self._wanted.add(trace.cause)
        if trace.cause is not None and line["data"].get("replaces") in self.subjects:
            self._followed.setdefault(id_text(trace.cause).encode(), number)

    def _relation(self, line: Mapping[str, Any], named: Sequence[str], number: int) -> Relation | None:
        """How the line concerns the nearest of the subjects ``named`` in it; new ones that it tells of are added."""
        ways = {relation(line, subject) for subject in named}
        if self._person in named:
            for found in own(line, self._person):
                if found not in self.subjects:
                    self.subjects[found], self._needles[found] = number, canonical(found)[1:-1]
        return "about" if "about" in ways else "named" if "named" in ways else None


def _cause(line: bytes) -> bytes:
    """The id of the event that caused a line, empty where none did. The key's first occurrence is the envelope's."""
    at = line.find(_CAUSE) + len(_CAUSE)
    return line[at : line.find(b'"', at)]


def _position(line: bytes) -> int:
    """A line's position, 0 where it has none. The key's last occurrence is the envelope's."""
    at = line.rfind(_POSITION) + len(_POSITION)
    digits = line[at : line.find(b",", at)]
    return int(digits) if digits.isdigit() else 0
