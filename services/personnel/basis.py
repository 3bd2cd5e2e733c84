"""The basis of a decision: the rules in force for its stream, and whose business the act is."""

from __future__ import annotations

from datetime import date

from kernel.messages import Command, Rejected
from kernel.rules import Rules
from services.personnel.refusals import PROGRAMME_UNPUBLISHED, UNKNOWN

LAW = "主席令第九十一号"
"""个人信息保护法."""


def rules_of(command: Command) -> Rules:
    """The rules the command is decided by.

    Raises:
        Rejected: ``programme_unpublished`` where no profile of the programme stands in this log.
    """
    rules = command.context.rules
    if rules is None:
        raise PROGRAMME_UNPUBLISHED()
    return rules


def not_yours(sentence: str, *, field: str, accepted: str, rule: str | None = None) -> Rejected:
    """The refusal of an act that belongs to another organ."""
    return Rejected("not_your_business", sentence, rule=rule, field=field, accepted=accepted, kind="forbidden")


def not_before(command: Command, ground: date | None, what: str, rule: str) -> None:
    """Nothing, where the command is dated on or after the day of the fact it rests on.

    Raises:
        Rejected: ``date_before_ground``.
    """
    if ground is not None and command.context.occurred_on < ground:
        raise Rejected(
            "date_before_ground",
            f"办理日期 {command.context.occurred_on} 早于{what}之日（{ground}）。",
            rule=rule,
            field="occurred_on",
            accepted=f"{ground} 起",
        )


def unknown(what: str, field: str) -> Rejected:
    """The refusal of an act on something that does not stand in this log."""
    return UNKNOWN(what=what, field=field)


def by_law(
    code: str, sentence: str, accepted: str, kind: str = "rule", *, clause: str = "第四十七条", field: str = "person"
) -> Rejected:
    """A refusal by the law on personal data, whatever the programme."""
    return Rejected(code, sentence, kind=kind, field=field, accepted=accepted, notice=LAW, clause=clause)
