"""Point 3, the roster door: no file is unpacked, or even taken in, for whoever may not hand one in; files that cost
much cost others nothing; files that nobody waits for are not read.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import Any, Final

import pytest

from gateway import roster, roster_door, routes
from gateway.api import Api
from gateway.exchange import Reply, Request
from gateway.roster_door import XLSX, RosterDoor
from gateway.roster_reading import COMMAND, ROOM, SHARE, Readers
from kernel.door_refusals import TOKEN_MISSING
from kernel.errors import PaizhuError
from kernel.messages import Actor
from kernel.testing import actor
from tests.kit.gateway.edge import Listening, listening
from tests.kit.waiting import BOUND, eventually
from tests.kit.workbooks import rewritten

HOLDERS: Final = {
    "unit": actor("unit", person="p-unit", units=("U01",)),
    "placeless": actor("unit", person="p-placeless"),
    "cadre": actor("cadre", person="p-cadre", areas=("21",)),
    "auditor": actor("auditor", person="p-auditor", areas=("21",)),
    "channel": actor("channel", person="p-channel", units=("省委教育工委",)),
}
FORM: Final = roster.form("LN2018")
GOOD: Final = roster.filled(FORM, [{column.key: "合成" for column in FORM.columns}])
ENDLESS: Final = (sys.executable, "-c", "import time\nwhile True: time.sleep(1)")
PLACE: Final = "/api/v1/rosters?programme=LN2018&occurred_on=2018-04-16"
BOMB: Final = rewritten(GOOD, "<row r='1'>" + "<c/>" * 10_000_000 + "</row>")
"""57 KB of empty cells."""


def verify(header: str | None) -> Actor:
    if header is None:
        raise TOKEN_MISSING()
    return HOLDERS[header.removeprefix("Bearer ")]


class Counting(Readers):
    """Readers that say whose files they were given."""

    def __init__(self) -> None:
        super().__init__()
        self.given: list[str] = []

    def rows(
        self, body: bytes, programme: str, subject: str, left: Any, most: int = roster.MOST_ROWS
    ) -> list[dict[str, Any]]:
        self.given.append(subject)
        return super().rows(body, programme, subject, left)


class Gate:
    """The door behind a server: what its services were asked, and whose files were read."""

    def __init__(self, door: Listening, readers: Counting, asked: list[dict[str, Any]]) -> None:
        self.door, self.readers, self.asked = door, readers, asked

    def head(self, who: str, length: int, place: str = PLACE, **headers: str) -> bytes:
        own = {"Authorization": f"Bearer {who}", "Content-Type": XLSX, "Idempotency-Key": "r-1", **headers}
        lines = [f"POST {place} HTTP/1.1", "Host: x", *(f"{name}: {value}" for name, value in own.items())]
        return "\r\n".join([*lines, f"Content-Length: {length}", "Connection: close", "", ""]).encode()

    def hand_in(self, who: str, body: bytes) -> tuple[int, str]:
        """The status, and the code of a refusal."""
        return told(self.door.ask(self.head(who, len(body)) + body))


def told(answer: bytes) -> tuple[int, str]:
    head, _, body = answer.partition(b"\r\n\r\n")
    return int(head.split()[1]), json.loads(body).get("code", "")


@pytest.fixture
def gate() -> Iterator[Gate]:
    asked: list[dict[str, Any]] = []

    def services(service: str, method: str, request: Mapping[str, Any]) -> dict[str, Any]:
        asked.append(dict(request))
        return {"receipt": {"service": service, "position": 1}}

    commands, readers = routes.commands(), Counting()
    api = Api(services, verify, commands)
    api.open(*RosterDoor(api, verify, roster_door.route(commands), readers).paths())

    def answer(request: Request, failed: PaizhuError | None) -> Reply:
        return api.answer(request, request.correlation(), failed)

    with listening(answer, api.admit, workers=2 * ROOM) as door:
        yield Gate(door, readers, asked)


@pytest.mark.parametrize(
    ("who", "code"), [("cadre", "role_not_allowed"), ("auditor", "role_not_allowed"), ("placeless", "no_reach")]
)
def test_whoever_has_no_right_is_refused_before_a_file_is_taken_in(gate: Gate, who: str, code: str) -> None:
    assert told(gate.door.ask(gate.head(who, 4 << 20))) == (403, code)
    assert told(gate.door.ask(gate.head(who, 4 << 20, Expect="100-continue"))) == (403, code)
    assert (gate.readers.given, gate.asked) == ([], [])


@pytest.mark.parametrize(
    ("place", "headers", "code"),
    [
        (PLACE.replace("LN2018", "LN2099"), {}, "programme_unknown"),
        (PLACE.replace("2018-04-16", "2018-02-30"), {}, "field_type"),
        (PLACE + "&accept=some", {}, "parameter_invalid"),
        (PLACE, {"Content-Type": "text/csv"}, "media_unsupported"),
        (PLACE, {"Idempotency-Key": "a b"}, "idempotency_key_invalid"),
    ],
)
def test_a_head_that_is_wrong_is_refused_without_the_file(
    gate: Gate, place: str, headers: dict[str, str], code: str
) -> None:
    assert told(gate.door.ask(gate.head("unit", 4 << 20, place, **headers)))[1] == code
    assert gate.readers.given == []


def test_nobody_without_a_token_is_asked_for_a_file(gate: Gate) -> None:
    head = gate.head("unit", 4 << 20).replace(b"Authorization: Bearer unit\r\n", b"")
    assert told(gate.door.ask(head)) == (401, "token_missing")


def test_a_small_file_of_ten_million_cells_is_refused_and_says_what_would_be_taken(gate: Gate) -> None:
    assert len(BOMB) < 60_000
    answer = gate.door.ask(gate.head("unit", len(BOMB)) + BOMB)
    assert told(answer) == (400, "roster_too_large")
    assert json.loads(answer.partition(b"\r\n\r\n")[2])["accepted"] == "不超过 5000 行数据、200 栏，空单元格不设格式"
    assert gate.asked == []


def test_140_who_hand_in_at_once_leave_a_place_for_another_and_are_refused_or_read(gate: Gate) -> None:
    with ThreadPoolExecutor(140) as pool:
        attacking = [pool.submit(gate.hand_in, "unit", BOMB) for _ in range(140)]
        eventually(lambda: gate.readers.given)
        # Another subject has a reader though one has all it may have.
        assert gate.hand_in("channel", GOOD) == (200, "")
        answers = {one.result(BOUND) for one in attacking}
    assert answers == {(400, "roster_too_large"), (503, "roster_readers_busy")}
    (request,) = gate.asked
    assert (request["command"], request["actor"]["person"]) == ("ImportNominees", "p-channel")


def test_files_of_clients_that_left_are_not_read(gate: Gate) -> None:
    gate.readers._command = ENDLESS
    with ExitStack() as held:
        for _ in range(SHARE):
            made = held.enter_context(gate.door.dial())
            made.sendall(gate.head("unit", len(GOOD)) + GOOD)
        eventually(lambda: len(gate.readers.given) == SHARE)
        assert gate.hand_in("unit", GOOD) == (503, "roster_readers_busy")
    # The one that was being read is ended, those that waited are let go.
    eventually(lambda: gate.readers._shares._under_way.total() == 0)
    gate.readers._command = COMMAND
    assert gate.hand_in("unit", GOOD) == (200, "")
    assert len(gate.asked) == 1
