"""The basis of a decision: the rules in force for its stream, and whose business the act is."""

from __future__ import annotations

from kernel.messages import Command, Rejected
from kernel.rules import Rules


def rules_of(command: Command) -> Rules:
    """The rules the command is decided by.

    Raises:
        Rejected: ``programme_unpublished`` where no profile of the programme stands in this log.
    """
    rules = command.context.rules
    if rules is None:
        raise Rejected(
            "programme_unpublished",
            "该工作方案尚未发布，不能据此办理。",
            field="programme",
            accepted="已发布的工作方案",
            kind="unknown",
        )
    return rules


def not_yours(sentence: str, *, field: str, accepted: str, rule: str | None = None) -> Rejected:
    """The refusal of an act that belongs to another organ."""
    return Rejected("not_your_business", sentence, rule=rule, field=field, accepted=accepted, kind="forbidden")


def unknown(what: str, field: str) -> Rejected:
    """The refusal of an act on something that does not stand in this log."""
    return Rejected("unknown", f"没有这{what}。", field=field, accepted="已登记的编号", kind="unknown")
