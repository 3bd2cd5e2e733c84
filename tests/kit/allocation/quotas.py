"""A quota set for a channel, and its assignment to units."""

from __future__ import annotations

from kernel.messages import Actor, Event
from kernel.testing import given
from services.allocation.quotas.batch import BATCH
from services.allocation.quotas.quota import (
    AssignUnitQuota,
    ChannelTotal,
    SetChannelQuotas,
    SetUnitQuota,
)
from tests.kit.allocation.ground import CHANNEL, LN2018, ORGANS, ctx
from tests.kit.allocation.tiers import FIXED

TOTALS = (340, 200, 240, 20, 20, 15, 3)
NAMES = tuple(row["channel"] for row in LN2018.entries["quota.channels"].value)


def quotas(names: tuple[str, ...] = NAMES, totals: tuple[int, ...] = TOTALS, reason: str = "") -> SetChannelQuotas:
    each = tuple(ChannelTotal(name, total) for name, total in zip(names, totals, strict=True))
    return SetChannelQuotas(context=ctx(), programme="LN2018", quotas=each, reason=reason)


SET: list[Event] = [*FIXED, *(given(BATCH, *FIXED).when(quotas()).events or [])]


def assign(
    unit: str, townships: int, villages: int, *, basis: str = "编制", channel: str | None = ORGANS, by: Actor = CHANNEL
) -> AssignUnitQuota:
    asked = SetUnitQuota(
        context=ctx(by), programme="LN2018", unit=unit, townships=townships, villages=villages, basis=basis
    )
    return AssignUnitQuota(context=asked.context, asked=asked, channel=channel)
