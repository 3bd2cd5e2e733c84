"""Dividing a channel's places among its units by weights the channel enters, with the evidence kept.

Invariant: no weight is made up here: each comes with its basis, what a unit sent before counts where it is entered, and
the units' places add up to the channel's, kind by kind (AL-012, AL-014). A unit's later quota that is another one is
told as a deviation from what was divided.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kernel.grounds import rules_of
from kernel.messages import Command, Event, Key, Line, Order
from programmes.readers.quota import APPORTIONMENT
from programmes.roles import CHANNELS as CHANNEL_ROLES
from services.allocation.apportionment import apportion
from services.allocation.controlled_rounding import round_table, spread
from services.allocation.division import Apportionment
from services.allocation.grounds import must_manage
from services.allocation.quotas.quota import NO_PLACES, UNIT, Places, UnitQuotaSet, must_hold_filled
from services.allocation.quotas.refusals import BOUNDS_IMPOSSIBLE, CHANNEL_WITHOUT_QUOTA, UNITS_MIXED
from services.allocation.refusals import UNIT_UNKNOWN

WEIGHTS = "quota.weights"


@dataclass(frozen=True, slots=True)
class UnitWeight:
    """A unit's claim: its ``weight`` and the ``basis`` of it (establishment, size, capacity).

    ``placed`` counts the places of the batch before, ``at_least`` and ``at_most`` bound those of this one.
    """

    unit: Key
    weight: int
    basis: Line
    placed: int = 0
    at_least: int = 0
    at_most: int | None = None


class DivideChannelPlaces(Command, title="按权重分配单位名额", roles=CHANNEL_ROLES, concerns=("channel",)):
    """Divide what no other unit of the channel holds among the units named, in their order."""

    programme: Key
    channel: Key
    units: tuple[UnitWeight, ...]


class DivideAmong(Order):
    """``DivideChannelPlaces`` with the channel that manages each unit (None where a unit is not registered) and the
    places of each whose cadre is confirmed."""

    asked: DivideChannelPlaces
    managed_by: Mapping[str, str | None]
    filled: Mapping[str, Places] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class UnitShare:
    """A unit's places and why: its exact share, with what was placed before, is ``whole`` + ``remainder``/divisor."""

    unit: str
    weight: int
    placed: int
    at_least: int
    at_most: int | None
    whole: int
    remainder: int
    townships: int
    villages: int
    basis: str


class ChannelPlacesDivided(Event, title="领域名额按权重分配"):
    """A channel's places were divided; ``by_order`` names units whose claims to the last place were equal."""

    rule = WEIGHTS

    programme: str
    channel: str
    method: str
    townships: int
    villages: int
    divisor: int
    shares: tuple[UnitShare, ...]
    by_order: tuple[str, ...]


class UnitQuotaDeviated(Event, title="单位名额与推算不同"):
    """A unit was given other places than were divided: by kind the places given less those divided."""

    rule = WEIGHTS

    programme: str
    unit: str
    channel: str
    townships: int
    villages: int
    reason: str


def divide(
    channels: Mapping[str, Places], units: Mapping[str, tuple[str, Places]], command: DivideAmong
) -> Sequence[ChannelPlacesDivided | UnitQuotaSet]:
    """Divide by the profile's method, then round the table of units and kinds. Source: 辽组通字〔2018〕23号 四.1."""
    asked = command.asked
    names = [claim.unit for claim in asked.units]
    _must_be_own(names, command)
    quota = channels.get(asked.channel)
    if quota is None:
        raise CHANNEL_WITHOUT_QUOTA(channel=asked.channel, field="channel")
    others = [places for unit, (of, places) in units.items() if of == asked.channel and unit not in names]
    kinds = (quota.townships - sum(p.townships for p in others), quota.villages - sum(p.villages for p in others))
    division = _division(sum(kinds), command)
    table = round_table(spread(division.places, kinds), division.places, kinds)
    on = command.context.occurred_on
    shares = tuple(
        UnitShare(c.unit, c.weight, c.placed, c.at_least, c.at_most, whole, remainder, townships, villages, c.basis)
        for c, whole, remainder, (townships, villages) in zip(
            asked.units, division.quotients, division.remainders, table, strict=True
        )
    )
    for share in shares:
        for name in ("townships", "villages"):
            filled = command.filled.get(share.unit, NO_PLACES)
            must_hold_filled(share.unit, name, getattr(share, name), filled, WEIGHTS)
    divided = ChannelPlacesDivided.carrying(
        asked,
        division,
        occurred_on=on,
        townships=kinds[0],
        villages=kinds[1],
        shares=shares,
        by_order=tuple(names[row] for row in division.tied),
    )
    quotas = (UnitQuotaSet.carrying(asked, share, occurred_on=on) for share in shares)
    return [divided, *quotas]


def deviation(divided: Mapping[str, Places], given: UnitQuotaSet) -> Sequence[UnitQuotaDeviated]:
    """What to tell where a unit's quota is not what was divided: one event, or none."""
    was = divided.get(given.unit)
    if was is None or was == Places(given.townships, given.villages):
        return []
    return [
        UnitQuotaDeviated(
            occurred_on=given.occurred_on,
            programme=given.programme,
            unit=given.unit,
            channel=given.channel,
            townships=given.townships - was.townships,
            villages=given.villages - was.villages,
            reason=given.basis,
        )
    ]


def _must_be_own(names: Sequence[str], command: DivideAmong) -> None:
    for unit in names:
        manager = command.managed_by[unit]
        if manager is None:
            raise UNIT_UNKNOWN(unit=unit, field="units.unit")
        must_manage(command.context.actor, manager, UNIT, field="units.unit")
        if manager != command.asked.channel or names.count(unit) != 1:
            raise UNITS_MIXED(unit=unit, channel=command.asked.channel)


def _division(seats: int, command: DivideAmong) -> Apportionment:
    """The division among the units named, or a refusal of figures no division can satisfy."""
    claims = command.asked.units
    try:
        return apportion(
            seats,
            [claim.weight for claim in claims],
            rules_of(command).value(APPORTIONMENT).method,
            at_least=[claim.at_least for claim in claims],
            at_most=[claim.at_most for claim in claims],
            placed=[claim.placed for claim in claims],
        )
    except ValueError:
        least = sum(claim.at_least for claim in claims)
        most = sum(seats if c.at_most is None else min(c.at_most, seats) for c in claims if c.weight > 0)
        raise BOUNDS_IMPOSSIBLE(seats=seats, least=least, most=most) from None
