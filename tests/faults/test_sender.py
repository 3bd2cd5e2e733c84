"""The client, against a door that loses answers, refuses and is busy: one id a command, one lane one at a time."""

from __future__ import annotations

import json
import threading
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import cycle
from pathlib import Path

from cli.office import Office
from tests.faults.journal import Journal, read
from tests.faults.sender import Sender
from tests.faults.workload import Planned
from tests.kit.waiting import BOUND

OFFICE = Office("p", "post", "organ", "role")


class BadDoor(BaseHTTPRequestHandler):
    """Of every four requests one takes effect unanswered, one is busy; a command called Refused is refused."""

    protocol_version = "HTTP/1.1"
    moods = cycle(("good", "lost", "busy", "good"))
    seen: Counter[str]
    done: dict[str, int]
    lanes: dict[str, list[str]]
    inside: Counter[str]
    lock = threading.Lock()

    def do_POST(self) -> None:
        ident, body = self.headers["Idempotency-Key"], json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        lane = body["data"]["lane"]
        with self.lock:
            mood = next(self.moods)
            self.seen[ident] += 1
            self.inside[lane] += 1
            assert self.inside[lane] == 1, "two of one lane at once"
            repeated = ident in self.done
            if mood != "busy" and not self.path.endswith("Refused"):
                if not repeated:
                    self.lanes[lane].append(ident)
                self.done.setdefault(ident, len(self.done) + 1)
            self.inside[lane] -= 1
        if mood == "lost":
            self.close_connection = True
        elif self.path.endswith("Refused"):
            self.answer(422, {"code": "no"})
        elif mood == "busy":
            self.answer(503, {"code": "busy"})
        else:
            kept = {"service": "s", "position": self.done[ident], "events": {"E": 1}, "repeated": repeated}
            self.answer(200, kept)

    def answer(self, status: int, body: dict[str, object]) -> None:
        raw = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def served() -> Iterator[tuple[str, type[BadDoor]]]:
    door = type("Door", (BadDoor,), {"seen": Counter(), "done": {}, "lanes": defaultdict(list), "inside": Counter()})
    server = ThreadingHTTPServer(("127.0.0.1", 0), door)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", door
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def plan() -> Iterator[Planned]:
    number = 0
    while True:
        number += 1
        lane = f"lane {number % 5}"
        name = "Refused" if number == 7 else "Taken"
        yield Planned(f"id-{number}", lane, OFFICE, name, {"lane": lane}, "2018-05-02", ())


def test_every_command_is_answered_once_whatever_the_door_does(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal")
    with served() as (url, door):
        sender = Sender(url, lambda office: "token", journal, plan(), 60)
        sender.start()
        for thread in sender._threads:
            thread.join(BOUND)
        assert sender.done
    journal.close()
    entries = list(read(tmp_path / "journal"))
    intents = [e["intent"] for e in entries if "intent" in e]
    acks = {e["ack"]: e["position"] for e in entries if "ack" in e}
    assert sorted(intents) == sorted(f"id-{n}" for n in range(1, 61))
    assert [e["refused"] for e in entries if "refused" in e] == ["id-7"]
    assert acks == door.done
    assert sender.acknowledged == len(acks) == 59
    assert max(door.seen.values()) > 1
    assert sender.answers["0"] > 0
    assert sender.answers["503"] > 0
    for lane, taken in door.lanes.items():
        assert taken == sorted(taken, key=lambda ident: int(ident.removeprefix("id-"))), lane


def test_what_is_given_up_is_in_the_journal_as_an_intent_without_an_answer(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal")
    sender = Sender("http://127.0.0.1:9", lambda office: "token", journal, plan(), 3)
    sender.start()
    while sender.answers["0"] < 6:
        threading.Event().wait(0.01)
    sender.stop()
    journal.close()
    assert sender.done
    assert {name for entry in read(tmp_path / "journal") for name in entry} == {"intent", "name", "effects"}
