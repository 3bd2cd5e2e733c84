"""The assessment of a secondment at the end of its term, by the department that sent the person.

Source: notice of 13 May 2003, 二.
Invariant: the texts stay on paper and in the person's file; the log keeps their lengths and the report's
digest, which is enough to prove which text was meant.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

from kernel.grounds import in_force
from kernel.messages import Area, Command, Event, Few, Key, Text
from kernel.refusals import NOT_YOUR_BUSINESS
from kernel.rules import Rules
from programmes.condition import AT_LEAST, EXACTLY, Condition
from programmes.readers import swap
from programmes.refusals import COPIES_INCOMPLETE
from programmes.roles import CITIES
from services.evaluation.assessment.characters import count
from services.evaluation.assessment.refusals import (
    ASSESSED_ALREADY,
    ASSESSMENT_INCOMPLETE,
    METHOD_DATE,
    METHOD_MISSING,
    REPORT_TOO_SHORT,
)
from services.evaluation.assessment.secondment import Secondment


@dataclass(frozen=True, slots=True)
class Method:
    """One way in which an assessment was made, with its day."""

    method: str
    on: date


class SecondmentAssessed(Event, title="挂职考核"):
    """The sending side's full assessment; ``dimensions`` gives the characters on each, the report is a digest."""

    rule: ClassVar[str | None] = "assessment.record"
    areas: ClassVar[tuple[str, ...]] = ("sending", "host")

    programme: str
    leg: Key
    pair: int
    level: str
    person: Key
    sending: Area
    host: Area
    dimensions: Mapping[str, int]
    emphasis_chars: int
    methods: tuple[Method, ...]
    report_chars: int
    report_sha256: str
    copies: int


class AssessSecondment(Command, title="挂职期满考核", roles=CITIES, concerns=("leg",)):
    """Assess one person: a text on each dimension, the emphasis, dated methods, the report and its copies."""

    leg: Key
    dimensions: Mapping[str, Text]
    emphasis: Text
    methods: Few[Method]
    report: Text
    copies: int


REPORT_LENGTH = Condition(swap.REPORT_LENGTH, AT_LEAST, REPORT_TOO_SHORT)
REPORT_COPIES = Condition(swap.REPORT_COPIES, EXACTLY, COPIES_INCOMPLETE)


def assess(leg: Secondment, command: AssessSecondment) -> Sequence[SecondmentAssessed]:
    """SecondmentAssessed (EV-010, EV-013).

    Raises:
        Rejected: ``secondment_unknown``, ``not_your_business``, ``assessed_already``, ``assessment_incomplete``,
            ``method_missing``, ``method_date``, ``report_too_short``, ``copies_incomplete``.
    """
    context = command.context
    rules = in_force(context.rules, leg.noted.programme)
    if context.actor.role != "city_org" or not context.actor.covers(leg.noted.sending):
        city = leg.noted.sending[:4]
        raise NOT_YOUR_BUSINESS(
            act="期满考核", organ=f"市委组织部（{city}）", field="leg", rule="swap.assessment.assessor"
        )
    if leg.report is not None:
        raise ASSESSED_ALREADY()
    _dimensions(rules, command.dimensions)
    _methods(rules, leg, command)
    chars = count(command.report)
    REPORT_LENGTH.require(rules, chars)
    REPORT_COPIES.require(rules, command.copies, what="考察材料", rule=REPORT_COPIES.path)
    noted = leg.noted
    return (
        SecondmentAssessed.carrying(
            command,
            noted,
            leg=noted.leg,
            dimensions={name: count(text) for name, text in command.dimensions.items()},
            emphasis_chars=count(command.emphasis),
            report_chars=chars,
            report_sha256=hashlib.sha256(command.report.encode()).hexdigest(),
        ),
    )


def _dimensions(rules: Rules, texts: Mapping[str, str]) -> None:
    """Every dimension has its text, and there is no other (EV-011)."""
    rule = swap.DIMENSIONS.path
    wanted = rules.value(swap.DIMENSIONS)
    missing = [name for name in wanted if not count(texts.get(name, ""))]
    if missing or len(texts) != len(wanted):
        raise ASSESSMENT_INCOMPLETE(wanted=wanted, missing=missing or "无", rule=rule)


def _methods(rules: Rules, leg: Secondment, command: AssessSecondment) -> None:
    """Every method was used, on a day within the secondment (EV-012)."""
    rule = swap.METHODS.path
    wanted = rules.value(swap.METHODS)
    used = [entry.method for entry in command.methods]
    if sorted(used) != sorted(wanted):
        raise METHOD_MISSING(rule=rule, wanted=wanted)
    for number, entry in enumerate(command.methods):
        if not leg.noted.occurred_on <= entry.on <= command.context.occurred_on:
            raise METHOD_DATE(
                on=entry.on,
                number=number,
                rule=rule,
                since=leg.noted.occurred_on,
                until=command.context.occurred_on,
            )


def assessed(leg: Secondment, event: SecondmentAssessed) -> Secondment:
    """The state after SecondmentAssessed."""
    return replace(leg, report=event.report_sha256, assessed_on=event.occurred_on)
