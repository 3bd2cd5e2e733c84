"""Dividing whole places by weights: 51 townships over seven channels, a channel's places over its units.

Invariant: the places given add up to the seats and stay within their bounds, everything is compared in whole numbers
and fractions, and the same input gives the same division: equal claims are served in the order of the rows. The quotas
of a notice always win over what is computed here (AL-011).
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from services.allocation.division import Apportionment, Claims
from services.allocation.divisor_methods import SIGNPOSTS, highest_claims

LARGEST_REMAINDER = "largest_remainder"
METHODS = (LARGEST_REMAINDER, *SIGNPOSTS)
"""Methods by the name a profile gives them (``quota.apportionment``)."""


def apportion(
    seats: int,
    weights: Sequence[int],
    method: str = LARGEST_REMAINDER,
    *,
    at_least: Sequence[int] | None = None,
    at_most: Sequence[int | None] | None = None,
    placed: Sequence[int] | None = None,
) -> Apportionment:
    """Divide ``seats`` by ``weights``.

    Args:
        seats: places to give, 0 or more.
        weights: whole numbers of 0 or more in printed row order, which breaks ties. Weight 0 gets its lower bound only.
        method: one of ``METHODS``.
        at_least: fewest of the places given here, by row; 0 where left out.
        at_most: most of the places given here, by row; None stands for no cap.
        placed: places each row holds from before. The division is made over both together and gives the rest, so who
            was served more than its share before gets less now, and never gives anything back.

    Raises:
        ValueError: for figures outside these bounds, a method that is not known, or bounds that cannot hold together.

    Source: derived from 辽组通字〔2018〕23号 附件1, whose township column ``largest_remainder`` gives back.
    """
    if method not in METHODS:
        raise ValueError(f"unknown method {method!r}; known: {', '.join(METHODS)}")
    claims = Claims.of(seats, weights, at_least, at_most, placed)
    shares = fair_shares(claims)
    if method == LARGEST_REMAINDER:
        return _largest_remainder(claims, shares)
    return highest_claims(method, claims, shares)


def fair_shares(claims: Claims) -> tuple[Fraction, ...]:
    """The exact share of each row: proportional to its weight, held at a bound where proportion would leave it.

    Rows are fixed at the side whose breaches weigh more until nobody free leaves its bounds, which is exact because a
    breach on the heavier side can only grow when the other side is fixed.
    """
    fixed: dict[int, Fraction] = {row: Fraction(claims.low[row]) for row, w in enumerate(claims.weights) if not w}
    while True:
        free = [row for row in range(len(claims.weights)) if row not in fixed]
        whole = sum(claims.weights[row] for row in free)
        rest = claims.total - sum(fixed.values(), Fraction())
        shares = {row: rest * claims.weights[row] / whole for row in free}
        under = {row: claims.low[row] - share for row, share in shares.items() if share < claims.low[row]}
        over = {row: share - claims.high[row] for row, share in shares.items() if share > claims.high[row]}
        if not under and not over:
            return tuple(fixed[row] if row in fixed else shares[row] for row in range(len(claims.weights)))
        lifted = sum(under.values()) >= sum(over.values())
        fixed |= {row: Fraction(claims.low[row] if lifted else claims.high[row]) for row in (under if lifted else over)}


def _largest_remainder(claims: Claims, shares: Sequence[Fraction]) -> Apportionment:
    """Hamilton's method: whole parts first, then one more for the largest remainders (AL-011)."""
    whole = [share.numerator // share.denominator for share in shares]
    left = claims.total - sum(whole)
    order = sorted(range(len(shares)), key=lambda row: (whole[row] - shares[row], row))
    served = order[:left]
    remainders = [share - part for share, part in zip(shares, whole, strict=True)]
    last = remainders[served[-1]] if served else None
    contested = tuple(row for row in range(len(shares)) if remainders[row] == last)
    return claims.divided(
        LARGEST_REMAINDER,
        shares,
        [part + (row in served) for row, part in enumerate(whole)],
        extra=tuple(served),
        tied=contested if not set(contested) <= set(served) else (),
    )
