"""`paizhu token`: bearer tokens signed with the key of a local system, listed and taken back."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import click

from cli import issued
from cli.office import Office
from cli.reach import data_option
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
@data_option
@click.option("--person", default="operator", show_default=True, help="Who acts (claim `sub`).")
@click.option("--post", default="operator", show_default=True, help="In which post.")
@click.option("--organ", default="21", show_default=True, help="For which organ.")
@click.option(
    "--role", type=click.Choice(ROLES), default="province_org", show_default=True, help="What the holder may do."
)
@click.option(
    "--area", "areas", multiple=True, help="Division code the holder acts for (repeatable); without one no area."
)
@click.option("--unit", "units", multiple=True, help="Unit or channel the holder manages (repeatable).")
@click.option("--link", is_flag=True, help="Print the console's address with the token in it.")
@click.option(
    "--hours",
    type=click.FloatRange(min=0.0, max=8784.0, min_open=True),
    default=12.0,
    show_default=True,
    help="How long it is valid.",
)
@click.option("--list", "listed", is_flag=True, help="Show the tokens issued here, with their ids, and issue none.")
@click.option("--revoke", "taken_back", metavar="ID", help="Take the token with this id back, and issue none.")
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
    listed: bool,
    taken_back: str | None,
) -> None:
    """Issue a bearer token for this system, list those issued, or take one back."""
    keys = System(data.resolve()).data / "keys"
    if not keys.is_dir():
        raise click.ClickException(f"no system has been started in {data}: `paizhu up --data {data}` first")
    if listed:
        _show(keys)
    elif taken_back is not None:
        _revoke(keys, taken_back)
    else:
        made = _issue(keys, person, post, organ, role, areas, units, hours)
        click.echo(f"{System(data.resolve()).gateway_url}/#token={made}" if link else made)


def _issue(
    keys: Path,
    person: str,
    post: str,
    organ: str,
    role: str,
    areas: tuple[str, ...],
    units: tuple[str, ...],
    hours: float,
) -> str:
    from kernel.auth import Issuer, new_id

    for area in areas:
        if not (area.isascii() and area.isdigit() and len(area) in (2, 4, 6, 9, 12)):
            raise click.BadParameter(f"{area} is no division code: 2, 4, 6, 9 or 12 digits", param_hint="--area")
    if not areas and role in TERRITORIAL:
        raise click.UsageError(f"a token of role {role} needs its area: --area CODE")
    if not person:
        raise click.BadParameter("the holder needs an id", param_hint="--person")
    seconds = int(hours * 3600)
    claims = {**Office(person, post, organ, role, areas, units).claims, "jti": new_id()}
    made = Issuer(keys).issue(claims, seconds)
    issued.note(keys, {**claims, "exp": int(time.time()) + seconds})
    return made


def _show(keys: Path) -> None:
    from kernel.revocation import revoked

    taken_back, now = revoked(keys), time.time()
    for claims in issued.read(keys):
        state = "revoked" if claims["jti"] in taken_back else "expired" if claims["exp"] <= now else "valid"
        until = datetime.fromtimestamp(claims["exp"], UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        reach = ",".join((*claims["areas"], *claims["units"])) or "-"
        click.echo(f"{claims['jti']}  {state:7}  {until}  {claims['role']}  {reach}  {claims['sub']}")


def _revoke(keys: Path, token_id: str) -> None:
    from kernel.revocation import revoke

    try:
        fresh = revoke(keys, token_id)
    except ValueError as wrong:
        raise click.BadParameter(str(wrong), param_hint="--revoke") from None
    known = any(claims["jti"] == token_id for claims in issued.read(keys))
    said = "revoked" if fresh else "was revoked before"
    click.echo(f"{token_id} {said}{'' if known else ' (not issued by this command)'}")
