"""One democratic appraisal: what is recorded of it, from the slips to the count.

Source: 晋组通字〔2015〕41号 五.5, 「民主评议」. Slips and their secrecy are a setting: the notice only asks for it.
Invariant: no event holds a voter, and what is cast is kept in the order of the serials. How many slips were handed out
and how many came back is always there to be seen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Annotated, ClassVar

from kernel.messages import Area, Event, Key, Line, Pattern
from programmes.readers import assessment
from services.evaluation.ballots.tally import Tally, tally
from services.evaluation.schemes.scheme import Mark

Serial = Annotated[str, Pattern("[0-9a-f]{32,64}", accepted="票面随机编号，32 至 64 位十六进制数字")]
Commitment = Annotated[str, Pattern("[0-9a-f]{64}", accepted="票面编号的 SHA-256，64 位十六进制数字")]


@dataclass(frozen=True, slots=True)
class Slip:
    """A ballot as it came out of the box."""

    serial: Serial
    mark: Line


@dataclass(frozen=True, slots=True)
class Counted:
    """How many ballots say ``mark``."""

    mark: str
    number: int


class BallotOpened(Event, title="民主评议开始"):
    """A ballot is held on one part of a cadre's year, by the ``scheme``-th version; a slip says one of ``marks``."""

    rule: ClassVar[str | None] = assessment.BALLOT_BY.path
    areas: ClassVar[tuple[str, ...]] = ("target",)

    programme: Key
    ballot: Key
    posting: Key
    person: Key
    target: Area
    year: int
    part: Key
    scheme: int
    marks: tuple[Mark, ...]
    full: int


class SlipsIssued(Event, title="发出评议票"):
    """Slips were handed out; ``issued`` is how many there are by now."""

    rule: ClassVar[str | None] = assessment.BALLOT_BY.path
    areas: ClassVar[tuple[str, ...]] = ("target",)

    ballot: Key
    target: Area
    commitments: tuple[str, ...]
    issued: int


class BallotsCast(Event, title="收回评议票"):
    """Ballots came out of the box, in the order of their serials; ``cast`` is how many there are by now."""

    rule: ClassVar[str | None] = assessment.BALLOT_BY.path
    areas: ClassVar[tuple[str, ...]] = ("target",)

    ballot: Key
    target: Area
    slips: tuple[Slip, ...]
    cast: int


class BallotCounted(Event, title="民主评议计票"):
    """The count: of ``issued`` slips ``cast`` came back; ``root`` is of the tree over ``commitments`` and marks."""

    rule: ClassVar[str | None] = assessment.BALLOT_BY.path
    areas: ClassVar[tuple[str, ...]] = ("target",)

    programme: Key
    ballot: Key
    posting: Key
    target: Area
    issued: int
    cast: int
    counts: tuple[Counted, ...]
    commitments: tuple[str, ...]
    root: str
    score: int
    full: int


@dataclass(frozen=True, slots=True)
class Ballot:
    """The state: commitments of the slips handed out, by serial what was cast, the day of the count."""

    opened: BallotOpened
    issued: frozenset[str] = frozenset()
    cast: Mapping[str, str] = field(default_factory=dict)
    counted_on: date | None = None

    def count(self) -> Tally:
        """The ballots as they are now, counted."""
        return tally(self.cast, [one.mark for one in self.opened.marks])


def key_of(posting: str, year: int, part: str) -> str:
    """What a ballot is called."""
    return f"{posting}.{year}.{part}"


def opened(state: Ballot | None, event: BallotOpened) -> Ballot:
    """The state after BallotOpened."""
    return Ballot(event)


def issued(state: Ballot, event: SlipsIssued) -> Ballot:
    """The state after SlipsIssued."""
    return replace(state, issued=state.issued | set(event.commitments))


def returned(state: Ballot, event: BallotsCast) -> Ballot:
    """The state after BallotsCast."""
    return replace(state, cast={**state.cast, **{slip.serial: slip.mark for slip in event.slips}})


def counted(state: Ballot, event: BallotCounted) -> Ballot:
    """The state after BallotCounted."""
    return replace(state, counted_on=event.occurred_on)
