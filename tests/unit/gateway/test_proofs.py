"""The places of checkpoints and proofs: what reaches the service, and that its answer is passed on as it is."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from gateway.api import Api
from gateway.exchange import Reply, Request
from gateway.proofs import ProofDoor
from kernel.errors import Unauthenticated
from kernel.messages import Actor

ACTOR = Actor("p-1", "处长", "市委组织部", "witness", ("2107",))
NOTE = "paizhu/21/allocation\n3\nroot\nsm3 other\n\n— paizhu/21/allocation AAAAAAA=\n"


class Services:
    """Remembers what was asked; answers what it was told to."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, Mapping[str, Any]]] = []
        self.answer: dict[str, Any] = {"note": NOTE, "size": 3}

    def __call__(self, service: str, method: str, request: Mapping[str, Any]) -> dict[str, Any]:
        self.asked.append((service, method, request))
        return self.answer


def verify(header: str | None) -> Actor:
    if header != "Bearer good":
        raise Unauthenticated("没有令牌", field="Authorization")
    return ACTOR


@pytest.fixture
def services() -> Services:
    return Services()


@pytest.fixture
def api(services: Services) -> Api:
    made = Api(services, verify, {})
    made.open(*ProofDoor(services, verify).paths())
    return made


def ask(api: Api, place: str, *, method: str = "GET", body: bytes = b"", **more: str) -> Reply:
    headers = {"authorization": more.pop("token", "Bearer good"), "content-type": more.pop("media", "text/plain")}
    query: dict[str, Any] = {name.rstrip("_"): value for name, value in more.items()}
    return api.answer(Request(method, f"/api/v1/log/{place}", headers, query, body), "k-1")


def test_a_checkpoint_is_served_as_the_text_it_is(api: Api, services: Services) -> None:
    reply = ask(api, "allocation/checkpoint")
    assert (reply.status, reply.body) == (200, NOTE)
    assert reply.headers["Content-Type"] == "text/plain; charset=utf-8"
    ((service, method, request),) = services.asked
    assert (service, method, request["ask"], request["size"]) == ("allocation", "proofs", "checkpoint", None)
    assert request["actor"]["role"] == "witness"


def test_announcements_of_keys_are_served_as_the_text_they_are(api: Api, services: Services) -> None:
    services.answer = {"service": "allocation", "notes": "one\n\ntwo\n"}
    reply = ask(api, "allocation/succession")
    assert (reply.status, reply.body, services.asked[0][2]["ask"]) == (200, "one\n\ntwo\n", "succession")


@pytest.mark.parametrize(
    ("place", "query", "expected"),
    [
        ("personnel/inclusion", {"position": "7"}, {"ask": "inclusion", "position": 7, "size": None}),
        ("personnel/inclusion", {"position": "7", "size": "9"}, {"ask": "inclusion", "position": 7, "size": 9}),
        ("personnel/consistency", {"from_": "3", "to": "9"}, {"ask": "consistency", "from": 3, "to": 9}),
        ("personnel/checkpoint", {"size": "9"}, {"ask": "checkpoint", "size": 9}),
    ],
)
def test_a_proof_is_asked_of_the_service_whose_log_it_is(
    api: Api, services: Services, place: str, query: dict[str, Any], expected: dict[str, Any]
) -> None:
    services.answer = {"service": "personnel", "note": NOTE, "sha256": ["AA=="]}
    reply = ask(api, place, **query)
    assert reply.status == 200
    ((service, _, request),) = services.asked
    assert service == "personnel"
    assert {name: request[name] for name in expected} == expected
    if not place.endswith("checkpoint"):
        assert json.loads(reply.body) == services.answer


def test_a_cosignature_is_handed_on_whole(api: Api, services: Services) -> None:
    services.answer = {"service": "allocation", "size": 3, "witness": "2107", "stored": True}
    text = "3\n— paizhu/21/witness/2107 AAAA\n"
    reply = ask(api, "allocation/cosignature", method="POST", body=text.encode())
    assert (reply.status, json.loads(reply.body)["stored"]) == (200, True)
    assert services.asked[0][2]["signature"] == text


@pytest.mark.parametrize(
    ("place", "more", "status", "code"),
    [
        ("allocation/checkpoint", {"token": "none"}, 401, "token_missing"),
        ("allocation/inclusion", {"token": "none"}, 401, "token_missing"),
        ("allocation/inclusion", {}, 400, "field_missing"),
        ("allocation/inclusion", {"position": "0"}, 400, "parameter_invalid"),
        ("allocation/inclusion", {"position": "x"}, 400, "parameter_invalid"),
        ("allocation/inclusion", {"position": "9" * 30}, 400, "parameter_invalid"),
        ("allocation/consistency", {"to": "3"}, 400, "field_missing"),
        ("planning/checkpoint", {}, 404, "path_unknown"),
        ("allocation/cosignature", {"method": "POST", "media": "application/json"}, 415, "media_unsupported"),
        ("allocation/cosignature", {"method": "POST", "body": b"\xff"}, 400, "cosignature_invalid"),
        ("allocation/cosignature", {"method": "POST", "token": "none"}, 401, "token_missing"),
    ],
)
def test_what_cannot_be_asked_is_refused_at_the_door(
    api: Api, services: Services, place: str, more: dict[str, Any], status: int, code: str
) -> None:
    reply = ask(api, place, **more)
    assert (reply.status, json.loads(reply.body)["code"]) == (status, code)
    assert services.asked == []


def test_the_problem_of_the_service_is_told(api: Api, services: Services) -> None:
    services.answer = {
        "problem": {"kind": "unknown", "code": "checkpoint_unknown", "sentence": "还没有检查点。", "field": "size"}
        | dict.fromkeys(("accepted", "notice", "clause"))
        | {"details": []}
    }
    for reply in (ask(api, "allocation/checkpoint"), ask(api, "allocation/consistency", from_="1")):
        assert (reply.status, json.loads(reply.body)["code"]) == (404, "checkpoint_unknown")
