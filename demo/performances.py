"""What `paizhu demo` can play, by the name of its scale: the dated scenario, the whole batch, a year, and others."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rich.console import Console

from demo import screen, stages, summary
from demo.offices import Offices
from demo.people import People
from demo.qingshen import stages as qingshen_stages
from demo.qingshen import summary as qingshen_summary
from demo.qingshen.world import SCOPE as SICHUAN
from demo.qingshen.world import QingshenWorld
from demo.shanxi import stages as shanxi_stages
from demo.shanxi import summary as shanxi_summary
from demo.shanxi.world import SCOPE, ShanxiWorld
from demo.whole import screen as whole_screen
from demo.whole import stages as whole_stages
from demo.whole import summary as whole_summary
from demo.whole.extent import FULL, Extent
from demo.whole.world import WholeWorld
from demo.world import SCENARIO, SMALL, Scale, World
from demo.year import stages as year_stages
from demo.year import summary as year_summary
from demo.year.extent import CITY_YEAR
from demo.year.extent import Extent as YearExtent
from demo.year.world import YearWorld
from deploy.layout import PROVINCE

Told = Callable[[int], None]


@dataclass(frozen=True)
class Performance:
    """A run: its world (from gateway, advance, expect), stages, figures, the cities that subscribe meanwhile,
    and the province it is played in."""

    world: Callable[[Offices, Told, Told], Any]
    stages: Sequence[tuple[str, str, Callable[[Any, Any, Any], None]]]
    summarise: Callable[[Any, dict[str, float]], dict[str, Any]]
    figures: Callable[[Console, Mapping[str, Any]], None]
    cities: tuple[str, ...] = ()
    province: str = PROVINCE
    accounts: bool = False
    """Whether accounts are left to sign in with."""


def scenario(scale: Scale) -> Performance:
    """The main job in its 35 dated steps."""

    def world(gateway: Offices, advance: Told, expect: Told) -> World:
        return World(gateway, scale, advance, expect, People())

    return Performance(world, stages.STAGES, summary.summarise, screen.figures, ("2107", "2113"), accounts=True)


def whole(extent: Extent) -> Performance:
    """The places of all three tiers, from the rosters to the ledgers."""

    def world(gateway: Offices, advance: Told, expect: Told) -> WholeWorld:
        return WholeWorld(gateway, SCENARIO, advance, expect, People(), extent=extent)

    return Performance(world, whole_stages.STAGES, whole_summary.summarise, whole_screen.figures)


def first_secretaries() -> Performance:
    """The places of the fragment of 2015, from the applications to the posts."""

    def world(gateway: Offices, advance: Told, expect: Told) -> ShanxiWorld:
        return ShanxiWorld(gateway, SCENARIO, advance, expect, People(2015))

    return Performance(world, shanxi_stages.STAGES, shanxi_summary.summarise, shanxi_summary.figures, province=SCOPE)


def reserves() -> Performance:
    """The pool of reserves of 2017, from the announcement to removal and use."""

    def world(gateway: Offices, advance: Told, expect: Told) -> QingshenWorld:
        return QingshenWorld(gateway, SCENARIO, advance, expect, People(2017))

    return Performance(
        world, qingshen_stages.STAGES, qingshen_summary.summarise, qingshen_summary.figures, province=SICHUAN
    )


def city_year(extent: YearExtent) -> Performance:
    """A year of one city with two programmes, from January to the grades."""

    def world(gateway: Offices, advance: Told, expect: Told) -> YearWorld:
        return YearWorld(gateway, SCENARIO, advance, expect, People(2019), year=extent)

    return Performance(world, year_stages.STAGES, year_summary.summarise, year_summary.figures)


PERFORMANCES = {
    "scenario": scenario(SCENARIO),
    "small": scenario(SMALL),
    "full": whole(FULL),
    "shanxi": first_secretaries(),
    "qingshen": reserves(),
    "year": city_year(CITY_YEAR),
}
FOLLOWED: Mapping[str, Mapping[str, str]] = {"scenario": {"shanxi": "shanxi", "reserve": "qingshen"}}
"""What is played after a scale, each on a system of its own: {key in the summary: scale}."""
