"""Numbers of things in the sentences of the commands: one row, two rows."""

from __future__ import annotations


def counted(number: int, noun: str) -> str:
    """``number`` with the noun in its singular or plural."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
