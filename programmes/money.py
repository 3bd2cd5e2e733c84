"""Money: whole fen everywhere, yuan only where a notice prints them and where people read."""

from __future__ import annotations

from typing import Final

FEN: Final = 100
"""Fen of one yuan."""


def fen(yuan: int) -> int:
    """``yuan`` in fen."""
    return yuan * FEN


def yuan(amount: int) -> str:
    """``amount`` fen as people read it: 510000 is "5100.00"."""
    return f"{amount // FEN}.{amount % FEN:02}"
