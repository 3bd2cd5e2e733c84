"""`paizhu token`: a bearer token signed with the key of a local system."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from deploy.local.system import System

ROLES: Final = (
    "province_org",
    "city_org",
    "county_org",
    "township",
    "village",
    "channel",
    "unit",
    "enterprise",
    "cadre",
    "system",
    "system_admin",
    "security_admin",
    "auditor",
    "witness",
)


TERRITORIAL = ("province_org", "city_org", "county_org", "township", "village")


@click.command()
@click.option("--data", type=click.Path(file_okay=False, path_type=Path), default=Path("var/local"), show_default=True)
@click.option("--person", default="operator", show_default=True, help="Who acts (claim `sub`).")
@click.option("--post", default="operator", show_default=True, help="In which post.")
@click.option("--organ", default="21", show_default=True, help="For which organ.")
@click.option("--role", type=click.Choice(ROLES), default="province_org", show_default=True)
@click.option(
    "--area", "areas", multiple=True, help="Division code the holder acts for (repeatable); without one no area."
)
@click.option("--unit", "units", multiple=True, help="Unit or channel the holder manages (repeatable).")
@click.option("--link", is_flag=True, help="Print the console's address with the token in it.")
@click.option("--hours", type=click.FloatRange(min=0.0, max=8784.0, min_open=True), default=12.0, show_default=True)
def token(
    data: Path,
    person: str,
    post: str,
    organ: str,
    role: str,
    areas: tuple[str, ...],
    units: tuple[str, ...],
    link: bool,
    hours: float,
) -> None:
    """Issue a bearer token for this system."""
    from kernel.auth import Issuer

    for area in areas:
        if not (area.isascii() and area.isdigit() and len(area) in (2, 4, 6, 9, 12)):
            raise click.BadParameter(f"{area} is no division code: 2, 4, 6, 9 or 12 digits", param_hint="--area")
    if not areas and role in TERRITORIAL:
        raise click.UsageError(f"a token of role {role} needs its area: --area CODE")
    if not person:
        raise click.BadParameter("the holder needs an id", param_hint="--person")
    keys = System(data.resolve()).data / "keys"
    if not keys.is_dir():
        raise click.ClickException(f"no system has been started in {data}: `paizhu up --data {data}` first")
    claims = {"sub": person, "post": post, "organ": organ, "role": role, "areas": list(areas), "units": list(units)}
    made = Issuer(keys).issue(claims, int(hours * 3600))
    click.echo(f"{System(data.resolve()).gateway_url}/#token={made}" if link else made)
