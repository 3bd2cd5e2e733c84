"""Events of another service as a follower gets them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from kernel.messages import Recorded
from kernel.service import Received


def foreign(
    source: str,
    kind: str,
    on: str,
    data: Mapping[str, Any],
    *,
    position: int = 1,
    stream: str = "s",
    schema: int = 1,
    areas: tuple[str, ...] = (),
    profile: str | None = None,
) -> Received:
    """The event ``kind`` that ``source`` recorded, of the day ``on`` (ISO 8601)."""
    recorded = Recorded(
        position=position,
        stream=stream,
        version=1,
        type=kind,
        schema=schema,
        occurred_on=date.fromisoformat(on),
        recorded_at=1,
        actor={},
        areas=areas,
        programme=None,
        profile=profile,
        notice=None,
        clause=None,
        correlation="k",
        causation="",
        command="c",
        data=data,
    )
    return Received(source, recorded)
