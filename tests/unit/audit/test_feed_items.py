"""Items of feeds against lines, where no database is needed: types made public later, and lines of no form."""

from __future__ import annotations

from collections.abc import Iterable

import orjson
import pytest

from audit.feed_tables import Item
from audit.feeds import Items
from audit.findings import Findings
from audit.sources import Row
from gateway.feeds import contract
from gateway.feeds.item import cloud_event
from kernel.codec import recorded
from kernel.service import Received
from services.personnel.wiring import SERVICE
from tests.kit.audit.annals import Annals
from tests.kit.golden import GOLDEN, decoded

CITIES = ("2102", "2113")


def lines(kind: str, count: int) -> list[bytes]:
    """A log of ``count`` events of one type."""
    annals = Annals(SERVICE)
    for _ in range(count):
        annals.record("2003-08-01", "archive/LN2002.p", decoded(GOLDEN / "personnel" / f"{kind}.v1.json"))
    return annals.log.lines(0, count)


def items(log: list[bytes], positions: Iterable[int]) -> list[Item]:
    """What the feeds hold of the events at ``positions``."""
    found = []
    for number, position in enumerate(positions, 1):
        received = Received("personnel", recorded(log[position - 1]))
        key = f"{received.recorded.type}.v1"
        for city in CITIES:
            body = cloud_event(received, city, number, "21").decode()
            found.append(Item(position, city, number, f"{city}.personnel.{key}", body))
    return found


def judged(log: list[bytes], stored: list[Item]) -> set[tuple[str, int | None]]:
    """What is found of a log taken in whole."""
    findings = Findings()
    looking = Items("personnel", iter(stored), len(log), {}, ("21", CITIES), findings)
    events = [orjson.loads(line) for line in log]
    rows = [
        Row(e["position"], e["stream"], e["version"], e["type"], line, None)
        for e, line in zip(events, log, strict=True)
    ]
    looking.page(rows, events)
    looking.finish(len(log))
    return {(finding.code, finding.position) for finding in findings}


@pytest.mark.parametrize(
    ("kind", "missing"),
    [("ArchiveItemWithdrawn", set()), ("FiledInArchive", {("item_missing", 1), ("item_missing", 2)})],
)
def test_before_its_first_item_an_event_of_a_type_made_public_later_needs_none(
    kind: str, missing: set[tuple[str, int]]
) -> None:
    assert (f"personnel.{kind}" in contract.LATER) == (not missing)
    log = lines(kind, 5)
    assert judged(log, items(log, (3, 4, 5))) == missing
    assert judged(log, items(log, (3, 5))) == {*missing, ("item_missing", 4)}
    assert judged(log, items(log, range(1, 6))) == set()


def test_what_was_made_public_later_is_public() -> None:
    assert set(contract.PUBLIC) >= contract.LATER


@pytest.mark.parametrize("data", [[], {"leg": 1}, None])
def test_a_line_of_no_form_ends_nothing(data: object) -> None:
    """Where line and leaf were changed together the trees say so; items are made of no such line."""
    log = lines("FiledInArchive", 2)
    stored = items(log, (1, 2))
    log[0] = orjson.dumps({**orjson.loads(log[0]), "data": data, "areas": 7}, option=orjson.OPT_SORT_KEYS)
    assert judged(log, stored) <= {("item_differs", 1), ("item_foreign", 1)}
