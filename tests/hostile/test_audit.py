"""A superuser changes one thing in a database: `audit verify` names it, and nothing else.

Events, checkpoints, digests, receipts, parked events, marks of the intake, names, heads, grants, triggers, owners and
roles: each kind once and more, drawn by seed. `make hostile` runs a thousand of the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.kit.audit.changes import Change, Ground, ground
from tests.kit.audit.changes_of_rows import RECEIPTS, TREES
from tests.kit.audit.drawing import drawn

SEED = "17"


@pytest.fixture(scope="module")
def found(postgres_server: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    with ground(postgres_server.url, tmp_path_factory.mktemp("ground")) as made:
        yield made


def test_a_change_of_every_kind_is_named_and_nothing_else(found: Ground) -> None:
    assert found.verify() == []
    wrong = [said for change in drawn(found, SEED, 30) if (said := found.judged(change))]
    assert wrong == []
    assert found.verify() == []


def test_what_a_deleted_event_had_taken_in_is_not_called_left_out(found: Ground) -> None:
    sql = "select position from log.events where line::json->>'causation' like 'allocation:%' order by 1"
    ((position,), *_) = found.rows("attendance", sql)
    change = Change(
        "event", "attendance", f"delete from log.events where position = {position}", frozenset({"position_missing"}),
        position, None, TREES | RECEIPTS, ("log.events",),
    )  # fmt: skip
    assert found.judged(change) == ""
