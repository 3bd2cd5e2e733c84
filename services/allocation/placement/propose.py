"""Proposing: a channel puts a checked nominee of one of its units on a free target.

Invariant: a person stands on one target at a time (AL-047). ``attempt`` counts how often the person was proposed; the
claim made of both belongs to one target, so two proposals that race cannot both win.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kernel.grounds import rules_of
from kernel.messages import Area, Command, Event, Few, Key, Line, Order, Text
from programmes.readers.placement import FACTORS, RANKS
from programmes.roles import MANAGERS
from services.allocation.placement.engagement import Engagement, must_be_free
from services.allocation.placement.nominee import Nominee
from services.allocation.placement.refusals import (
    FACTORS_MISSING,
    FOREIGN_TIER,
    FOREIGN_UNIT,
    KIND_DIFFERS,
    NEARNESS_WITHOUT_REASON,
    NOMINEE_NOT_CHECKED,
    TARGET_OUTSIDE_CHANNEL,
    TARGET_TAKEN,
    UNIT_BOUND,
)
from services.allocation.planning.override import NOTHING, Planned, must_say_why
from services.allocation.ranking.nearness import Ties
from services.allocation.refusals import TARGET_UNKNOWN
from services.allocation.registers.tier_organs import PROPOSE, must_propose, own_area, tier_of
from services.allocation.targets.target_state import Target

FIELDS: Final = {"first_batch": "first_batch", "local_need": "need", "nearness": "nearness"}
"""By factor that a proposal has a field of its own for, the field; others are said by name."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """What was weighed of a factor beside those with a field of their own."""

    factor: Line
    text: Text


@dataclass(frozen=True, slots=True)
class Placing:
    """A nominee for a target with what was weighed: two factors, and ``further`` ones by name; ``reason`` says why
    nothing nearer was free, ``override`` why the proposal is not what the recorded plan says."""

    target: Area
    unit: Key
    person: Key
    first_batch: Text
    need: Text
    reason: str = ""
    override: str = ""
    further: Few[Weighed] = ()


class ProposePlacements(Command, title="提出分配方案", roles=MANAGERS, concerns=("channel",)):
    """A channel proposes placements of its own units, all or none."""

    programme: Key
    channel: Key
    placements: tuple[Placing, ...]


class ProposePlacement(Order):
    """Propose one. ``nominee`` is None where nobody of that id passed the check; ``ties`` are the unit's villages,
    ``planned`` what the newest plan says, ``waived`` the rules signed away for the pair, ``engaged`` what the person
    holds already."""

    channel: str
    placing: Placing
    nominee: Nominee | None
    ties: tuple[str, ...]
    attempt: int
    planned: Planned = NOTHING
    waived: frozenset[str] = frozenset()
    engaged: Engagement | None = None


class PlacementProposed(Event, title="分配建议"):
    """A nominee is proposed for a target.

    The factors: ``first_batch``, ``need`` and ``nearness`` (the unit's nearest tie, "" where none is in the city), and
    ``further`` ones. ``rank`` is computed from the codes; ``reason`` says why nothing nearer was free; ``sequence`` is
    the occupant's number to be; ``proposal`` counts the target's, ``attempt`` the person's proposals. ``plan`` is the
    newest plan that knows person or target, ``override`` why it is not followed, ``waived`` the rules waived.
    """

    schema = 2
    rule = PROPOSE

    programme: str
    target: Area
    kind: str
    person: str
    unit: str
    channel: str
    rank: int
    reason: str
    first_batch: str
    need: str
    nearness: str
    sequence: int
    proposal: int
    attempt: int
    plan: str = ""
    override: str = ""
    waived: tuple[str, ...] = ()
    further: tuple[Weighed, ...] = ()

    def claims(self) -> tuple[str, ...]:
        """One attempt of a person belongs to one target."""
        return (f"placed:{self.programme}.{self.person}.{self.attempt}",)


def propose(state: Target | None, command: ProposePlacement) -> Sequence[PlacementProposed]:
    """Propose a nominee (AL-007, AL-016, AL-017, AL-040, AL-047). Source: 辽组通字〔2018〕23号 四, 五.3."""
    placing = command.placing
    rules = rules_of(command)
    must_propose(command, command.channel, rules)
    if state is None:
        raise TARGET_UNKNOWN(target=placing.target, field="placements.target")
    nominee = _own_nominee(state, command)
    if not state.free:
        raise TARGET_TAKEN(target=placing.target)
    must_be_free(placing.person, command.engaged, field="placements.person")
    if state.successor_of not in (None, placing.unit) and "unit_bound" not in command.waived:
        raise UNIT_BOUND(target=placing.target, successor_of=state.successor_of)
    factors = rules.value(FACTORS)
    said = {"first_batch": placing.first_batch, "local_need": placing.need, "nearness": "、".join(command.ties)}
    said |= {one.factor: one.text for one in placing.further if one.factor not in FIELDS}
    if missing := [name for name in factors if not said.get(name, "").strip()]:
        raise FACTORS_MISSING(missing=missing, first=FIELDS.get(missing[0], "further"), factors=factors)
    found = Ties(command.ties, rules.value(RANKS).plain()).nearest(placing.target)
    if found.rank > 0 and not placing.reason.strip():
        raise NEARNESS_WITHOUT_REASON(target=placing.target, unit=placing.unit)
    must_say_why(command.planned, placing.person, placing.target, placing.override)
    return [
        PlacementProposed.carrying(
            command,
            placing,
            programme=state.programme,
            target=state.target,
            kind=state.kind,
            channel=nominee.channel,
            rank=found.rank,
            nearness=found.tie or "",
            sequence=state.sequence + 1,
            proposal=state.proposals + 1,
            plan=command.planned.plan,
            override=placing.override if command.planned.differs(placing.person, placing.target) else "",
            waived=tuple(sorted(command.waived)),
        )
    ]


def _own_nominee(state: Target, command: ProposePlacement) -> Nominee:
    placing, nominee = command.placing, command.nominee
    if nominee is None:
        raise NOMINEE_NOT_CHECKED(unit=placing.unit, person=placing.person)
    if nominee.channel != command.channel:
        raise FOREIGN_UNIT(unit=placing.unit, manager=nominee.channel, channel=command.channel)
    _own_tier(state, command.channel, command.waived)
    if nominee.kind != state.kind:
        raise KIND_DIFFERS(kind=nominee.kind, state_kind=state.kind)
    return nominee


def _own_tier(state: Target, channel: str, waived: frozenset[str]) -> None:
    tier = tier_of(channel)
    if state.tier != tier:
        raise FOREIGN_TIER(target=state.target, tier=_NAMES[tier])
    if not state.target.startswith(own_area(channel)) and "foreign_area" not in waived:
        raise TARGET_OUTSIDE_CHANNEL(target=state.target, channel=channel, tier=_NAMES[tier])


_NAMES = {"province": "省", "city": "市", "county": "县"}
