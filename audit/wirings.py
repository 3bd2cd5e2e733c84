"""The wirings of the services: how a log's events are read and what its read models are. Nothing of them runs."""

from __future__ import annotations

from importlib import import_module

from kernel.service import Service


def service_named(name: str) -> Service:
    """The wiring of one service, imported when it is needed."""
    service: Service = import_module(f"services.{name}.wiring").SERVICE
    return service
