"""`paizhu audit export`: a bundle that can be checked by anybody, with nothing but Python."""

from __future__ import annotations

import json
import shlex
from dataclasses import asdict
from pathlib import Path

import click

from audit.bundle_writer import BundleWriter
from audit.counting import counted
from audit.live import Live
from audit.options import json_option, live_options, progress, service_option
from programmes import areas


@click.command("export")
@live_options
@service_option
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), required=True, help="A new directory.")
@click.option("--city", help="Only what concerns this city (4 digits), each event with its proof.")
@json_option
def command(source: Live, names: tuple[str, ...], out: Path, city: str | None, as_json: bool) -> None:
    """Write logs, checkpoints, keys and a program that checks them into a directory.

    Ends with 2 where the system cannot be read, or where an event cannot be proved.
    """
    if city is not None and (len(city) != 4 or not city.isascii() or not city.isdecimal()):
        raise click.UsageError("--city takes the 4 digits of a city's division code")
    if city is not None and not _registered(city):
        raise click.UsageError(f"there is no city {city} in the register of divisions")
    writing = BundleWriter(out, city)
    with progress(as_json) as shown:
        exported = [writing.service(source, name, shown(name)) for name in names or source.services()]
    writing.finish(source.policy())
    if as_json:
        click.echo(json.dumps({"bundle": str(out), "city": city, "services": [asdict(found) for found in exported]}))
        return
    for found in exported:
        click.echo(f"{found.service}: {counted(found.events, 'event')}, {counted(found.checkpoints, 'checkpoint')}")
        if found.unsigned:
            click.echo(f"{found.service}: {found.unsigned} more are not signed yet and were left out")
    click.echo(f"check it anywhere: python3 {shlex.quote(str(out / 'verify.py'))}")


def _registered(city: str) -> bool:
    province = city[:2]
    return province in areas.PROVINCES and city in areas.registered(province)
