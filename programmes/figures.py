"""Whether the figures and dates of a profile agree with each other and with the calendar.

Invariant: a sum that does not add up is named with both sides and their difference; a printed date is read again and
must give the effective date that is stored beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from programmes import dates, equations, registers
from programmes.draft import Draft
from programmes.faults import Fault

_ACCEPTED = "真实存在的日期，年-月-日"


def check(draft: Draft, rules: Mapping[str, Mapping[str, Any]]) -> list[Fault]:
    """Faults of dates and sums in the expanded ``rules`` of a draft that has passed ``checks.check``."""
    return [*days(draft, rules), *_readings(draft), *_totals(draft, rules), *sums(draft, rules)]


def days(draft: Draft, rules: Mapping[str, Mapping[str, Any]]) -> Iterator[Fault]:
    """Faults of values that say they are dates and are none."""
    for path, rule in rules.items():
        value = rule["value"]
        if str(rule["unit"]).split(",")[0] == "date" and value is not None and not _real(value):
            yield draft.fault("date_not_real", f"rules.{path}", f"“{value}”不是真实日期。", _ACCEPTED)


def _readings(draft: Draft) -> Iterator[Fault]:
    for row in registers.of_programme("deadlines.csv", draft.id):
        yield from _reading(draft, row)


def _reading(draft: Draft, row: Mapping[str, str]) -> Iterator[Fault]:
    path = f"deadline.{row['id']}"
    effective = [row[column] for column in ("effective_from", "effective_to") if row[column]]
    if not all(map(_real, effective)):
        yield draft.fault("date_not_real", path, f"期限 {row['id']} 的生效日期不存在。", _ACCEPTED)
    elif effective:
        reading = dates.read(row["printed"], int(effective[-1][:4]))
        if reading is None or not _agrees(reading, row):
            expected = "无日期" if reading is None else f"{reading.last.isoformat()} {reading.defect or ''}".strip()
            yield draft.fault("deadline_reading", path, f"期限 {row['id']} 与原文“{row['printed']}”不符。", expected)


def _agrees(reading: dates.Reading, row: Mapping[str, str]) -> bool:
    first = reading.first.isoformat() if reading.first else ""
    told = reading.defect is None or row["defect"] != ""
    return (first, reading.last.isoformat()) == (row["effective_from"], row["effective_to"]) and told


def _real(text: Any) -> bool:
    try:
        date.fromisoformat(text)
    except (TypeError, ValueError):
        return False
    return True


def _totals(draft: Draft, rules: Mapping[str, Mapping[str, Any]]) -> Iterator[Fault]:
    for name, leaf in draft.leaves():
        if "total" not in leaf:
            continue
        for column, printed in zip(leaf["columns"], leaf["total"], strict=True):
            if isinstance(printed, int):
                added = sum(row[column] for row in rules[name]["value"])
                if added != printed:
                    sentence = f"“{column}”列合计为 {added}，印为 {printed}，相差 {abs(added - printed)}。"
                    yield draft.fault("total_differs", f"rules.{name}.total", sentence, str(added), name)


def sums(draft: Draft, rules: Mapping[str, Mapping[str, Any]]) -> Iterator[Fault]:
    """Faults of equations that do not hold or name no figure."""
    for key, equation in draft.tree.get("equations", {}).items():
        rule = equations.first_rule(equation, rules)
        try:
            sides = equations.balance(equation, rules)
        except equations.Unreadable as unreadable:
            sentence = f"算式 {key} 中的“{unreadable}”不是数字。"
            yield draft.fault("equation_unreadable", f"equations.{key}", sentence, "本文件中的数字", rule)
            continue
        if sides.difference:
            sentence = f"算式 {key} 不平：{equation}，左边 {sides.left}，右边 {sides.right}，相差 {sides.difference}。"
            yield draft.fault("sum_differs", f"rules.{rule}", sentence, "左右相等的数字", rule)
