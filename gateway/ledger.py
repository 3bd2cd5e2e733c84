"""Ledgers as workbooks in the columns of their notice, out and in: what is written is what is read back.

The title stands in the head of the printed page and the place of signature and seal at its foot, so that the sheet
itself is a table: its first row the printed columns, and below it nothing that is not a row of the ledger.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, Final

import xlsxwriter

from gateway.refusals import LEDGER_UNKNOWN
from gateway.roster import Column, Form
from programmes import loader
from programmes.readers.ledger import COLUMNS, TITLES, TOWNSHIP_COLUMNS, VILLAGE_COLUMNS
from programmes.readers.nomination import Field
from programmes.readers.reserve import ROSTER
from programmes.roster import CHOICES, offered, word

_COLUMNS: Final = {"city": COLUMNS, "village": VILLAGE_COLUMNS, "township": TOWNSHIP_COLUMNS, "reserves": ROSTER}
KINDS: Final = tuple(_COLUMNS)
"""Of villages or townships, as a channel sends them, of a city whose counties wrote it, or of a county's reserves."""
TAB: Final = "台账"
NOTHING: Final = "台账（无记录）"
"""What the sheet of an export without rows is called, so that nobody takes it for the form to fill in."""
_A4: Final = 9
_FOOT: Final = "&L&9填报：　　　　审核：　　　　签字：&C&9第 &P 页，共 &N 页&R&9（盖章）　　　　年　　月　　日"
_WIDTHS: Final[Mapping[str, int]] = {"row_no": 6, "unit_and_post": 32, "host_village": 24, "host_township": 20}
STATISTICS: Final = (
    ("place", "市、县（市、区）"),
    ("rows", "第一书记人数"),
    *((f"tier_{tier}", f"{word('tier', tier)}派") for tier in CHOICES["tier"]),
    *((f"village_kind_{kind}", word("village_kind", kind)) for kind in CHOICES["village_kind"]),
)
"""The columns of the statistics, which are counted from the rows: the form is lost, so they are assumed."""


@cache
def form(programme: str, kind: str) -> Form:
    """The columns of one ledger.

    Raises:
        Unknown: ``ledger_unknown`` where there is no such programme, or it has no such ledger.
    """
    rules = loader.load(programme).rules if programme in loader.available() else {}
    rule = rules.get(_COLUMNS[kind].path) if kind in _COLUMNS else None
    if not (rule and rule["value"]):
        raise LEDGER_UNKNOWN(programme=programme[:40], kinds=KINDS)
    fields: Sequence[Field] = _COLUMNS[kind].of(rule["value"])
    columns = tuple(Column(row.key, row.printed, row.type) for row in fields if row.key)
    return Form(programme, columns, rule.get("notice"), rule.get("clause"))


def title(programme: str, of: str) -> str:
    """What the notice calls the ledger or its statistics."""
    titles: Mapping[Any, str] = TITLES.of(loader.load(programme).rules[TITLES.path]["value"])
    return titles[of]


def sheet(heading: str, columns: Sequence[tuple[str, str]], rows: Iterable[Mapping[str, Any]], tab: str = TAB) -> bytes:
    """A workbook of one table: ``columns`` are (key, header), each row has its values by key; the sheet is ``tab``."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_numbers": False}) as book:
        page = book.add_worksheet(tab)
        lined = {"border": 1, "text_wrap": True, "valign": "vcenter"}
        head = book.add_format({**lined, "bold": True, "align": "center"})
        plain = book.add_format({**lined, "num_format": "@"})
        page.set_landscape()
        page.set_paper(_A4)
        page.fit_to_pages(1, 0)
        page.repeat_rows(0)
        page.set_header(f"&C&16{heading}")
        page.set_footer(_FOOT)
        page.freeze_panes(1, 0)
        for at, (key, header) in enumerate(columns):
            page.set_column(at, at, _WIDTHS.get(key, 14))
            page.write_string(0, at, header, head)
            if words := offered(key):
                page.data_validation(1, at, 5000, at, {"validate": "list", "source": list(words)})
        for number, row in enumerate(rows, 1):
            for at, (key, _) in enumerate(columns):
                page.write_string(number, at, str(row.get(key, "")), plain)
    return file.getvalue()


def filled(programme: str, kind: str, items: Iterable[Mapping[str, Any]], tab: str = TAB) -> bytes:
    """The ledger of these rows, which have what the question for them gives; without any the empty one to fill in."""
    wanted = form(programme, kind)
    named = {"host_township": "host_village"} if kind == "township" else {}
    rows = ({c.key: item.get(named.get(c.key, c.key), "") for c in wanted.columns} for item in items)
    return sheet(title(programme, kind), [(c.key, c.header) for c in wanted.columns], rows, tab)


def counted(programme: str, items: Iterable[Mapping[str, Any]]) -> bytes:
    """The statistics of a city, as the rows of its ledger were counted."""
    rows = list(items)
    return sheet(title(programme, "statistics"), STATISTICS, rows, TAB if rows else NOTHING)
