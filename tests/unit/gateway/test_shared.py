"""One reading for all who want the same; readings of others go on beside it, so many at a time."""

from __future__ import annotations

import threading
from functools import partial
from typing import Any

import pytest

from gateway.console.reading import Reading
from gateway.console.shared import Shared
from kernel.errors import Busy
from kernel.messages import Actor
from tests.kit.waiting import BOUND, eventually


class Library:
    """Readings that end when the test says so; ``begun`` are their keys, in order."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.leave = threading.Semaphore(0)
        self.got: list[tuple[str, str]] = []
        self.threads: list[threading.Thread] = []
        self.now = 0.0
        self.shared: Shared[str] = Shared(2.0, 4, lambda: self.now)

    def read(self, key: str) -> str:
        self.begun.append(key)
        assert self.leave.acquire(timeout=BOUND)
        return f"{key}{len(self.begun)}"

    def look(self, key: str) -> None:
        thread = threading.Thread(target=lambda: self.got.append((key, self.shared.get(key, lambda: self.read(key)))))
        self.threads.append(thread)
        thread.start()

    def home(self) -> None:
        for thread in self.threads:
            thread.join(BOUND)


def test_twelve_who_want_the_same_wait_for_one_reading() -> None:
    library = Library()
    for _ in range(12):
        library.look("a")
    assert eventually(lambda: library.begun) == ["a"]
    library.leave.release()
    library.home()
    assert library.got == [("a", "a1")] * 12
    library.now = 2.0
    assert library.shared.get("a", lambda: "new") == "a1"
    library.now = 2.1
    assert library.shared.get("a", lambda: "new") == "new"


def test_twelve_who_want_different_things_are_read_for_four_at_a_time() -> None:
    library = Library()
    keys = [chr(ord("a") + number) for number in range(12)]
    for key in keys:
        library.look(key)
    assert eventually(lambda: len(library.begun) == 4)
    for _ in keys:
        library.leave.release()
    library.home()
    assert sorted(key for key, _ in library.got) == sorted(library.begun) == keys


def test_a_reading_that_failed_fails_for_those_who_waited_and_is_not_kept() -> None:
    shared: Shared[str] = Shared(2.0, 1, lambda: 0.0)

    def fall() -> str:
        raise Busy("away", accepted="later")

    for _ in range(2):
        with pytest.raises(Busy):
            shared.get("a", fall)
    assert shared.get("a", lambda: "well") == "well"


def test_many_keys_are_not_kept_for_ever() -> None:
    shared: Shared[int] = Shared(2.0, 1, lambda: 0.0)
    for number in range(1000):
        assert shared.get(number, partial(int, number)) == number
    assert (shared.get(0, partial(int, 7)), shared.get(999, partial(int, 7))) == (7, 999)


class Services:
    """Answers every question of the page with nothing and counts them by asker."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []

    def __call__(self, service: str, method: str, request: Any) -> dict[str, Any]:
        self.asked.append((method, request.get("actor", {}).get("person", "")))
        if method == "query":
            return {"items": [], "next": None}
        tree = ("signed", "signed_at", "unsigned_for", "witnessed", "unwitnessed_for", "rule", "witnesses")
        return {"lines": [], "head": 0, "taken_in": {}} | dict.fromkeys(tree, 0)

    def heads(self) -> dict[str, Any]:
        return {"taken_in": {}, "cities": {}}


def test_what_every_viewer_sees_alike_is_read_once_and_who_reaches_otherwise_has_a_reading_of_its_own() -> None:
    services = Services()
    reading = Reading(services, services, lambda: 0.0)
    viewers = [
        Actor("p-1", "q", "o", "city_org", ("2107",)),
        Actor("p-2", "q", "o", "city_org", ("2107",)),
        Actor("p-3", "q", "o", "city_org", ("2108",)),
        Actor("p-4", "q", "o", "city_org", ("2108",), ("U01",)),
    ]
    facts = [reading.facts(viewer) for viewer in viewers]
    assert facts[0] is facts[1]
    assert len({id(found) for found in facts}) == 3
    assert sum(method != "query" for method, _ in services.asked) == 3 * 4  # tree, head and last events of each log
    assert {who for method, who in services.asked if method == "query"} == {"p-1", "p-3", "p-4"}
