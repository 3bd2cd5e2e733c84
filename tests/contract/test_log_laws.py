"""Whatever commands come in whatever order, both stores answer alike and the log's promises hold."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kernel.errors import ClaimTaken, Conflict, Reused
from kernel.log import Append, Draft, Receipt, commit, statements
from kernel.log.memory import MemoryLog
from kernel.log.sessions import Writer
from kernel.projection import Rows
from tests.kit.databases import Database
from tests.kit.log.probe import (
    COUNTS,
    DAY,
    NAMES,
    TYPES,
    AnyLog,
    Clock,
    Counted,
    Named,
    Poison,
    Unnamed,
    append,
    emptied,
    project,
    rows,
)

STREAMS = ("a/1", "a/2", "b/1")
EVENTS = st.one_of(
    st.builds(Counted, occurred_on=st.just(DAY), amount=st.integers(-(2**40), 2**40)),
    st.builds(Named, occurred_on=st.just(DAY), name=st.sampled_from("甲乙")),
    st.builds(Unnamed, occurred_on=st.just(DAY), name=st.sampled_from("甲乙")),
    st.just(Poison(occurred_on=DAY, how="raise")),
)
DRAFTS = st.lists(st.builds(Draft, st.sampled_from(STREAMS), EVENTS), max_size=3)


@st.composite
def commands(draw: st.DrawFn) -> Callable[[dict[str, int], int], Append]:
    """A command that mostly expects what is there, sometimes not; with ids that come again and sources that skip."""
    number, drafts = draw(st.integers(0, 12)), draw(DRAFTS)
    off = draw(st.sampled_from([0, 0, 0, 1, -1]))
    digest = draw(st.sampled_from([b"d", b"d", b"d", b"e"]))
    source = draw(st.sampled_from([None, None, 1, 1, 0, 2]))

    def made(versions: dict[str, int], taken: int) -> Append:
        expects = {d.stream: max(0, versions.get(d.stream, 0) + off) for d in drafts}
        taken_in = None if source is None else ("s", taken + source)
        return append(f"c-{number}", expects, *drafts, digest=digest, taken_in=taken_in)

    return made


def answer(log: AnyLog, items: list[Append]) -> object:
    """The receipts, or what is to be known of the refusal."""
    try:
        return log.append_all(items)
    except Conflict as conflict:
        return conflict.streams
    except ClaimTaken as taken:
        return taken.key, taken.stream
    except (Reused, ZeroDivisionError) as error:
        return type(error)


@pytest.mark.parametrize(
    ("at_once", "copies"), [(2_000, True), (0, True), (0, False)], ids=["as one text", "copied in", "in pieces"]
)
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(commands(), min_size=1, max_size=3), max_size=12))
def test_both_stores_answer_alike_and_keep_their_promises(
    log_database: Database,
    monkeypatch: pytest.MonkeyPatch,
    at_once: int,
    copies: bool,
    batches: list[list[Callable[[dict[str, int], int], Append]]],
) -> None:
    """Also where every batch counts as a large one, and goes event by event."""
    monkeypatch.setattr(commit, "_AT_ONCE", at_once)
    monkeypatch.setattr(statements, "PART", 1)
    monkeypatch.setattr(Writer, "copies", staticmethod(lambda: copies))
    clock = Clock()
    memory, postgres = MemoryLog("probe", TYPES, project, clock), emptied(log_database, clock)
    try:
        versions: dict[str, int] = {}
        for batch in batches:
            clock.now += 7
            items = [made(versions, memory.taken_in().get("s", 0)) for made in batch]
            before = memory.head(), memory.lines(0, 1_000)
            outcome = answer(memory, items)
            assert answer(postgres, items) == outcome
            if isinstance(outcome, list):
                for receipt in outcome:
                    if not receipt.repeated:
                        assert isinstance(receipt, Receipt)
                        versions |= receipt.streams
            else:
                assert (memory.head(), memory.lines(0, 1_000)) == before
        check(memory)
        assert postgres.lines(0, 1_000) == memory.lines(0, 1_000)
        stored = postgres.rows("select leaf from log.events order by position")
        assert [bytes(row["leaf"]) for row in stored] == [event.leaf for event in memory._events]
        assert postgres.head() == memory.head()
        assert postgres.taken_in() == memory.taken_in()
        for table in (COUNTS, NAMES):
            assert rows(postgres, table) == rows(memory, table)
    finally:
        postgres.close()


def check(log: MemoryLog) -> None:
    """Positions and versions without gap, claims of one stream each, leaves of the lines, read models equal replay."""
    lines = [orjson.loads(line) for line in log.lines(0, 1_000)]
    assert [line["position"] for line in lines] == list(range(1, log.head()[0] + 1))
    versions: dict[str, list[int]] = {}
    holders: dict[str, set[str]] = {}
    for line in lines:
        versions.setdefault(line["stream"], []).append(line["version"])
        if line["type"] == "Named":
            holders.setdefault(line["data"]["name"], set()).add(line["stream"])
    assert all(found == list(range(1, len(found) + 1)) for found in versions.values())
    assert all(len(streams) == 1 for streams in holders.values())
    assert [e.leaf for e in log._events] == [hashlib.sha256(b"\0" + line).digest() for line in log.lines(0, 1_000)]
    again = Rows()
    for recorded in log.read():
        again.apply(project(recorded))
    assert all(again.of(table) == log.tables.of(table) for table in (COUNTS, NAMES))
