"""Points 4 and 15, the edge: who only connects, sends half, or sends what two readers would read differently, costs
nobody else an answer and hears in the gateway's own words what is wrong. A real API behind the server; clocks given.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any, Final

import pytest

from gateway.api import Api
from gateway.edge.connection import Limits, Stage
from gateway.exchange import Reply, Request
from gateway.toll import Toll
from kernel.errors import PaizhuError
from kernel.messages import Actor
from kernel.testing import actor
from tests.kit.gateway.edge import Listening, all_of, listening
from tests.kit.waiting import eventually

ATTACKER: Final = "127.0.0.66"
CLOSE: Final = b"Connection: close\r\n"
BYSTANDER: Final = (
    b"GET /api/v1/allocation/coverage HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer a\r\n" + CLOSE + b"\r\n"
)
SMUGGLED: Final = b"POST /api/v1/commands/Smuggled HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n" + CLOSE + b"\r\n{}"
LIMITS: Final = Limits(most=120, per_address=30)
HEAD: Final = b"POST /api/v1/commands/X HTTP/1.1\r\nHost: x\r\n"


def verify(header: str | None) -> Actor:
    return actor("province_org", areas=("21",))


@pytest.fixture
def door() -> Iterator[Listening]:
    api = Api(lambda service, method, request: {"items": []}, verify, {}, Toll(verify).charge)

    def answer(request: Request, failed: PaizhuError | None) -> Reply:
        return api.answer(request, request.correlation(), failed)

    with listening(answer, api.admit, LIMITS) as made:
        yield made


def problem(answer: bytes) -> tuple[int, str, bytes]:
    """Status and code of a problem document, and its heading; it is in Chinese, and tells nothing of the server."""
    head, _, body = answer.partition(b"\r\n\r\n")
    told: dict[str, Any] = json.loads(body)
    assert b"\r\nContent-Type: application/problem+json\r\n" in head
    assert b"\r\nX-Correlation-Id: " + told["correlation"].encode() in head
    assert any("\u4e00" <= letter <= "\u9fff" for letter in told["detail"])
    for word in (b"waitress", b"python", b"werkzeug", b"\r\nserver:", b"<html"):
        assert word not in answer.lower()
    return told["status"], told["code"], head


def served(door: Listening, source: str = "127.0.0.1") -> bool:
    """Whether the bystander, who comes anew, is answered."""
    with door.dial(source) as made:
        made.sendall(BYSTANDER)
        return all_of(made).startswith(b"HTTP/1.1 200 OK\r\n")


@pytest.mark.parametrize("begun", [b"", b"GET / HTTP/1.1\r\nHost: x\r\nX-Half: "], ids=["idle", "half a head"])
@pytest.mark.parametrize("source", [ATTACKER, "127.0.0.1"], ids=["from elsewhere", "from the bystander's address"])
def test_connections_beyond_all_limits_keep_nobody_out(door: Listening, begun: bytes, source: str) -> None:
    with ExitStack() as held:
        for _ in range(2 * LIMITS.per_address):
            held.enter_context(door.dial(source)).sendall(begun)
        assert len(door.of(source)) == LIMITS.per_address
        assert all(served(door) for _ in range(10))
    eventually(lambda: not door.of(source))


def test_half_sent_heads_are_told_so_and_are_gone_after_ten_seconds(door: Listening) -> None:
    sources = [f"127.0.0.{number}" for number in range(100, 104)]
    with ExitStack() as held:
        made = [held.enter_context(door.dial(source)) for source in sources for _ in range(25)]
        for one in made:
            one.sendall(b"GET / HTTP/1.1\r\nX: ")
        eventually(lambda: all(one.stage == Stage.HEAD for source in sources for one in door.of(source)))
        assert served(door)
        door.later(0.0)
        for one in made:
            one.sendall(b"x")
        door.later(10.0)
        heard = {problem(all_of(one))[:2] for one in made}
    assert heard == {(408, "head_incomplete")}
    assert served(door)


@pytest.mark.parametrize(
    "form",
    [
        HEAD + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
        HEAD + b"Content-Length: +5\r\n\r\nhello",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n0x5\r\nhello\r\n0\r\n\r\n",
        HEAD + b"Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
        HEAD + b"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
        HEAD + b"X: a\r\n b\r\n\r\n",
        HEAD + b"Host: y\r\n\r\n",
        b"GET / HTTP/1.1\nHost: x\n\n",
    ],
)
def test_nothing_is_smuggled_behind_what_is_refused(door: Listening, form: bytes) -> None:
    status, code, head = problem(door.ask(form + SMUGGLED))
    assert (status, code) == (400, "request_malformed")
    assert b"\r\nConnection: close" in head
    assert "Smuggled" not in str(door.taken)
    assert len(door.taken) == 1


@pytest.mark.parametrize(
    ("request_", "status", "code"),
    [
        (b"GET /%0a HTTP/1.1\r\nHost: x\r\n", 404, "path_unknown"),
        (b"GET /health/live%0a HTTP/1.1\r\nHost: x\r\n", 404, "path_unknown"),
        (b"GET /%00%ff HTTP/1.1\r\nHost: x\r\n", 404, "path_unknown"),
        (b"BREW /api/v1/allocation/coverage HTTP/1.1\r\nHost: x\r\n", 405, "method_unsupported"),
        (b"POST /api/v1/commands/X HTTP/1.1\r\nHost: x\r\nContent-Length: 1048577\r\n", 413, "body_too_large"),
        (b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 20_000 + b"\r\n", 431, "head_too_large"),
        (b"GET /" + b"a" * 20_000 + b" HTTP/1.1\r\nHost: x\r\n", 431, "head_too_large"),
        (b"get / HTTP/1.1\r\nHost: x\r\n", 400, "request_malformed"),
    ],
)
def test_whatever_is_refused_is_refused_in_our_own_words(
    door: Listening, request_: bytes, status: int, code: str
) -> None:
    assert problem(door.ask(request_ + b"Connection: close\r\n\r\n"))[:2] == (status, code)


@pytest.mark.parametrize("given", [b"a" * 65, b"a b", b"a%0d%0aX: y", "甲".encode(), b"13900000000", b""])
def test_a_correlation_id_that_is_no_plain_token_is_not_taken_over(door: Listening, given: bytes) -> None:
    head = b"GET /nowhere HTTP/1.1\r\nHost: x\r\nX-Correlation-Id: "
    answer = door.ask(head + given + b"\r\nConnection: close\r\n\r\n")
    own = answer.partition(b"\r\nX-Correlation-Id: ")[2].partition(b"\r\n")[0]
    assert (len(own), own == given) == (36, False)
    kept = door.ask(head + b"k-7:a.b" + b"\r\nConnection: close\r\n\r\n")
    assert b"\r\nX-Correlation-Id: k-7:a.b\r\n" in kept


def test_octets_of_chance_end_in_an_answer_or_a_closed_connection_and_the_next_is_served(door: Listening) -> None:
    chance = random.Random(20261122)
    sound = HEAD + b"Authorization: Bearer a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n"
    for _ in range(100):
        spoiled = bytearray(sound)
        for _ in range(chance.randint(1, 4)):
            at = chance.randrange(len(spoiled))
            spoiled[at : at + chance.randint(0, 2)] = bytes(
                chance.choices(b"\r\n \t:0x;,+\0\xff", k=chance.randint(0, 2))
            )
        with door.dial(ATTACKER) as made:
            made.sendall(bytes(spoiled) + SMUGGLED)
            made.shutdown(1)
            answer = all_of(made)
        assert b"500 Internal" not in answer
        assert answer.count(b"HTTP/1.1 ") <= 4
    assert served(door)
