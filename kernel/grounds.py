"""Grounds of a decision that are the same in every service: rules in force, dates in order, the actor's own area."""

from __future__ import annotations

from datetime import date

from kernel.messages import Actor, Command
from kernel.refusals import AS_OF_IN_FUTURE, DATE_BEFORE_GROUND, FOREIGN_AREA, PROFILE_MISSING
from kernel.rules import Rules


def rules_of(command: Command) -> Rules:
    """The rules the command is decided by. Raises Rejected: ``profile_missing``."""
    return in_force(command.context.rules, getattr(command, "programme", None))


def in_force(rules: Rules | None, programme: str | None = None) -> Rules:
    """``rules``, where there are some. Raises Rejected: ``profile_missing``."""
    if rules is None:
        raise PROFILE_MISSING(programme=f"方案 {programme} " if programme else "该方案")
    return rules


def not_before(command: Command, since: date | None, ground: str, rule: str | None = None) -> None:
    """Check that the command is dated on or after the day of the fact it rests on, called ``ground``.

    Raises:
        Rejected: ``date_before_ground``.
    """
    on = command.context.occurred_on
    if since is not None and on < since:
        raise DATE_BEFORE_GROUND(on=on, ground=ground, since=since, rule=rule)


def not_in_future(as_of: date, command: Command, rule: str | None = None) -> None:
    """Check that ``as_of`` has come by the date of the command. Raises Rejected: ``as_of_in_future``."""
    if as_of > command.context.occurred_on:
        raise AS_OF_IN_FUTURE(as_of=as_of, on=command.context.occurred_on, rule=rule)


def must_cover(actor: Actor, area: str, *, field: str, rule: str | None = None) -> None:
    """Check that ``area`` lies in the actor's areas. Raises Rejected: ``foreign_area``."""
    if not actor.covers(area):
        raise FOREIGN_AREA(area=area, areas=actor.areas or "无", field=field, rule=rule)
