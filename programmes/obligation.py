"""An obligation: who owes what by when (X-055). It is never stored; it follows from events, profile and date.

    POST_REMOVED = Obligation(
        "post_removed", "免去所挂职务", duties.POST_REMOVAL, COUNTIES,
        source="postings", where="s.term_ends is not null",
        subject="s.posting", area="s.target", since="s.ended_on", due="s.ended_on + 1",
        met="(select done_on from duties d where d.subject = s.posting and d.duty = 'post_removal')",
    )

    MONTH_SEALED = Obligation("month_sealed", …, every=rhythm.STATEMENT, within=rhythm.STATEMENT_DAYS,
        source="registers", subject="s.posting", area="s.target", since="s.opened_on", until="s.closed_on",
        done="select programme, posting as subject, month_day as day, sealed_on as met_on from …")

``reader`` is what of the profile it rests on: nothing is owed where the profile says nothing there, and its clause is
shown. Where a profile says how often (``every``), each period of the calendar from ``since`` to ``until`` owes it, and
``done`` lists what was done, in whatever period ``day`` lies; without, it is owed once, from ``since`` on.

Everything of SQL is an expression over a row ``s`` of ``source``; ``now.day`` is the day asked for, and ``t`` what the
profile says: ``t.said`` the text at ``reader``, ``t.on_day`` the last day in its value, ``t.number`` a number.
Invariant: dates are those of facts, so a late fact changes what was owed as of its day.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, NamedTuple

from kernel.reader import Reader
from kernel.rules import Rule, RuleBook, Rules
from programmes.key_words import WORDS
from programmes.readers.rhythm import MONTHS, Rhythm
from programmes.roles import DIGITS, LEVELS, SYSTEM_ADMIN

_WHOLE: Final = 12
Owers = Callable[[Rules], Mapping[str, Collection[str]]]
"""Who owes it, where the profile says so: by the value of the column ``per`` the roles."""


def parked(service: str) -> Obligation:
    """The events that ``service`` has set aside, until somebody replays or discards them."""
    ids = ", ".join(f"'{done}/' || s.command" for done in ("replayed", "discarded"))
    return Obligation(
        f"parked_{service}",
        "被搁置的事件",
        None,
        SYSTEM_ADMIN,
        source="log.parked",
        where=f"not exists (select from log.commands c where c.id in ({ids}))",
        programme="''",
        subject="s.source || ':' || s.position",
        since="(to_timestamp(s.parked_at / 1000000) at time zone 'Asia/Shanghai')::date",
    )


def first_day(column: str) -> str:
    """SQL of the first day of the period that a column names: 2018, 2018-H2 or 2018-Q3."""
    period = f"({column})::text"
    month = f"case substr({period}, 6, 1) when 'H' then right({period}, 1)::int * 6 - 5"
    return f"make_date(left({period}, 4)::int, {month} when 'Q' then right({period}, 1)::int * 3 - 2 else 1 end, 1)"


def worded(column: str) -> str:
    """SQL of what officials call the keys in a column; one without a word is told as it is."""
    cases = " ".join(f"when '{key}' then '{word}'" for key, word in WORDS.items())
    return f"case {column} {cases} else {column} end"


def no_day(value: Any) -> None:
    """The last day in a value that names none."""


class Terms(NamedTuple):
    """What a profile asks in the areas of ``scope`` but those ``apart``: a row of the table ``t``.

    ``whole`` where it also asks what lies in no division: the base does, a supplement never.
    """

    programme: str
    scope: str
    apart: list[str]
    per: str
    roles: list[str]
    digits: int
    months: int | None
    times: int
    within: int | None
    number: int | None
    said: str
    on_day: date | None
    notice: str
    clause: str
    assumed: bool
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Obligation:
    """One kind of obligation.

    Args:
        name: unique over all services. title: in Chinese.
        reader: the value of the profile it rests on; None where it is of no programme.
        by: the roles that owe it, any of them, or these by the value of ``per``, or what reads them from the profile.
        area: the division it is about; it is cut to the level of the organ that owes it, the lowest of several.
            Where it is empty the programme's whole scope is meant.
        unit, person: the unit or channel, the person, that owes it beside the role. post: the post that must act,
            as ``programmes.offices`` records it at the organ.
        period: what tells it from others about the same subject, in words. part: what else does, by its key.
        since: the day it arises, null where it has not. due: its last day, null where none is known.
        met: the day it was met.
        on: the last day (``t.on_day``) in the value of ``reader``.
        every, times, within: how often, how many times in each period, and how many days behind it.
    """

    name: str
    title: str
    reader: Reader[Any] | None
    by: frozenset[str] | Mapping[str, frozenset[str]] | Owers
    source: str
    subject: str
    since: str
    area: str = "''"
    where: str = "true"
    programme: str = "s.programme"
    unit: str = "''"
    person: str = "''"
    post: str = "''"
    per: str = "''"
    period: str = "''"
    part: str = "''"
    due: str = "t.on_day"
    met: str = "null::date"
    until: str = "null::date"
    done: str = ""
    on: Callable[[Any], date | None] = no_day
    number: Reader[int] | None = None
    every: Reader[Rhythm] | None = None
    times: Reader[int] | None = None
    within: Reader[int] | None = None

    def terms(self, books: Iterable[RuleBook]) -> Iterator[Terms]:
        """What the profiles ask: for each base and each supplement one row, or one a value of ``per``."""
        if self.reader is None:
            yield from self._rows(None, None, "", ())
            return
        for book in books:
            layers = sorted(book.profiles, key=lambda one: one.scope)
            for layer in layers:
                rules = book.effective(layer.base or layer.programme, layer.scope if layer.base else None)
                if rules is not None and (basis := rules.find(self.reader)):
                    inner = (one.scope for one in layers if one.base and one is not layer)
                    rows = self._rows(rules, basis, layer.scope, [it for it in inner if it.startswith(layer.scope)])
                    yield from (row._replace(whole=not layer.base) for row in rows)

    def _rows(self, rules: Rules | None, basis: Rule[Any] | None, scope: str, apart: Sequence[str]) -> Iterator[Terms]:
        optional = {name: getattr(self, name) for name in ("every", "times", "within", "number")}
        read = {name: rules.find(one) for name, one in optional.items() if rules and one is not None}
        if None in read.values():
            return
        said: dict[str, Any] = {name: rule.value for name, rule in read.items() if rule}
        every = said.pop("every", None)
        value = basis and basis.value
        for per, roles in self._owers(rules).items():
            levels = [DIGITS[LEVELS[role]] for role in roles if role in LEVELS]
            yield Terms(
                programme=rules.programme if rules else "",
                scope=scope,
                apart=list(apart),
                per=per,
                roles=sorted(roles),
                digits=max(levels, default=_WHOLE),
                months=MONTHS[every] if every else None,
                **{"times": 1, "within": None, "number": None, **said},
                said=value if isinstance(value, str) else "",
                on_day=self.on(value),
                notice=(basis and basis.notice) or "",
                clause=(basis and basis.clause) or "",
                assumed=any(rule.assumed for rule in (basis, *read.values()) if rule),
            )

    def _owers(self, rules: Rules | None) -> Mapping[str, Collection[str]]:
        if isinstance(self.by, frozenset):
            return {"": self.by}
        if isinstance(self.by, Mapping):
            return self.by
        return self.by(rules) if rules else {}
