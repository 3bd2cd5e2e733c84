"""``paizhu ledger`` and ``paizhu form``: ledgers and registration forms as files, through the gateway.

Names are shown to the holder of the token in PAIZHU_TOKEN, and personnel records it. A file is its owner's alone.
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, urlencode

import click

from cli.client import Client
from cli.reach import reached, reaching

_PATIENCE: Final = 60.0
_ROLES: Final = "province_org, city_org, county_org, township or channel (reserves: county_org or township)"
_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_path = click.Path(path_type=Path, dir_okay=False)
_programme = click.option("--programme", required=True, help="The programme, such as LN2018.")
_KINDS: Final = ["village", "township", "city", "reserves"]
_kind = click.option("--kind", type=click.Choice(_KINDS), required=True, help="Whose ledger.")
_out = click.option("--out", type=_path, required=True, help="The file to write (0600).")


def _areas(command: Callable[..., Any]) -> Callable[..., Any]:
    for level in ("city", "county"):
        command = click.option(f"--{level}", help=f"Code of one {level}.")(command)
    return command


def _gateway(data: Path, url: str | None, token: str | None) -> Client:
    return reached(data, url, token, _ROLES, patience=_PATIENCE)


def _keep(body: bytes, out: Path, counted: bool = False) -> None:
    """Write the file; of what is ``counted`` say how many rows it has, and that it is empty where it is."""
    with open(os.open(out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(body)
    rows = _rows(body) if counted else None
    click.echo(f"{out}: {len(body)} bytes{'' if rows is None else f', {rows} 行'}")
    if rows == 0:
        click.echo("所选范围没有记录，文件只有表头：请核对方案、台账种类和区划代码，或先填报台账。", err=True)


def _rows(body: bytes) -> int | None:
    """The rows below the header of a workbook's first sheet, None of what is no workbook."""
    from python_calamine import CalamineError, CalamineWorkbook  # only where a file is read

    try:
        found = CalamineWorkbook.from_filelike(io.BytesIO(body)).get_sheet_by_index(0).to_python()
    except (CalamineError, ValueError, OSError):
        return None
    return max(len(found) - 1, 0)


def _given(**params: str | None) -> dict[str, str]:
    return {name: value for name, value in params.items() if value}


@click.group()
def ledger() -> None:
    """Ledgers as workbooks: export, fill in, hand in, statistics.

    The token in PAIZHU_TOKEN says who acts.
    """


@ledger.command()
@_programme
@_kind
@_areas
@click.option("--area", help="Of reserves: code of the division whose villages are listed.")
@click.option("--as-of", help="Of reserves: the day of the report, YYYY-MM-DD.")
@_out
@reaching
def export(
    programme: str, kind: str, city: str | None, county: str | None, area: str | None, as_of: str | None, out: Path,
    data: Path, url: str | None, token: str | None,
) -> None:  # fmt: skip
    """Write the ledger with names, in its printed columns."""
    params = {"programme": programme, "kind": kind, **_given(city=city, county=county, area=area, as_of=as_of)}
    _keep(_gateway(data, url, token).download("ledgers", params), out, counted=True)


@ledger.command()
@_programme
@_kind
@_out
@reaching
def template(programme: str, kind: str, out: Path, data: Path, url: str | None, token: str | None) -> None:
    """Write the empty ledger, to be filled in."""
    _keep(_gateway(data, url, token).download("ledgers/template", {"programme": programme, "kind": kind}), out)


@ledger.command()
@_programme
@_areas
@_out
@reaching
def statistics(
    programme: str, city: str | None, county: str | None, out: Path, data: Path, url: str | None, token: str | None
) -> None:
    """Write the statistics of a city's ledger, counted from its rows."""
    params = {"programme": programme, **_given(city=city, county=county)}
    _keep(_gateway(data, url, token).download("ledgers/statistics", params), out, counted=True)


@ledger.command()
@click.argument("person")
@_programme
@click.option("--year", required=True, help="The year of the sheet.")
@_out
@reaching
def fact_sheet(
    person: str, programme: str, year: str, out: Path, data: Path, url: str | None, token: str | None
) -> None:
    """Write the fact sheet of a reserve for a year."""
    path = f"fact-sheets/{quote(person, safe='')}"
    _keep(_gateway(data, url, token).download(path, {"programme": programme, "year": year}), out)


@ledger.command(name="import")
@click.argument("file", type=_path)
@_programme
@click.option("--on", required=True, help="The day of it, YYYY-MM-DD.")
@click.option("--county", help="The host county that writes the rows of its city's ledger.")
@click.option("--channel", help="The channel that sends its ledger to the province.")
@click.option("--kind", type=click.Choice(["village", "township"]), help="Of a channel: which ledger.")
@reaching
def hand_in(
    file: Path, programme: str, on: str, county: str | None, channel: str | None, kind: str | None, data: Path,
    url: str | None, token: str | None,
) -> None:  # fmt: skip
    """Hand a ledger in: all its rows, or none where one is refused."""
    params = {"programme": programme, "occurred_on": on, **_given(county=county, channel=channel, kind=kind)}
    receipt = _gateway(data, url, token).upload(f"ledgers?{urlencode(params)}", file.read_bytes(), _XLSX)
    click.echo(", ".join(f"{name} {count}" for name, count in receipt["events"].items()) or "nothing changed")


@click.command()
@click.argument("nomination")
@click.option("--as", "kind", type=click.Choice(["pdf", "docx", "lrmx"]), default="pdf", show_default=True)
@click.option("--as-of", help="As it stood on this day, YYYY-MM-DD.")
@_out
@reaching
def form(
    nomination: str, kind: str, as_of: str | None, out: Path, data: Path, url: str | None, token: str | None
) -> None:
    """Write the registration form of a nomination: pages, a document to go on writing in, or an appointment form."""
    path = f"forms/{quote(nomination, safe='')}/{kind}"
    _keep(_gateway(data, url, token).download(path, _given(as_of=as_of)), out)
