"""The counts of democratic appraisals, made again from the ballots in the log of evaluation.

Nothing of the service that counted is asked: of a ballot the log holds the commitments of the slips handed out, serial
and mark of each that came back, and what was counted. The tree is that of RFC 6962 over ``commitment:mark``, in order.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import orjson

from audit.sources import Row
from kernel.merkle import leaf_hash, root

KINDS: Final = frozenset({"BallotOpened", "SlipsIssued", "BallotsCast", "BallotCounted"})


@dataclass
class Box:
    """One ballot as the log tells it: commitments handed out, by serial what was cast, and the count."""

    worth: Mapping[str, int]
    issued: set[str] = field(default_factory=set)
    cast: dict[str, str] = field(default_factory=dict)
    counted: Mapping[str, Any] | None = None
    faults: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Recount:
    """A counted ballot: its name, what was stored, and what does not come out again, in words."""

    ballot: str
    stored: Mapping[str, Any]
    faults: tuple[str, ...]


def recounts(rows: Iterable[Row]) -> Iterator[Recount]:
    """Every ballot of a log that was counted, in the order of the counts."""
    boxes: dict[str, Box] = {}
    for row in rows:
        if row.type in KINDS:
            data = orjson.loads(row.line)["data"]
            _take(boxes, row.type, data)
            if row.type == "BallotCounted":
                box = boxes[data["ballot"]]
                yield Recount(data["ballot"], data, (*box.faults, *_differences(box, data)))


def _take(boxes: dict[str, Box], kind: str, data: Mapping[str, Any]) -> None:
    name = data["ballot"]
    if kind == "BallotOpened":
        boxes[name] = Box({mark["mark"]: mark["worth"] for mark in data["marks"]})
        return
    box = boxes.setdefault(name, Box({}))
    if kind == "SlipsIssued":
        box.issued |= set(data["commitments"])
    elif kind == "BallotsCast":
        for slip in data["slips"]:
            if slip["serial"] in box.cast:
                box.faults.append(f"the slip {slip['serial']} was cast twice")
            if _commitment(slip["serial"]) not in box.issued:
                box.faults.append(f"the slip {slip['serial']} was never handed out")
            box.cast[slip["serial"]] = slip["mark"]


def _differences(box: Box, stored: Mapping[str, Any]) -> Iterator[str]:
    ballots = sorted((_commitment(serial), mark) for serial, mark in box.cast.items())
    counts = Counter(mark for _, mark in ballots)
    said = {one["mark"]: one["number"] for one in stored["counts"]}
    made = {
        "issued": (stored["issued"], len(box.issued)),
        "cast": (stored["cast"], len(ballots)),
        "counts": ({mark: number for mark, number in said.items() if number}, dict(counts)),
        "commitments": (stored["commitments"], [slip for slip, _ in ballots]),
        "root": (stored["root"], root(leaf_hash(f"{slip}:{mark}".encode()) for slip, mark in ballots).hex()),
        "score": (
            stored["score"],
            sum(box.worth.get(mark, 0) for _, mark in ballots) // len(ballots) if ballots else None,
        ),
    }
    for name, (before, now) in made.items():
        if before != now:
            yield f"{name} is {now}, stored {before}"


def _commitment(serial: str) -> str:
    return hashlib.sha256(serial.encode()).hexdigest()
