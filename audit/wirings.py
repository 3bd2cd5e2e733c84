"""The wirings of the services: how a log's events are read and what its read models are. Nothing of them runs."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module

from kernel.messages import title_of
from kernel.service import Service
from services import SERVICES


def service_named(name: str) -> Service:
    """The wiring of one service, imported when it is needed."""
    service: Service = import_module(f"services.{name}.wiring").SERVICE
    return service


@cache
def titles(service: str) -> Mapping[str, str]:
    """The Chinese title of each event type of ``service``; none where that is no service of this version."""
    if service not in SERVICES:
        return {}
    return {kind.__name__: title_of(kind) for kind in import_module(f"services.{service}.schemas").EVENTS}
