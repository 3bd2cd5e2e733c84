"""One person in the pool of reserves: candidate, active, removed or appointed. One stream a person and programme.

Invariant: a person stands for one village at a time. Which step is open is told by the profile's procedures from what
was done; an event of a step names it, so the state needs no rules.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import ClassVar, Final, Literal

from kernel.grounds import rules_of
from kernel.messages import Area, Command, Event, Key
from programmes.procedure import NOTHING, Procedure, Records, Subject
from programmes.readers import reserve
from programmes.readers.procedure import Step
from services.personnel.reserves.refusals import NOT_A_CANDIDATE, NOT_ACTIVE

ProcedureName = Literal["reserve", "reserve_removal", "reserve_use"]
Status = Literal["candidate", "active", "removed", "appointed", "ended"]

SELECTION: Final = Procedure(reserve.SELECTION)
REMOVAL: Final = Procedure(reserve.REMOVAL)
USE: Final = Procedure(reserve.USE)
PROCEDURES: Final[Mapping[ProcedureName, Procedure]] = {
    "reserve": SELECTION,
    "reserve_removal": REMOVAL,
    "reserve_use": USE,
}
IN_POOL: Final = ("candidate", "active")


class OfReserve(Event, base=True):
    """What every event about a reserve says: the ``person``, and the ``village`` whose reserve it is."""

    rule = "reserve.per_village"
    areas: ClassVar[tuple[str, ...]] = ("village",)

    programme: Key
    village: Area
    person: Key


class SelectionStep(OfReserve, base=True):
    """A step of the selection was taken."""

    rule = reserve.SELECTION.path

    step: Key


class RemovalStep(OfReserve, base=True):
    """A step of a removal was taken."""

    rule = reserve.REMOVAL.path

    step: Key


class UseStep(OfReserve, base=True):
    """A step of a use was taken."""

    rule = reserve.USE.path

    step: Key


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reserve is proposed for. ``elected`` where only an election gives the post."""

    target: str
    post: str
    elected: bool
    due: bool = False


@dataclass(frozen=True, slots=True)
class Reserve:
    """A reserve as its stream tells. ``since`` is the day on the roster, ``over`` that of leaving the pool; ``posted``
    holds the first day on which may be decided, by step and place, ``records`` how many there are of each kind,
    ``sessions`` the training that met the obligation, by period."""

    programme: str
    village: str
    person: str
    home: str
    status: Status = "candidate"
    since: date | None = None
    over: date | None = None
    taken: Mapping[ProcedureName, Records] = field(default_factory=dict)
    posted: Mapping[tuple[str, str], date] = field(default_factory=dict)
    closed: frozenset[tuple[str, str]] = frozenset()
    schooling: str = ""
    pool: str = ""
    card: str = ""
    ground: str = ""
    wanted: Wanted | None = None
    helpers: frozenset[str] = frozenset()
    records: Mapping[str, int] = field(default_factory=dict)
    sessions: Mapping[int, int] = field(default_factory=dict)

    def done(self, name: ProcedureName) -> Records:
        """What was done of a procedure that runs."""
        return self.taken.get(name, NOTHING)

    def taking(self, name: ProcedureName, step: str, on: date) -> Reserve:
        """The reserve with one more step taken."""
        return replace(self, taken={**self.taken, name: {**self.done(name), step: on}})

    def recording(self, kind: str) -> Reserve:
        """The reserve with one more record of a kind on the card."""
        return replace(self, records={**self.records, kind: self.records.get(kind, 0) + 1})

    def without(self, name: ProcedureName) -> Reserve:
        """The reserve with a procedure over: what was posted for it is over too."""
        rest: Mapping[ProcedureName, Records] = {key: done for key, done in self.taken.items() if key != name}
        if name == "reserve_removal":
            return replace(self, taken=rest, ground="")
        return replace(self, taken=rest, posted={}, closed=frozenset(), wanted=None)

    @property
    def subject(self) -> Subject:
        """The parties whose organs take the steps."""
        parties = {"village": self.village, "home": self.home, "township": self.village[:9]}
        return Subject(parties | ({"target": self.wanted.target} if self.wanted else {}))


def admit(state: Reserve, command: Command, name: ProcedureName, act: str, marks: tuple[str, ...] = ()) -> Step:
    """The step of an act, where it may be taken now.

    Raises:
        Rejected: ``not_a_candidate`` or ``not_active`` where the person does not stand in the pool so, and as
            ``Procedure.admit``.
    """
    stands_as(state, "candidate" if name == "reserve" else "active")
    procedure, rules, done = PROCEDURES[name], rules_of(command), state.done(name)
    step = procedure.of_act(act, rules, done)
    return procedure.admit(command, step.step, state.subject, done, rules, field="reserve", marks=marks)


def stands_as(state: Reserve, status: Literal["candidate", "active"]) -> None:
    """Check how the person stands in the pool. Raises Rejected: ``not_a_candidate``, ``not_active``."""
    if state.status != status:
        raise (NOT_A_CANDIDATE if status == "candidate" else NOT_ACTIVE)(now=STATUSES[state.status])


STATUSES: Final[Mapping[str, str]] = {
    "candidate": "正在选拔",
    "active": "在册",
    "removed": "已取消资格",
    "appointed": "已任职",
    "ended": "选拔已终止",
}
