"""The history checker: what the client was told, against what the logs, the feeds and the subscribers hold.

It knows nothing of how the system works: only that an acknowledged command has its effects, once, that numbers have no
gap, that whoever follows has all there is, and that time does not run back. ``Evidence`` is plain data, so a test can
plant whatever it likes; ``findings`` is a pure function of it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, NamedTuple

from gateway.feeds import contract

KINDS = ("lost", "duplicated", "gaps", "time", "replay", "verify", "unclean")
"""What a finding may be. ``unclean``: a refusal that is none, or an answer that never came."""


class Event(NamedTuple):
    """One event as its line says it."""

    position: int
    stream: str
    version: int
    type: str
    command: str
    recorded_at: int
    areas: tuple[str, ...]
    data: Mapping[str, Any]


class Stored(NamedTuple):
    """What one subscriber keeps: (sequence, id) of its events, ids as applied, strangers, unreadable messages."""

    events: Sequence[tuple[int, str]]
    applied: Sequence[str]
    strangers: int = 0
    unreadable: int = 0


@dataclass
class Evidence:
    """All that is left after a run. Every mapping by service, follower or city."""

    journal: Sequence[Mapping[str, Any]] = ()
    logs: Mapping[str, Sequence[Event]] = field(default_factory=dict)
    heads: Mapping[str, int] = field(default_factory=dict)
    commands: Mapping[str, frozenset[str]] = field(default_factory=dict)
    inboxes: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    parked: Mapping[str, Sequence[str]] = field(default_factory=dict)  # still open
    items: Mapping[str, Sequence[tuple[int, str]]] = field(default_factory=dict)  # the table behind the feed
    feeds: Mapping[str, Sequence[tuple[int, str]]] = field(default_factory=dict)  # as read over HTTP
    stores: Mapping[str, Stored] = field(default_factory=dict)
    replay: Sequence[str] = ()
    verify: Sequence[str] = ()


class Finding(NamedTuple):
    """One thing that must not be. ``kind`` is one of KINDS; ``where`` a service, a city or a command id."""

    kind: str
    where: str
    sentence: str


def findings(evidence: Evidence) -> list[Finding]:
    """Everything that is wrong, in the order of KINDS."""
    found = [
        *_commands(evidence),
        *_effects(evidence),
        *_logs(evidence),
        *_followers(evidence),
        *_feeds(evidence),
        *_stores(evidence),
        *(Finding("replay", "", sentence) for sentence in evidence.replay),
        *(Finding("verify", "", sentence) for sentence in evidence.verify),
    ]
    return sorted(found, key=lambda finding: KINDS.index(finding.kind))


def _told(evidence: Evidence, what: str) -> dict[str, list[Mapping[str, Any]]]:
    told: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for entry in evidence.journal:
        if what in entry:
            told[entry[what]].append(entry)
    return told


def _commands(evidence: Evidence) -> Iterator[Finding]:
    """Each acknowledged command is in its log as it was acknowledged, and no other is acknowledged."""
    places: dict[str, dict[str, list[int]]] = {}
    for service, log in evidence.logs.items():
        by_command = places[service] = defaultdict(list)
        for event in log:
            by_command[event.command].append(event.position)
    acks, refused = _told(evidence, "ack"), _told(evidence, "refused")
    for command, answers in acks.items():
        first = answers[0]
        service = first["service"]
        written = places.get(service, {}).get(command, [])
        if command not in evidence.commands.get(service, frozenset()):
            yield Finding("lost", command, f"acknowledged at {service}:{first['position']}, not among its commands")
        elif len(written) < sum(first["events"].values()):
            yield Finding("lost", command, f"{first['events']} acknowledged, {service} has {len(written)} events of it")
        elif len(written) > sum(first["events"].values()) or (written and written[-1] - written[0] >= len(written)):
            yield Finding("duplicated", command, f"{first['events']} acknowledged, {service} has it at {written}")
        elif written and written[-1] != first["position"]:
            yield Finding("duplicated", command, f"acknowledged at {first['position']}, stands at {written[-1]}")
        if len({(answer["service"], answer["position"]) for answer in answers}) > 1:
            yield Finding("duplicated", command, f"acknowledged at {[a['position'] for a in answers]}")
    for command, refusals in refused.items():
        yield Finding("unclean", command, f"refused: {refusals[0]['code']}")
        for service, known in evidence.commands.items():
            if command in known:
                yield Finding("unclean", command, f"refused, and it is among the commands of {service}")
    for command in _told(evidence, "intent"):
        if command not in acks and command not in refused:
            yield Finding("unclean", command, "never answered")


def _effects(evidence: Evidence) -> Iterator[Finding]:
    """Each effect of an acknowledged command exactly once, in whichever log it belongs."""
    acknowledged = _told(evidence, "ack")
    wanted = [
        (effect, command)
        for command, (intent, *_) in _told(evidence, "intent").items()
        if command in acknowledged
        for effect in intent["effects"]
    ]
    shapes = {(e["service"], e["type"]): tuple(sorted(e["fields"])) for e, _ in wanted}
    counted: Counter[tuple[Any, ...]] = Counter()
    for service, log in evidence.logs.items():
        for event in log:
            if shape := shapes.get((service, event.type)):
                counted[(service, event.type, *(event.data.get(name) for name in shape))] += 1
    for effect, command in wanted:
        shape = shapes[effect["service"], effect["type"]]
        key = (effect["service"], effect["type"], *(effect["fields"][name] for name in shape))
        if counted[key] != 1:
            kind = "duplicated" if counted[key] else "lost"
            yield Finding(kind, command, f"{counted[key]} of {effect['service']}.{effect['type']} {effect['fields']}")


def _logs(evidence: Evidence) -> Iterator[Finding]:
    """Positions and versions without a gap, time that does not run back, a head that agrees."""
    for service, log in evidence.logs.items():
        yield from _numbered(service, "position", [event.position for event in log])
        versions: dict[str, int] = {}
        for event in log:
            if event.version != versions.get(event.stream, 0) + 1:
                yield Finding("gaps", service, f"{event.stream} goes to version {event.version} at {event.position}")
            versions[event.stream] = event.version
        for before, after in pairwise(log):
            if after.recorded_at < before.recorded_at:
                yield Finding("time", service, f"recorded_at runs back at {after.position}")
        head, last = evidence.heads.get(service, 0), log[-1].position if log else 0
        if head != last:
            yield Finding("lost", service, f"the head row says {head}, the last event is {last}")


def _followers(evidence: Evidence) -> Iterator[Finding]:
    """Whoever follows a log has taken in all of it, and nothing stays parked."""
    for follower, inbox in evidence.inboxes.items():
        for source, reached in inbox.items():
            if reached != evidence.heads.get(source, 0):
                sentence = f"{follower} took in {source} up to {reached} of {evidence.heads.get(source, 0)}"
                yield Finding("lost", follower, sentence)
    for follower, open_ in evidence.parked.items():
        for place in open_:
            yield Finding("lost", follower, f"{place} is still parked")


def _feeds(evidence: Evidence) -> Iterator[Finding]:
    """Each public event once in the sequence of every city it concerns, and the HTTP feed gives just that."""
    cities = tuple(evidence.items)
    owed: dict[str, set[str]] = defaultdict(set)
    for service, log in evidence.logs.items():
        for event in log:
            if contract.is_public(service, event.type):
                for city in contract.concerned(service, event.type, event.areas, event.data, cities):
                    owed[city].add(f"{service}:{event.position}")
    for city, items in evidence.items.items():
        yield from _numbered(f"feed {city}", "sequence", [sequence for sequence, _ in items])
        yield from _same(f"feed {city}", owed[city], [ident for _, ident in items])
    for city, items in evidence.feeds.items():
        if list(items) != list(evidence.items.get(city, ())):
            yield Finding("gaps", f"feed {city}", "the HTTP feed differs from what is stored")


def _stores(evidence: Evidence) -> Iterator[Finding]:
    """Each subscriber has its city's feed, once, in order, and nothing of others."""
    for city, store in evidence.stores.items():
        where, wanted = f"subscriber {city}", evidence.items.get(city, ())
        yield from _numbered(where, "sequence", [sequence for sequence, _ in store.events])
        yield from _same(where, {ident for _, ident in wanted}, [ident for _, ident in store.events])
        for ident, times in Counter(store.applied).items():
            if times > 1:
                yield Finding("duplicated", where, f"{ident} was applied {times} times")
        if store.strangers or store.unreadable:
            yield Finding("unclean", where, f"{store.strangers} of other cities, {store.unreadable} unreadable")


def _numbered(where: str, what: str, numbers: Iterable[int]) -> Iterator[Finding]:
    last = 0
    for number in numbers:
        if number <= last:
            yield Finding("duplicated", where, f"{what} {number} comes after {last}")
        elif number != last + 1:
            yield Finding("gaps", where, f"{what} goes from {last} to {number}")
        last = number


def _same(where: str, wanted: set[str], found: Sequence[str]) -> Iterator[Finding]:
    for ident, times in Counter(found).items():
        if times > 1:
            yield Finding("duplicated", where, f"{ident} stands there {times} times")
        if ident not in wanted:
            yield Finding("duplicated", where, f"{ident} is not owed to it")
    for ident in sorted(wanted - set(found)):
        yield Finding("lost", where, f"{ident} is missing")
