"""Grounds of a decision in allocation: whose channel it is, and that a deviation has its reason."""

from __future__ import annotations

from collections.abc import Sized

from kernel.messages import Actor
from services.allocation.refusals import DEVIATION_WITHOUT_REASON, FOREIGN_CHANNEL


def must_manage(actor: Actor, channel: str, rule: str, *, field: str = "channel") -> None:
    """Check that ``channel`` is the actor's own. Raises Rejected: ``foreign_channel``."""
    if not actor.manages(channel):
        raise FOREIGN_CHANNEL(
            channel=channel, organ=actor.organ, field=field, rule=rule, units=actor.units or "分管单位或领域的令牌"
        )


def must_give_reason(reason: str, deviations: Sized, rule: str) -> None:
    """Check that no figure deviates or ``reason`` says why. Raises Rejected: ``deviation_without_reason``."""
    if deviations and not reason.strip():
        raise DEVIATION_WITHOUT_REASON(deviations_count=len(deviations), rule=rule)
