"""An item of a feed: a public event as CloudEvents 1.0 structured JSON.

The id is ``<service>:<position>``, the same for every city the event concerns; ``sequence`` (CloudEvents sequence
extension) counts the city's own items from 1 without a gap. The other extension attributes are ours.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from gateway.feeds import contract
from kernel.codec import canonical
from kernel.service import Received

MEDIA_TYPE = "application/cloudevents+json"


def sequence_text(sequence: int) -> str:
    """A sequence number as text that sorts as the number does."""
    return f"{sequence:012d}"


def cloud_event(received: Received, city: str, sequence: int, province: str) -> bytes:
    """The item number ``sequence`` of ``city`` for a public event: canonical JSON."""
    recorded = received.recorded
    event: dict[str, Any] = {
        "specversion": "1.0",
        "id": received.id,
        "source": f"/paizhu/{province}/{received.source}",
        "type": f"{received.source}.{recorded.type}.v{recorded.schema}",
        "subject": recorded.stream,
        "time": _time(recorded.recorded_at),
        "datacontenttype": "application/json",
        "sequence": sequence_text(sequence),
        "city": city,
        "areas": ",".join(recorded.areas),
        "occurredon": recorded.occurred_on.isoformat(),
        "data": contract.masked(received.source, recorded.type, recorded.data),
    }
    # Attributes have no null in CloudEvents: what is not known is left out.
    for name in ("programme", "profile", "notice", "clause"):
        if (value := getattr(recorded, name)) is not None:
            event[name] = value
    return canonical(event)


def _time(microseconds: int) -> str:
    seconds, rest = divmod(microseconds, 1_000_000)
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%S}.{rest:06d}Z"
