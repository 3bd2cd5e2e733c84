"""One reserve as far as it is reviewed: what was done by whom, the township's reviews, the village's opinions.

Source: 青委组〔2017〕57号 二（三）.2 and 附件2. Invariant: a quarter has one review; a second is its correction, both
stand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import ClassVar, Final, Literal

from kernel.grounds import must_cover, not_before, rules_of
from kernel.messages import Area, Command, Event, Key, Order, Text
from programmes.quarters import Quarter, quarter_span
from programmes.readers import review
from programmes.roles import TOWNSHIPS, VILLAGES
from services.evaluation.reserves.refusals import QUARTER_NOT_BEGUN, RESERVE_NOT_IN_QUARTER

Level = Literal["township", "village"]
ENTERED: Final = "ReserveActivated"
LEFT: Final = frozenset({"ReserveRemoved", "ReserveAppointed"})
"""What personnel says when a person comes on the roster, and when one leaves it."""


class OfReviewed(Event, base=True):
    """What every event says: the ``person``, and the ``village`` whose reserve it is."""

    areas: ClassVar[tuple[str, ...]] = ("village",)

    programme: Key
    village: Area
    person: Key


class ReserveActNoted(OfReviewed, title="后备干部经办记入"):
    """Personnel recorded ``act`` in its event ``source``; ``account``, ``office``, ``organ`` did it."""

    act: Key
    source: str
    account: str
    office: str
    organ: str


class ReserveReviewed(OfReviewed, title="乡镇评议后备干部"):
    """The township's review of a quarter; ``version`` above 1 corrects the one before."""

    rule: ClassVar[str | None] = review.TOWNSHIP.path

    quarter: Quarter
    version: int
    potential: Text
    shortcomings: Text
    account: str
    office: str
    organ: str


class VillageOpinionGiven(OfReviewed, title="村（社区）评定意见"):
    """The village's opinion of a quarter, as the fact sheet prints it; ``version`` above 1 corrects the one before."""

    rule: ClassVar[str | None] = review.VILLAGE.path

    quarter: Quarter
    version: int
    opinion: Text
    account: str
    office: str
    organ: str


class NoteReserveAct(Order):
    """Personnel says what was done about a reserve."""

    programme: Key
    village: Area
    person: Key
    act: Key
    source: str
    account: str
    office: str
    organ: str


class ReviewReserve(Command, title="评议后备干部", roles=TOWNSHIPS, concerns=("reserve",)):
    """Review a reserve for a quarter: what the person could become, and the main shortcomings."""

    reserve: Key
    quarter: Quarter
    potential: Text
    shortcomings: Text


class GiveVillageOpinion(Command, title="填写村（社区）评定意见", roles=VILLAGES, concerns=("reserve",)):
    """Give the village's opinion of a reserve for a quarter."""

    reserve: Key
    quarter: Quarter
    opinion: Text


@dataclass(frozen=True, slots=True)
class Act:
    """Who did something about a reserve: an account, in an office of an organ; in a case, of its day."""

    act: str
    account: str
    office: str
    organ: str
    on: date


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A reserve: whose it is, since and until when it stood on the roster, who did what, how often each quarter was
    reviewed, and how many cases there are. ``acts`` are by the event's id, or by quarter and level."""

    programme: str
    village: str
    person: str
    since: date | None = None
    over: date | None = None
    acts: Mapping[str, Act] = field(default_factory=dict)
    versions: Mapping[tuple[str, Level], int] = field(default_factory=dict)
    cases: Mapping[str, tuple[Act, ...]] = field(default_factory=dict)


def note(state: Reviewed | None, command: NoteReserveAct) -> Sequence[ReserveActNoted]:
    """What personnel recorded, once."""
    if state is not None and command.source in state.acts:
        return ()
    return (ReserveActNoted.carrying(command),)


def assess(state: Reviewed, command: ReviewReserve) -> Sequence[ReserveReviewed]:
    """The township's review (EV-050).

    Raises:
        Rejected: ``foreign_area``, ``quarter_not_begun``, ``reserve_not_in_quarter``, ``rule_unknown``;
            ``date_before_ground`` for a correction dated before what it corrects.
    """
    rules_of(command).value(review.TOWNSHIP)
    version = _next(state, command, command.quarter, "township", state.village[:9])
    return (ReserveReviewed.carrying(command, state, version=version, **_who(command)),)


def opine(state: Reviewed, command: GiveVillageOpinion) -> Sequence[VillageOpinionGiven]:
    """The village's opinion (EV-051). Raises Rejected: as ``assess``."""
    rules_of(command).value(review.VILLAGE)
    version = _next(state, command, command.quarter, "village", state.village)
    return (VillageOpinionGiven.carrying(command, state, version=version, **_who(command)),)


def _next(state: Reviewed, command: Command, quarter: str, level: Level, area: str) -> int:
    rule = (review.TOWNSHIP if level == "township" else review.VILLAGE).path
    must_cover(command.context.actor, area, field="reserve", rule=rule)
    first, last = quarter_span(quarter)
    if command.context.occurred_on < first:
        raise QUARTER_NOT_BEGUN(quarter=quarter, first=first, rule=rule)
    if state.since is None or state.since > last or (state.over is not None and state.over < first):
        raise RESERVE_NOT_IN_QUARTER(quarter=quarter, rule=rule)
    version = state.versions.get((quarter, level), 0)
    if version:
        not_before(command, state.acts[_said(quarter, level, version)].on, f"第 {version} 版评议", rule)
    return version + 1


def _said(quarter: str, level: Level, version: int) -> str:
    return f"{quarter}.{level}.{version}"


def _who(command: Command) -> dict[str, str]:
    actor = command.context.actor
    return {"account": actor.person, "office": actor.post, "organ": actor.organ}


def noted(state: Reviewed | None, event: ReserveActNoted) -> Reviewed:
    """The state after ReserveActNoted; a person may come on a roster again."""
    known = state or Reviewed(event.programme, event.village, event.person)
    now = replace(_acted(known, event.source, event, event.act), village=event.village)
    if event.act == ENTERED:
        return replace(now, since=event.occurred_on, over=None)
    return replace(now, over=event.occurred_on) if event.act in LEFT else now


def reviewed(state: Reviewed, event: ReserveReviewed) -> Reviewed:
    """The state after ReserveReviewed."""
    return _versioned(state, event, "township")


def opined(state: Reviewed, event: VillageOpinionGiven) -> Reviewed:
    """The state after VillageOpinionGiven."""
    return _versioned(state, event, "village")


def _versioned(state: Reviewed, event: ReserveReviewed | VillageOpinionGiven, level: Level) -> Reviewed:
    after = _acted(state, _said(event.quarter, level, event.version), event, type(event).__name__)
    return replace(after, versions={**state.versions, (event.quarter, level): event.version})


def _acted(
    state: Reviewed, key: str, event: ReserveActNoted | ReserveReviewed | VillageOpinionGiven, act: str
) -> Reviewed:
    return replace(
        state, acts={**state.acts, key: Act(act, event.account, event.office, event.organ, event.occurred_on)}
    )
