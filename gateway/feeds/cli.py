"""``paizhu subscribe``: a city's subscriber as a program of its own, and the account of what it received."""

from __future__ import annotations

import json
from pathlib import Path

import click

from gateway.feeds.kept import Kept
from gateway.feeds.subscriber import FeedAway, HttpFeed, Subscriber
from kernel import logs
from kernel.backoff import stop_on_signals


@click.command("subscribe")
@click.option("--city", required=True, help="The city's 4-digit division code.")
@click.option("--feed", "url", required=True, help="The gateway's URL.")
@click.option("--store", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The file to keep it in.")
@click.option("--amqp", envvar="PAIZHU_AMQP", default="", help="The broker, as the city's own user [PAIZHU_AMQP].")
@click.option("--token", envvar="PAIZHU_TOKEN", default="", help="A token of the city [PAIZHU_TOKEN].")
@click.option("--quiet", default=5.0, show_default=True, help="Seconds of silence before the HTTP feed is asked.")
@click.option("--report", is_flag=True, help="Print what was received as JSON and end.")
def command(city: str, url: str, store: Path, amqp: str, token: str, quiet: float, report: bool) -> None:
    """Receive the public events of one city until SIGTERM; nothing is lost or applied twice, kill -9 included."""
    kept, feed = Kept(store, city), HttpFeed(url, city, token)
    try:
        if report:
            try:
                head = int(feed.page(kept.whole, 1)["head"])
            except FeedAway as error:
                raise click.ClickException(f"the feed at {url} does not answer: {error}") from None
            click.echo(json.dumps(kept.report(head)))
            return
        if not amqp:
            raise click.UsageError("--amqp or PAIZHU_AMQP is needed to listen")
        logs.configure(f"subscriber {city}")
        Subscriber(kept, feed, amqp, stop_on_signals(), quiet).run()
    finally:
        kept.close()


if __name__ == "__main__":
    command()
