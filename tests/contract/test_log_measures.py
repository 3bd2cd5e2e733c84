"""What the log on PostgreSQL measures of itself: appends by outcome, events, groups, the head."""

from __future__ import annotations

from typing import Any

import pytest
from prometheus_client import REGISTRY

from kernel.errors import ClaimTaken, Conflict
from kernel.log.postgres import PostgresLog
from kernel.log.sessions import Lost
from tests.kit.log.probe import counted, named


def measured(name: str, **labels: str) -> float:
    return REGISTRY.get_sample_value(name, {"service": "probe", **labels}) or 0.0


NAMES = {
    "stored": ("paizhu_log_appends_total", {"outcome": "stored"}),
    "repeated": ("paizhu_log_appends_total", {"outcome": "repeated"}),
    "conflict": ("paizhu_log_appends_total", {"outcome": "conflict"}),
    "refused": ("paizhu_log_appends_total", {"outcome": "refused"}),
    "failed": ("paizhu_log_appends_total", {"outcome": "failed"}),
    "events": ("paizhu_log_events_total", {}),
    "commits": ("paizhu_log_group_size_count", {}),
    "committed": ("paizhu_log_group_size_sum", {}),
    "groups": ("paizhu_log_append_seconds_count", {}),
}


def all_of_it() -> dict[str, float]:
    return {key: measured(name, **labels) for key, (name, labels) in NAMES.items()}


def test_appends_are_counted_by_outcome(postgres_log: PostgresLog) -> None:
    before = all_of_it()
    postgres_log.append(counted("c-1", "a/1", 0, 1, 2))
    postgres_log.append(counted("c-1", "a/1", 0, 1, 2))
    postgres_log.append(named("c-2", "a/2", 0, "n"))
    postgres_log.append_all([counted("c-3", "a/3", 0, 3), counted("c-4", "a/4", 0, 4)])
    with pytest.raises(Conflict):
        postgres_log.append(counted("c-5", "a/1", 0, 5))
    with pytest.raises(ClaimTaken):
        postgres_log.append(named("c-6", "a/6", 0, "n"))
    with pytest.raises(ValueError, match="line break"):
        postgres_log.append(counted("c-7", "a\n7", 0, 7))

    assert {key: value - before[key] for key, value in all_of_it().items()} == {
        "stored": 4,
        "repeated": 1,
        "conflict": 1,
        "refused": 1,
        "failed": 1,
        "events": 5,
        "commits": 3,
        "committed": 4,
        "groups": 7,
    }
    assert measured("paizhu_log_head") == 5


def test_an_append_that_is_sent_again_counts_once(postgres_log: PostgresLog, monkeypatch: pytest.MonkeyPatch) -> None:
    before = all_of_it()
    real, tries = postgres_log._writer.tell, []

    def tell(sql: bytes) -> Any:
        tries.append(sql)
        if len(tries) == 1:
            postgres_log._writer.close()
            raise Lost("gone")
        return real(sql)

    monkeypatch.setattr(postgres_log._writer, "tell", tell)
    postgres_log.append(counted("c-1", "a/1", 0, 1))
    after = all_of_it()
    assert (after["stored"] - before["stored"], after["commits"] - before["commits"]) == (1, 1)
