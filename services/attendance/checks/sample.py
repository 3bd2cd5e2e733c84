"""The county's sample of a month, drawn by a seed that is stored, so that anybody can draw it again (AT-023).

Source: the Jinzhou measures 一.3. Invariant: seed, roster and size give the sample; each drawing of a month stands.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import ClassVar

from kernel.grounds import must_cover, rules_of
from kernel.messages import Area, Command, Event, Key, Order
from programmes.readers import inspection
from programmes.refusals import NOT_A_COUNTY
from programmes.roles import COUNTIES, DIGITS
from services.attendance.checks.check import Checked
from services.attendance.checks.refusals import NOBODY_TO_SAMPLE
from services.attendance.register.days import MonthKey, month_of

RULE = inspection.COUNTY_SAMPLES.path


class SampleDrawn(Event, title="抽取抽查对象"):
    """By ``seed`` the ``drawn`` were drawn of ``roster``, the postings of the county on the day."""

    rule: ClassVar[str | None] = RULE
    areas: ClassVar[tuple[str, ...]] = ("area",)

    programme: Key
    area: Area
    sample: Key
    month: MonthKey
    seed: Key
    roster: tuple[str, ...]
    drawn: tuple[str, ...]


class DrawSample(Command, title="抽取抽查对象", roles=COUNTIES, concerns=("area",)):
    """Draw the county's sample of the month of the command's date by ``seed``; ``area`` is the county."""

    programme: Key
    area: Area
    seed: Key


class DrawOf(Order):
    """DrawSample, with the postings of the county on the day."""

    programme: Key
    area: Area
    seed: Key
    roster: tuple[str, ...]


def drawn_by(seed: str, roster: Iterable[str], size: int) -> tuple[str, ...]:
    """The ``size`` of ``roster`` that ``seed`` draws, all where there are no more: those of the least digests."""
    ranked = sorted(roster, key=lambda posting: hashlib.sha256(f"{seed} {posting}".encode()).digest())
    return tuple(sorted(ranked[:size]))


def draw(state: Checked, command: DrawOf) -> Sequence[SampleDrawn]:
    """SampleDrawn. Raises Rejected: ``foreign_area``, ``not_a_county``, ``nobody_to_sample``, ``rule_unknown``."""
    rules, on = rules_of(command), command.context.occurred_on
    if len(command.area) != DIGITS["county"]:
        raise NOT_A_COUNTY(county=command.area)
    must_cover(command.context.actor, command.area, field="area", rule=RULE)
    size = rules.value(inspection.SAMPLE_SIZE)
    if not command.roster:
        raise NOBODY_TO_SAMPLE(area=command.area, on=on, rule=RULE)
    drawn = drawn_by(command.seed, command.roster, size)
    sample = f"{command.programme}.{command.area}.{state.samples + 1}"
    return (SampleDrawn.carrying(command, sample=sample, month=month_of(on), drawn=drawn),)


def drawn(state: Checked, event: SampleDrawn) -> Checked:
    """The state after SampleDrawn."""
    return replace(state, samples=state.samples + 1)
