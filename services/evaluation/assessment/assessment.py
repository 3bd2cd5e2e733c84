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

from kernel.messages import Area, Command, Event, Key, Rejected, Text
from kernel.rules import Rules
from programmes.roles import CITIES
from services.evaluation.assessment.characters import count
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


class AssessSecondment(Command, title="挂职期满考核", roles=CITIES):
    """Assess one person: a text on each dimension, the emphasis, dated methods, the report and its copies."""

    leg: Key
    dimensions: Mapping[str, Text]
    emphasis: Text
    methods: tuple[Method, ...]
    report: Text
    copies: int


def assess(leg: Secondment, command: AssessSecondment) -> Sequence[SecondmentAssessed]:
    """SecondmentAssessed.

    Raises:
        Rejected: ``secondment_unknown``, ``not_the_sending_city``, ``assessed_already``, ``assessment_incomplete``,
            ``method_missing``, ``method_date``, ``report_too_short``, ``copies_wrong``.
    """
    context = command.context
    rules = in_force(context.rules, leg)
    if context.actor.role != "city_org" or not context.actor.covers(leg.noted.sending):
        city = leg.noted.sending[:4]
        raise Rejected(
            "not_the_sending_city",
            "期满考核只能由派出挂职干部的市委组织部进行。",
            rule="swap.assessment.assessor",
            kind="forbidden",
            field="leg",
            accepted=f"市委组织部（{city}）",
        )
    if leg.report is not None:
        raise Rejected(
            "assessed_already",
            "该同志已考核，期满考核只进行一次。",
            rule="assessment.record",
            field="leg",
            accepted="未考核的人员",
        )
    _dimensions(rules, command.dimensions)
    _methods(rules, leg, command)
    chars, least = count(command.report), rules.value("swap.report.min_chars")
    if chars < least:
        raise Rejected(
            "report_too_short",
            f"考察材料 {chars} 字，不足 {least} 字。",
            rule="swap.report.min_chars",
            field="report",
            accepted=f"不少于 {least} 字",
        )
    copies = rules.value("swap.report.copies")
    if command.copies != copies:
        raise Rejected(
            "copies_wrong",
            f"考察材料应一式 {copies} 份。",
            rule="swap.report.copies",
            field="copies",
            accepted=str(copies),
        )
    noted = leg.noted
    return (
        SecondmentAssessed(
            occurred_on=context.occurred_on,
            programme=noted.programme,
            leg=noted.leg,
            pair=noted.pair,
            level=noted.level,
            person=noted.person,
            sending=noted.sending,
            host=noted.host,
            dimensions={name: count(text) for name, text in command.dimensions.items()},
            emphasis_chars=count(command.emphasis),
            methods=command.methods,
            report_chars=chars,
            report_sha256=hashlib.sha256(command.report.encode()).hexdigest(),
            copies=command.copies,
        ),
    )


def in_force(rules: Rules | None, leg: Secondment) -> Rules:
    """The rules of the leg's programme.

    Raises:
        Rejected: ``programme_unknown`` where no profile of it has come in.
    """
    if rules is None:
        raise Rejected(
            "programme_unknown",
            f"尚未收到方案 {leg.noted.programme} 的规则。",
            kind="unknown",
            field="leg",
            accepted="待方案发布后重试",
        )
    return rules


def _dimensions(rules: Rules, texts: Mapping[str, str]) -> None:
    rule = "swap.assessment.dimensions"
    wanted = rules.value(rule)
    missing = [name for name in wanted if not count(texts.get(name, ""))]
    if missing or len(texts) != len(wanted):
        raise Rejected(
            "assessment_incomplete",
            f"考核内容须填写{'、'.join(wanted)}各项，缺：{'、'.join(missing) or '无'}。",
            rule=rule,
            field="dimensions",
            accepted="、".join(wanted),
        )


def _methods(rules: Rules, leg: Secondment, command: AssessSecondment) -> None:
    rule = "swap.assessment.methods"
    wanted = rules.value(rule)
    used = [entry.method for entry in command.methods]
    if sorted(used) != sorted(wanted):
        raise Rejected(
            "method_missing", "三种考核方法须逐项记载日期。", rule=rule, field="methods", accepted="、".join(wanted)
        )
    for number, entry in enumerate(command.methods):
        if not leg.noted.occurred_on <= entry.on <= command.context.occurred_on:
            raise Rejected(
                "method_date",
                f"{entry.on} 不在挂职开始与考核之日之间。",
                rule=rule,
                field=f"methods.{number}.on",
                accepted=f"{leg.noted.occurred_on} 至 {command.context.occurred_on}",
            )


def assessed(leg: Secondment, event: SecondmentAssessed) -> Secondment:
    """The state after SecondmentAssessed."""
    return replace(leg, report=event.report_sha256)
