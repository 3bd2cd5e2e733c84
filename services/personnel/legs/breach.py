"""Breaches of what a swapped cadre may not do: bring staff or family, leave the post without leave (PE-057).

The host records them; nothing follows by itself, since the notice prints no measure.
"""

from __future__ import annotations

from typing import Literal

from kernel.grounds import not_before
from kernel.messages import Area, Command, Event, Key, Text
from kernel.refusals import NOT_YOUR_BUSINESS
from programmes.roles import CITIES, COUNTIES
from programmes.texts import impersonal
from services.personnel.legs.leg import Leg
from services.personnel.legs.refusals import LEG_NOT_OPEN

Kind = Literal["companions", "family", "absence"]


class SwapBreachRecorded(Event, title="挂职纪律情况登记"):
    """The host found staff or family brought along, or the post left without leave, on ``occurred_on``."""

    rule = "swap.companions"
    areas = ("sending", "host")

    programme: Key
    leg: Key
    person: Key
    sending: Area
    host: Area
    kind: Kind
    note: Text


class RecordSwapBreach(Command, title="登记挂职纪律情况", roles=CITIES | COUNTIES, concerns=("leg",)):
    """Record a breach of a cadre who serves; ``note`` says what was found, without names."""

    leg: Key
    kind: Kind
    note: Text


def record(state: Leg, command: RecordSwapBreach) -> list[SwapBreachRecorded]:
    """The breach. Rejected: not the host's, not serving, a day before reporting, a number in the note."""
    leg = state.nominated
    if not command.context.actor.covers(leg.host):
        raise NOT_YOUR_BUSINESS(act="挂职纪律情况的登记", organ=leg.host, field="leg", rule="swap.companions")
    if state.status != "reported":
        raise LEG_NOT_OPEN(state="该人选不在挂职", rule="swap.companions", wanted="在挂的人选")
    not_before(command, state.since, "报到", "swap.companions")
    return [SwapBreachRecorded.carrying(command, leg, leg=leg.leg, note=impersonal(command.note, "note"))]
