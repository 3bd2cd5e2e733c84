"""Events on their way to the feeds of cities."""

from __future__ import annotations

from datetime import date
from typing import Any

import psycopg2

from kernel.messages import Recorded
from kernel.service import Received

HOSTS = ("210726102207", "211381100201", "210213100200")


def event(position: int, source: str = "personnel", kind: str = "ReplacementDue", host: str | None = None) -> Received:
    """A public event of one of three cities in turn."""
    target = host or HOSTS[position % 3]
    data = {"posting": f"p-{position}", "unit": "u-1", "target": target, "person": "p"}
    envelope: dict[str, Any] = {"programme": "LN2018", "profile": "LN2018:1", "notice": "N", "clause": "C"}
    actor = {"person": "p", "post": "q", "organ": "o"}
    rest: dict[str, Any] = {
        "correlation": "k",
        "causation": "",
        "command": f"c-{position}",
        "data": data,
        "areas": (target,),
    }
    when: dict[str, Any] = {"occurred_on": date(2018, 6, 1), "recorded_at": 1_530_000_000_000_000 + position}
    stream = f"posting/{position}"
    recorded = Recorded(
        position=position, stream=stream, version=1, type=kind, schema=1, actor=actor, **envelope, **rest, **when
    )
    return Received(source, recorded)


def items(
    url: str, sql: str = "select city, sequence, source, source_position from feed.items order by position"
) -> Any:
    connection = psycopg2.connect(url)
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall() if cursor.description else None
    finally:
        connection.close()
