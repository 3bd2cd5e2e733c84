"""The four divisor methods: place after place goes to whoever has the highest claim, its weight over a signpost.

Invariant: claims are fractions, never rounded; a method is nothing but its signposts. Huntington-Hill's signpost is the
geometric mean of two neighbours, so its claims are compared squared.
Source: M. L. Balinski and H. P. Young, Fair Representation, 2nd edition, 2001, appendix A, sections 3 and 4.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from heapq import heapify, heappop, heappush

from services.allocation.division import Apportionment, Claims

Signpost = Callable[[int, int], tuple[int, int]]

SIGNPOSTS: Mapping[str, Signpost] = {
    "webster": lambda weight, held: (2 * weight, 2 * held + 1),
    "jefferson": lambda weight, held: (weight, held + 1),
    "adams": lambda weight, held: (weight, held),
    "huntington_hill": lambda weight, held: (weight * weight, held * (held + 1)),
}
"""For a weight and the places held already, numerator and denominator of the claim to one more. Denominator 0 is a
claim that goes before every finite one: adams and huntington_hill give everybody a first place before anybody a second.
"""


def highest_claims(method: str, claims: Claims, shares: Sequence[Fraction]) -> Apportionment:
    """Start from the lower bounds and give what is left, one place at a time, below the caps."""
    signpost = SIGNPOSTS[method]
    held = list(claims.low)

    def claim(row: int, places: int) -> tuple[bool, Fraction]:
        return _order(*signpost(claims.weights[row], places))

    def rival(row: int) -> tuple[bool, Fraction, int]:
        before_all, value = claim(row, held[row])
        return (not before_all, -value, row)

    rivals = [rival(row) for row in range(len(held)) if held[row] < claims.high[row]]
    heapify(rivals)
    extra: list[int] = []
    for _ in range(claims.total - sum(held)):
        winner = heappop(rivals)[2]
        extra.append(winner)
        held[winner] += 1
        if held[winner] < claims.high[winner]:
            heappush(rivals, rival(winner))
    tied: tuple[int, ...] = ()
    if extra:
        won = claim(extra[-1], held[extra[-1]] - 1)
        left_out = {row for _, _, row in rivals if claim(row, held[row]) == won}
        tied = tuple(sorted({extra[-1], *left_out})) if left_out else ()
    return claims.divided(
        method,
        shares,
        held,
        extra=tuple(extra),
        tied=tied,
        last=tuple(
            _claim(signpost, claims.weights[row], held[row] - 1) if held[row] > claims.low[row] else None
            for row in range(len(held))
        ),
        following=tuple(
            _claim(signpost, claims.weights[row], held[row]) if held[row] < claims.high[row] else None
            for row in range(len(held))
        ),
    )


def _order(numerator: int, denominator: int) -> tuple[bool, Fraction]:
    """A claim as it compares: one that goes before every finite one is greater, of two such the heavier."""
    return (denominator == 0, Fraction(numerator, denominator or 1))


def _claim(signpost: Signpost, weight: int, held: int) -> Fraction | None:
    numerator, denominator = signpost(weight, held)
    return Fraction(numerator, denominator) if denominator else None
