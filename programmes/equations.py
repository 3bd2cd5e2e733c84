"""Equations of a profile: what must add up, written beside the figures.

An equation is ``left = right``; a side is terms joined by + or -, a term is a whole number, a figure or a product of
them with ``*``. A figure is a rule path with its field (``quota.batch.total``), a field of one row of a table
(``quota.tiers[province].cadres``, chosen by the first column), ``sum(quota.channels.total)`` or ``count(swap.pairs)``.

Invariant: integers only; nothing but figures of the same profile can be named.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from math import prod
from typing import Any

_DIGITS = 18
_TERM = re.compile(r"\s*([+-])\s+")
_CALL = re.compile(r"^(sum|count)\((.+)\)$")
_ROW = re.compile(r"^([\w.]+)\[([^\]]+)\]\.(\w+)$")


class Unreadable(Exception):
    """An equation names something that is not a figure of the profile."""


@dataclass(frozen=True, slots=True)
class Balance:
    """Both sides of one equation, as figures."""

    left: int
    right: int

    @property
    def difference(self) -> int:
        """0 where the equation holds."""
        return abs(self.left - self.right)


def balance(equation: str, rules: Mapping[str, Mapping[str, Any]]) -> Balance:
    """The figures of both sides. Raises ``Unreadable`` with the part that names no figure."""
    left, equals, right = equation.partition(" = ")
    if not equals:
        raise Unreadable(equation)
    return Balance(_side(left, rules), _side(right, rules))


def first_rule(equation: str, rules: Mapping[str, Any]) -> str:
    """The path of the first rule that the equation names, for the line of a fault; empty where it names none."""
    for word in re.findall(r"[\w.]+", equation):
        while word:
            if word in rules:
                return str(word)
            word = word.rpartition(".")[0]
    return ""


def _side(side: str, rules: Mapping[str, Mapping[str, Any]]) -> int:
    first, *rest = _TERM.split(side.strip())
    total = _product(first, rules)
    for sign, term in zip(rest[::2], rest[1::2], strict=True):
        total += _product(term, rules) if sign == "+" else -_product(term, rules)
    return total


def _product(term: str, rules: Mapping[str, Mapping[str, Any]]) -> int:
    return prod(_figure(factor.strip(), rules) for factor in term.split("*"))


def _figure(name: str, rules: Mapping[str, Mapping[str, Any]]) -> int:
    if name.isascii() and name.isdecimal():
        if len(name) > _DIGITS:
            raise Unreadable(name)
        return int(name)
    call, row = _CALL.match(name), _ROW.match(name)
    if call and call[1] == "count":
        return len(_listed(call[2], rules))
    if call:
        path, _, column = call[2].rpartition(".")
        return sum(_whole(entry.get(column), name) for entry in _rows(path, rules))
    if row:
        for entry in _rows(row[1], rules):
            if next(iter(entry.values())) == row[2]:
                return _whole(entry.get(row[3]), name)
        raise Unreadable(name)
    if name in rules:
        return _whole(rules[name]["value"], name)
    path, _, column = name.rpartition(".")
    value = rules.get(path, {}).get("value")
    return _whole(value.get(column) if isinstance(value, dict) else None, name)


def _rows(path: str, rules: Mapping[str, Mapping[str, Any]]) -> list[dict[str, Any]]:
    rows = _listed(path, rules)
    if not all(isinstance(row, dict) and row for row in rows):
        raise Unreadable(path)
    return rows


def _listed(path: str, rules: Mapping[str, Mapping[str, Any]]) -> list[Any]:
    value = rules.get(path, {}).get("value")
    if not isinstance(value, list):
        raise Unreadable(path)
    return value


def _whole(value: Any, name: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise Unreadable(name)
    return value
