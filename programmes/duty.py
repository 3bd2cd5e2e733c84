"""A duty: an organ records a fact about a subject, in order, and who lacks it is listed.

    HANDBOOK = Duty("handbook", "发放工作手册", HandbookIssued, "posting", readers.duties.HANDBOOK)

What the notice asks stands in the profile, at ``duty.<name>``, so another programme asks otherwise without code:

    [rules.duty]
    handbook = { value = { by = ["province_org"], after = ["mobilisation"], tiers = ["province"] }, … }

``by`` are the roles that may record it, ``after`` the duties that must be done first for the same subject, ``tiers``
those that owe it; each may be missing. The verbs stay the domain's: each duty has a command and an event of its own,
and what counts as lacking is said where it is listed.

Invariant: what was recorded is never taken back; a duty that is done again gets its next version.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from kernel.listing import Listing
from kernel.messages import Command, Event, Recorded
from kernel.part import Decide, Part, Scope
from kernel.projection import Op, Table
from kernel.reader import Reader
from kernel.refusals import NOT_YOUR_BUSINESS
from kernel.rules import Rules
from programmes.readers.duties import Terms
from programmes.refusals import DUTY_DONE, DUTY_OUT_OF_ORDER
from programmes.roles import all_called

DUTIES: Final = Table(
    "duties",
    {"duty": "text", "programme": "text", "subject": "text"},
    {"done_on": "date", "organ": "text", "version": "int"},
)
"""What was done, its last version. Each service that knows duties has this table."""


_TITLES: Final[dict[str, str]] = {}


Records = Mapping[str, tuple[date, ...]]
"""The state of a subject: by the duty's name, the day of each time it was done, the first version first."""


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty: its name in the profile, its Chinese title, the event that says it was done, and the field of that
    event that names the subject. ``repeats`` where a later version may follow; ``terms`` reads what the profile asks,
    None where no profile asks anything."""

    name: str
    title: str
    event: type[Event]
    subject: str
    terms: Reader[Terms] | None = None
    repeats: bool = False

    def __post_init__(self) -> None:
        _TITLES[self.name] = self.title

    @property
    def path(self) -> str:
        """Where the profile says what it asks."""
        return f"duty.{self.name}"

    def asked(self, rules: Rules) -> Terms:
        """What the profile asks. Raises Rejected: ``rule_unknown``."""
        return rules.value(self.terms) if self.terms else Terms()

    def check(self, command: Command, done: Records, rules: Rules) -> Terms:
        """Check that the actor may do it, and may do it now; gives its terms.

        Raises:
            Rejected: ``not_your_business``, ``duty_done``, ``duty_out_of_order``, ``rule_unknown``.
        """
        terms, field, rule = self.asked(rules), self.subject, self.path
        if terms.by and command.context.actor.role not in terms.by:
            raise NOT_YOUR_BUSINESS(act=self.title, organ=all_called(terms.by), field=field, rule=rule)
        if self.name in done and not self.repeats:
            raise DUTY_DONE(duty=self.title, on=done[self.name][-1], field=field, rule=rule)
        if missing := [_TITLES.get(name, name) for name in terms.after if name not in done]:
            raise DUTY_OUT_OF_ORDER(duty=self.title, before=missing, field=field, rule=rule)
        return terms

    def version(self, done: Records, on: date | None = None) -> int:
        """The number of the version that holds on a day, the last where no day is given; 0 where there is none."""
        return sum(on is None or day <= on for day in done.get(self.name, ()))

    def absent(self, owed: str) -> str:
        """The rows of the select ``owed`` (with the columns ``programme`` and that of the subject) that lack it."""
        return (
            f"(select * from ({owed}) as owed where not exists (select from duties d where d.duty = '{self.name}'"
            f" and d.programme = owed.programme and d.subject = owed.{self.subject})) as lacking"
        )

    def lacking(self, title: str, owed: str, roles: frozenset[str], **more: Any) -> Listing:
        """The question who of ``owed`` lacks it; ``more`` are the other settings of a ``Listing``."""
        settings: dict[str, Any] = {"filters": {"programme": "方案编号"}, "needs": ("programme",), **more}
        return Listing(title, self.absent(owed), roles, key=("programme", self.subject), **settings)


def duties(stream: str, known: Sequence[Duty], *decides: Decide, scope: Scope) -> Part[Records]:
    """The part of subjects that duties are done about: its state is what was done."""
    names = {duty.event: duty.name for duty in known}

    def evolve(done: Records, event: Event) -> Records:
        name = names.get(type(event))
        return done if name is None else {**done, name: (*done.get(name, ()), event.occurred_on)}

    return Part(stream, {}, decides=decides, evolve=evolve, scope=scope)


def rows(known: Sequence[Duty], recorded: Recorded) -> Iterator[Op]:
    """The row of ``DUTIES`` that an event writes, where one of the duties was done by it."""
    for duty in known:
        if isinstance(recorded.event, duty.event):
            said: Any = recorded.event
            key = duty.name, said.programme, getattr(said, duty.subject)
            version = getattr(said, "version", 1)
            yield DUTIES.put(*key, done_on=said.occurred_on, organ=recorded.actor["organ"], version=version)
