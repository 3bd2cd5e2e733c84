"""``paizhu subscribe``: a city's subscriber as a program of its own, and the account of what it received."""

from __future__ import annotations

import json
import os
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, NoReturn
from urllib.parse import urlsplit

import click

from gateway.feeds.fetching import FeedAway, FeedRefused, HttpFeed
from gateway.feeds.kept import Conflict, ForeignStore, Kept
from gateway.feeds.printing import Printing
from gateway.feeds.subscriber import BrokerRefused, Subscriber
from kernel import logs
from kernel.backoff import stop_on_signals
from kernel.codec import canonical

ALARM: Final = 3
"""The exit status where the feed and what is kept contradict each other."""


class _Refused(click.ClickException):
    """The feed gives nothing to this holder."""


@click.command("subscribe")
@click.option("--city", required=True, help="The city's 4-digit division code.")
@click.option("--feed", "url", required=True, help="The gateway's URL.")
@click.option("--store", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The file to keep it in.")
@click.option(
    "--amqp", envvar="PAIZHU_AMQP", default="", help="The broker, as the city's own user [PAIZHU_AMQP]; else HTTP only."
)
@click.option("--token", envvar="PAIZHU_TOKEN", default="", help="A token of the city [PAIZHU_TOKEN].")
@click.option("--quiet", default=5.0, show_default=True, help="Seconds of silence before the HTTP feed is asked.")
@click.option("--print", "printing", is_flag=True, help="Print every event, once it is kept, as a line of JSON.")
@click.option("--report", is_flag=True, help="Print what was received as JSON and end.")
def command(
    city: str, url: str, store: Path, amqp: str, token: str, quiet: float, printing: bool, report: bool
) -> None:
    """Receive the public events of one city until SIGTERM; nothing is lost or applied twice, kill -9 included.

    With a broker it listens there and fetches from the HTTP feed what the broker lost; without one it lives on the
    HTTP feed alone. The same store may go on in either way.

    Exit status 3 is the alarm: the feed and the store contradict each other, by another event under a known number or
    a number past the feed's head. Both are kept, and --report names them.
    """
    if not token:
        raise click.UsageError("a token of the city is needed: PAIZHU_TOKEN")
    if not (city.isascii() and city.isdigit() and len(city) == 4):
        raise click.BadParameter(f"{city} is no city: four digits", param_hint="--city")
    if not _address(url, "http", "https"):
        message = f"{url} is no address of a gateway: http://HOST or https://HOST, as the province gave it"
        raise click.BadParameter(message, param_hint="--feed")
    if amqp and not _address(amqp, "amqp", "amqps"):
        message = "the broker's address begins with amqp:// or amqps:// and names a host"
        raise click.BadParameter(message, param_hint="--amqp")
    made = not store.exists()
    try:
        kept = Kept(store, city)
    except ForeignStore as other:
        message = f"{store} is another city's store: {other}; name a file of its own for {city}"
        raise click.BadParameter(message, param_hint="--store") from None
    except (sqlite3.Error, OSError) as error:
        raise click.ClickException(f"{store} cannot be used as the store: {error}") from None
    try:
        feed = HttpFeed(url, city, token)
        if report:
            account = _account(feed, kept)
            click.echo(json.dumps(account))
            _end(bool(account["alarms"]))
        _admitted(feed)
        logs.configure(f"subscriber {city}")
        stop = stop_on_signals()
        took: Callable[[], None] = Printing(kept, sys.stdout, stop) if printing else lambda: None
        took()  # what an earlier run kept and could not print any more
        subscriber = Subscriber(kept, feed, amqp, stop, quiet, took)
        subscriber.run()
        alarmed = subscriber.alarmed or bool(kept.conflicts)
    except _Refused:
        if made and not kept.highest:  # of a city mistyped once the file would be for ever
            kept.close()
            store.unlink()
        raise
    except BrokerRefused:
        raise click.ClickException(_login(amqp)) from None
    finally:
        kept.close()
    if printing:
        _leave_quietly()
    _end(alarmed)


def _address(url: str, *schemes: str) -> bool:
    """Whether ``url`` names a host in one of ``schemes``: what does not, no waiting mends."""
    try:
        parts = urlsplit(url)
        return parts.scheme in schemes and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _end(alarmed: bool) -> NoReturn:
    sys.exit(ALARM if alarmed else 0)


def _account(feed: HttpFeed, kept: Kept) -> dict[str, Any]:
    """What is kept, held against the whole of the feed.

    Raises:
        click.ClickException: the feed refuses (_Refused), or does not answer.
    """
    contradicting: frozenset[Conflict] = frozenset()
    after = 0
    try:
        while True:
            highest = kept.highest  # a subscriber at work may be given more than this page knows of
            page = feed.page(after)
            contradicting |= kept.contradicting(map(canonical, page["items"]))
            if page["next"] in (after, page["head"]):
                return kept.report(page["head"], contradicting, highest)
            after = page["next"]
    except FeedRefused as refused:
        raise _refusal(feed, refused) from None
    except FeedAway as away:
        raise click.ClickException(f"the feed at {feed.url} does not answer: {away}") from None


def _admitted(feed: HttpFeed) -> None:
    """Ask whether the feed takes this token and city; one that is away need not answer yet.

    Raises:
        _Refused: it refuses, which no waiting mends.
    """
    try:
        feed.page(0, 1)
    except FeedRefused as refused:
        raise _refusal(feed, refused) from None
    except FeedAway:
        return


def _refusal(feed: HttpFeed, refused: FeedRefused) -> _Refused:
    return _Refused(f"the feed at {feed.url} refuses: {refused}")


def _login(amqp: str) -> str:
    broker = urlsplit(amqp)
    return (
        f"the broker at {broker.hostname} refuses the user {broker.username or 'guest'} with this password: put those"
        " the province gave into PAIZHU_AMQP, percent-encoded; without it the HTTP feed alone does"
    )


def _leave_quietly() -> None:
    """Close a standard output that nobody reads, so that the interpreter raises no error over it when it ends."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    command()
