"""`paizhu due`: what the holder of a token owes, the overdue first (X-055).

It asks the gateway with the asker's own token, page by page: it shows what the console's 待办 shows.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final
from unicodedata import east_asian_width

import click

from cli.client import Client
from cli.reach import reached, reaching

_PAGE: Final = 1000
_HEAD: Final = ("期限", "情况", "区划", "事项", "所涉", "期别", "依据")


@click.command()
@reaching
@click.option("--as-of", metavar="YYYY-MM-DD", help="The day asked for; today where none is given.")
@click.option("--all-in-area", "scope", flag_value="area", help="What anybody owes in the own area, not the own post.")
@click.option("--state", type=click.Choice(("open", "met", "all")), help="Open where none is given.")
@click.option("--area", help="Only in this division and below.")
@click.option("--programme", help="Only of this programme.")
@click.option("--kind", help="Only of this kind.")
@click.option("--json", "as_json", is_flag=True, help="Print the rows as the gateway answers them.")
def due(data: Path, url: str | None, token: str | None, as_json: bool, **asked: str | None) -> None:
    """List what the holder of the token in PAIZHU_TOKEN owes: overdue first, each with its clause and last day."""
    client = reached(data, url, token, "that asks", patience=0.0)
    rows = list(_rows(client, {name: value for name, value in asked.items() if value}))
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    click.echo("\n".join(table([_HEAD, *map(_told, rows)])) if rows else "没有应办事项")


def _rows(client: Client, asked: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """The rows of all pages. Raises Refused."""
    more: dict[str, str] = {}
    while True:
        page = client.get("due", {**asked, "limit": _PAGE, **more})
        yield from page["items"]
        if page["next"] is None:
            return
        more = {"cursor": page["next"]}


def _told(row: Mapping[str, Any]) -> tuple[str, ...]:
    basis = " ".join(filter(None, (row["notice"], row["clause"], "（设定）" if row["assumed"] else "")))
    return (row["due_on"] or "—", _standing(row), row["area"], row["title"], row["subject"], row["period"], basis)


def _standing(row: Mapping[str, Any]) -> str:
    """How it stands on the day: late by so many days, or met, and how late."""
    if row["met_on"]:
        return f"{row['met_on']} 已办" + (f"，迟 {row['delay']} 天" if row["delay"] else "")
    return f"逾期 {row['overdue']} 天" if row["overdue"] else "待办"


def table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Lines of ``rows`` under each other, in columns as wide as a terminal shows them."""
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip()


def _width(text: str) -> int:
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)
