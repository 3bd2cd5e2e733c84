"""Scope of a batch: the groups of cities, who arranges each, and the plan's totals.

Invariant: what is published cross-foots, and every equality stands in the event with both sides and the difference.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from kernel.errors import PaizhuError
from kernel.grounds import rules_of
from kernel.messages import Area, Command, Event, Few, Key
from kernel.rules import Rules
from programmes.readers.quota import BATCH, CITIES, EXCLUDED, GROUPS
from programmes.readers.quota import Group as PrintedGroup
from programmes.roles import PROVINCE
from services.allocation.quotas.refusals import (
    CITY_EXCLUDED,
    GROUP_CITIES,
    GROUP_FIGURE,
    GROUPS_DEFINED,
    GROUPS_INCOMPLETE,
    GROUPS_MISSING,
    PLAN_PUBLISHED,
    SCOPES_OVERLAP,
    TOTALS_DIFFER,
)


@dataclass(frozen=True, slots=True)
class Group:
    """Cities that are arranged together, with the group's printed figures. ``arranger`` is province or city."""

    group: Key
    arranger: Key
    cities: Few[Area]
    county_units: int
    townships: int
    villages: int
    cadres: int


@dataclass(frozen=True, slots=True)
class Footing:
    """One equality of a plan; ``difference`` is left minus right."""

    figure: str
    left: int
    right: int
    difference: int


class Totals(Protocol):
    """Whatever states the totals of a batch."""

    @property
    def total(self) -> int: ...
    @property
    def townships(self) -> int: ...
    @property
    def villages(self) -> int: ...


class DefineGroups(Command, title="确定派驻范围", roles=PROVINCE, concerns=("programme",)):
    """Say which cities the province arranges and which arrange themselves."""

    programme: Key
    groups: tuple[Group, ...]


class PublishBatchPlan(Command, title="公布批次计划", roles=PROVINCE, concerns=("programme",)):
    """Publish the totals of a batch: cadres to townships and to villages."""

    programme: Key
    total: int
    townships: int
    villages: int


class GroupScopeDefined(Event, title="范围确定"):
    """A group of cities takes part in the batch under its arranger."""

    rule = GROUPS.path

    programme: str
    group: str
    arranger: str
    cities: tuple[str, ...]
    county_units: int
    townships: int
    villages: int
    cadres: int


class BatchPlanPublished(Event, title="批次计划"):
    """The totals of the batch are published; ``footing`` has a line for every equality they satisfy."""

    rule = BATCH.path

    programme: str
    total: int
    townships: int
    villages: int
    footing: tuple[Footing, ...]


def define_groups(known: Sequence[Group], command: DefineGroups) -> Sequence[GroupScopeDefined]:
    """Take in all groups at once; each must be the printed one. Source: 辽组通字〔2018〕23号 二."""
    if known:
        raise GROUPS_DEFINED()
    must_be_printed(command.groups, rules_of(command))
    return [GroupScopeDefined.carrying(command, g) for g in command.groups]


def must_be_printed(groups: Sequence[Group], rules: Rules) -> None:
    """Check that ``groups`` are all that are printed, each as it is. Raises Rejected."""
    printed = {row.group: row for row in rules.value(GROUPS)}
    excluded = {row.city for row in rules.value(EXCLUDED)}
    if {g.group for g in groups} != set(printed) or len(groups) != len(printed):
        raise GROUPS_INCOMPLETE(printed=printed)
    _must_be_apart(groups)
    for group in groups:
        _check_group(group, printed[group.group], excluded)


def _must_be_apart(groups: Sequence[Group]) -> None:
    """Check that no city stands in two groups, or twice in one. Source: 辽组通字〔2018〕23号 二.

    Raises:
        Rejected: ``scopes_overlap``.
    """
    where: dict[str, list[str]] = {}
    for group in groups:
        for city in group.cities:
            where.setdefault(city, []).append(group.group)
    twice = {city: names for city, names in where.items() if len(names) > 1}
    if twice:
        shown = "；".join(f"{city} 列在 {'、'.join(names)} 组" for city, names in sorted(twice.items()))
        raise SCOPES_OVERLAP(shown=shown, twice_count=len(twice))


def _check_group(group: Group, row: PrintedGroup, excluded: set[str]) -> None:
    """A group is the printed one, without the excluded city (AL-002)."""
    outside = [city for city in group.cities if city in excluded]
    if outside:
        raise CITY_EXCLUDED(outside=outside, cities=row.cities)
    wanted = row.cities
    if sorted(group.cities) != sorted(wanted):
        raise GROUP_CITIES(group=group.group, wanted=wanted)
    if group.townships + group.villages != group.cadres:
        raise unequal(
            f"{group.group} 组 乡镇+村=选派干部",
            group.townships + group.villages,
            group.cadres,
            GROUPS.path,
            "groups.cadres",
        )
    for name in ("arranger", "county_units", "townships", "villages", "cadres"):
        if getattr(group, name) != getattr(row, name):
            raise GROUP_FIGURE(group=group.group, name=name, figure=getattr(group, name), printed=getattr(row, name))


def publish_plan(groups: Sequence[Group], published: bool, command: PublishBatchPlan) -> Sequence[BatchPlanPublished]:
    """Publish totals that add up by themselves, over the groups and to the print (AL-001, AL-004)."""
    if published:
        raise PLAN_PUBLISHED()
    if not groups:
        raise GROUPS_MISSING()
    return [BatchPlanPublished.carrying(command, footing=footing(groups, command, rules_of(command)))]


def footing(groups: Sequence[Group], command: Totals, rules: Rules) -> tuple[Footing, ...]:
    """Every equality of a plan, all of which hold. Raises Rejected: ``totals_differ``."""
    printed, cities = rules.value(BATCH), rules.find(CITIES)
    if command.townships + command.villages != command.total:
        raise unequal("乡镇+村=合计", command.townships + command.villages, command.total, "quota.balance", "total")
    lines = [
        foot("cadres = townships + villages", command.total, command.townships + command.villages),
        *(foot(f"group {g.group}: cadres = townships + villages", g.cadres, g.townships + g.villages) for g in groups),
        foot("townships = sum of groups", command.townships, sum(g.townships for g in groups)),
        foot("villages = sum of groups", command.villages, sum(g.villages for g in groups)),
        foot("cadres = sum of groups", command.total, sum(g.cadres for g in groups)),
        foot("townships as printed", command.townships, printed.townships),
        foot("villages as printed", command.villages, printed.villages),
    ]
    if cities is not None:
        lines.append(foot("cities as printed", sum(len(g.cities) for g in groups), cities.value))
    for line in lines:
        if line.difference:
            raise unequal(line.figure, line.left, line.right, BATCH.path, "total")
    return tuple(lines)


def unequal(figure: str, left: int, right: int, rule: str, field: str) -> PaizhuError:
    """The refusal of an equality that does not hold: both sides and the difference are named, and the field to mend."""
    return TOTALS_DIFFER(
        figure=figure,
        left=left,
        right=right,
        difference=abs(left - right),
        field=field,
        rule=rule,
        details=[{"field": figure, "code": "difference", "sentence": str(abs(left - right)), "accepted": "0"}],
    )


def foot(figure: str, left: int, right: int) -> Footing:
    """One equality with its difference."""
    return Footing(figure, left, right, left - right)
