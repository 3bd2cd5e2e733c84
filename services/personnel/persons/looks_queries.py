"""How many id numbers each asker looked up in the register, and how many of them others hold.

A refused roster leaves no event, and nobody is told of the persons of others; but who tries four hundred numbers is to
be seen. Invariant: a look is counted before it is answered, whether the command is taken or refused, and none of the
numbers stands in the count. A command that is decided anew is counted anew.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from kernel.asking import Find, Page, Where, page
from kernel.calendar import day_of
from kernel.config import Config
from kernel.log.batch import clock
from kernel.log.refusals import LOG_AWAY
from kernel.log.sessions import Lost, Readers
from kernel.messages import Actor
from kernel.service import Ask, Query
from programmes.roles import AUDITOR, SECURITY

_COUNT: Final = """
insert into looks.daily as d (day, person, role, organ, looked, others) values (%s, %s, %s, %s, %s, %s)
on conflict (day, person, role, organ) do update
   set looked = d.looked + excluded.looked, others = d.others + excluded.others
returning looked
"""


class Looks:
    """The counts in the database that ``sessions`` lead to; ``now`` gives microseconds since 1970 UTC."""

    def __init__(self, sessions: Readers, now: Callable[[], int] = clock) -> None:
        self._sessions = sessions
        self._now = now

    def count(self, actor: Actor, looked: int, others: int) -> None:
        """Count ``looked`` numbers, ``others`` of them of persons the actor has not. Raises Busy."""
        if not looked:
            return
        day = day_of(self._now())
        try:
            self._sessions.query(_COUNT, (day, actor.person, actor.role, actor.organ, looked, others))
        except Lost as error:
            raise LOG_AWAY() from error


def tools(config: Config) -> Mapping[str, Any]:
    """What the plans that look persons up need."""
    return {"looks": Looks(Readers(config.db, most=2))}


def register_looks(rows: Find, ask: Ask, tools: Mapping[str, Any]) -> Page:
    """Who looked up how many numbers, by day."""
    where = Where().equal(ask, "day", "person", "role")
    return page(rows, ask, "looks.daily", where, ("day", "person", "role", "organ"))


QUERIES: Mapping[str, Query] = {
    "register_looks": Query(
        register_looks,
        SECURITY | AUDITOR,
        "公民身份号码查对次数",
        {"day": "日期 YYYY-MM-DD", "person": "查对人", "role": "查对人角色"},
    )
}
