"""`paizhu bus`: the operator's commands for what was set aside: parked events, and dead letters of the broker.

Everything goes through the gateway's API with a token of the role `system_admin`: for a local system one is issued from
its keys, for any other it comes by environment. A place is `<follower>/<source>:<number>`, a letter
`<follower>/letter:<id>`; followers are the services and `feeds`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import click

from cli.client import Client, Refused
from cli.office import Office
from cli.reach import reached, reaching
from services import SERVICES

FOLLOWERS: Final = (*SERVICES, "feeds")
_LETTER: Final = "letter:"
_OPERATOR: Final = Office("operator", "系统管理员", "system", "system_admin")


def _gateway(data: Path, url: str | None, token: str | None) -> Client:
    """The gateway that is meant, asked once: where it is away, the operator is told so at once."""
    return reached(data, url, token, _OPERATOR.role, patience=0.0, operator=_OPERATOR)


def _options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Options that say which system is meant, and how it is shown."""
    return reaching(click.option("--json", "as_json", is_flag=True, help="Print what the gateway answers.")(command))


@click.group()
def bus() -> None:
    """Dead letters: list, show, replay, discard."""


@bus.command("parked", short_help="List what was set aside.")
@_options
@click.option("--follower", type=click.Choice(FOLLOWERS), help="Only what this one set aside.")
@click.option("--all", "settled", is_flag=True, help="Also what was replayed or discarded.")
def parked_(data: Path, url: str | None, token: str | None, as_json: bool, follower: str | None, settled: bool) -> None:
    """List the events that were set aside, and the letters in the broker's parked queues."""
    gateway = _gateway(data, url, token)
    followers = (follower,) if follower else FOLLOWERS
    events = [item for one in followers for item in _listed(gateway, one, settled)]
    letters = [
        {**letter, "follower": one} for one in followers for letter in gateway.get(f"parked/{one}/letters")["letters"]
    ]
    if as_json:
        click.echo(json.dumps({"events": events, "letters": letters}, ensure_ascii=False, indent=1))
        return
    for event in events:
        place = f"{event['follower']}/{event['id']}"
        click.echo(f"{place:36} {event['state']:10} {_when(event['parked_at'])}  {event['reason']}")
    for letter in letters:
        place, what = f"{letter['follower']}/{_LETTER}{letter['id']}", letter["event"] or "no event"
        click.echo(f"{place:36} {letter['state']:10} {letter['size']} bytes, {what}, {letter['why']}")
    if not events and not letters:
        click.echo("nothing is set aside")


@bus.command(short_help="Show one of them, why, and its event.")
@_options
@click.argument("place")
def show(data: Path, url: str | None, token: str | None, as_json: bool, place: str) -> None:
    """Show one of them with its reason, what was done with it, and the event as its source's log has it."""
    gateway = _gateway(data, url, token)
    follower, what = _place(place)
    if what.startswith(_LETTER):
        letters = gateway.get(f"parked/{follower}/letters")["letters"]
        found = next((one for one in letters if one["id"] == what.removeprefix(_LETTER)), None)
        if found is None:
            raise click.ClickException(f"there is no {place}")
    else:
        found = gateway.get(f"parked/{follower}/{what}")
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
        return
    for name, value in found.items():
        text = (
            json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else "-" if value is None else value
        )
        click.echo(f"{name:12} {_when(value) if name == 'parked_at' else text}")


@bus.command(short_help="Put parked events through their reaction again.")
@_options
@click.argument("places", nargs=-1)
@click.option("--reason", required=True, help="Why; it is recorded.")
@click.option("--follower", type=click.Choice(FOLLOWERS), help="Everything this one set aside, in order.")
def replay(
    data: Path, url: str | None, token: str | None, as_json: bool, places: tuple[str, ...], reason: str, follower: str
) -> None:
    """Put parked events through their reaction again, as their source's log has them; twice is as good as once."""
    if not places and not follower:
        raise click.UsageError("name the places, as `paizhu bus parked` lists them, or --follower for all of one")
    gateway = _gateway(data, url, token)
    if follower:
        places = (*places, *(f"{follower}/{item['id']}" for item in _listed(gateway, follower, False)))
    _each(gateway, places, "replay", reason, as_json)


@bus.command(short_help="Close parked events without an effect.")
@_options
@click.argument("places", nargs=-1, required=True)
@click.option("--reason", required=True, help="Why; it is recorded.")
def discard(
    data: Path, url: str | None, token: str | None, as_json: bool, places: tuple[str, ...], reason: str
) -> None:
    """Close parked events without an effect, or clear letters away; events stay visible as discarded."""
    _each(_gateway(data, url, token), places, "discard", reason, as_json)


def _each(gateway: Client, places: tuple[str, ...], act: str, reason: str, as_json: bool) -> None:
    """Do ``act`` to each place; those that fail are named, and the exit code is 1."""
    if not places and not as_json:
        click.echo("nothing is set aside")
    failed = 0
    for place in places:
        follower, what = _place(place)
        if what.startswith(_LETTER):
            if act == "replay":
                raise click.UsageError(
                    f"{place} is a letter: where it carried an event, that comes in from its source's log"
                )
            what = f"letters/{what.removeprefix(_LETTER)}"
        try:
            done = gateway.post(f"parked/{follower}/{what}/{act}", {"reason": reason})
        except Refused as refused:
            failed += 1
            click.echo(f"{place}: {refused.message}", err=True)
        else:
            said = f"{done['state']}{', as before' if done['repeated'] else ''}"
            click.echo(json.dumps(done, ensure_ascii=False) if as_json else f"{place}: {said}")
    if failed:
        sys.exit(1)


def _listed(gateway: Client, follower: str, settled: bool) -> Iterator[dict[str, Any]]:
    after = ""
    while True:
        page = gateway.get(f"parked/{follower}", {"after": after, "limit": 1000, "state": "all" if settled else "open"})
        for item in page["items"]:
            yield {**item, "follower": follower}
        if page["next"] is None:
            return
        after = ":".join(map(str, page["next"]))


def _place(place: str) -> tuple[str, str]:
    follower, _, what = place.partition("/")
    if follower not in FOLLOWERS or ":" not in what:
        raise click.UsageError(f"{place} is no place: <follower>/<source>:<number>, as `paizhu bus parked` lists them")
    return follower, what


def _when(microseconds: int) -> str:
    return f"{datetime.fromtimestamp(microseconds / 1e6, UTC):%Y-%m-%d %H:%M:%S}Z"
