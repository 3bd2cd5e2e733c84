"""Slips as a county prints them: serials that nobody but their drawer knows, and what stands on record of them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any


def serials(count: int, first: int = 0) -> list[str]:
    """Serials as if drawn at random, the same in every run."""
    return [hashlib.sha256(f"slip {n}".encode()).hexdigest()[:32] for n in range(first, first + count)]


def commitments(slips: Sequence[str]) -> list[str]:
    """SHA-256 of each serial."""
    return [hashlib.sha256(slip.encode()).hexdigest() for slip in slips]


def cast(slips: Sequence[str], *marks: str) -> list[dict[str, Any]]:
    """Each slip with its mark."""
    return [{"serial": slip, "mark": mark} for slip, mark in zip(slips, marks, strict=True)]
