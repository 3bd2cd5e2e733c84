"""Dividing whole places by weights: 51 townships over seven channels, a channel's places over its units.

Invariant: the places given add up to the seats, each claimant gets the whole part of its share or one more, and the
same input gives the same division; the quotas of the notice itself always win over what is computed here (AL-011).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Apportionment:
    """A division and its evidence, one entry a claimant in the order given.

    The exact share of claimant ``i`` is ``quotients[i] + remainders[i] / divisor``; ``extra`` names by index who got
    one more place, in the order in which these places were given.
    """

    method: str
    seats: int
    weights: tuple[int, ...]
    places: tuple[int, ...]
    quotients: tuple[int, ...]
    remainders: tuple[int, ...]
    divisor: int
    extra: tuple[int, ...]


def largest_remainder(seats: int, weights: Sequence[int]) -> Apportionment:
    """Hamilton's method in whole numbers; equal remainders are served in the order of the rows.

    Source: derived from 辽组通字〔2018〕23号 附件1, whose township column it gives back.
    """
    divisor = sum(weights)
    shares = [divmod(seats * weight, divisor) if divisor else (0, 0) for weight in weights]
    left = seats - sum(quotient for quotient, _ in shares)
    served = sorted(range(len(shares)), key=lambda row: (-shares[row][1], row))[:left]
    places = tuple(quotient + (row in served) for row, (quotient, _) in enumerate(shares))
    quotients = tuple(quotient for quotient, _ in shares)
    remainders = tuple(remainder for _, remainder in shares)
    return Apportionment(
        "largest_remainder", seats, tuple(weights), places, quotients, remainders, divisor, tuple(served)
    )


METHODS: dict[str, Callable[[int, Sequence[int]], Apportionment]] = {"largest_remainder": largest_remainder}
"""Methods by the name a profile gives them (``quota.apportionment``)."""


def apportion(seats: int, weights: Sequence[int], method: str = "largest_remainder") -> Apportionment:
    """Divide ``seats`` by ``weights``.

    Args:
        seats: places to give, 0 or more.
        weights: whole numbers of 0 or more in printed row order, which breaks ties; one above 0 if there are seats.
        method: a key of ``METHODS``.

    Raises:
        ValueError: for seats or weights outside these bounds, or a method that is not known.
    """
    if method not in METHODS:
        raise ValueError(f"unknown method {method!r}; known: {', '.join(METHODS)}")
    if seats < 0 or any(weight < 0 for weight in weights) or (seats > 0 and sum(weights) == 0):
        raise ValueError("seats and weights must be 0 or more, with a weight above 0 where there are seats")
    return METHODS[method](seats, weights)
