"""Rounds of the swap after the printed one: what a round may hold, when it opens, which pairs it admitted.

Invariant: no round opens while its quota is empty or before the earlier round's last pair has ended, and none admits
more pairs of a kind of party, or other numbers each way, than were entered for it (AL-061). Nothing here is guessed:
the text of the second batch breaks off, so its figures are entered with their source.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType

from kernel.grounds import rules_of
from kernel.messages import Command, Event, Key, Line, Order
from kernel.part import Part
from programmes.readers.swap import PARTIES, SECOND_BATCH
from programmes.roles import PROVINCE
from services.allocation.swap.pair_plan import PairPlan
from services.allocation.swap.refusals import (
    BATCH_PRINTED,
    BATCH_TOO_EARLY,
    EARLIER_BATCH_RUNNING,
    PAIR_BEYOND_QUOTA,
    PAIR_DEFINED,
    PARTNER_MISSING,
    QUOTA_DIFFERS,
    QUOTA_FIGURES,
    QUOTA_PARTIES,
    SIDE_TWICE,
    SWAP_BATCH_CLOSED,
    SWAP_BATCH_OPEN,
    SWAP_QUOTA_EMPTY,
)
from services.allocation.words import programme_of


@dataclass(frozen=True, slots=True)
class PartyQuota:
    """How many pairs with one kind of party a round has, and the places of one way of each such pair."""

    party: Key
    pairs: int
    city_each: int
    county_each: int
    township_each: int

    @property
    def each(self) -> tuple[int, int, int]:
        """Places of one way of a pair, by level."""
        return self.city_each, self.county_each, self.township_each

    @property
    def persons(self) -> int:
        """Persons of all these pairs, both ways."""
        return 2 * self.pairs * sum(self.each)


@dataclass(frozen=True, slots=True)
class Round:
    """A round: its quota by kind of party, its first day once it is open, the sides of its pairs by number."""

    quota: Mapping[str, PartyQuota] = field(default_factory=dict)
    starts_on: date | None = None
    pairs: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    parties: tuple[str, ...] = ()


class EnterSwapQuota(Command, title="录入互派批次名额", roles=PROVINCE, concerns=("programme",)):
    """Enter the quota of a round, whole; ``source`` says where the figures come from. A later one takes its place."""

    programme: Key
    batch: int
    quota: tuple[PartyQuota, ...]
    source: Line


class OpenSwapBatch(Command, title="开始互派批次", roles=PROVINCE, concerns=("programme",)):
    """Open a round that starts on ``starts_on``."""

    programme: Key
    batch: int
    starts_on: date


class OpenRound(Order):
    """``OpenSwapBatch`` with how the earlier round stands: pairs still at work, the last day of those that ended."""

    asked: OpenSwapBatch
    running: int
    ended_on: date | None


class AdmitPairs(Order):
    """Admit ``plans`` to a round; ``adopted`` where they come from a worked-out pairing."""

    programme: str
    batch: int
    plans: tuple[PairPlan, ...]
    adopted: bool = False


class SwapQuotaEntered(Event, title="互派批次名额录入"):
    """What a round may hold, as entered."""

    rule = SECOND_BATCH.path

    programme: str
    batch: int
    quota: tuple[PartyQuota, ...]
    persons: int
    source: str


class SwapBatchOpened(Event, title="互派批次开始"):
    """A round is open: its pairs may be defined."""

    rule = SECOND_BATCH.path

    programme: str
    batch: int
    starts_on: date
    earlier_ended_on: date


@dataclass(frozen=True, slots=True)
class Admitted:
    """A pair of a round: its number, the sides nobody else of the round may take, its kind of party."""

    pair: int
    sides: tuple[str, ...]
    party: str


class SwapPairsAdmitted(Event, title="互派对列入批次"):
    """These pairs belong to the round; ``adopted`` where they come from a worked-out pairing."""

    rule = SECOND_BATCH.path

    programme: str
    batch: int
    pairs: tuple[Admitted, ...]
    adopted: bool


Rounds = Mapping[int, Round]


def enter(state: Rounds, command: EnterSwapQuota) -> Sequence[SwapQuotaEntered]:
    """Enter a quota. Source: 辽组通字〔2003〕24号 一, which breaks off before its figures."""
    batch, rows = command.batch, command.quota
    rules = rules_of(command)
    if batch < 2:
        raise BATCH_PRINTED(batch=batch, rule=SECOND_BATCH.path)
    opened = _round(state, batch).starts_on
    if opened is not None:
        raise SWAP_BATCH_OPEN(batch=batch, starts_on=opened)
    parties = [row.party for row in rows]
    if not rows or len(set(parties)) != len(parties) or not set(parties) <= set(rules.value(PARTIES)):
        raise QUOTA_PARTIES(listed=parties or "空", parties=rules.value(PARTIES))
    for row in rows:
        if row.pairs < 1 or min(row.each) < 0 or not any(row.each):
            raise QUOTA_FIGURES(party=row.party, pairs=row.pairs, each=row.each)
    persons = sum(row.persons for row in rows)
    printed = rules.find(SECOND_BATCH)
    if printed is not None and printed.value != persons:
        raise QUOTA_DIFFERS(persons=persons, printed=printed.value)
    return [SwapQuotaEntered.carrying(command, batch=batch, quota=rows, persons=persons)]


def open_round(state: Rounds, command: OpenRound) -> Sequence[SwapBatchOpened]:
    """Open a round after the earlier one (AL-061). Source: 辽组通字〔2003〕24号 一."""
    asked = command.asked
    batch, found = asked.batch, _round(state, asked.batch)
    if not found.quota:
        raise SWAP_QUOTA_EMPTY(batch=batch)
    if found.starts_on is not None:
        raise SWAP_BATCH_OPEN(batch=batch, starts_on=found.starts_on)
    if command.running or command.ended_on is None:
        raise EARLIER_BATCH_RUNNING(earlier=batch - 1, running=command.running)
    if asked.starts_on <= command.ended_on:
        raise BATCH_TOO_EARLY(batch=batch, starts_on=asked.starts_on, earlier=batch - 1, ended_on=command.ended_on)
    return [
        SwapBatchOpened(
            occurred_on=command.context.occurred_on,
            programme=asked.programme,
            batch=batch,
            starts_on=asked.starts_on,
            earlier_ended_on=command.ended_on,
        )
    ]


def admit(state: Rounds, command: AdmitPairs) -> Sequence[SwapPairsAdmitted]:
    """Admit pairs within the quota, each side once a round (AL-061)."""
    batch, found = command.batch, _round(state, command.batch)
    if found.starts_on is None:
        raise SWAP_BATCH_CLOSED(batch=batch)
    taken = {side for sides in found.pairs.values() for side in sides}
    numbers = {number for one in state.values() for number in one.pairs}
    parties = list(found.parties)
    admitted = []
    for plan in command.plans:
        quota = found.quota.get(plan.party)
        each = (plan.city_each, plan.county_each, plan.township_each)
        parties.append(plan.party)
        if quota is None or each != quota.each or parties.count(plan.party) > quota.pairs:
            raise PAIR_BEYOND_QUOTA(
                pair=plan.pair,
                party=plan.party,
                each=each,
                count=parties.count(plan.party),
                quota=f"{quota.pairs} 对，每方 {'、'.join(map(str, quota.each))}" if quota else found.quota,
            )
        if plan.pair in numbers:
            raise PAIR_DEFINED(pair=plan.pair, rule=SECOND_BATCH.path)
        if plan.developed_area is None:
            raise PARTNER_MISSING(pair=plan.pair)
        sides = sides_of(plan)
        twice = next((side for side in sides if side in taken), None)
        if twice is not None:
            raise SIDE_TWICE(side=twice, field="pairs", rule=SECOND_BATCH.path)
        taken |= set(sides)
        numbers.add(plan.pair)
        admitted.append(Admitted(plan.pair, sides, plan.party))
    return [SwapPairsAdmitted.carrying(command, batch=batch, pairs=tuple(admitted))]


def sides_of(plan: PairPlan) -> tuple[str, ...]:
    """The sides of a pair as a round counts them; a department beside the code of whose it is."""
    other = plan.developed_area or ""
    return plan.poor_area, f"{other}/{plan.department}" if plan.department else other


def evolve(state: Rounds, event: Event) -> Rounds:
    """The rounds after one more event."""
    match event:
        case SwapQuotaEntered():
            quota = {row.party: row for row in event.quota}
            return {**state, event.batch: replace(_round(state, event.batch), quota=quota)}
        case SwapBatchOpened():
            return {**state, event.batch: replace(_round(state, event.batch), starts_on=event.starts_on)}
        case SwapPairsAdmitted():
            before = _round(state, event.batch)
            after = replace(
                before,
                pairs={**before.pairs, **{one.pair: one.sides for one in event.pairs}},
                parties=(*before.parties, *(one.party for one in event.pairs)),
            )
            return {**state, event.batch: after}
    return state


def _round(state: Rounds, batch: int) -> Round:
    return state.get(batch, Round())


SWAP_BATCHES: Part[Rounds] = Part(
    "swap-batches/{programme}",
    MappingProxyType({}),
    decides=(enter, open_round, admit),
    evolve=evolve,
    scope=programme_of,
)
