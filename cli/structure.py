"""The structure of the corps as of a day, as figures and as a picture."""

from __future__ import annotations

import json
from pathlib import Path

import click

from cli.office import Office
from cli.reach import reached, reaching
from cli.structure_picture import picture
from deploy.faults import CannotRun

_OPERATOR = Office("p-province", "干部处", "省委组织部", "province_org")


class NobodyServes(CannotRun):
    """There is nothing to draw."""


@click.command()
@reaching
@click.argument("programme")
@click.option("--as-of", required=True, metavar="YYYY-MM-DD", help="The day whose corps is counted.")
@click.option("--city", default="", help="Only who serves in this city.")
@click.option("--svg", type=click.Path(dir_okay=False, path_type=Path), help="Draw the figures into this file.")
def structure(
    data: Path, url: str | None, token: str | None, programme: str, as_of: str, city: str, svg: Path | None
) -> None:
    """Count the corps of PROGRAMME by age, sex, level, unit kind, education and pool."""
    client = reached(data, url, token, _OPERATOR.role, patience=0.0, operator=_OPERATOR)
    asked = {"programme": programme, "as_of": as_of} | ({"city": city} if city else {})
    (figures,) = client.query("personnel", "structure", asked)
    if svg is None:
        click.echo(json.dumps(figures, ensure_ascii=False, indent=1, sort_keys=True))
        return
    if not figures["serving"]:
        raise NobodyServes(f"nobody of {programme} serves on {as_of}")
    svg.write_text(picture(figures), encoding="utf-8")
    click.echo(f"{svg}: {figures['serving']} persons")
