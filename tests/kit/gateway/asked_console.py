"""The services behind the console's questions: they tell of what they are asked for, and answer it with given rows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from importlib import import_module
from typing import Any

from gateway.exchange import Reply
from kernel.messages import Actor
from services import SERVICES

COUNTY = Actor("p", "q", "o", "county_org", ("210726",))
GAP = {
    "target": "210726102207",
    "programme": "LN2018",
    "unit": "U01",
    "kind": "village",
    "state": "vacated",
    "work_funds_fen": 123_456,
    "weak_party": True,
    "posting": "LN2018.210726102207.1",
    "tags": ["农业", "<b>"],
    "places": {"2107": 3, "total": 4},
    "vacated_on": "2018-07-01",
    "plan": "LN2018.province.all.1",
}


class Behind:
    """The services: they tell of their questions, and answer one."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.problem: dict[str, Any] | None = None
        self.next: str | None = "210726102207"
        self.rows: list[dict[str, Any]] = [GAP]

    def described(self) -> dict[str, Any]:
        found: dict[str, Any] = {service: {"commands": {}, "queries": {}} for service in SERVICES}
        for service in SERVICES:
            for name, query in import_module(f"services.{service}.wiring").QUERIES.items():
                told = {"title": query.title, "roles": sorted(query.roles)}
                told |= {"params": dict(query.params), "needs": list(query.needs)}
                found[service]["queries"][name] = told
        found["personnel"]["commands"]["ImportNominees"] = {"title": "导入", "roles": ["province_org"]}
        return found

    def __call__(self, service: str, method: str, request: Mapping[str, Any]) -> dict[str, Any]:
        if request["query"] == "units":
            return {"items": [{"unit": "U01", "name": "单位01"}, {"unit": "U02", "name": "单位02"}], "next": None}
        if request["query"] == "profiles":
            profile = {"programme": "LN2018", "base": "", "title": "选派干部", "published_on": "2018-04-16"}
            return {"items": [profile], "next": None}
        self.asked.append(dict(request))
        if self.problem:
            return {"problem": self.problem}
        return {"items": self.rows, "next": self.next, "position": 9}


def text(reply: Reply) -> str:
    """The words of a page."""
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", str(reply.body)).split()))
