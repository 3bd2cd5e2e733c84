"""A notice as its stream knows it: what was issued, to whom it went, who has acknowledged it."""

from __future__ import annotations

from dataclasses import dataclass

from kernel.messages import Area, Key, Line


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who receives a notice for a printed ``addressee``: the department of ``area``, or ``unit``; one of both."""

    addressee: Line
    area: Area | None = None
    unit: Key | None = None


@dataclass(frozen=True, slots=True)
class IssuedNotice:
    """A notice in the register."""

    title: str
    scope: str
    addressees: tuple[str, ...]
    recipients: tuple[Recipient, ...] = ()
    received: frozenset[Recipient] = frozenset()
