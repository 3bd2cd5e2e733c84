"""`paizhu audit export`: a bundle that can be checked by anybody, with nothing but Python."""

from __future__ import annotations

import json
import shlex
import sys
from contextlib import ExitStack, closing
from dataclasses import asdict
from pathlib import Path

import click

from audit.bundle_writer import Advance, BundleWriter, Exported
from audit.counting import counted
from audit.feeds import Feeds
from audit.findings import Findings
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

    The feed of a city is held against the events of its bundle, where the gateway's database is named. Ends with 1
    where they differ, with 2 where the system cannot be read, or where an event cannot be proved.
    """
    if city is not None and (len(city) != 4 or not city.isascii() or not city.isdecimal()):
        raise click.UsageError("--city takes the 4 digits of a city's division code")
    if city is not None and not _registered(city):
        raise click.UsageError(f"there is no city {city} in the register of divisions")
    writing, findings = BundleWriter(out, city), Findings()
    with ExitStack() as stack:
        feeds = stack.enter_context(closing(Feeds(source, findings, city))) if city and source.has_feeds else None
        shown = stack.enter_context(progress(as_json))
        exported = [_written(writing, source, name, shown(name), feeds) for name in names or source.services()]
        if feeds is not None:
            feeds.finish()
    writing.finish(source.policy())
    if as_json:
        said = {"services": [asdict(found) for found in exported], "findings": [asdict(one) for one in findings]}
        click.echo(json.dumps({"bundle": str(out), "city": city, **said}))
        sys.exit(1 if len(findings) else 0)
    for found in exported:
        click.echo(f"{found.service}: {counted(found.events, 'event')}, {counted(found.checkpoints, 'checkpoint')}")
        if found.unsigned:
            click.echo(f"{found.service}: {found.unsigned} more are not signed yet and were left out")
    for finding in findings:
        click.secho(f"{finding.code}  {finding.where}  {finding.sentence}", fg="red", bold=True)
    click.echo(f"check it anywhere: python3 {shlex.quote(str(out / 'verify.py'))}")
    sys.exit(1 if len(findings) else 0)


def _written(writing: BundleWriter, source: Live, name: str, advance: Advance, feeds: Feeds | None) -> Exported:
    """One log in the bundle, and the feed held against it."""
    if feeds is None:
        return writing.service(source, name, advance)
    items = feeds.of(name)
    exported = writing.service(source, name, advance, items.rows)
    items.finish(source.end(name))
    return exported


def _registered(city: str) -> bool:
    province = city[:2]
    return province in areas.PROVINCES and city in areas.registered(province)
