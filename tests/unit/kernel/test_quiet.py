"""What is said often is written so many times and counted: by value on a given clock, and through a real process."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable

from kernel.quiet import Quiet


class Hours:
    """A clock, and what was to be done later; ``said`` are the numbers told, with their kinds."""

    def __init__(self) -> None:
        self.now = 100.0
        self.due: list[tuple[float, Callable[[], None]]] = []
        self.said: list[tuple[str, int]] = []
        self.quiet = Quiet(3, 10.0, lambda: self.now, lambda seconds, do: self.due.append((self.now + seconds, do)))

    def line(self, kind: str) -> bool:
        return self.quiet.admits(kind, lambda number: self.said.append((kind, number)))

    def until(self, when: float) -> None:
        self.now = when
        for due in [one for one in self.due if one[0] <= when]:
            self.due.remove(due)
            due[1]()


def test_lines_of_a_kind_are_written_so_often_and_the_rest_is_one_number_an_interval() -> None:
    hours = Hours()
    assert [hours.line("a") for _ in range(7)] == [True, True, True, False, False, False, False]
    assert [hours.line("b") for _ in range(2)] == [True, True]
    hours.now = 109.0
    assert not hours.line("a")
    assert (hours.said, len(hours.due)) == ([], 1)
    hours.until(110.0)
    assert hours.said == [("a", 5)]
    # The next interval begins with the next line, and is written and counted as the first.
    hours.now = 111.0
    assert [hours.line("a") for _ in range(4)] == [True, True, True, False]
    assert hours.line("b")
    hours.until(121.0)
    assert hours.said == [("a", 5), ("a", 1)]
    hours.until(500.0)
    assert len(hours.said) == 2


def test_every_line_is_written_or_counted_once() -> None:
    hours = Hours()
    written = 0
    for number in range(500):
        hours.until(100.0 + number * 0.7)
        written += hours.line("a")
    hours.until(9_999.0)
    assert written + sum(number for _, number in hours.said) == 500
    assert written < 250


FLOOD = """
import logging
from kernel import logs
from kernel.quiet import Quiet
due = []
logs.configure("toy", "info", Quiet(2, later=lambda seconds, do: due.append(do)))
said, library = logs.get("api"), logging.getLogger("library")
for number in range(50):
    said.info("answered", route="none", status=401, correlation=f"c-{number}")
    said.info("answered", route="none", status=404, correlation=f"c-{number}")
    said.warning("answered", route="none", status=500, correlation=f"c-{number}")
    said.error("unexpected", number=number)
    library.warning("slow %s", number)
    library.error("broken %s", number)
for do in due:
    do()
"""


def test_a_flood_is_counted_and_errors_of_ours_are_all_written() -> None:
    done = subprocess.run([sys.executable, "-c", FLOOD], capture_output=True, text=True, check=True)
    lines = [json.loads(line) for line in done.stderr.splitlines()]

    def of(**about: object) -> list[dict[str, object]]:
        return [line for line in lines if about.items() <= line.items()]

    for status in (401, 404):
        *written, count = of(event="answered", status=status)
        assert [line["correlation"] for line in written] == ["c-0", "c-1"]
        assert (count["suppressed"], count["route"], count["room"], count["level"]) == (48, "none", "api", "info")
    assert len(of(event="answered", status=500)) == len(of(event="unexpected")) == 50
    assert len([line for line in lines if str(line["event"]).startswith("slow")]) == 2
    assert len([line for line in lines if str(line["event"]).startswith("broken")]) == 50
    (count,) = of(event="said often")
    assert (count["suppressed"], count["library"], count["level"]) == (48, "library", "warning")
    assert len(lines) == 2 * 3 + 100 + 2 + 50 + 1
