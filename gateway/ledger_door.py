"""The places of the API for ledgers: out as workbooks, and back in as one command.

Invariant: a name leaves only for who manages the cadre, after personnel recorded who reads whose; the door asks in the
name of the token's holder and shows what it is given.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Final

from gateway import fact_sheet, ledger, roster
from gateway.api import ROSTER_LIMIT, Api, Path, Verify, path, require_media
from gateway.asked import Rows, file, rows
from gateway.envelope import day
from gateway.exchange import Reply, Request
from gateway.refusals import LEDGER_UNKNOWN
from gateway.roster_door import XLSX
from gateway.roster_reading import Readers
from gateway.routes import Route
from kernel.messages import Actor
from kernel.rates import Kind
from kernel.refusals import FIELD_MISSING, NO_REACH

SERVICE: Final = "personnel"
_TAKES: Final = {"county": "EnterLedgerRows", "channel": "SubmitLedger"}
"""Who hands a ledger in, by the parameter that names it, and the command that becomes of it."""
_AREAS: Final = ("city", "county")
_QUERIES: Final = {"city": "city_ledger_export", "reserves": "reserve_roster"}
"""Where the rows of a kind come from; those of the others from ``ledger_export``."""
_SHOWN: Final = ("programme", "kind", *_AREAS, "as_of", "area")
_SHEET: Final = ("programme", "year")


class LedgerDoor:
    """Answers below ``/api/v1/ledgers``."""

    def __init__(self, api: Api, verify: Verify, commands: Mapping[str, Route], readers: Readers | None = None) -> None:
        self._api = api
        self._verify = verify
        self._commands = commands
        self._readers = readers or Readers()

    def paths(self) -> tuple[Path, ...]:
        """The places in the API."""
        given = {"programme", "kind", "occurred_on", *_TAKES}
        return (
            path("GET", "/api/v1/ledgers", self.show, query=_SHOWN, kind=Kind.DISCLOSURES),
            path("GET", "/api/v1/fact-sheets/(?P<person>[^/]+)", self.record, query=_SHEET, kind=Kind.DISCLOSURES),
            path("GET", "/api/v1/ledgers/template", self.template, query=("programme", "kind")),
            path("GET", "/api/v1/ledgers/statistics", self.statistics, query=("programme", *_AREAS)),
            path("POST", "/api/v1/ledgers", self.take, ROSTER_LIMIT, given, first=self.admit),
        )

    def show(self, request: Request, correlation: str) -> Reply:
        """The ledger with names as a workbook: ``kind`` village or township of who is on post, city of one ``city``,
        or reserves as of a day."""
        programme, kind = _given(request, "programme"), _given(request, "kind")
        ledger.form(programme, kind)
        found = self._rows(_QUERIES.get(kind, "ledger_export"), {"programme": programme}, request, correlation)
        if isinstance(found, Reply):
            return found
        tab = ledger.TAB if found else ledger.NOTHING
        return file(ledger.filled(programme, kind, found, tab), XLSX, f"ledger-{programme}-{kind}.xlsx")

    def record(self, request: Request, correlation: str, person: str) -> Reply:
        """The fact sheet of a reserve for a year as a workbook."""
        programme, year = _given(request, "programme"), _given(request, "year")
        ledger.form(programme, "reserves")
        actor = self._verify(request.headers.get("authorization"))
        asked = {"programme": programme, "person": person, "year": year}
        found = rows(self._api.services, SERVICE, "reserve_sheet", asked, actor, request, correlation)
        if isinstance(found, Reply):
            return found
        return file(fact_sheet.written(found[0]), XLSX, f"fact-sheet-{year}.xlsx")

    def template(self, request: Request, correlation: str) -> Reply:
        """The empty workbook of a ledger, for anybody with a token. Raises Unauthenticated, BadInput, Unknown."""
        self._verify(request.headers.get("authorization"))
        programme, kind = _given(request, "programme"), _given(request, "kind")
        return file(ledger.filled(programme, kind, ()), XLSX, f"ledger-{programme}-{kind}.xlsx")

    def statistics(self, request: Request, correlation: str) -> Reply:
        """The statistics of a city's ledger as a workbook, counted from its rows."""
        programme = _given(request, "programme")
        ledger.form(programme, "city")
        found = self._rows("ledger_statistics", {"programme": programme}, request, correlation)
        if isinstance(found, Reply):
            return found
        return file(ledger.counted(programme, found), XLSX, f"statistics-{programme}.xlsx")

    def admit(self, head: Request) -> None:
        """Refuse by its head alone what would be refused anyway. Raises PaizhuError."""
        actor, _, _ = self._asked(head)
        self._readers.admit(actor.person)

    def take(self, request: Request, correlation: str) -> Reply:
        """Import the workbook: the receipt of SubmitLedger for a ``channel``, of EnterLedgerRows for a ``county``."""
        actor, asked, form = self._asked(request)
        asked["data"]["rows"] = self._readers.rows(request.body, form, actor.person, request.left)
        return self._api.execute(SERVICE, {**asked, "correlation": correlation})

    def _rows(self, query: str, params: dict[str, str], request: Request, correlation: str) -> Rows | Reply:
        """What the question gives of the areas the request names."""
        actor = self._verify(request.headers.get("authorization"))
        given = {name: value for name, value in request.query.items() if name not in ("programme", "kind")}
        params |= given | ({"kind": request.query["kind"]} if query == "ledger_export" else {})
        return rows(self._api.services, SERVICE, query, params, actor, request, correlation)

    def _asked(self, head: Request) -> tuple[Actor, dict[str, Any], str]:
        """Who gives the command, the command but for its rows, and what its table is called. Raises PaizhuError."""
        actor = self._verify(head.headers.get("authorization"))
        named = [name for name in _TAKES if head.query.get(name)]
        if len(named) != 1:
            raise FIELD_MISSING(field="county", accepted="?county=区划代码 或 ?channel=领域，二者之一")
        (by,) = named
        route = self._commands[_TAKES[by]]
        route.admit(actor)
        if not (actor.areas or actor.units):
            raise NO_REACH()
        programme = _given(head, "programme")
        kind = head.query.get("kind", "city") if by == "county" else _given(head, "kind")
        if (kind == "city") != (by == "county"):
            raise LEDGER_UNKNOWN(programme=programme[:40], kinds="channel 报送 village、township，county 填报 city")
        ledger.form(programme, kind)
        occurred_on = day(_given(head, "occurred_on"), "occurred_on")
        require_media(head, XLSX)
        data = {"programme": programme, by: head.query[by], "first_row": roster.FIRST_ROW}
        asked = {"command": route.command.__name__, "id": head.command_id(), "occurred_on": occurred_on, "data": data}
        return actor, {**asked, "actor": asdict(actor), "after": head.after()}, f"{programme}/{kind}"


def _given(request: Request, name: str) -> str:
    value = request.query.get(name, "").strip()
    if not value:
        raise FIELD_MISSING(field=name, accepted=f"?{name}=")
    return value
