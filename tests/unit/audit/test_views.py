"""Laws of views: a fork is two views at once, and memory follows rows."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import repeat

from hypothesis import given
from hypothesis import strategies as st

from audit.history.cut import Cut
from audit.history.views import Fork, folded, writing
from audit.history.walk import Walk
from kernel.projection import Op, Rows, Table
from services.attendance.register.register import AttendanceRegistered
from services.attendance.wiring import SERVICE
from tests.kit.audit.annals import Annals

PLACES = Table("places", {"place": "text"}, {"holder": "text", "count": "int"})
DAYS = Table("days", {"place": "text", "day": "int"}, {"note": "text"})

keys = st.sampled_from("abc")
values = st.sampled_from(["", "x", "y"])
operations: st.SearchStrategy[Op] = st.one_of(
    st.builds(lambda k, v: PLACES.put(k, holder=v), keys, values),
    st.builds(lambda k, n: PLACES.add(k, count=n), keys, st.integers(-1, 1)),
    st.builds(PLACES.drop, keys),
    st.builds(lambda k, d, v: DAYS.put(k, d, note=v), keys, st.integers(1, 2), values),
    st.builds(DAYS.drop, keys, st.integers(1, 2)),
)


@given(st.lists(st.tuples(st.booleans(), st.lists(operations, max_size=3)), max_size=30))
def test_a_fork_is_the_difference_of_two_views_folded_apart(history: list[tuple[bool, list[Op]]]) -> None:
    earlier, later, fork = Rows(), Rows(), Fork()
    for between, ops in history:
        later.apply(ops)
        if between:
            fork.later(ops)
        else:
            earlier.apply(ops)
            fork.both(ops)
    expected = []
    for table in (DAYS, PLACES):
        before, after = (rows.tables.get(table.name, {}) for rows in (earlier, later))
        for key in sorted(before.keys() | after.keys()):
            if before.get(key) != after.get(key):
                expected.append((table, key, before.get(key), after.get(key)))
    assert [(c.table, c.key, c.before, c.after) for c in fork.changes()] == expected


def peak(pages: int) -> int:
    """The most memory a view took, in bytes, of so many pages of the same two hundred days."""
    annals = Annals(SERVICE)
    for number in range(200):
        day = date.fromordinal(date(2018, 5, 2).toordinal() + number)
        annals.record(
            day.isoformat(),
            "register/x",
            AttendanceRegistered(
                occurred_on=day, posting="LN2018.210726102207.1", target="210726102207", day=day, registrar="村委会"
            ),
        )
    lines: Sequence[bytes] = annals.log.lines(0, 200)

    def again() -> Iterator[Sequence[bytes]]:
        return repeat(lines, pages)

    walk = Walk(SERVICE, again(), (Cut(date(2100, 1, 1)),), gaps=True)
    tracemalloc.start()
    rows = folded(walk, writing(SERVICE, SERVICE.tables))
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (walk.counted, len(rows.tables["days_on_post"])) == (200 * pages, 200)
    return most


def test_memory_follows_the_rows_and_not_the_events() -> None:
    # The lowest of three: what the interpreter itself keeps for a while is not the view's.
    assert min(peak(12) for _ in range(3)) < 1.2 * min(peak(2) for _ in range(3))
