"""The groups of counties and the division of a tier among them."""

from __future__ import annotations

from kernel.messages import Event
from kernel.rules import Rules
from kernel.testing import given
from services.allocation.quotas.batch import BATCH
from services.allocation.quotas.scope import (
    DefineGroups,
    Group,
)
from services.allocation.quotas.tiers import (
    CountyVillages,
    FixTierSplit,
    ProposeTierSplit,
    TierRow,
)
from tests.kit.allocation.ground import LN2018, ctx

A = Group(
    "A",
    "province",
    ("2103", "2104", "2105", "2106", "2107", "2108", "2110", "2112", "2113", "2114"),
    64,
    219,
    5993,
    6212,
)
B = Group("B", "city", ("2101", "2102", "2111"), 27, 16, 2797, 2813)


def define(*groups: Group) -> DefineGroups:
    return DefineGroups(context=ctx(), programme="LN2018", groups=groups)


GROUPS = given(BATCH).when(define(A, B)).events or []


P = TierRow("province", 51, 787, 0, 838)
C = TierRow("city", 168, 2594, 0, 2762)
COUNTY = TierRow("county", 0, 0, 2612, 2612)


def propose(rules: Rules = LN2018) -> ProposeTierSplit:
    return ProposeTierSplit(context=ctx(rules=rules), programme="LN2018")


def fix(*tiers: TierRow, counties: tuple[CountyVillages, ...] = (), reason: str = "") -> FixTierSplit:
    return FixTierSplit(context=ctx(), programme="LN2018", tiers=tiers, counties=counties, reason=reason)


PROPOSED: list[Event] = [*GROUPS, *(given(BATCH, *GROUPS).when(propose()).events or [])]
FIXED: list[Event] = [*PROPOSED, *(given(BATCH, *PROPOSED).when(fix(P, C, COUNTY)).events or [])]


def counties() -> tuple[CountyVillages, ...]:
    """64 counties whose villages sum to the printed 5993, 3381 of them weak; their numbers are synthetic."""
    every = [CountyVillages(f"2103{n:02d}", 93, 52) for n in range(1, 64)]
    return (*every, CountyVillages("210399", 5993 - 63 * 93, 3381 - 63 * 52))
