"""Tiers: how the places of the province's group are split between province, city and county.

Invariant: printed quotas win over the ratio of about 3:7; a deviation is recorded and never refused. The county tier
holds only villages that are not weak.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kernel.grounds import rules_of
from kernel.messages import Area, Command, Event, Key
from kernel.rules import Rules
from programmes.readers.quota import APPORTIONMENT, RATIO, TIERS, WEAK_VILLAGES, TierPlaces
from programmes.roles import PROVINCE
from services.allocation.apportionment import apportion
from services.allocation.grounds import must_give_reason
from services.allocation.quotas.refusals import (
    GROUPS_MISSING,
    SPLIT_NOT_PROPOSED,
    TIERS_INCOMPLETE,
    WEAK_VILLAGES_EXCEED,
)
from services.allocation.quotas.scope import Footing, Group, unequal
from services.allocation.refusals import WEAK_AT_COUNTY_TIER
from services.allocation.words import Tier


@dataclass(frozen=True, slots=True)
class TierRow:
    """The places of one tier by kind of target."""

    tier: Tier
    townships: int
    weak_villages: int
    other_villages: int
    cadres: int


@dataclass(frozen=True, slots=True)
class CountyVillages:
    """A county's villages and how many of them are weak; the rest is the county's own quota."""

    county: Area
    villages: int
    weak: int


@dataclass(frozen=True, slots=True)
class Share:
    """What the bare ratio gives province and city of one kind of target."""

    of: str
    total: int
    province: int
    city: int


class ProposeTierSplit(Command, title="提出省市分配", roles=PROVINCE, concerns=("programme",)):
    """Work out the split between province and city."""

    programme: Key


class FixTierSplit(Command, title="确定三级分配", roles=PROVINCE, concerns=("programme",)):
    """Fix the places of the three tiers; ``counties`` may list the villages behind the county tier.

    ``reason`` is needed where the places are not those printed.
    """

    programme: Key
    tiers: tuple[TierRow, ...]
    counties: tuple[CountyVillages, ...] = ()
    reason: str = ""


class TierSplitProposed(Event, title="三级分配建议"):
    """The split that is proposed. ``deviation`` is the province's places by ratio minus those proposed.

    ``base`` counts poor townships and weak villages, ``ratio_actual`` is province/base as printed figures, and
    ``by_ratio`` what the ratio alone would give.
    """

    rule = RATIO.path

    programme: str
    base: int
    province: int
    city: int
    printed: bool
    ratio_actual: str
    deviation: int
    by_ratio: tuple[Share, ...]


class TierSplitFixed(Event, title="三级分配确定"):
    """The places of the tiers are fixed: totals by tier, the rows behind them, the county quotas where listed.

    ``deviation`` is the province's printed places minus those fixed, 0 where nothing is printed; ``overridden`` has a
    line for every printed figure that was not kept (left as fixed, right as printed), ``reason`` says why.
    """

    rule = TIERS.path

    programme: str
    province: int
    city: int
    county: int
    tiers: tuple[TierRow, ...]
    deviation: int
    counties: tuple[CountyVillages, ...] = ()
    overridden: tuple[Footing, ...] = ()
    reason: str = ""


def propose(groups: Sequence[Group], command: ProposeTierSplit) -> Sequence[TierSplitProposed]:
    """The printed split with its deviation from the ratio, or the ratio's (AL-005). Source: 辽组通字〔2018〕23号 三."""
    rules = rules_of(command)
    group = province_group(groups)
    ratio = rules.value(RATIO)
    weights = [ratio.province, ratio.city]
    weak = rules.value(WEAK_VILLAGES)
    base = group.townships + weak
    method = rules.value(APPORTIONMENT).method
    shares = [
        Share(of, total, *apportion(total, weights, method).places)
        for of, total in (("all", base), ("townships", group.townships), ("weak_villages", weak))
    ]
    by_ratio = shares[0]
    rows = printed_rows(rules)
    province = rows["province"].cadres if rows else by_ratio.province
    city = rows["city"].cadres if rows else by_ratio.city
    return [
        TierSplitProposed(
            occurred_on=command.context.occurred_on,
            programme=command.programme,
            base=base,
            province=province,
            city=city,
            printed=bool(rows),
            ratio_actual=f"{province}/{base}",
            deviation=by_ratio.province - province,
            by_ratio=tuple(shares),
        )
    ]


def fix(groups: Sequence[Group], proposed: bool, command: FixTierSplit) -> Sequence[TierSplitFixed]:
    """Fix a split that covers the group exactly (AL-005, AL-006)."""
    rules = rules_of(command)
    group = province_group(groups)
    if not proposed:
        raise SPLIT_NOT_PROPOSED()
    tiers = {row.tier: row for row in command.tiers}
    if len(tiers) != len(command.tiers) or set(tiers) != {"province", "city", "county"}:
        raise TIERS_INCOMPLETE()
    county = tiers["county"]
    if county.weak_villages or county.townships:
        raise WEAK_AT_COUNTY_TIER(
            given=f"乡镇 {county.townships}，薄弱村 {county.weak_villages}", field="tiers.weak_villages", accepted="0"
        )
    weak = rules.value(WEAK_VILLAGES)
    for row in command.tiers:
        parts = row.townships + row.weak_villages + row.other_villages
        _equal(f"{row.tier}：各类之和=选派干部", parts, row.cadres)
    _equal("三级乡镇之和=经济困难乡镇", sum(r.townships for r in command.tiers), group.townships)
    _equal("三级薄弱村之和=薄弱村", sum(r.weak_villages for r in command.tiers), weak)
    _equal("三级其他村之和=其余村", sum(r.other_villages for r in command.tiers), group.villages - weak)
    if command.counties:
        left = sum(county_quota(c) for c in command.counties)
        _equal("各县其他村之和=县级名额", left, county.cadres)
    printed = printed_rows(rules)
    overridden = tuple(_overridden(command.tiers, printed))
    must_give_reason(command.reason, overridden, TIERS.path)
    return [
        TierSplitFixed.carrying(
            command,
            province=tiers["province"].cadres,
            city=tiers["city"].cadres,
            county=county.cadres,
            deviation=printed["province"].cadres - tiers["province"].cadres if printed else 0,
            overridden=overridden,
            reason=command.reason if overridden else "",
        )
    ]


def _overridden(tiers: Iterable[TierRow], printed: Mapping[str, TierPlaces]) -> Iterator[Footing]:
    """Every printed figure that is fixed otherwise, in the order of the tiers as given."""
    for row in tiers:
        for name in ("townships", "weak_villages", "other_villages", "cadres") if row.tier in printed else ():
            fixed, figure = getattr(row, name), getattr(printed[row.tier], name)
            if fixed != figure:
                yield Footing(f"{row.tier}.{name}", fixed, figure, fixed - figure)


def county_quota(county: CountyVillages) -> int:
    """Villages the county must cover itself: all that are not weak. Source: 辽组通字〔2018〕23号 三.3."""
    if not 0 <= county.weak <= county.villages:
        raise WEAK_VILLAGES_EXCEED(county=county.county, weak=county.weak, villages=county.villages)
    return county.villages - county.weak


def province_group(groups: Sequence[Group]) -> Group:
    """The group the province arranges; Rejected ``groups_missing`` where the scope is not defined."""
    for group in groups:
        if group.arranger == "province":
            return group
    raise GROUPS_MISSING()


def printed_rows(rules: Rules) -> Mapping[str, TierPlaces]:
    """The printed tier table by tier, empty where none is printed."""
    found = rules.find(TIERS)
    return {row.tier: row for row in found.value} if found else {}


def _equal(figure: str, left: int, right: int) -> None:
    """One equality of the split (AL-013)."""
    if left != right:
        raise unequal(figure, left, right, TIERS.path, "tiers")
