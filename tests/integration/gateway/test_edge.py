"""The HTTP server by itself: what reaches the API, how long a connection may stay, who gives up a place for whom."""

from __future__ import annotations

import errno
import json
import socket
import threading
from contextlib import ExitStack

import pytest

from gateway.edge.connection import Limits, Stage
from gateway.edge.server import Edge
from gateway.exchange import Reply, Request
from gateway.roster_refusals import ROSTER_NOT_XLSX
from kernel.errors import PaizhuError
from tests.kit.gateway.edge import all_of, echo, listening, next_of
from tests.kit.waiting import BOUND, eventually

GET = b"GET /a HTTP/1.1\r\nHost: x\r\n\r\n"
LAST = b"GET /last HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
HALF = b"GET /a HTTP/1.1\r\nHost:"
BODY = b"POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nhalf"
ELSEWHERE = "127.0.0.66"


def problem(answer: bytes) -> tuple[int, str]:
    """Status and code of the one problem document an answer is; the server does not show in it."""
    head, _, body = answer.partition(b"\r\n\r\n")
    assert (answer.count(b"HTTP/1.1 4") + answer.count(b"HTTP/1.1 5"), body.count(b'"code"')) == (1, 1)
    assert b"\r\nContent-Type: application/problem+json\r\n" in head
    assert b"\r\nConnection: close" in head
    for word in (b"python", b"waitress", b"server:", b"via:"):
        assert word not in answer.lower()
    told = json.loads(body)
    assert int(head.split()[1]) == told["status"]
    return told["status"], told["code"]


def _came(made: socket.socket) -> bool:
    try:
        return bool(made.recv(1, socket.MSG_PEEK))
    except BlockingIOError:
        return False


def test_requests_behind_each_other_are_answered_in_their_order() -> None:
    with listening() as door:
        answer = door.ask(GET + GET.replace(b"/a", b"/b") + LAST)
    assert [part.partition(b"\r\n\r\n")[2][:30] for part in answer.split(b"HTTP/1.1 200 OK")[1:]] == [
        b'{"method":"GET","path":"/a","b',
        b'{"method":"GET","path":"/b","b',
        b'{"method":"GET","path":"/last"',
    ]


def test_what_stands_behind_a_refused_request_is_never_asked() -> None:
    with listening() as door:
        answer = door.ask(BODY.replace(b"\r\n\r\n", b"\r\nContent-Length: 4\r\n\r\n") + LAST)
        assert problem(answer) == (400, "request_malformed")
        assert door.taken == [("", "", "request_malformed")]


def test_an_answer_to_head_has_no_body_and_says_its_length() -> None:
    with listening() as door:
        answer = door.ask(LAST.replace(b"GET", b"HEAD"))
        length = len(echo(Request("HEAD", "/last"), None).body)
    assert answer.endswith(b"\r\n\r\n")
    assert b"\r\nContent-Length: %d\r\n" % length in answer


@pytest.mark.parametrize("value", ["a\r\nSet-Cookie: b", "a\nb", "a\0b", "省"])
def test_a_header_of_two_lines_leaves_as_an_error_of_our_own(value: str) -> None:
    def answer(asked: Request, failed: PaizhuError | None) -> Reply:
        return echo(asked, failed) if failed else Reply(200, "", {"X-A": value})

    with listening(answer) as door:
        told = door.ask(LAST)
    assert problem(told) == (500, "internal")
    assert b"Set-Cookie" not in told


def test_whoever_sends_all_of_a_body_that_is_refused_hears_why() -> None:
    def judge(head: Request) -> int:
        raise ROSTER_NOT_XLSX()

    size = 8 << 20
    head = b"POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n" % size
    with listening(judge=judge) as door:
        assert problem(door.ask(head + b"x" * size)) == (400, "roster_not_xlsx")


@pytest.mark.parametrize(
    ("begun", "seconds", "code"), [(HALF, 10.0, "head_incomplete"), (BODY, 30.0, "body_incomplete")]
)
def test_a_drip_of_octets_prolongs_nothing(begun: bytes, seconds: float, code: str) -> None:
    with listening() as door, door.dial() as made:
        made.sendall(begun)
        end = door.end_of(made)
        eventually(lambda: end.stage in (Stage.HEAD, Stage.BODY))
        door.later(0.0)
        for _ in range(3):
            made.sendall(b"x")
            door.later(seconds / 4 - 1)
        assert end.stage in (Stage.HEAD, Stage.BODY)
        made.sendall(b"x")
        door.later(seconds / 4)
        assert problem(all_of(made)) == (408, code)


def test_a_connection_in_use_stays_and_an_idle_one_goes() -> None:
    with listening() as door, door.dial() as used, door.dial() as idle:
        for _ in range(3):
            door.later(25.0)
            used.sendall(GET)
            assert next_of(used).startswith(b"HTTP/1.1 200 OK")
            eventually(lambda: door.end_of(used).stage == Stage.IDLE)
        assert all_of(idle) == b""
        used.sendall(LAST)
        assert all_of(used).startswith(b"HTTP/1.1 200 OK")


def test_whoever_does_not_read_an_answer_does_not_keep_the_connection() -> None:
    def much(asked: Request, failed: PaizhuError | None) -> Reply:
        return Reply(200, b"x" * (64 << 20), {})

    with listening(much) as door, door.dial() as made:
        made.sendall(GET)
        end = door.end_of(made)
        eventually(lambda: end.stage == Stage.SENDING)
        door.later(60.0)
        eventually(lambda: not end.connected)


def test_over_the_number_of_an_address_its_own_connections_give_way() -> None:
    with listening(limits=Limits(per_address=3)) as door, ExitStack() as held:
        bystander = held.enter_context(door.dial())
        first, second, third = (held.enter_context(door.dial(ELSEWHERE)) for _ in range(3))
        second.sendall(HALF)
        eventually(lambda: door.end_of(second).stage == Stage.HEAD)
        door.later(0.0)
        fourth = held.enter_context(door.dial(ELSEWHERE))
        assert all_of(first) == b""
        assert len(door.of(ELSEWHERE)) == 3
        for made in (bystander, third, fourth):
            made.sendall(LAST)
            assert all_of(made).startswith(b"HTTP/1.1 200 OK")


def test_over_the_number_of_all_the_address_that_has_most_gives_way() -> None:
    with listening(limits=Limits(most=4)) as door, ExitStack() as held:
        bystander = held.enter_context(door.dial())
        door.later(0.0)
        greedy = [held.enter_context(door.dial(ELSEWHERE)) for _ in range(3)]
        newcomer = held.enter_context(door.dial("127.0.0.67"))
        assert (len(door.of(ELSEWHERE)), len(door.of("127.0.0.1")), len(door.of("127.0.0.67"))) == (2, 1, 1)
        assert all_of(greedy[0]) == b""
        for made in (bystander, newcomer):
            made.sendall(LAST)
            assert all_of(made).startswith(b"HTTP/1.1 200 OK")


def test_where_everybody_is_being_answered_the_newcomer_is_told_so() -> None:
    going = threading.Event()

    def slowly(asked: Request, failed: PaizhuError | None) -> Reply:
        going.wait(BOUND)
        return echo(asked, failed)

    with listening(slowly, limits=Limits(per_address=2)) as door, door.dial() as one, door.dial() as other:
        for made in (one, other):
            made.sendall(LAST)
        eventually(lambda: len(door.taken) == 2)
        with door.dial() as turned_away:
            answer = all_of(turned_away)
        assert problem(answer) == (503, "connections_full")
        assert b"\r\nRetry-After: 1\r\n" in answer
        assert b"\r\nX-Correlation-Id: " in answer
        going.set()
        assert all_of(one).startswith(b"HTTP/1.1 200 OK")
        assert all_of(other).startswith(b"HTTP/1.1 200 OK")


def test_newcomers_are_taken_in_together_and_not_one_a_turn() -> None:
    edge = Edge(lambda head: 0, echo, clock=lambda: 1.0)
    with ExitStack() as held:
        for _ in range(50):
            held.enter_context(socket.create_connection(("127.0.0.1", int(edge.effective_port)), BOUND))
        edge.turn(BOUND)
        assert len(edge.active_channels) == edge.held["127.0.0.1"] == 50
        edge.end()
    assert not edge.held


@pytest.mark.parametrize("idle", [0, 2])
def test_the_server_outlives_that_there_are_no_descriptors_left(idle: int, monkeypatch: pytest.MonkeyPatch) -> None:
    with listening() as door, ExitStack() as held:
        before = [held.enter_context(door.dial()) for _ in range(idle)]
        accept, failures = door.edge.accept, iter(range(3))

        def failing() -> object:
            if next(failures, None) is not None:
                raise OSError(errno.EMFILE, "Too many open files")
            return accept()

        monkeypatch.setattr(door.edge, "accept", failing)
        address = ("127.0.0.1", int(door.edge.effective_port))
        made = held.enter_context(socket.create_connection(address, BOUND))
        made.sendall(LAST)
        made.setblocking(False)
        eventually(lambda: door.passes(0.2) and _came(made))
        made.settimeout(BOUND)
        assert all_of(made).startswith(b"HTTP/1.1 200 OK")
        assert [all_of(one) for one in before] == [b""] * idle  # they gave up their descriptors


def test_work_that_waits_for_a_worker_is_dropped_when_its_client_leaves() -> None:
    going = threading.Event()

    def slowly(asked: Request, failed: PaizhuError | None) -> Reply:
        going.wait(BOUND)
        return echo(asked, failed)

    with listening(slowly, workers=1) as door, door.dial() as first, door.dial() as last:
        first.sendall(LAST)
        eventually(lambda: door.taken)
        with door.dial() as leaving:
            leaving.sendall(GET.replace(b"/a", b"/left"))
            end = door.end_of(leaving)
            eventually(lambda: end.stage == Stage.WORKING)
        eventually(lambda: not end.connected)
        last.sendall(LAST)
        going.set()
        assert all_of(last).startswith(b"HTTP/1.1 200 OK")
        assert [path for _, path, _ in door.taken] == ["/last", "/last"]


def test_whoever_works_learns_that_the_client_has_left() -> None:
    seen = threading.Event()

    def patient(asked: Request, failed: PaizhuError | None) -> Reply:
        assert not asked.left()
        begun.set()
        eventually(asked.left)
        seen.set()
        return echo(asked, failed)

    begun = threading.Event()
    with listening(patient) as door:
        with door.dial() as made:
            made.sendall(GET)
            assert begun.wait(BOUND)
        assert seen.wait(BOUND)
