"""A question of division and its answer: weights with their bounds, and the places with the evidence for them.

Invariant: bounds that cannot hold together are refused before anything is divided; an answer carries the exact share of
every row, so that whoever doubts it can do the sum again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm


@dataclass(frozen=True, slots=True)
class Apportionment:
    """A division and its evidence, one entry a row in the order given.

    ``places`` are those given here. The exact share of row ``i``, with what was placed before, is
    ``quotients[i] + remainders[i] / divisor``. ``extra`` names by index who got a place above the whole part of its
    share or its lower bound, in the order in which these places were given; ``tied`` the rows whose claims to the last
    place were equal where the order of the rows had to decide, else nothing. ``last`` and ``following`` are, for the
    divisor methods, the claims with which a row won its last place and would win its next: no ``following`` of a row
    below its cap exceeds the ``last`` of a row above its lower bound. Huntington-Hill compares squares, so its claims
    are squares; None stands for no such place, or a claim that goes before every other.
    """

    method: str
    seats: int
    weights: tuple[int, ...]
    places: tuple[int, ...]
    quotients: tuple[int, ...]
    remainders: tuple[int, ...]
    divisor: int
    extra: tuple[int, ...]
    tied: tuple[int, ...]
    last: tuple[Fraction | None, ...] = ()
    following: tuple[Fraction | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Claims:
    """What is to be divided: ``total`` counts the seats and what was placed before, ``low`` and ``high`` bound both."""

    seats: int
    weights: tuple[int, ...]
    placed: tuple[int, ...]
    low: tuple[int, ...]
    high: tuple[int, ...]

    @property
    def total(self) -> int:
        """Seats to give and places held from before."""
        return self.seats + sum(self.placed)

    @classmethod
    def of(
        cls,
        seats: int,
        weights: Sequence[int],
        at_least: Sequence[int] | None,
        at_most: Sequence[int | None] | None,
        placed: Sequence[int] | None,
    ) -> Claims:
        """The claims of one division; raises ValueError as ``apportion`` says."""
        rows = len(weights)
        before = (0,) * rows if placed is None else tuple(placed)
        least = (0,) * rows if at_least is None else tuple(at_least)
        most: tuple[int | None, ...] = (None,) * rows if at_most is None else tuple(at_most)
        if {len(before), len(least), len(most)} != {rows}:
            raise ValueError(f"bounds and places from before must have {rows} rows, as the weights have")
        if seats < 0 or min((*weights, *before, *least), default=0) < 0:
            raise ValueError("seats, weights, bounds and places from before must be 0 or more")
        if seats > 0 and not any(weights) and sum(least) < seats:
            raise ValueError("seats must be 0 or more, with a weight above 0 where there are seats")
        high = [
            held + (seats if cap is None else min(cap, seats)) if weight else held + low
            for weight, held, low, cap in zip(weights, before, least, most, strict=True)
        ]
        low = [held + fewest for held, fewest in zip(before, least, strict=True)]
        if any(least > most for least, most in zip(low, high, strict=True)):
            raise ValueError("a lower bound exceeds its cap or the seats")
        total = seats + sum(before)
        if not sum(low) <= total <= sum(high):
            raise ValueError(
                f"{seats} seats do not fit bounds of {sum(low) - sum(before)} to {sum(high) - sum(before)}"
            )
        return cls(seats, tuple(weights), before, tuple(low), tuple(high))

    def divided(
        self,
        method: str,
        shares: Sequence[Fraction],
        totals: Sequence[int],
        *,
        extra: tuple[int, ...],
        tied: tuple[int, ...],
        last: tuple[Fraction | None, ...] = (),
        following: tuple[Fraction | None, ...] = (),
    ) -> Apportionment:
        """The answer: ``totals`` less what was placed before, with the shares over their common divisor."""
        divisor = lcm(sum(self.weights) or 1, *(share.denominator for share in shares))
        parts = [divmod(share.numerator * (divisor // share.denominator), divisor) for share in shares]
        return Apportionment(
            method,
            self.seats,
            self.weights,
            tuple(total - held for total, held in zip(totals, self.placed, strict=True)),
            tuple(quotient for quotient, _ in parts),
            tuple(remainder for _, remainder in parts),
            divisor,
            extra,
            tied,
            last,
            following,
        )
