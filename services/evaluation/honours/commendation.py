"""The commendation of a swap: what is recorded of the cities, counties and persons that are chosen (EV-016 to EV-021).

Source: notice of 13 May 2003, 三. Order, actors and copies stand in the profile at ``procedure.commendation``.
Invariant: the texts on the criteria stay on paper; the log keeps their lengths.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import ClassVar, Final, Literal

from kernel.messages import Area, Event, Key, Line, Text
from programmes.procedure import Procedure, Records, Subject
from programmes.readers.commendation import COLLECTIVES, COMMENDATION

STEPS = Procedure(COMMENDATION)
Kind = Literal["city", "county", "person"]
KINDS: Final[Mapping[str, str]] = {"city": "先进市", "county": "先进县（市、区）", "person": "优秀个人"}


class CommendationQuotaAllotted(Event, title="分配表彰推荐名额"):
    """How many counties and persons a city may propose."""

    rule: ClassVar[str | None] = COLLECTIVES.path
    areas: ClassVar[tuple[str, ...]] = ("city",)

    programme: Key
    city: Area
    counties: int
    persons: int


class OfNominee(Event, base=True):
    """A step of a subject that may be commended, and its two sides."""

    rule: ClassVar[str | None] = COMMENDATION.path
    areas: ClassVar[tuple[str, ...]] = ("sending", "host")

    programme: Key
    subject: Key
    sending: Area
    host: Area
    step: Key


class OfKind(OfNominee, base=True):
    """What also says which of the three kinds it is, and who where it is a person."""

    kind: Kind
    person: Key | None


class Chosen(OfKind, base=True):
    """What is said of a city, county or person that may be commended; ``criteria`` gives the characters on each."""

    criteria: Mapping[str, int]


class CommendationSelected(Chosen, title="评选"):
    """A city selected a county, by its code, or a person, by the leg."""


class AdvancedCityChosen(Chosen, title="评定先进市"):
    """The province chose an advanced city."""


class ReceivingCityConsulted(OfNominee, title="征求接收市意见"):
    """The receiving city said what it thinks."""

    opinion: Text
    organ: Line


class CommendationProposed(OfKind, title="提出推荐名单"):
    """The subject stands on the list of its city."""


class CommendationFormFiled(OfNominee, title="报送表彰登记表"):
    """The form reached ``recipient`` in ``copies``; ``late`` where that was after the last day."""

    copies: int
    recipient: Line
    late: bool


class CommendationGranted(OfKind, title="表彰"):
    """The province commended; ``reason`` where that was outside the days of the notice."""

    reason: str


@dataclass(frozen=True, slots=True)
class Nominee:
    """A city, county or person that may be commended, with the steps that were taken; ``listed`` where it takes one of
    the places."""

    chosen: Chosen
    done: Records
    listed: bool


@dataclass(frozen=True, slots=True)
class Round:
    """The state of one programme's commendation: nominees by subject, and what was allotted to each city."""

    nominees: Mapping[str, Nominee] = field(default_factory=dict)
    allotted: Mapping[str, CommendationQuotaAllotted] = field(default_factory=dict)

    def listed(self, kind: str, city: str = "") -> int:
        """How many of a kind stand on the lists, of one city where it is named."""
        found = (one for one in self.nominees.values() if one.listed and one.chosen.kind == kind)
        return sum(one.chosen.sending.startswith(city) for one in found)


def subject_of(kind: str, sending: str, host: str) -> Subject:
    """Whom the procedure is about: the parties are the departments of both cities, and the province."""
    return Subject({"sending": sending, "host": host, "province": sending[:2]}, {"kind": kind})


def allotted(state: Round, event: CommendationQuotaAllotted) -> Round:
    """The state after CommendationQuotaAllotted; a later allotment takes the place of the one before."""
    return replace(state, allotted={**state.allotted, event.city: event})


def chosen(state: Round, event: CommendationSelected | AdvancedCityChosen) -> Round:
    """The state after a subject came in."""
    nominee = Nominee(event, {event.step: event.occurred_on}, isinstance(event, AdvancedCityChosen))
    return replace(state, nominees={**state.nominees, event.subject: nominee})


def stepped(
    state: Round, event: ReceivingCityConsulted | CommendationProposed | CommendationFormFiled | CommendationGranted
) -> Round:
    """The state after a further step."""
    before = state.nominees[event.subject]
    listed = before.listed or isinstance(event, CommendationProposed)
    nominee = replace(before, done={**before.done, event.step: event.occurred_on}, listed=listed)
    return replace(state, nominees={**state.nominees, event.subject: nominee})
