"""The one client of the gateway: what it sends, when it asks again, and what it says where it is refused."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import click
import pytest

from cli.client import Client, Refused
from cli.office import Office
from cli.reach import reached
from cli.wire import Wire

PROBLEM = {"code": "foreign_area", "detail": "只办理本辖区事项。", "accepted": "2107"}


class Door:
    """Answers what it was given, in order, and remembers what it was asked."""

    def __init__(self) -> None:
        self.answers: list[tuple[int, Any]] = []
        self.asked: list[tuple[str, str, dict[str, str], bytes]] = []
        door = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                door.asked.append((self.command, self.path, dict(self.headers), body))
                status, answer = door.answers.pop(0)
                sent = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(sent)))
                self.send_header("Retry-After", "0")
                self.end_headers()
                self.wfile.write(sent)

            def do_POST(self) -> None:
                self.do_GET()

            def log_message(self, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self.wire = Wire(self.url)

    def client(self, patience: float = 30.0) -> Client:
        return Client(self.wire, "t0", patience)


@pytest.fixture
def door() -> Iterator[Door]:
    found = Door()
    thread = threading.Thread(target=found.server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield found
    finally:
        found.wire.close()
        found.server.shutdown()
        thread.join()
        found.server.server_close()


def test_a_command_keeps_its_key_until_it_is_answered(door: Door) -> None:
    receipt = {"service": "personnel", "position": 7}
    door.answers = [(503, {"code": "busy"}), (502, b"<html>"), (429, {"code": "rate_exceeded"}), (200, receipt)]
    assert door.client().command("RecallCadre", {"reason": "病"}, "2018-07-02") == receipt
    assert {path for _, path, _, _ in door.asked} == {"/api/v1/commands/RecallCadre"}
    assert [json.loads(body) for *_, body in door.asked] == [
        {"occurred_on": "2018-07-02", "data": {"reason": "病"}}
    ] * 4
    keys = {headers["Idempotency-Key"] for _, _, headers, _ in door.asked}
    assert len(keys) == 1
    door.answers = [(200, receipt)]
    door.client().command("RecallCadre", {}, "2018-07-02")
    assert door.asked[-1][2]["Idempotency-Key"] not in keys
    assert door.asked[-1][2]["Authorization"] == "Bearer t0"


def test_a_query_gives_the_items_of_all_pages(door: Door) -> None:
    door.answers = [(200, {"items": [{"n": 1}, {"n": 2}], "next": "c/2"}), (200, {"items": [{"n": 3}], "next": None})]
    assert door.client().query("personnel", "erasures", {"person": "p/1"}) == [{"n": 1}, {"n": 2}, {"n": 3}]
    assert [path for _, path, _, _ in door.asked] == [
        "/api/v1/personnel/erasures?person=p%2F1&limit=1000",
        "/api/v1/personnel/erasures?person=p%2F1&limit=1000&cursor=c%2F2",
    ]


def test_a_refusal_is_said_in_the_gateways_own_words_and_asked_once(door: Door) -> None:
    door.answers = [(403, PROBLEM)]
    with pytest.raises(Refused) as refused:
        door.client().get("personnel/persons")
    assert (refused.value.status, refused.value.code) == (403, "foreign_area")
    assert refused.value.message == "foreign_area: 只办理本辖区事项。（2107）"


def test_without_patience_a_shut_door_is_said_at_once(door: Door) -> None:
    door.answers = [(503, {"code": "service_away", "detail": "服务暂无答复。"})]
    with pytest.raises(Refused, match="service_away"):
        door.client(patience=0.0).get("heads")
    assert len(door.asked) == 1


@pytest.mark.parametrize("answer", [(200, b"<html>"), (404, b"not here")])
def test_what_is_no_gateway_is_said_to_be_none(door: Door, answer: tuple[int, bytes]) -> None:
    door.answers = [answer]
    with pytest.raises(Refused, match=f"gateway_away: the gateway at {door.url} does not answer as a gateway does"):
        door.client().get("heads")


def test_where_nobody_listens_it_says_whom_it_asked() -> None:
    url = "http://127.0.0.1:9"  # the discard port
    with pytest.raises(Refused, match=f"gateway_away: the gateway at {url} does not answer: ConnectionRefusedError"):
        Client(Wire(url), "t0", 0.0).get("heads")


def test_a_gateway_may_stand_below_a_path_of_its_host(door: Door) -> None:
    door.answers = [(200, {})]
    wire = Wire(f"{door.url}/paizhu/")
    assert Client(wire, "t0").get("heads") == {}
    assert door.asked[0][1] == "/paizhu/api/v1/heads"
    wire.close()


def test_what_is_no_address_or_has_no_token_is_refused_before_anybody_is_asked(tmp_path: Path) -> None:
    with pytest.raises(click.BadParameter, match="no address of a gateway"):
        reached(tmp_path, "gateway:8000", "t0", "auditor", patience=0.0)
    operator = Office("operator", "q", "system", "system_admin")
    for url, own in (("http://127.0.0.1:9", operator), (None, None)):
        with pytest.raises(click.UsageError, match="PAIZHU_TOKEN must hold a token of the role system_admin"):
            reached(tmp_path, url, None, "system_admin", patience=0.0, operator=own)
    with pytest.raises(click.ClickException, match="no system runs in"):
        reached(tmp_path, None, None, "system_admin", patience=0.0, operator=operator)
