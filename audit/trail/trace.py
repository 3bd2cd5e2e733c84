"""One event of a trail, and what of its text may be shown.

Invariant: text is shown only where it is an identifier: one that can hold a blank or a Chinese character can hold a
name. The fields that name a post, a body or a word of a profile are shown too, as the organ of whoever acted is. What
is sealed and what was digested of a person is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from kernel.logs import masked

Id = tuple[str, int]
"""A service and a position in its log."""
Relation = Literal["about", "named", "cause", "effect"]
"""Why an event is on a trail: about the subject, naming it in a list, the cause of such an event, or its effect."""

_IDENTIFIER = re.compile(r"[A-Za-z0-9_.:/-]{1,80}")
_OF_BODIES = frozenset(("channel", "role", "post", "organ", "kind", "gate"))
_BODY = re.compile(r"[^0-9]{1,40}")
_OF_PERSONS = re.compile(r"sealed|.*digest")


@dataclass(frozen=True, slots=True)
class Trace:
    """An event as a trail shows it. ``cause`` is the event it is the effect of; ``recorded_at`` in microseconds."""

    id: Id
    relation: Relation
    type: str
    stream: str
    version: int
    occurred_on: str
    recorded_at: int
    organ: str
    post: str
    notice: str | None
    clause: str | None
    profile: str | None
    programme: str | None
    command: str
    correlation: str
    cause: Id | None
    fields: Mapping[str, Any]

    @classmethod
    def of(cls, service: str, line: Mapping[str, Any], relation: Relation) -> Trace:
        """What is kept of a stored line. Raises KeyError, TypeError where it is no event."""
        actor = line["actor"]
        return cls(
            (service, line["position"]),
            relation,
            line["type"],
            line["stream"],
            line["version"],
            line["occurred_on"],
            line["recorded_at"],
            str(actor.get("organ", "")),
            str(actor.get("post", "")),
            line["notice"],
            line["clause"],
            line["profile"],
            line["programme"],
            line["command"],
            line["correlation"],
            id_of(line["causation"]),
            dict(fields(line["data"])),
        )


def id_of(text: str) -> Id | None:
    """The service and position in ``service:position``, None where ``text`` is no event's id."""
    service, colon, position = text.partition(":")
    return (service, int(position)) if colon and position.isascii() and position.isdecimal() else None


def id_text(id_: Id) -> str:
    """The event's id as it stands everywhere: ``service:position``."""
    return f"{id_[0]}:{id_[1]}"


def fields(data: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Those fields of an event that may be shown: numbers, truth values, texts that are identifiers, lists of these."""
    for name, value in data.items():
        if _OF_PERSONS.fullmatch(name):
            continue
        if isinstance(value, bool | int):
            yield name, value
        elif isinstance(value, str) and _IDENTIFIER.fullmatch(value):
            yield name, masked(value)
        elif isinstance(value, str) and name in _OF_BODIES and _BODY.fullmatch(value):
            yield name, value
        elif isinstance(value, list) and all(isinstance(one, str) and _IDENTIFIER.fullmatch(one) for one in value):
            yield name, [masked(one) for one in value]


def relation(line: Mapping[str, Any], subject: str) -> Relation | None:
    """How an event concerns ``subject``: it is about it, names it in a list, or (None) does not know it.

    What begins with the subject's id and a dot is part of it: a leg of its pair, a posting of its place.
    """
    if _is(line["stream"].partition("/")[2], subject) or any(_is(v, subject) for v in line["data"].values()):
        return "about"
    return "named" if any(_is(v, subject) for v in _inside(line["data"].values())) else None


def own(line: Mapping[str, Any], subject: str) -> Iterator[str]:
    """The ids of what is a person's own, where the event says it is of the person ``subject``: its posting, leg or
    candidacy, of which the event's stream is, and its nomination."""
    data = line["data"]
    if data.get("person") != subject:
        return
    stream = line["stream"].partition("/")[2]
    for name in ("posting", "leg", "candidacy"):
        if data.get(name) and data[name] == stream:
            yield stream
    if isinstance(data.get("nomination"), str) and "posting" not in data:
        yield data["nomination"]


def _is(value: Any, subject: str) -> bool:
    return isinstance(value, str) and (value == subject or value.startswith(subject + "."))


def _inside(values: Iterable[Any]) -> Iterator[Any]:
    for value in values:
        if isinstance(value, Mapping):
            yield from _inside(value.values())
        elif isinstance(value, list):
            yield from _inside(value)
        else:
            yield value
