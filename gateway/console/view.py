"""From facts to what stands on the page: names for codes, lengths for numbers. Pure.

Invariant: only what is picked here by name reaches the page; persons are never picked.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from typing import Any, Final

from gateway.console.reading import Facts
from gateway.console.tiles import tiles
from kernel.messages import title_of
from programmes.areas import Areas
from services import SERVICES

SERVICE_NAMES: Final = {"allocation": "名额与分配", "personnel": "人员", "attendance": "考勤", "evaluation": "考核"}
PROMISED: Final = 60
"""Seconds within which an event is signed, and a checkpoint witnessed; what takes longer is said loudly."""
_TILES: Final = (
    ("targets", "派驻点"),
    ("on_post", "在岗"),
    ("gaps", "空缺"),
    ("recalls", "召回"),
    ("replacements", "调换到岗"),
    ("nearness", "就近等级合计"),
    ("pairs", "互派对子"),
    ("planned", "互派计划"),
    ("named", "互派已点名"),
    ("reported", "已报到"),
    ("restored", "失衡后恢复"),
    ("ended", "已期满"),
    ("promotions", "提拔"),
)


@cache
def titles(service: str) -> Mapping[str, str]:
    """The Chinese title of each event type of ``service``."""
    return {kind.__name__: title_of(kind) for kind in import_module(f"services.{service}.schemas").EVENTS}


def page(facts: Facts, areas: Areas) -> dict[str, Any]:
    """Everything the template needs."""
    newest_first = sorted(facts.profiles, key=lambda profile: str(profile["published_on"]), reverse=True)
    return {
        "programmes": [_programme(profile, facts) for profile in newest_first if not profile["base"]],
        "picture": tiles(facts.coverage, areas),
        "logs": [_log(service, facts, areas) for service in SERVICES],
        "heads": [_heads(service, facts) for service in SERVICES],
        "trees": (trees := [_tree(service, facts) for service in SERVICES]),
        "unsigned": [tree["name"] for tree in trees if tree.get("unsigned_for", 0) > PROMISED],
        "unwitnessed": [tree["name"] for tree in trees if tree.get("unwitnessed_for", 0) > PROMISED],
        "feeds": _feeds(facts, areas),
        "away": facts.away,
        "service_names": SERVICE_NAMES,
        "sources": SERVICES,
    }


def _programme(profile: Mapping[str, Any], facts: Facts) -> dict[str, Any]:
    figures = facts.figures.get(profile["programme"], {})
    tiles: dict[str, Any] = {}
    for name, label in _TILES:
        # Of a programme without targets, or without pairs, the zeros say nothing.
        wanted = bool(figures.get(name)) or (name == "gaps" and bool(figures.get("targets")))
        if wanted:
            tiles[label] = figures[name]
    return {"id": profile["programme"], "title": profile["title"], "version": profile["version"], "tiles": tiles}


def _log(service: str, facts: Facts, areas: Areas) -> dict[str, Any]:
    events = [
        {
            "position": event["position"],
            "title": titles(service).get(event["type"], event["type"]),
            "type": event["type"],
            "place": "、".join(dict.fromkeys(_place(areas, code) for code in event["areas"][:4])),
            "on": event["occurred_on"],
        }
        for event in facts.events.get(service, [])
    ]
    position = facts.heads.get(service, {}).get("position")
    return {"service": service, "name": SERVICE_NAMES[service], "events": events, "position": position}


def _heads(service: str, facts: Facts) -> dict[str, Any]:
    """How far ``service`` has taken in the others: (position, still to come) each, None for one it does not follow."""
    taken = facts.heads.get(service, {}).get("taken_in", {})
    behind = {
        source: (position, max(0, facts.heads.get(source, {}).get("position", 0) - position))
        for source, position in taken.items()
    }
    return {
        "service": service,
        "name": SERVICE_NAMES[service],
        "position": facts.heads.get(service, {}).get("position"),
        "taken": [behind.get(source) for source in SERVICES],
    }


def _tree(service: str, facts: Facts) -> dict[str, Any]:
    """How much of the log of ``service`` is signed and witnessed, and what is missing; None where it is away."""
    heads = facts.heads.get(service)
    if heads is None:
        return {"name": SERVICE_NAMES[service], "position": None}
    needed, _, of = heads["rule"].partition(" of ")
    return {
        "name": SERVICE_NAMES[service],
        "position": heads["position"],
        "signed": heads["signed"],
        "unsigned": max(0, heads["position"] - heads["signed"]),
        "unsigned_for": heads["unsigned_for"],
        "unwitnessed_for": heads["unwitnessed_for"],
        "witnessed": heads["witnessed"],
        "unwitnessed": max(0, heads["position"] - heads["witnessed"]),
        "rule": f"{of} 方中 {needed} 方" if of else "",
    }


def _feeds(facts: Facts, areas: Areas) -> dict[str, Any]:
    taken = facts.feeds.get("taken_in", {})
    still = sum(max(0, facts.heads.get(s, {}).get("position", 0) - taken.get(s, 0)) for s in SERVICES)
    cities = [(code, _name(areas, code), sequence) for code, sequence in facts.feeds.get("cities", {}).items()]
    return {"cities": cities, "still": still}


def _place(areas: Areas, code: str) -> str:
    """City and county of a code; the province by its name."""
    return " ".join(_name(areas, code[:n]) for n in (4, 6) if len(code) >= n) or _name(areas, code)


def _name(areas: Areas, code: str) -> str:
    division = areas.find(code)
    return division.name if division else code
