"""Allocation on a log in memory, brought to where a rule is asked: the batch of 2018, the swap of 2002."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from programmes import loader
from programmes.areas import registered
from services.allocation.wiring import SERVICE
from tests.kit.allocation.ground import PROVINCE
from tests.kit.allocation.swap_of_2002 import ROWS, place
from tests.kit.memory_desk import MemoryDesk

AREAS = registered("21")


def told_rules(programme: str, on: str, counties: Iterable[str]) -> MemoryDesk:
    """The service with the notice and the rules of a programme, the cities and the divisions of ``counties``."""
    desk = MemoryDesk(SERVICE, on)
    profile = loader.load(programme)
    notice = profile.notices[0]
    about = {"title": notice.title, "issuers": list(notice.issuers), "number": notice.number, "scope": profile.scope}
    desk.command(PROVINCE, "PublishNotice", on, **about, issued_on=notice.issued_on)
    desk.command(PROVINCE, "PublishProfile", on, profile=profile.published())
    roots = [[AREAS.get("21"), *AREAS.children("21")]]
    roots += [[AREAS.get(code), *AREAS.within(code)] for code in counties]
    for divisions in roots:
        listed = [{"code": d.code, "name": d.name} for d in divisions]
        units = [{"root": divisions[0].code, "divisions": listed}]
        desk.command(PROVINCE, "RegisterAreas", on, edition="2023-06", units=units)
    return desk


def batch_of_2018(*counties: str) -> MemoryDesk:
    """The groups of cities, the plan and the tiers as printed."""
    on = "2018-04-16"
    desk = told_rules("LN2018", on, counties)
    rules = {path: rule["value"] for path, rule in loader.load("LN2018").rules.items()}
    columns = ("group", "arranger", "cities", "county_units", "townships", "villages", "cadres")
    groups = [{name: row[name] for name in columns} for row in rules["quota.groups"]]
    for command, data in (
        ("DefineGroups", {"groups": groups}),
        ("PublishBatchPlan", rules["quota.batch"]),
        ("ProposeTierSplit", {}),
        ("FixTierSplit", {"tiers": rules["quota.tiers"]}),
    ):
        desk.command(PROVINCE, command, on, programme="LN2018", **data)
    return desk


def swap_of_2002() -> MemoryDesk:
    """The pairs as printed, and a nominated leg on every place of those whose partner is named."""
    named = [row for row in ROWS.values() if row["developed_area"]]
    codes = {row[side] for row in ROWS.values() for side in ("poor_area", "developed_area") if row[side]}
    desk = told_rules("LN2002", "2002-06-17", sorted(code for code in codes if len(code) > len("2101")))
    desk.command(PROVINCE, "DefineSwapPairs", "2002-06-17", programme="LN2002")
    desk.today = "2002-06-27"
    for row in named:
        for way in ("out", "back"):
            for level in ("city", "county", "township"):
                for seat in range(1, row[f"{level}_each"] + 1):
                    desk.hear("personnel", "SwapLegNominated", nominated(row["pair"], way, level, seat))
    return desk


def nominated(pair: int, way: str, level: str, seat: int, **changed: Any) -> dict[str, Any]:
    """The data of SwapLegNominated."""
    at = place(pair, way, level, seat, **changed)
    names = ("leg", "direction", "level", "seat", "person", "sending", "host")
    return {"programme": "LN2002", "pair": pair, **{name: getattr(at, name) for name in names}}
