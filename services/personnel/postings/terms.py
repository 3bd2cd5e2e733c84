"""The term of a posting, where its programme has one, and how it grew longer (PE-033 to PE-035).

Source: 晋组通字〔2015〕41号 三.6, 五.1. The end is the first day on which the term is over.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from kernel.messages import Area, Event, Key, Line, Text


class TermSet(Event, title="任期起算"):
    """The term runs from ``starts`` and is over on ``ends``."""

    rule = "term.months"
    areas = ("target",)

    programme: Key
    posting: Key
    person: Key
    target: Area
    starts: date
    ends: date


class ExtensionRequested(Event, title="提出继续留任"):
    """Somebody asked that the cadre stay on until ``until``, on a ``ground`` of the profile."""

    rule = "extension.grounds"
    areas = ("target",)

    programme: Key
    posting: Key
    target: Area
    step: Key
    ground: Key
    until: date
    reason: Text


class ExtensionConsented(Event, title="同意继续留任"):
    """One of those who must consent did; ``step`` says which."""

    rule = "extension.grant"
    areas = ("target",)

    programme: Key
    posting: Key
    target: Area
    step: Key
    organ: Line


class TermExtended(Event, title="任期延长"):
    """The reply ``document`` grants it: the term is over on ``until``."""

    rule = "extension.grant"
    areas = ("target",)

    programme: Key
    posting: Key
    person: Key
    unit: Key
    target: Area
    step: Key
    ground: Key
    until: date
    document: Line


@dataclass(frozen=True, slots=True)
class Term:
    """The term of one posting. ``asked`` is the extension under way, ``done`` the steps of it and their days."""

    starts: date
    ends: date
    asked: ExtensionRequested | None = None
    done: Mapping[str, date] = field(default_factory=lambda: MappingProxyType({}))


def evolve(term: Term | None, event: TermSet | ExtensionRequested | ExtensionConsented | TermExtended) -> Term | None:
    """The term after ``event``; what was granted is no longer under way."""
    if isinstance(event, TermSet):
        return Term(event.starts, event.ends)
    if term is None:
        return None
    match event:
        case ExtensionRequested():
            return Term(term.starts, term.ends, event, {event.step: event.occurred_on})
        case ExtensionConsented():
            return Term(term.starts, term.ends, term.asked, {**term.done, event.step: event.occurred_on})
    return Term(term.starts, event.until)
