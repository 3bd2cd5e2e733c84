"""Cost without right, at the door: who asks without end, or without a token, costs nobody else an answer, and neither
the log of events nor the logs of processes grow with it. All in one process, clocks given, personnel on a real log.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any, Final

import pytest

from gateway.api import Api
from gateway.console.door import ConsoleDoor
from gateway.console.pages import Pages
from gateway.console.reading import Reading
from gateway.exchange import Request
from gateway.toll import Toll
from gateway.waiting import InTurn, Limited
from kernel.door_refusals import TOKEN_MISSING
from kernel.messages import Actor
from kernel.testing import actor
from services.personnel.wiring import SERVICE
from tests.kit.allocation import said
from tests.kit.desk import Desk
from tests.kit.personnel.posted import posted
from tests.kit.waiting import BOUND, eventually

HOLDERS: Final = {
    "loud": actor("county_org", person="p-loud", areas=("210727",)),
    "quiet": actor("county_org", person="p-quiet", areas=("210727",)),
    "auditor": actor("auditor", person="a-1", areas=("21",)),
}
LEDGER: Final = "/api/v1/personnel/ledger"


def verify(header: str | None) -> Actor:
    if header is None:
        raise TOKEN_MISSING()
    return HOLDERS[header.removeprefix("Bearer ")]


def get(api: Api, path: str, who: str, **query: str) -> tuple[int, Any]:
    """(status, what was answered or Retry-After)."""
    reply = api.answer(Request("GET", path, {"authorization": f"Bearer {who}"}, query, address="203.0.113.7"), "k")
    if reply.status == 429:
        return 429, int(reply.headers["Retry-After"])
    return reply.status, json.loads(reply.body)


@pytest.fixture(scope="module")
def office(open_desk: Callable[..., Desk]) -> Desk:
    desk = open_desk(SERVICE)
    desk.hear_profiles("LN2018", "JZ", "LN2002")
    desk.hear_of("allocation", said.unit_registered("U01"), said.unit_quota("U01", 1, 2))
    posted(desk)
    return desk


def test_the_ledger_read_over_and_over_is_one_event_and_then_refused(office: Desk) -> None:
    door = office.opened.door

    def services(service: str, method: str, request: Mapping[str, Any]) -> dict[str, Any]:
        return door.query(request)

    api = Api(services, verify, {}, Toll(verify, clock=lambda: 0.0).charge)
    before, head = office.counts().get("PersonalDataRead", 0), office.log.head()[0]
    found = Counter(get(api, LEDGER, "loud", programme="LN2018")[0] for _ in range(425))
    assert found == {200: 120, 429: 305}
    assert office.counts()["PersonalDataRead"] == before + 1
    assert office.log.head()[0] == head + 1
    # Nobody else pays for it, and the audit knows of every reading there was.
    assert len(get(api, LEDGER, "quiet", programme="LN2018")[1]["items"]) == 2
    _, told = get(api, "/api/v1/personnel/access_log", "auditor", reader="p-loud")
    assert [(row["count"], row["again"]) for row in told["items"]] == [(2, 119)]


FLOOD: Final = """
import json, sys
from collections import Counter
from gateway.api import Api
from gateway.exchange import Reply, Request
from gateway.toll import Toll
from kernel import logs
from kernel.door_refusals import TOKEN_MISSING
from kernel.messages import Actor
from kernel.quiet import Quiet

def verify(header):
    if header is None:
        raise TOKEN_MISSING()
    return Actor("p-1", "q", "o", "province_org", ("21",))

due = []
logs.configure("gateway", "info", Quiet(clock=lambda: 0.0, later=lambda seconds, do: due.append(do)))
api = Api(lambda *asked: {"items": [], "next": None}, verify, {}, Toll(verify, clock=lambda: 0.0).charge)

def get(address, **headers):
    return api.answer(Request("GET", "/api/v1/allocation/coverage", headers, address=address), "k").status

found = Counter(get("203.0.113.7") for _ in range(30_103))
many = Counter(get(f"198.51.{n // 250}.{n % 250}") for n in range(12_000))
good = get("203.0.113.7", authorization="Bearer t")
for do in due:
    do()
print(json.dumps([found, many, good, max(map(len, api.charge.__self__._buckets.values()))]))
"""


def test_thirty_thousand_requests_without_a_token_write_next_to_nothing_and_keep_nobody_out() -> None:
    done = subprocess.run([sys.executable, "-c", FLOOD], capture_output=True, text=True, check=True)
    found, many, good, remembered = json.loads(done.stdout)
    assert found == {"401": 100, "429": 30_003}
    assert many == {"401": 12_000}
    assert (good, remembered) == (200, 10_000)
    # Twenty lines of a kind in ten seconds, and one that says how many more there were.
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    assert Counter((line["event"], line["status"]) for line in lines) == {("answered", 401): 21, ("answered", 429): 21}
    counts = {line["status"]: line["suppressed"] for line in lines if "suppressed" in line}
    assert counts == {401: 12_100 - 20, 429: 30_003 - 20}
    assert len(done.stderr) < 42 * 300


class Slow:
    """Services whose answers come when the test lets them; ``begun`` are the subjects given to them, in order."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.leave = threading.Semaphore(0)

    def __call__(self, service: str, method: str, request: Mapping[str, Any]) -> dict[str, Any]:
        self.begun.append(request["actor"]["person"])
        assert self.leave.acquire(timeout=BOUND)
        return {"items": [], "next": None}


def test_sixty_four_clients_of_one_token_keep_another_waiting_for_two_answers_at_most() -> None:
    slow = Slow()
    api = Api(Limited(InTurn(slow, workers=64, patience=BOUND)), verify, {}, Toll(verify).charge)
    found: list[tuple[str, int]] = []

    def come(who: str) -> threading.Thread:
        thread = threading.Thread(target=lambda: found.append((who, get(api, LEDGER, who)[0])))
        thread.start()
        return thread

    threads = [come("loud") for _ in range(64)]
    assert eventually(lambda: slow.begun == ["p-loud"] * 2)
    threads.append(come("quiet"))
    # Not one of the sixty-four has been answered, and it is its turn.
    assert eventually(lambda: slow.begun == ["p-loud"] * 2 + ["p-quiet"])
    for _ in range(65):
        slow.leave.release()
    for thread in threads:
        thread.join(BOUND)
    assert Counter(found) == {("loud", 200): 64, ("quiet", 200): 1}


class Everything:
    """Services that answer the page with nothing; the first question for it waits until the test lets it go on."""

    def __init__(self) -> None:
        self.asked = 0
        self.go = threading.Event()

    def __call__(self, service: str, method: str, request: Mapping[str, Any]) -> dict[str, Any]:
        self.asked += 1
        assert self.go.wait(BOUND)
        tree = ("signed", "signed_at", "unsigned_for", "witnessed", "unwitnessed_for")
        answer = {"lines": [], "head": 0, "taken_in": {}, "items": [], "next": None}
        return answer | dict.fromkeys(tree, 0) | {"rule": "none", "witnesses": {}}

    def heads(self) -> dict[str, Any]:
        return {"taken_in": {}, "cities": {}}


def test_twelve_viewers_of_the_console_are_read_for_once() -> None:
    behind = Everything()
    api = Api(behind, verify, {})
    api.open(*ConsoleDoor(Reading(behind, behind, lambda: 0.0), Pages(verify, "21")).paths())
    statuses: list[int] = []

    def look() -> None:
        request = Request("GET", "/", {"authorization": "Bearer loud"}, {"part": "body"})
        statuses.append(api.answer(request, "k").status)

    threads = [threading.Thread(target=look) for _ in range(12)]
    for thread in threads:
        thread.start()
    assert eventually(lambda: behind.asked == 1)
    behind.go.set()
    for thread in threads:
        thread.join(BOUND)
    once = behind.asked
    look()
    assert (statuses, behind.asked) == ([200] * 13, once)
