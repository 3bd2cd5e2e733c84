"""考勤: a month as one sheet for all cadres of a place, and the month of one cadre, registered with the thumb.

Invariants: the sheet is the question ``month_grid`` asked as who looks; what is registered here goes the way of the
form of ``RegisterDays`` (``gateway.console.acts``), with its rights, its key and its refusals.
"""

from __future__ import annotations

import re
from calendar import Calendar
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final
from urllib.parse import urlencode
from uuid import uuid4

from gateway import asked, problems
from gateway.api import Api, Path, Services, path
from gateway.console import session
from gateway.console.acts import Acts
from gateway.console.after import Arrival
from gateway.console.chapters import CHAPTERS
from gateway.console.filters import Lookup
from gateway.console.pages import Pages
from gateway.console.questions import Questions
from gateway.exchange import Reply, Request
from gateway.refusals import CADRE_NOT_SHOWN
from kernel.calendar import day_of
from kernel.log.batch import clock
from kernel.messages import Actor

_ROWS: Final = 200
_MONTH: Final = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])")
_POSTING: Final = r"(?P<posting>[A-Za-z0-9]{1,20}\.[0-9]{9,12}\.[0-9]{1,4})"
_PHASES: Final = {"open": "未汇总", "compiled": "已汇总", "signed": "已签字", "sealed": "已盖章", "corrected": "已更正"}
_NEXT: Final = {"open": "CompileMonth", "corrected": "SignMonth", "compiled": "SignMonth", "signed": "SealMonth"}
"""How far a sheet is → the act that takes it further."""
_MANY: Final = {"open": "CompileMonths", "compiled": "SignMonths", "signed": "SealMonths"}
_DECISIONS: Final = {"": "待批", "requested": "待批", "approved": "已准", "refused": "未准"}
(_CHAPTER,) = (one for one in CHAPTERS if one.key == "attendance")


class MonthPage:
    """Answers ``/attendance``, ``/attendance/<posting>`` and the form on it."""

    def __init__(
        self, api: Api, pages: Pages, lookup: Lookup, acts: Acts, questions: Questions, arrival: Arrival
    ) -> None:
        self._services: Services = api.services
        self._api = api
        self._pages = pages
        self._lookup = lookup
        self._acts = acts
        self._questions = questions
        self._arrival = arrival

    def paths(self) -> tuple[Path, ...]:
        """The places of the pages."""
        pages = self._pages
        one = f"/attendance/{_POSTING}"
        return (
            path("GET", "/attendance", self.sheet, query=("month", "area", "as_of", "cursor"), pages=pages),
            path("GET", one, self.month, query=("month",), pages=pages),
            path("POST", one, self.register, pages=pages),
        )

    def sheet(self, request: Request, correlation: str) -> Reply:
        """The month of a place: a row a cadre, a column a day."""
        actor = self._pages.verify(request.headers.get("authorization"))
        month = request.matched("month", _MONTH, _today().isoformat()[:7], "年-月，如 2018-06")
        typed = request.query.get("area", "").strip()
        area = self._lookup.code("area", typed, actor)
        self._arrival.wait(request, ("attendance",))
        given = {"month": month, "area": area, "as_of": request.query.get("as_of", "")}
        said = self._asked(request, correlation, actor, given)
        names = self._lookup.names(actor)
        days = _days(month)
        rows = [
            {
                "posting": row["posting"],
                "place": names.place(row["target"]),
                "unit": names.units.get(row["unit"], row["unit"]),
                "phase": _PHASES.get(row["phase"], row["phase"]),
                "count": len(row["days"]),
                "cells": [_cell(day, row) for day in days],
                "next": self._next(actor, row, month),
            }
            for row in said.get("items", ())
        ]
        chosen = {name: request.query[name] for name in ("month", "area", "as_of") if request.query.get(name)}
        more = f"/attendance?{urlencode({**chosen, 'cursor': said['next']})}" if said.get("next") else ""
        return self._pages.page(
            "month.html",
            request,
            status=int(said.get("status", 200)),
            problem=said if "status" in said else None,
            month=month,
            before=_shift(month, -1),
            behind=_shift(month, 1),
            area=typed,
            as_of=given["as_of"],
            days=days,
            rows=rows,
            more=more,
            bulk=self._bulk(actor, said.get("items", ()), month),
            tabs=self._questions.tabs(actor, _CHAPTER, ("", "")),
            acts=self._questions.acts(actor, _CHAPTER),
        )

    def month(self, request: Request, correlation: str, posting: str) -> Reply:
        """The month of one cadre as a calendar. Raises Unknown: ``cadre_not_shown``."""
        actor = self._pages.verify(request.headers.get("authorization"))
        month = request.matched("month", _MONTH, _today().isoformat()[:7], "年-月，如 2018-06")
        self._arrival.wait(request, ("attendance",))
        given = {"month": month, "area": posting.split(".")[1]}
        said = self._asked(request, correlation, actor, given)
        if "status" in said:
            return self._pages.page("problem.html", request, status=said["status"], problem=said)
        rows = [row for row in said["items"] if row["posting"] == posting]
        if not rows:
            raise CADRE_NOT_SHOWN()
        (row,) = rows
        first = date.fromisoformat(f"{month}-01")
        weeks = [
            [(day.isoformat(), day.day, _cell(day, row)) if day.month == first.month else None for day in week]
            for week in Calendar().monthdatescalendar(first.year, first.month)
        ]
        return self._pages.page(
            "month_one.html",
            request,
            posting=posting,
            month=month,
            before=_shift(month, -1),
            behind=_shift(month, 1),
            place=self._lookup.names(actor).place(row["target"]),
            phase=_PHASES.get(row["phase"], row["phase"]),
            weeks=weeks,
            may=self._may(actor, "RegisterDays"),
            today=_today().isoformat(),
            key=str(uuid4()),
            next=self._next(actor, row, month),
            leaves=[self._leave(actor, posting, leave) for leave in row["leaves"]],
        )

    def register(self, request: Request, correlation: str, posting: str) -> Reply:
        """Register the days that were ticked, by the form of the act."""
        typed = session.entries(request)
        days = sorted(name.removeprefix("day.") for name in typed if name.startswith("day."))
        kept = {name: value for name, value in typed.items() if not name.startswith("day.")}
        form = {**kept, "posting": posting, "days": "\n".join(days), "_do": "send"}
        headers = {**request.headers, "content-type": session.MEDIA}
        sent = Request("POST", "/acts/RegisterDays", headers, {}, urlencode(form).encode())
        return self._acts.give(sent, correlation, "RegisterDays")

    def _asked(self, request: Request, correlation: str, actor: Actor, given: Mapping[str, str]) -> dict[str, Any]:
        params = {name: value for name, value in given.items() if value}
        ask = (self._services, "attendance", "month_grid", params, actor, correlation)
        answer = asked.page(*ask, cursor=request.query.get("cursor") or None, limit=_ROWS)
        return problems.body_of(answer["problem"], correlation) if "problem" in answer else answer

    def _may(self, actor: Actor, act: str) -> bool:
        route = self._api.commands.get(act)
        entry = route.command.entry if route else None
        return entry is not None and actor.role in entry.roles

    def _next(self, actor: Actor, row: Mapping[str, Any], month: str) -> tuple[str, str]:
        """Address and title of the act that takes the sheet further; empty where the role may not."""
        act = _NEXT.get(str(row["phase"]), "")
        if not self._may(actor, act):
            return "", ""
        entry = self._api.commands[act].command.entry
        given = {"posting": row["posting"], "month": month, "occurred_on": _today().isoformat()}
        return f"/acts/{act}?{urlencode(given)}", entry.title if entry else ""

    def _bulk(self, actor: Actor, rows: Any, month: str) -> list[tuple[str, str, int]]:
        """The acts that take all sheets of the page further that are equally far."""
        found = []
        for phase, act in _MANY.items():
            postings = [row["posting"] for row in rows if row["phase"] == phase]
            if postings and self._may(actor, act):
                entry = self._api.commands[act].command.entry
                given = {"month": month, "postings": "\n".join(postings), "occurred_on": _today().isoformat()}
                found.append((f"/acts/{act}?{urlencode(given)}", entry.title if entry else "", len(postings)))
        return found

    def _leave(self, actor: Actor, posting: str, leave: list[Any]) -> dict[str, Any]:
        name, first, granted, last, decision = leave
        ways = [("ApproveLeave", "准假"), ("RefuseLeave", "不准假")] if decision not in ("approved", "refused") else []
        given = urlencode({"posting": posting, "leave": name, "occurred_on": _today().isoformat()})
        return {
            "name": name,
            "first": first,
            "last": granted or last,
            "decision": _DECISIONS.get(decision, decision),
            "acts": [(f"/acts/{act}?{given}", title) for act, title in ways if self._may(actor, act)],
        }


def _today() -> date:
    return day_of(clock())


def _days(month: str) -> list[date]:
    first = date.fromisoformat(f"{month}-01")
    return [first + timedelta(days=n) for n in range(31) if (first + timedelta(days=n)).month == first.month]


def _shift(month: str, by: int) -> str:
    year, number = divmod(int(month[:4]) * 12 + int(month[5:]) - 1 + by, 12)
    return f"{year:04}-{number + 1:02}"


def _cell(day: date, row: Mapping[str, Any]) -> str:
    """What stands at a day: 到 registered, 假 leave that was granted, 请 leave asked for, · outside the register."""
    on = day.isoformat()
    if on in row["days"]:
        return "到"
    for _, first, granted, last, decision in row["leaves"]:
        if decision != "refused" and first <= on <= (granted or last):
            return "假" if decision == "approved" else "请"
    if on < str(row["opened_on"]) or (row["closed_on"] and on > str(row["closed_on"])):
        return "·"
    return ""
