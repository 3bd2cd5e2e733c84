"""人员卡片: one posting with the form of who holds it, a time line of all that is recorded, and the tables behind.

Invariants: the card is put together of questions asked as the session's actor, so nobody sees on it what they may not
ask for; whose form is opened on it has an event that says so, left by personnel (``services.personnel.privacy``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from gateway import asked, problems
from gateway.api import Api, Path, path
from gateway.console.after import Arrival
from gateway.console.cells import Cell, Names, cell, columns, heading
from gateway.console.filters import Lookup
from gateway.console.pages import Pages
from gateway.exchange import Reply, Request
from gateway.form_door import FormDoor
from gateway.refusals import CADRE_NOT_SHOWN, PARAMETER_INVALID, SERVICE_AWAY
from kernel.messages import Actor
from kernel.rates import Kind

_POSTING: Final = r"(?P<posting>[A-Za-z0-9]{1,20}\.[0-9]{9,12}\.[0-9]{1,4})"
_OF_POSTING: Final[tuple[tuple[str, str], ...]] = (
    *(("personnel", name) for name in ("care_records", "management", "bundles", "recall_cases", "archive")),
    *(
        ("attendance", name)
        for name in ("registers", "sheets", "leaves", "absences", "official_duty", "assessed_years")
    ),
    *(("attendance", name) for name in ("checks", "sham_postings", "allowances", "diary_entries", "incidents")),
    *(("evaluation", name) for name in ("triggers", "cases", "sanctions", "ideas", "ballots", "scores", "ratings")),
    *(("evaluation", name) for name in ("annual_grades", "term_inspections", "honours", "work_plans", "dossier")),
    *(("evaluation", name) for name in ("progress_reports", "half_year_summaries", "work_projects", "difficulties")),
)
"""The questions whose rows stand on the card, asked for one posting or, where they do not take it, for its person."""
_OF_PERSON: Final = (("personnel", "nominations"), ("allocation", "placements"), ("personnel", "personal_archive"))
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LEFT_OUT: Final = frozenset({"posting", "person", "programme", "target", "city", "county", "area", "unit", "kind"})
"""What every row of the card says alike."""
_AT_ONCE: Final = 8
_FILES: Final = ("docx", "pdf", "lrmx")


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of the time line: on which day what was recorded, what else the row says, and by which clause."""

    on: str
    what: str
    told: str
    clause: str


class CadrePage:
    """Answers ``/cadres/<posting>`` and ``/cadres/<posting>/form.<docx|pdf|lrmx>``."""

    def __init__(self, api: Api, pages: Pages, lookup: Lookup, forms: FormDoor, arrival: Arrival) -> None:
        self._api = api
        self._pages = pages
        self._lookup = lookup
        self._forms = forms
        self._arrival = arrival

    def paths(self) -> tuple[Path, ...]:
        """The places of the pages."""
        one = f"/cadres/{_POSTING}"
        file = rf"{one}/form\.(?P<kind>{'|'.join(_FILES)})"
        costs = Kind.DISCLOSURES
        return (
            path("GET", one, self.show, query=("as_of",), kind=costs, pages=self._pages),
            path("GET", file, self.file, query=("as_of",), kind=costs, pages=self._pages),
        )

    def show(self, request: Request, correlation: str, posting: str) -> Reply:
        """The card, as of the day given where one is. Raises Unknown: ``cadre_not_shown``."""
        actor = self._pages.verify(request.headers.get("authorization"))
        as_of = request.matched("as_of", _DAY, "", "年-月-日，如 2018-05-02")
        _valid(as_of)
        self._arrival.wait(request)
        held = self._posting(actor, correlation, posting)
        nomination = self._nomination(actor, correlation, held)
        asks = [(s, n, {"posting": posting}) for s, n in _OF_POSTING]
        asks += [(s, n, {"programme": held["programme"], "person": held["person"]}) for s, n in _OF_PERSON]
        if nomination:
            asks.append(("personnel", "form", {"nomination": nomination}))

        def ask(one: tuple[str, str, dict[str, str]]) -> list[dict[str, Any]]:
            service, name, given = one
            return self._rows(actor, correlation, service, name, given, as_of)

        with ThreadPoolExecutor(_AT_ONCE) as beside:
            answers = list(beside.map(ask, asks))
        shown = answers.pop() if nomination else []
        form = shown[0] if shown else {}
        names = self._lookup.names(actor)
        titles = self._pages.described()
        tables = [
            (titles[service]["queries"][name]["title"], f"/ask/{service}/{name}", found)
            for (service, name, _), found in zip(asks, answers, strict=False)
            if found
        ]
        moments = [*_moments("任职", [held], names), *(m for t, _, rows in tables for m in _moments(t, rows, names))]
        moments = [one for one in moments if not as_of or one.on <= as_of]
        moments.sort(key=lambda one: one.on)
        return self._pages.page(
            "cadre.html",
            request,
            posting=posting,
            name=(form.get("fields") or {}).get("name", ""),
            held=[(heading(column), cell(column, value, names)) for column, value in held.items() if _told(value)],
            form=_fields(form, names),
            files=[(kind, f"/cadres/{posting}/form.{kind}") for kind in _FILES] if form else [],
            moments=moments,
            tables=[(title, to, *_table(rows, names)) for title, to, rows in tables],
            as_of=as_of,
        )

    def file(self, request: Request, correlation: str, posting: str, kind: str) -> Reply:
        """The registration form of who holds the posting. Raises Unknown: ``cadre_not_shown``."""
        actor = self._pages.verify(request.headers.get("authorization"))
        nomination = self._nomination(actor, correlation, self._posting(actor, correlation, posting))
        if not nomination:
            raise CADRE_NOT_SHOWN()
        return self._forms.show(request, correlation, nomination, kind)

    def _posting(self, actor: Actor, correlation: str, posting: str) -> dict[str, Any]:
        programme, target, _ = posting.split(".")
        found = self._rows(actor, correlation, "personnel", "postings", {"programme": programme, "target": target})
        own = [row for row in found if row["posting"] == posting]
        if not own:
            raise CADRE_NOT_SHOWN()
        return own[0]

    def _nomination(self, actor: Actor, correlation: str, held: Mapping[str, Any]) -> str:
        """The nomination that the posting came of: the last one by the day it was placed; "" where none is shown."""
        whose = {"programme": held["programme"], "person": held["person"]}
        found = self._rows(actor, correlation, "personnel", "nominations", whose)
        placed = str(held["placed_on"] or "9999-12-31")
        by_then = sorted((str(row["nominated_on"]), str(row["nomination"])) for row in found)
        return next((name for on, name in reversed(by_then) if on <= placed), "")

    def _rows(
        self, actor: Actor, correlation: str, service: str, name: str, given: Mapping[str, str], as_of: str = ""
    ) -> list[dict[str, Any]]:
        """What the question gives to whom may ask it; nothing to others, and nothing where a rule refuses it."""
        query = self._pages.described().get(service, {"queries": {}})["queries"].get(name)
        if query is None or actor.role not in query["roles"]:
            return []
        params = {param: value for param, value in given.items() if param in query["params"]}
        if "posting" in given and "posting" not in query["params"]:
            return []
        if as_of and "as_of" in query["params"]:
            params["as_of"] = as_of
        answer = asked.page(self._api.services, service, name, params, actor, correlation)
        if "problem" in answer:
            if problems.body_of(answer["problem"], correlation)["status"] >= 500:
                raise SERVICE_AWAY(service=service)
            return []
        return [dict(row) for row in answer["items"]]


def _moments(title: str, rows: list[dict[str, Any]], names: Names) -> Iterator[Moment]:
    """A moment for every day that a row tells, with what else it says."""
    for row in rows:
        days = {name: value for name, value in row.items() if isinstance(value, str) and _DAY.fullmatch(value)}
        rest = [
            f"{heading(name)}：{cell(name, value, names).text}"
            for name, value in row.items()
            if name not in days and name not in _LEFT_OUT and name not in ("notice", "clause") and _told(value)
        ]
        by = " ".join(str(row[name]) for name in ("notice", "clause") if row.get(name))
        for name, value in days.items():
            yield Moment(value, f"{title}：{heading(name)}", "；".join(rest)[:400], by)


def _table(rows: list[dict[str, Any]], names: Names) -> tuple[list[str], list[list[Cell]]]:
    shown = [name for name in columns(rows) if name not in ("posting", "person", "programme")]
    return [heading(name) for name in shown], [[cell(name, row.get(name), names) for name in shown] for row in rows]


def _fields(form: Mapping[str, Any], names: Names) -> list[tuple[str, Cell]]:
    fields = form.get("fields") or {}
    told = [(heading(name), cell(name, value, names)) for name, value in fields.items() if _told(value)]
    beside = [(heading(name), cell(name, form[name], names)) for name in ("mobile", "copies") if _told(form.get(name))]
    return [*told, *beside]


def _told(value: Any) -> bool:
    return value not in (None, "", [], {}, False)


def _valid(as_of: str) -> None:
    try:
        date.fromisoformat(as_of or "2018-01-01")
    except ValueError:
        raise PARAMETER_INVALID(name="as_of", given=as_of, accepted="年-月-日，如 2018-05-02") from None
