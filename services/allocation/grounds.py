"""Grounds of a decision: the rules it rests on and the authority of who asks.

Invariant: where no profile is in force nothing is decided, and lack of authority is told apart from a broken
rule.
"""

from __future__ import annotations

from collections.abc import Sized

from kernel.messages import Actor, Command, Rejected
from kernel.rules import Rules
from services.allocation.refusals import DEVIATION_WITHOUT_REASON, FOREIGN_CHANNEL


def rules_of(command: Command) -> Rules:
    """The rules in force for the command's stream.

    Raises:
        Rejected: ``profile_missing`` where no profile of the programme was published.
    """
    return in_force(command.context.rules, getattr(command, "programme", None))


def in_force(rules: Rules | None, programme: str | None = None) -> Rules:
    """``rules`` where there are some; raises as ``rules_of`` does, naming ``programme`` where it is known."""
    if rules is None:
        named = f"选派方案 {programme} " if programme else "该选派方案"
        sentence = f"{named}尚未发布规则，不能据此作出决定。"
        raise Rejected("profile_missing", sentence, field="programme", accepted="先发布该方案的规则（PublishProfile）")
    return rules


def forbidden(
    code: str,
    sentence: str,
    *,
    field: str,
    rule: str | None = None,
    accepted: str | None = None,
    rules: Rules | None = None,
) -> Rejected:
    """A refusal for lack of authority, to be raised by the caller; ``rules`` give notice and clause at once.

    ``field`` names what the actor has no authority over.
    """
    notice, clause = rules.basis(rule) if rules else (None, None)
    return Rejected(
        code, sentence, kind="forbidden", field=field, rule=rule, accepted=accepted, notice=notice, clause=clause
    )


def must_manage(actor: Actor, channel: str, rule: str, *, field: str = "channel") -> None:
    """Nothing where ``channel`` is the actor's own. Raises Rejected ``foreign_channel`` (forbidden) otherwise."""
    if not actor.manages(channel):
        raise FOREIGN_CHANNEL(
            channel=channel, organ=actor.organ, field=field, rule=rule, units=actor.units or "分管单位或领域的令牌"
        )


def must_cover(actor: Actor, area: str, rule: str | None = None, *, field: str) -> None:
    """Nothing where ``area`` lies in the actor's areas. Raises Rejected ``foreign_area`` (forbidden) otherwise."""
    if not actor.covers(area):
        raise forbidden(
            "foreign_area",
            f"区划 {area} 不在本令牌的辖区（{'、'.join(actor.areas) or '无'}）内。",
            field=field,
            rule=rule,
            accepted="、".join(actor.areas) or "有辖区的令牌",
        )


def must_give_reason(reason: str, deviations: Sized, rule: str) -> None:
    """Nothing where no figure deviates or ``reason`` says why; Rejected ``deviation_without_reason`` otherwise."""
    if deviations and not reason.strip():
        raise DEVIATION_WITHOUT_REASON(deviations_count=len(deviations), rule=rule)
