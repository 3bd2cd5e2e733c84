"""The HTTP API without a server: what reaches the service, what is refused at the door, what comes back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from gateway.api import BODY_LIMIT, UNASKED_LIMIT, Api, too_large
from gateway.envelope import VALUES
from gateway.exchange import Reply, Request
from gateway.routes import Route
from kernel.errors import Busy, Unauthenticated
from kernel.messages import OWN, Actor, Command

ACTOR = Actor("p-1", "处长", "省委组织部", "province_org", ("21",))


class OpenThing(Command, title="试验", roles=frozenset({"province_org"}), concerns=OWN):
    name: str


class Services:
    """Stands for the services: remembers what was asked and gives the answer it was told to give."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, Mapping[str, Any]]] = []
        self.answer: dict[str, Any] | Exception = {"receipt": {"service": "allocation", "position": 7}}

    def __call__(self, service: str, method: str, request: Mapping[str, Any]) -> dict[str, Any]:
        self.asked.append((service, method, request))
        if isinstance(self.answer, Exception):
            raise self.answer
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
    return Api(services, verify, {"OpenThing": Route("allocation", OpenThing)})


GOOD = {"authorization": "Bearer good", "idempotency-key": "c-1", "content-type": "application/json; charset=utf-8"}
BODY = {"occurred_on": "2018-04-16", "data": {"name": "甲"}}


def post(api: Api, name: str = "OpenThing", body: Any = BODY, **headers: str | None) -> Reply:
    given = {**GOOD, **{n.replace("_", "-"): v for n, v in headers.items()}}
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    kept = {n: v for n, v in given.items() if v is not None}
    return api.answer(Request("POST", f"/api/v1/commands/{name}", kept, {}, raw), "k-1")


def nested(levels: int) -> dict[str, Any]:
    """An object with so many lists in each other in it."""
    made: Any = []
    for _ in range(levels - 1):
        made = [made]
    return {"name": made}


def twice(data: bytes) -> bytes:
    """A body whose data names something twice, which no ``json.dumps`` writes."""
    return b'{"occurred_on": "2018-04-16", "data": ' + data + b"}"


def problem(reply: Reply) -> tuple[int, str, str | None]:
    assert reply.headers["Content-Type"] == "application/problem+json"
    body = json.loads(reply.body)
    assert body["status"] == reply.status
    assert body["correlation"] == reply.headers["X-Correlation-Id"] == "k-1"
    return reply.status, body["code"], body["field"]


def test_a_command_goes_to_its_owner_with_all_it_needs_and_the_receipt_comes_back(api: Api, services: Services) -> None:
    reply = post(api, paizhu_after="allocation=12, personnel=3", if_match='"4"')
    assert (reply.status, json.loads(reply.body)) == (200, {"service": "allocation", "position": 7})
    assert services.asked == [
        (
            "allocation",
            "execute",
            {
                "command": "OpenThing",
                "id": "c-1",
                "occurred_on": "2018-04-16",
                "data": {"name": "甲"},
                "actor": {
                    "person": "p-1",
                    "post": "处长",
                    "organ": "省委组织部",
                    "role": "province_org",
                    "areas": ("21",),
                    "units": (),
                },
                "correlation": "k-1",
                "after": {"allocation": 12, "personnel": 3},
                "expected": 4,
            },
        )
    ]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"authorization": None}, (401, "token_missing", "Authorization")),
        ({"name": "CloseThing"}, (404, "command_unknown", "command")),
        ({"idempotency_key": None}, (400, "idempotency_key_missing", "Idempotency-Key")),
        ({"idempotency_key": "两字"}, (400, "idempotency_key_invalid", "Idempotency-Key")),
        ({"idempotency_key": "x" * 129}, (400, "idempotency_key_invalid", "Idempotency-Key")),
        ({"content_type": None}, (415, "media_unsupported", "Content-Type")),
        ({"content_type": "text/plain"}, (415, "media_unsupported", "Content-Type")),
        ({"paizhu_after": "allocation"}, (400, "after_invalid", "Paizhu-After")),
        ({"paizhu_after": "allocation=-1"}, (400, "after_invalid", "Paizhu-After")),
        ({"if_match": "W/x"}, (400, "if_match_invalid", "If-Match")),
        ({"body": b"{"}, (400, "json_invalid", "body")),
        ({"body": b"\xff\xfe"}, (400, "json_invalid", "body")),
        ({"body": b""}, (400, "json_invalid", "body")),
        ({"body": []}, (400, "field_type", "body")),
        ({"body": {"occurred_on": "2018-04-16"}}, (400, "field_missing", "data")),
        ({"body": {"data": {}}}, (400, "field_missing", "occurred_on")),
        ({"body": {**BODY, "note": 1}}, (400, "field_unknown", "note")),
        ({"body": {**BODY, "occurred_on": "2018-11-31"}}, (400, "field_type", "occurred_on")),
        ({"body": {**BODY, "occurred_on": 20180416}}, (400, "field_type", "occurred_on")),
        ({"body": {**BODY, "occurred_on": "20180416"}}, (400, "field_type", "occurred_on")),
        ({"body": {**BODY, "occurred_on": "2018-W16-1"}}, (400, "field_type", "occurred_on")),
        ({"body": {**BODY, "data": nested(32)}}, (400, "json_too_deep", "data")),
        ({"body": b'{"data": {}, "occurred_on": "2018-04-16", "data": {}}'}, (400, "json_duplicate_key", "data")),
        ({"body": twice(b'{"name": "a", "name": "a"}')}, (400, "json_duplicate_key", "name")),
        ({"body": twice(b'{"rows": [{"n": 1}, {"n": 1, "n": 2}]}')}, (400, "json_duplicate_key", "n")),
        ({"body": twice(b'{"a": 1, "\\u0061": 2}')}, (400, "json_duplicate_key", "a")),
    ],
)
def test_what_the_door_refuses_never_reaches_a_service(
    api: Api, services: Services, change: dict[str, Any], expected: tuple[int, str, str]
) -> None:
    assert problem(post(api, **change)) == expected
    assert services.asked == []


def test_the_deepest_data_and_the_last_day_that_are_admitted(api: Api) -> None:
    assert post(api, body={"occurred_on": "2020-03-02", "data": nested(31)}).status == 200


def test_a_body_has_so_many_values_and_no_more(api: Api, services: Services) -> None:
    def sent(number: int) -> Reply:
        return post(api, body=twice(b'{"name": [' + b",".join([b"{}"] * number) + b"]}"))

    # Besides them there are the body, its data and their list, and a comma stands before the data.
    most = (VALUES - 3) // 2
    assert sent(most).status == 200
    assert problem(sent(most + 1)) == (400, "json_too_many", "data")
    assert len(services.asked) == 1


def test_the_body_of_who_has_not_the_role_is_not_looked_at(services: Services) -> None:
    class Elsewhere(Command, title="试验", roles=frozenset({"unit"}), concerns=OWN):
        name: str

    api = Api(services, verify, {"OpenThing": Route("allocation", Elsewhere)})
    for body in (b"{", b"[" * 1_000_000, BODY):
        reply = post(api, body=body)
        assert problem(reply) == (403, "role_not_allowed", "role")
    assert json.loads(reply.body)["detail"] == "省委组织部不能办理“试验”。"
    assert json.loads(reply.body)["accepted"] == "派出单位"
    assert services.asked == []


def test_one_name_in_two_objects_is_no_duplicate(api: Api) -> None:
    assert post(api, body=twice(b'{"name": [{"name": 1}, {"name": 2}], "data": 1.5}')).status == 200


def test_a_refusal_by_the_service_is_told_as_it_was_given(api: Api, services: Services) -> None:
    services.answer = {
        "problem": {"kind": "rule", "code": "full", "sentence": "已满。", "field": "kind", "notice": "N", "clause": "C"}
    }
    reply = post(api)
    assert problem(reply) == (422, "full", "kind")
    assert (json.loads(reply.body)["notice"], json.loads(reply.body)["clause"]) == ("N", "C")


@pytest.mark.parametrize("kind", ["not_yet", "busy"])
def test_what_may_be_tried_again_says_when(api: Api, services: Services, kind: str) -> None:
    services.answer = {"problem": {"kind": kind, "code": kind, "sentence": "稍后"}}
    reply = post(api)
    assert problem(reply) == (503, kind, None)
    assert reply.headers["Retry-After"] == "1"


def test_a_service_that_does_not_answer_is_503(api: Api, services: Services) -> None:
    services.answer = Busy("没有答复", code="no_answer")
    assert problem(post(api)) == (503, "no_answer", None)


def test_an_error_of_our_own_says_nothing_of_itself(api: Api, services: Services) -> None:
    services.answer = RuntimeError("secret detail")
    reply = post(api)
    assert problem(reply) == (500, "internal", None)
    assert "secret" not in str(reply.body)


def get(api: Api, path: str, **query: str) -> Reply:
    return api.answer(Request("GET", path, {"authorization": "Bearer good"}, query), "k-1")


def test_a_query_is_handed_on_with_its_page(api: Api, services: Services) -> None:
    services.answer = {"items": [1], "next": "c", "service": "personnel", "position": 9}
    first = json.loads(get(api, "/api/v1/personnel/persons", unit="u-1", limit="1000").body)
    assert first == {**services.answer, "next": first["next"]}
    reply = get(api, "/api/v1/personnel/persons", unit="u-1", cursor=first["next"], limit="500")
    assert json.loads(reply.body) == first
    (_, _, before), (service, method, asked) = services.asked
    assert (service, method, asked["query"], asked["params"]) == ("personnel", "query", "persons", {"unit": "u-1"})
    assert [(one["cursor"], one["limit"]) for one in (before, asked)] == [(None, 1000), ("c", 500)]
    other = get(api, "/api/v1/personnel/persons", unit="u-2", cursor=first["next"])
    assert problem(other)[:2] == (400, "cursor_invalid")


def test_a_question_that_is_asked_again_is_answered_by_its_tag(api: Api, services: Services) -> None:
    services.answer = {"items": [1], "next": None, "service": "personnel", "position": 9}
    known = get(api, "/api/v1/personnel/persons")
    headers = {"authorization": "Bearer good", "if-none-match": known.headers["ETag"]}
    asked = Request("GET", "/api/v1/personnel/persons", headers)
    assert (api.answer(asked, "k-1").status, len(services.asked)) == (304, 2)
    # What leaves an event whenever it is looked at is kept by nobody.
    assert "ETag" not in get(api, "/api/v1/personnel/personal_data").headers


@pytest.mark.parametrize("limit", ["0", "1001", "-1", "ten", "١٠"])
def test_a_page_has_1_to_1000_items(api: Api, limit: str) -> None:
    assert problem(get(api, "/api/v1/personnel/persons", limit=limit)) == (400, "parameter_invalid", "limit")


@pytest.mark.parametrize("path", ["/api/v1/payroll/persons", "/api/v2/x", "/api/v1/personnel/a/b"])
def test_an_address_that_is_not_there(api: Api, path: str) -> None:
    assert problem(get(api, path)) == (404, "path_unknown", "path")


def test_a_method_that_is_not_supported_names_those_that_are(api: Api) -> None:
    reply = api.answer(Request("DELETE", "/api/v1/commands/OpenThing"), "k-1")
    assert problem(reply) == (405, "method_unsupported", "method")
    assert reply.headers["Allow"] == "POST"


def test_a_body_too_large_is_refused_unread(api: Api) -> None:
    unread = Request("POST", "/api/v1/commands/OpenThing", GOOD)
    assert api.admit(unread) == BODY_LIMIT == 1024 * 1024
    assert problem(api.answer(unread, "k-1", too_large(BODY_LIMIT))) == (413, "body_too_large", "body")
    # What was refused before it had come in is not asked who sent it.
    nobody = Request("POST", "/api/v1/commands/OpenThing")
    assert problem(api.answer(nobody, "k-1", too_large(BODY_LIMIT))) == (413, "body_too_large", "body")


def test_much_is_taken_in_only_from_a_holder_of_a_token(api: Api) -> None:
    place = "/api/v1/commands/OpenThing"
    much = {"content-length": str(UNASKED_LIMIT + 1)}
    with pytest.raises(Unauthenticated):
        api.admit(Request("POST", place, much))
    assert api.admit(Request("POST", place, {**GOOD, **much})) == BODY_LIMIT
    for headers in ({"content-length": str(UNASKED_LIMIT)}, {}):  # without a length it comes in chunks
        assert api.admit(Request("POST", place, headers)) == UNASKED_LIMIT
        assert api.admit(Request("POST", place, {**GOOD, **headers})) == BODY_LIMIT
    for method, at in (("GET", "/api/v1/allocation/things"), ("HEAD", "/api/v1/allocation/things"), ("POST", "/none")):
        assert api.admit(Request(method, at, GOOD)) == UNASKED_LIMIT == 64 << 10


def test_a_correlation_id_is_taken_over_only_where_it_is_a_plain_token() -> None:
    assert Request("GET", "/", {"x-correlation-id": "a-1:b.c"}).correlation() == "a-1:b.c"
    for bad in ("", "a b", "x" * 65, "a\nb", "甲"):
        made = Request("GET", "/", {"x-correlation-id": bad}).correlation()
        assert made != bad
        assert len(made) == 36
