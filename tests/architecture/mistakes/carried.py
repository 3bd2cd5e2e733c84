"""Mistakes on purpose: mypy must find each, on the line that names it, and nothing else. Never imported."""

from __future__ import annotations

from dataclasses import dataclass

from kernel.messages import OWN, Area, Command, Event, Key
from kernel.reader import Reader
from kernel.refusal import Refusal
from kernel.rules import Rules

COATS = Reader[int]("gate.coats", "门扇上漆")
KEEPERS = frozenset({"keeper"})
COLOUR_UNKNOWN = Refusal("colour_unknown", "没有“{colour}”色。", field="colour", accepted="{colours}")


class GateClosed(Event, title="关门"):
    """A gate was closed."""

    gate: Key
    road: Area
    keeper: Key
    keys: int = 1


class CloseGate(Command, title="关门", roles=KEEPERS, concerns=OWN):
    """Close a gate."""

    gate: Key


@dataclass(frozen=True)
class Gate:
    """A gate that stands open."""

    road: str
    keeper: str


@dataclass(frozen=True)
class Wrong:
    """A gate whose keeper has another type."""

    road: str
    keeper: int


@dataclass(frozen=True)
class Double:
    """A gate that says its number too."""

    gate: str
    road: str
    keeper: str


class OpenGate(Command, title="开门", concerns=OWN):  # mistake: no role
    """Open a gate."""

    gate: Key


class OilGate(Command, title="上油", roles=KEEPERS):  # mistake: concerns nobody
    """Oil a gate."""

    gate: Key


def right(command: CloseGate, state: Gate, double: Double) -> list[GateClosed]:
    """Nothing is wrong here."""
    return [
        GateClosed.carrying(command, state),
        GateClosed.carrying(command, state, keys=2),
        GateClosed.carrying(command, double, gate=double.gate),
    ]


def coats(rules: Rules) -> int:
    """Nor here."""
    return rules.value(COATS)


def refused(colours: list[str]) -> Exception:
    """Nor here."""
    return COLOUR_UNKNOWN(colour="red", colours=colours)


def wrong(command: CloseGate, state: Gate, other: Wrong, double: Double, rules: Rules) -> None:
    """Each line is."""
    GateClosed.carrying(command, road="21")  # mistake: a missing field
    GateClosed.carrying(state, gate="g", keys=1)  # mistake: no date
    GateClosed.carrying(command, state, colour="red")  # mistake: an unknown field
    GateClosed.carrying(command, state, keys="2")  # mistake: a mistyped name
    GateClosed.carrying(command, other)  # mistake: a mistyped source
    GateClosed.carrying(command, double)  # mistake: two sources
    GateClosed.carrying(command, 3, road="21", keeper="k")  # mistake: not a source
    rules.value("gate.coats")  # mistake: a path without its reader
    COLOUR_UNKNOWN(colour="red")  # mistake: a missing fact
    COLOUR_UNKNOWN(colour="red", colours=(), gate="g")  # mistake: an unknown fact
