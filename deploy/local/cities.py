"""What `paizhu status` says about cities that do with their queues what harms themselves."""

from __future__ import annotations

import urllib.request
from collections.abc import Iterator
from typing import Final

from prometheus_client.parser import text_string_to_metric_families

SAID: Final = {
    "delivery_limit": "gave messages back until they were dropped",
    "maxlen": "is away, its oldest messages were dropped",
    "consumers": "subscribed more often than anybody needs, its queue was made anew",
}
_METRIC: Final = "paizhu_city_given_up"


def lines(metrics: str) -> Iterator[str]:
    """A line, in the markup of rich, for each city and reason in the exposition at the address ``metrics``."""
    try:
        with urllib.request.urlopen(metrics, timeout=2) as answer:  # noqa: S310  # an address of our own supervisor
            yield from said(answer.read().decode())
    except (OSError, ValueError):
        yield "cities at the broker: unknown, the public relay does not answer"


def said(exposition: str) -> Iterator[str]:
    """The lines for what the public relay measured since its start."""
    for family in text_string_to_metric_families(exposition):
        for sample in family.samples if family.name == _METRIC else ():
            if sample.name == f"{_METRIC}_total" and sample.value:
                city, reason = sample.labels["city"], sample.labels["reason"]
                did = SAID.get(reason, reason)
                yield f"[bold yellow]city {city}[/] {did}: {int(sample.value):,} (it finds everything in its feed)"
