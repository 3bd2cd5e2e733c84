"""Quotas: the province's places by channel and kind, and each unit's share of its channel's places.

Invariant: channels add up to the province tier, units never to more than their channel, kind by kind. The townships of
a channel are worked out by largest remainder and compared with the printed table, which wins where its total is equal.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kernel.grounds import rules_of
from kernel.messages import Command, Event, Key, Line, Order
from programmes.readers.quota import APPORTIONMENT, CHANNELS, FACTORS, Channel
from programmes.roles import MANAGERS, PROVINCE
from services.allocation.apportionment import apportion
from services.allocation.grounds import must_give_reason, must_manage
from services.allocation.quotas.refusals import (
    BASIS_MISSING,
    CHANNEL_WITHOUT_QUOTA,
    CHANNELS_INCOMPLETE,
    QUOTA_BELOW_FILLED,
    QUOTA_CHANNEL_UNKNOWN,
    QUOTA_EXCEEDED,
    SPLIT_NOT_FIXED,
)
from services.allocation.quotas.scope import unequal
from services.allocation.quotas.tiers import TierRow
from services.allocation.refusals import UNIT_UNKNOWN

UNIT = "quota.unit"


@dataclass(frozen=True, slots=True)
class ChannelTotal:
    """A channel, by its id or any printed name, and all its places."""

    channel: Line
    total: int


@dataclass(frozen=True, slots=True)
class Places:
    """Places by kind."""

    townships: int
    villages: int


NO_PLACES = Places(0, 0)


class SetChannelQuotas(Command, title="分配各领域名额", roles=PROVINCE, concerns=("programme",)):
    """Divide the province's places among the channels; ``reason`` is needed where they are not those printed."""

    programme: Key
    quotas: tuple[ChannelTotal, ...]
    reason: str = ""


class SetUnitQuota(Command, title="确定单位名额", roles=MANAGERS, concerns=("unit",)):
    """A channel gives one of its units places, with the ``basis`` of the figure."""

    programme: Key
    unit: Key
    townships: int
    villages: int
    basis: Line


class AssignUnitQuota(Order):
    """``SetUnitQuota`` with the channel that manages the unit (None where the unit is not registered) and the places
    whose cadre is confirmed."""

    asked: SetUnitQuota
    channel: str | None
    filled: Places = NO_PLACES


class ChannelQuotaSet(Event, title="领域名额"):
    """A channel has this many places."""

    rule = CHANNELS.path

    programme: str
    channel: str
    total: int


class ChannelKindQuotaSet(Event, title="领域分类名额"):
    """A channel's places by kind. ``derived`` is the township figure by the profile's method, ``remainder``/``of`` its
    evidence, ``deviation`` the townships set minus those derived, ``from_print`` the total set minus the printed one;
    ``reason`` says why the total is another.
    """

    rule = CHANNELS.path

    programme: str
    channel: str
    townships: int
    villages: int
    total: int
    derived: int
    remainder: int
    of: int
    deviation: int
    from_print: int = 0
    reason: str = ""


class UnitQuotaSet(Event, title="单位名额"):
    """A unit has these places of its channel."""

    rule = UNIT

    programme: str
    unit: str
    channel: str
    townships: int
    villages: int
    basis: str


def set_channels(
    province: TierRow | None, command: SetChannelQuotas
) -> Sequence[ChannelQuotaSet | ChannelKindQuotaSet]:
    """Set all channels at once (AL-008, AL-010). Source: 辽组通字〔2018〕23号 三.1, 附件1."""
    rules = rules_of(command)
    rows = rules.value(CHANNELS)
    if province is None:
        raise SPLIT_NOT_FIXED()
    totals = {resolve(rows, q.channel): q.total for q in command.quotas}
    if len(totals) != len(command.quotas) or set(totals) != {row.channel for row in rows}:
        raise CHANNELS_INCOMPLETE(channels=[row.channel for row in rows])
    if sum(totals.values()) != province.cadres:
        raise unequal(
            "各领域之和=省级名额（变更须先重新确定三级分配）",
            sum(totals.values()),
            province.cadres,
            CHANNELS.path,
            "quotas",
        )
    ordered = [(row, totals[row.channel]) for row in rows]
    must_give_reason(command.reason, [row for row, total in ordered if total != row.total], CHANNELS.path)
    method = rules.value(APPORTIONMENT).method
    division = apportion(province.townships, [total for _, total in ordered], method)
    on = command.context.occurred_on
    events: list[ChannelQuotaSet | ChannelKindQuotaSet] = [
        ChannelQuotaSet(occurred_on=on, programme=command.programme, channel=row.channel, total=total)
        for row, total in ordered
    ]
    for (row, total), derived, remainder in zip(ordered, division.places, division.remainders, strict=True):
        townships = row.townships if row.total == total else derived
        events.append(
            ChannelKindQuotaSet(
                occurred_on=on,
                programme=command.programme,
                channel=row.channel,
                townships=townships,
                villages=total - townships,
                total=total,
                derived=derived,
                remainder=remainder,
                of=division.divisor,
                deviation=townships - derived,
                from_print=total - row.total,
                reason=command.reason if total != row.total else "",
            )
        )
    given = sum(e.townships for e in events if isinstance(e, ChannelKindQuotaSet))
    if given != province.townships:
        raise unequal("各领域乡镇之和=省级乡镇名额", given, province.townships, CHANNELS.path, "quotas")
    return events


def resolve(rows: Sequence[Channel], name: str) -> str:
    """The channel a printed name means, blanks removed (AL-009, X-013): id, annex name or the organ's full name."""
    bare = "".join(name.split())
    for row in rows:
        if bare in {"".join(form.split()) for form in (row.channel, row.printed, row.organ)}:
            return row.channel
    raise QUOTA_CHANNEL_UNKNOWN(name=name, channels=[row.channel for row in rows])


def must_hold_filled(whose: str, name: str, wanted: int, filled: Places, rule: str = UNIT) -> None:
    """Check that ``wanted`` places of the kind ``name`` hold those filled (AL-049). Raises Rejected."""
    held = getattr(filled, name)
    if 0 <= wanted < held:
        kind = "乡镇" if name == "townships" else "村"
        raise QUOTA_BELOW_FILLED(whose=whose, kind=kind, filled=held, wanted=wanted, field=name, rule=rule)


def set_unit(
    channels: Mapping[str, Places], units: Mapping[str, tuple[str, Places]], command: AssignUnitQuota
) -> Sequence[UnitQuotaSet]:
    """Give a unit its places (AL-012, AL-014); an earlier quota of the unit is replaced."""
    asked, channel = command.asked, command.channel
    if channel is None:
        raise UNIT_UNKNOWN(unit=asked.unit, field="unit")
    must_manage(command.context.actor, channel, UNIT, field="unit")
    quota = channels.get(channel)
    if quota is None:
        raise CHANNEL_WITHOUT_QUOTA(channel=channel, field="unit")
    if not asked.basis.strip():
        factors = rules_of(command).find(FACTORS)
        raise BASIS_MISSING(factors="、".join(factors.value) if factors else "单位情况")
    others = [places for unit, (of, places) in units.items() if of == channel and unit != asked.unit]
    for name, wanted, whole in (
        ("townships", asked.townships, quota.townships),
        ("villages", asked.villages, quota.villages),
    ):
        free = whole - sum(getattr(places, name) for places in others)
        must_hold_filled(asked.unit, name, wanted, command.filled)
        if not 0 <= wanted <= free:
            raise QUOTA_EXCEEDED(
                channel=channel,
                kind="乡镇" if name == "townships" else "村",
                whole=whole,
                free=free,
                wanted=wanted,
                field=name,
            )
    return [UnitQuotaSet.carrying(asked, occurred_on=command.context.occurred_on, channel=channel)]
