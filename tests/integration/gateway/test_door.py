"""The gateway as a process: what only a real server shows."""

from __future__ import annotations

import socket
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import requests

from gateway import roster
from gateway.roster_door import XLSX
from kernel.revocation import revoke
from tests.kit.gateway.door import Door
from tests.kit.waiting import BOUND, eventually
from tests.kit.workbooks import rewritten


def code(answer: requests.Response) -> tuple[int, str]:
    assert answer.headers["Content-Type"] == "application/problem+json"
    body: dict[str, Any] = answer.json()
    assert body["status"] == answer.status_code
    assert body["correlation"] == answer.headers["X-Correlation-Id"]
    return answer.status_code, body["code"]


def test_a_command_travels_to_the_service_and_its_receipt_back(door: Door) -> None:
    answer = door.command("PublishNotice", {"title": "通知"}, {"X-Correlation-Id": "k-77", "Idempotency-Key": "c-x"})
    assert (answer.status_code, answer.headers["X-Correlation-Id"]) == (200, "k-77")
    receipt = answer.json()
    assert (receipt["service"], receipt["position"]) == ("allocation", 41)
    asked = receipt["result"]
    assert (asked["command"], asked["id"], asked["correlation"]) == ("PublishNotice", "c-x", "k-77")
    assert (asked["data"], asked["occurred_on"]) == ({"title": "通知"}, "2018-04-16")
    assert (asked["actor"]["role"], asked["actor"]["areas"]) == ("province_org", ["21"])


def test_many_commands_at_once_each_get_their_own_answer(door: Door) -> None:
    token = door.token()

    def send(n: int) -> int:
        headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": f"many-{n}"}
        data = {"n": n, "sleep": 0.05 * (n % 3)}
        return int(door.command("PublishNotice", data, headers).json()["result"]["data"]["n"])

    with ThreadPoolExecutor(16) as pool:
        assert list(pool.map(send, range(64))) == list(range(64))


def test_a_service_that_is_away_is_503_and_the_others_go_on(door: Door) -> None:
    away = door.command("RecordCertificationFault", {})
    assert code(away) == (503, "service_away")
    assert away.headers["Retry-After"] == "1"
    assert door.command("PublishNotice", {}).status_code == 200


def test_a_body_over_the_limit_is_refused_and_the_next_request_goes_through(door: Door) -> None:
    assert code(
        door.post("/api/v1/commands/PublishNotice", b"x" * (2 << 20), {"Content-Type": "application/json"})
    ) == (
        413,
        "body_too_large",
    )
    fits = door.command("PublishNotice", {"text": "x" * ((1 << 20) - 100)})
    assert fits.status_code == 200
    params = {"programme": "LN2018", "occurred_on": "2018-04-16"}
    roster = door.post("/api/v1/rosters", b"x" * ((4 << 20) + 1), {"Content-Type": XLSX}, **params)
    assert code(roster) == (413, "body_too_large")


def test_a_body_without_a_length_is_cut_at_the_limit_too(door: Door) -> None:
    def send(parts: list[bytes]) -> requests.Response:
        headers = {"Authorization": f"Bearer {door.token()}", "Content-Type": "application/json"}
        headers["Idempotency-Key"] = f"chunked-{len(parts)}"
        return requests.post(
            f"{door.url}/api/v1/commands/PublishNotice", data=iter(parts), headers=headers, timeout=BOUND
        )

    assert code(send([b"x" * 65536] * 32)) == (413, "body_too_large")
    assert send([b'{"occurred_on":"2018-04-16",', b'"data":{"n":1}}']).json()["result"]["data"] == {"n": 1}


def test_tokens_of_another_key_and_expired_ones_are_401(door: Door, tmp_path: Any) -> None:
    stranger = Door(door.url, tmp_path).token()
    expired = door.token(ttl=-3600)
    assert code(door.get("/api/v1/allocation/coverage", stranger)) == (401, "token_invalid")
    answer = door.get("/api/v1/allocation/coverage", expired)
    assert code(answer) == (401, "token_expired")
    assert answer.headers["WWW-Authenticate"] == 'Bearer error="invalid_token"'
    assert code(requests.get(f"{door.url}/api/v1/allocation/coverage", timeout=BOUND)) == (401, "token_missing")


def test_a_role_out_of_its_place_is_401_at_every_door(door: Door) -> None:
    places = ("/api/v1/allocation/coverage", "/api/v1/heads", "/feeds/2107", "/api/v1/log/allocation/checkpoint")
    for role, areas in (
        ("province_org", ("45",)),
        ("township", ("2107",)),
        ("auditor", ()),
        ("system_admin", ("2107",)),
    ):
        token = door.token(role, areas)
        for path in (
            *places,
            "/api/v1/parked/allocation",
            "/api/v1/allocation/jobs/00000000-0000-0000-0000-000000000000",
        ):
            assert code(door.get(path, token)) == (401, "token_invalid"), (role, areas, path)
        asked = door.command("PublishNotice", {}, {"Authorization": f"Bearer {token}"})
        assert code(asked) == (401, "token_invalid")


def test_a_token_that_was_taken_back_is_401_in_the_running_gateway(door: Door) -> None:
    token = door.token(jti="synthetic-7")
    assert door.get("/api/v1/allocation/coverage", token).status_code == 200
    revoke(door.keys, "synthetic-7")
    eventually(lambda: door.get("/api/v1/allocation/coverage", token).status_code != 200)
    assert code(door.get("/api/v1/allocation/coverage", token)) == (401, "token_revoked")
    assert door.get("/api/v1/allocation/coverage").status_code == 200


def test_what_nobody_serves_is_a_problem_document_too(door: Door) -> None:
    for path in ("/no/such/place", "/api/v1/payroll/x", "/%E7%9C%81"):
        assert code(door.get(path)) == (404, "path_unknown")
    for method in ("PUT", "TRACE", "CONNECT", "PROPFIND", "BREW"):
        answer = requests.request(method, f"{door.url}/api/v1/heads", timeout=BOUND)
        assert (method, *code(answer)) == (method, 405, "method_unsupported")
        assert answer.headers["Allow"] == "GET"


def test_a_parameter_given_twice_is_refused_wherever_it_is_given(door: Door) -> None:
    for at in ("/feeds/2107", "/api/v1/personnel/persons", "/api/v1/parked/feeds"):
        answer = door.get(f"{at}?limit=1&limit=2")
        assert (answer.status_code, answer.json()["code"], answer.json()["field"]) == (
            400,
            "parameter_repeated",
            "limit",
        )


def test_bytes_that_are_no_request_do_not_disturb_the_next(door: Door) -> None:
    port = int(door.url.rsplit(":", 1)[1])
    with socket.create_connection(("127.0.0.1", port), BOUND) as raw:
        raw.sendall(b"\x16\x03\x01\x02\x00\x01\r\n\r\n")
        raw.settimeout(BOUND)
        raw.recv(200)
    assert requests.get(f"{door.url}/health/ready", timeout=BOUND).status_code == 200


def all_read(port: int, connections: int) -> bool:
    """Whether a process has taken in all that was sent on so many connections to its port, as the kernel tells."""
    rows = [line.split() for line in Path("/proc/net/tcp").read_text("ascii").splitlines()[1:]]
    waiting = [row[4].partition(":")[2] for row in rows if row[1].endswith(f":{port:04X}") and row[3] == "01"]
    return len(waiting) >= connections and set(waiting) == {"00000000"}


def test_whoever_sends_slowly_keeps_nobody_else_waiting(door: Door) -> None:
    port = int(door.url.rsplit(":", 1)[1])
    head = b"POST /api/v1/commands/X HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{"
    with ExitStack() as slow:
        for _ in range(100):  # more than the gateway has workers
            slow.enter_context(socket.create_connection(("127.0.0.1", port), BOUND)).sendall(head)
        eventually(lambda: all_read(port, 100))
        assert door.command("PublishNotice", {"n": 1}).status_code == 200


def test_chunks_that_are_none_are_a_problem_of_the_sender(door: Door) -> None:
    port = int(door.url.rsplit(":", 1)[1])
    head = b"POST /api/v1/commands/X HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
    with socket.create_connection(("127.0.0.1", port), BOUND) as raw:
        raw.sendall(head + b"no size\r\nabc\r\n0\r\n\r\n")
        answer = b""
        while part := raw.recv(65536):  # until the server closes
            answer += part
    assert answer.startswith(b"HTTP/1.1 400 ")
    assert b'"code":"request_malformed"' in answer


def test_a_workbook_that_fells_its_reader_leaves_the_gateway_standing(door: Door) -> None:
    bomb = rewritten(roster.filled(roster.form("LN2018")), "<row r='1'><c r='XFD1048576'><v>1</v></c></row>")
    params = {"programme": "LN2018", "occurred_on": "2018-04-16"}
    answer = door.post("/api/v1/rosters", bomb, {"Content-Type": XLSX}, **params)
    assert code(answer) == (400, "roster_too_large")
    good = roster.filled(roster.form("LN2018"), [{"name": "合成"}])
    # This one was read: it came as far as the service, which is away here.
    assert code(door.post("/api/v1/rosters", good, {"Content-Type": XLSX}, **params)) == (503, "service_away")


def test_the_documents_and_the_template_are_served(door: Door) -> None:
    document = requests.get(f"{door.url}/api/openapi.json", timeout=BOUND)
    assert document.json()["openapi"] == "3.1.0"
    paths = document.json()["paths"]
    assert paths["/api/v1/allocation/echo"]["get"]["summary"] == "回声"
    away = paths["/api/v1/{service}/{query}"]["get"]["parameters"][0]["schema"]["enum"]
    assert away == ["personnel", "attendance", "evaluation"]
    assert code(requests.get(f"{door.url}/api/v1/rosters/template", timeout=BOUND)) == (401, "token_missing")
    assert code(door.get("/api/v1/rosters/template")) == (400, "field_missing")
    assert code(door.get("/api/v1/rosters/template?programme=LN2002")) == (404, "programme_unknown")
    assert code(door.get("/api/v1/rosters/template?programme=LN2018&form=1")) == (400, "field_unknown")
    template = door.get("/api/v1/rosters/template?programme=LN2018")
    assert (template.headers["Content-Type"], template.content[:4]) == (XLSX, b"PK\x03\x04")


def test_what_the_gateway_measures_is_told_on_its_own_port_only(door: Door) -> None:
    assert code(door.get("/metrics")) == (404, "path_unknown")
    assert "paizhu_http_seconds" in requests.get(f"{door.health}/metrics", timeout=BOUND).text
