"""Officials read words: every column of every read model has one, so that no page shows a key."""

from __future__ import annotations

import importlib

import pytest

from gateway.console.cells import heading
from services import SERVICES


@pytest.mark.parametrize("service", SERVICES)
def test_every_column_of_a_read_model_has_its_word(service: str) -> None:
    tables = importlib.import_module(f"services.{service}.wiring").SERVICE.tables
    wordless = {
        f"{table.name}.{name}" for table in tables for name in (*table.key, *table.columns) if heading(name) == name
    }
    assert wordless == set()
