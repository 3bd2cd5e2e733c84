"""What a day asks of a service: the commands that carry a date, for each programme whose profile has what they read.

    DAILY = (Daily(EndTerms, (TERM,)), Daily(RaiseDueTriggers, (TRIGGERS,), each=False))
    QUERIES = daily(DAILY)

Who asks is the process of the days (``kernel.days``), in the role ``calendar``; a command it may give names that role.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from kernel.asking import Find, Page, cut, day
from kernel.messages import Command
from kernel.profiles import books
from kernel.reader import Reader
from kernel.service import Ask, Query
from programmes.roles import CALENDAR, SYSTEM

_PROFILES: Final = "select profile, programme, version, base, scope, sha256, rules from rules_in_force order by profile"


@dataclass(frozen=True, slots=True)
class Daily:
    """A command with ``as_of``, given once a day: for each programme that says something to all of ``needs``, if only
    in a supplement; or, where not ``each``, once where any does."""

    command: type[Command]
    needs: tuple[Reader[Any], ...]
    each: bool = True


def daily(commands: Sequence[Daily]) -> dict[str, Query]:
    """The question by its name: {command, subject, data}, in the order in which they are to be given."""

    def answer(rows: Find, ask: Ask, tools: Mapping[str, Any]) -> Page:
        on = day(ask, "day").isoformat()
        known = {
            programme: [book.effective(programme, one.scope if one.base else None) for one in book.profiles]
            for programme, book in books(rows(_PROFILES)).items()
        }
        items = []
        for one in commands:
            having = [
                programme
                for programme, layers in sorted(known.items())
                if any(rules and all(rules.find(reader) for reader in one.needs) for rules in layers)
            ]
            for programme in having if one.each else [""] * bool(having):
                data = {"as_of": on, **({"programme": programme} if programme else {})}
                items.append({"command": one.command.__name__, "subject": programme, "data": data})
        return cut(items, ask)

    return {"daily": Query(answer, CALENDAR | SYSTEM, "当日应办的命令", {"day": "日期"}, ("day",))}
