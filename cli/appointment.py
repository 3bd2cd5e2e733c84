"""``paizhu appointment-forms``: what departments hold of persons, as the rows of a roster to be handed in."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from gateway import roster
from gateway.appointment import reading
from gateway.appointment.cells import cells
from kernel.errors import PaizhuError

_file = click.Path(path_type=Path, dir_okay=False, exists=True)


@click.command()
@click.argument("files", nargs=-1, required=True, type=_file)
@click.option("--programme", required=True, help="The programme, such as LN2018.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), required=True, help="The day up to which ages are counted.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help="The workbook (0600).")
def appointment_forms(files: Sequence[Path], programme: str, on: datetime, out: Path) -> None:
    """Make a roster of appointment forms (.lrmx, .lrm): a row a file, to be completed and handed in.

    Nothing leaves this machine. What no form says stays empty, and what the roster has no column for is named.
    """
    wanted = roster.form(programme)
    rows = list(_rows(files, wanted, on))
    with open(os.open(out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as made:
        made.write(roster.filled(wanted, rows))
    empty = [column.header for column in wanted.columns if not any(row.get(column.key) for row in rows)]
    click.echo(f"{out}: {len(rows)} 行；尚须填写：{'、'.join(empty)}")


def _rows(files: Sequence[Path], wanted: roster.Form, on: datetime) -> Iterator[dict[str, Any]]:
    """A row of each file. ClickException: a file that is no such form, by its name."""
    keys = [column.key for column in wanted.columns]
    for file in files:
        try:
            found = cells(reading.read(file.read_bytes()), keys, on.date())
        except PaizhuError as refusal:
            raise click.ClickException(f"{file}：{refusal.sentence}可接受：{refusal.accepted}。") from refusal
        if found.elsewhere:
            click.echo(f"{file.name}：名册没有的栏：{'、'.join(found.elsewhere)}", err=True)
        yield {key: "\n".join(one) if isinstance(one, list) else one for key, one in found.filled.items()}
