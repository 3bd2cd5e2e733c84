"""``paizhu subscribe``: a city's subscriber as a program of its own, and the account of what it received."""

from __future__ import annotations

import json
import os
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path

import click

from gateway.feeds.fetching import FeedAway, FeedRefused, HttpFeed
from gateway.feeds.kept import Kept
from gateway.feeds.printing import Printing
from gateway.feeds.subscriber import Subscriber
from kernel import logs
from kernel.backoff import stop_on_signals


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
    HTTP feed. The same store may go on in either way.
    """
    if not token:
        raise click.UsageError("a token of the city is needed: PAIZHU_TOKEN")
    if not (city.isascii() and city.isdigit() and len(city) == 4):
        raise click.BadParameter(f"{city} is no city: four digits", param_hint="--city")
    if amqp and not amqp.startswith(("amqp://", "amqps://")):
        raise click.BadParameter("the broker's address begins with amqp:// or amqps://", param_hint="--amqp")
    try:
        kept = Kept(store, city)
    except (sqlite3.Error, OSError) as error:
        raise click.ClickException(f"{store} cannot be used as the store: {error}") from None
    try:
        feed = HttpFeed(url, city, token)
        head = _head(feed, kept, must=report)
        if report:
            click.echo(json.dumps(kept.report(head)))
            return
        logs.configure(f"subscriber {city}")
        stop = stop_on_signals()
        took: Callable[[], None] = Printing(kept, sys.stdout, stop) if printing else lambda: None
        took()  # what an earlier run kept and could not print any more
        Subscriber(kept, feed, amqp, stop, quiet, took).run()
    finally:
        kept.close()
    if printing:
        _leave_quietly()


def _head(feed: HttpFeed, kept: Kept, must: bool) -> int:
    """The feed's last sequence, 0 where it is away and need not answer yet.

    Raises:
        click.ClickException: the feed refuses this token or city, which no waiting mends.
    """
    try:
        return int(feed.page(kept.whole, 1)["head"])
    except FeedRefused as refused:
        raise click.ClickException(f"the feed at {feed.url} refuses: {refused}") from None
    except FeedAway as away:
        if must:
            raise click.ClickException(f"the feed at {feed.url} does not answer: {away}") from None
        return 0


def _leave_quietly() -> None:
    """Close a standard output that nobody reads, so that the interpreter raises no error over it when it ends."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    command()
