"""What a writer of profiles asks of a file before it is published: whether every value can be read."""

from __future__ import annotations

import json
from pathlib import Path

import click

from deploy.faults import Unusable
from programmes import loader
from programmes.faults import BrokenProfile


class Broken(Unusable):
    """The file is no profile that could be published."""


@click.group()
def programmes() -> None:
    """Check a programme profile, or write the plain form that is published."""


@programmes.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def check(file: Path) -> None:
    """Read FILE as a profile: every fault with its line and what would be accepted, else id, version and digest."""
    profile = _read(file)
    origins = [rule["origin"] for rule in profile.rules.values()]
    told = ", ".join(f"{origins.count(origin)} {origin}" for origin in sorted(set(origins)))
    click.echo(f"{profile.programme} version {profile.version}: {len(origins)} rules ({told}), sha256 {profile.sha256}")


@programmes.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def plain(file: Path) -> None:
    """Write the plain form of FILE as JSON: the `profile` of the command PublishProfile."""
    click.echo(json.dumps(_read(file).published(), ensure_ascii=False, sort_keys=True))


def _read(file: Path) -> loader.ProgrammeProfile:
    try:
        return loader.read(file)
    except BrokenProfile as broken:
        raise Broken(str(broken)) from None
    except UnicodeDecodeError:
        raise Broken(f"{file} is not UTF-8 text") from None
