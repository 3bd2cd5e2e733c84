"""The benches are run by hand, so that they can still be run is asked here."""

from __future__ import annotations

from importlib import import_module


def test_every_bench_can_be_imported() -> None:
    assert "log" in import_module("bench.__main__").BENCHES
    assert import_module("bench.producers")
    assert import_module("bench.reading")
