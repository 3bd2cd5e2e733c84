"""`paizhu token`: bearer tokens signed with the key of a local system, listed and taken back."""

from __future__ import annotations

import math
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import click

from cli import accounts, issued
from cli.client import Refused
from cli.office import Office, issuer_of
from cli.reach import data_option, reached
from deploy.local.system import System
from programmes.organs import NoSuchPlace, channels, organ_of
from programmes.roles import ROLE_NAMES, SECURITY, post_of
from programmes.standing import PLACES, SENDERS

_ANYBODY: Final = "operator"
_PATIENCE: Final = 30.0
"""Seconds to wait for the running system to say which units it has."""


@click.command()
@data_option
@click.option("--person", default=_ANYBODY, show_default=True, help="Who acts (claim `sub`).")
@click.option("--holder", help="Whose account that is, by their organ's number; wanted once for a security_admin.")
@click.option("--post", help="In which post; told from the role where none is given.")
@click.option("--organ", help="For which organ; told from area or unit where none is given.")
@click.option(
    "--role",
    type=click.Choice(tuple(ROLE_NAMES)),
    default="province_org",
    show_default=True,
    help="What the holder may do.",
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
    holder: str | None,
    post: str | None,
    organ: str | None,
    role: str,
    areas: tuple[str, ...],
    units: tuple[str, ...],
    link: bool,
    hours: float,
    listed: bool,
    taken_back: str | None,
) -> None:
    """Issue a bearer token for this system, list those issued, or take one back."""
    system = System(data.resolve())
    keys = system.data / "keys"
    if not keys.is_dir():
        raise click.ClickException(f"no system has been started in {data}: `paizhu up --data {data}` first")
    if listed and taken_back is not None:
        raise click.UsageError("--list shows the tokens, --revoke takes one back: one at a time")
    if listed:
        _show(keys)
    elif taken_back is not None:
        _revoke(keys, taken_back)
    else:
        named = _organ(role, areas, _named(system, units))
        office = Office(person, post or post_of(role), organ or named, role, areas, units)
        made = _issue(system, office, hours, holder)
        click.echo(f"{system.gateway_url}/sign-in#token={made}" if link else made)


def _organ(role: str, areas: tuple[str, ...], units: dict[str, str]) -> str:
    if not areas and role in PLACES:
        raise click.UsageError(f"a token of role {role} needs its area: --area CODE")
    if not units and role in SENDERS:
        raise click.UsageError(f"a token of role {role} needs its unit: --unit ID")
    try:
        return organ_of(role, areas, units)
    except NoSuchPlace as unknown:
        raise click.BadParameter(str(unknown), param_hint="--area") from None


def _named(system: System, units: tuple[str, ...]) -> dict[str, str]:
    """The units with their names: channels of the programmes, and what the running system has registered."""
    if set(units) <= channels():
        return {unit: unit for unit in units}
    asker = Office(_ANYBODY, post_of("auditor"), "派驻系统", "auditor")
    client = reached(system.data, None, None, "auditor", patience=_PATIENCE, operator=asker)
    try:
        listed = client.query("allocation", "units", {})
    except Refused as refused:
        raise click.ClickException(f"which units there are is not known: {refused}") from None
    known = {name: name for name in channels()} | {row["channel"]: row["channel"] for row in listed}
    known |= {row["unit"]: row["name"] for row in listed}
    unknown = [unit for unit in units if unit not in known]
    if unknown:
        raise click.BadParameter(f"{unknown[0]} is no channel and no registered unit", param_hint="--unit")
    return {unit: known[unit] for unit in units}


def _issue(system: System, office: Office, hours: float, holder: str | None) -> str:
    from kernel import personal
    from kernel.auth import new_id
    from kernel.text import is_account

    keys = system.data / "keys"
    if not is_account(office.person):
        raise click.BadParameter(
            "an account: 1 to 64 small letters and digits, . _ @ - between them", param_hint="--person"
        )
    if office.person == _ANYBODY and (holder is not None or office.role in SECURITY):
        raise click.UsageError(f"{_ANYBODY} is nobody's own account: --person says whose the holder's is")
    if any(personal.holds_number(said) for said in (office.person, office.post, office.organ)):
        raise click.UsageError("--person, --post and --organ stand in clear for ever: an id, and no number of a person")
    if not math.isfinite(hours):
        raise click.BadParameter("hours are a finite number", param_hint="--hours")
    seconds = int(hours * 3600)
    claims = {**office.claims, "jti": new_id()}
    try:
        made = issuer_of(keys, system.province).issue(claims, seconds)
        if holder is not None or office.role in SECURITY:
            accounts.bind(keys, office.person, holder)
    except ValueError as wrong:
        raise click.UsageError(str(wrong)) from None
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
