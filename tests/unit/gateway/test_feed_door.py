"""The HTTP feed without a server: who may read, what a page holds, how long it waits."""

from __future__ import annotations

import json
from typing import Any

import pytest

from gateway.api import Api
from gateway.exchange import Reply, Request
from gateway.feeds.door import FeedDoor
from kernel.messages import Actor

CITIES = ("2107", "2113")


class Feeds:
    """A feed of 2107 with as many items as ``items`` says; it grows by one a look after the ``grow_at``-th."""

    def __init__(self, items: int = 0, grow_at: int = 10**9) -> None:
        self.items = items
        self.looks = 0
        self.grow_at = grow_at

    def page(self, city: str, after: int, limit: int) -> tuple[list[str], int, int]:
        self.looks += 1
        if self.looks > self.grow_at:
            self.items += 1
        numbers = range(after + 1, min(after + limit, self.items) + 1) if city == "2107" else range(0)
        return [f'{{"n":{n}}}' for n in numbers], numbers[-1] if numbers else after, self.items


def door(feeds: Feeds, role: str = "city_org", areas: tuple[str, ...] = ("2107",)) -> tuple[Api, list[float]]:
    slept: list[float] = []
    actor = Actor("p", "处长", "组织部", role, areas)
    api = Api(lambda *_: {}, lambda header: actor, {})
    api.open(*FeedDoor(feeds, lambda header: actor, CITIES, slept.append).paths())
    return api, slept


def read(api: Api, city: str = "2107", **query: str) -> Reply:
    return api.answer(Request("GET", f"/feeds/{city}", {}, query), "k")


def body(reply: Reply) -> Any:
    return json.loads(reply.body)


def test_a_page_continues_where_the_last_ended() -> None:
    api, _ = door(Feeds(5))
    first = body(read(api, limit="3"))
    assert first == {"city": "2107", "items": [{"n": 1}, {"n": 2}, {"n": 3}], "next": 3, "head": 5}
    second = body(read(api, after=str(first["next"]), limit="3"))
    assert second == {"city": "2107", "items": [{"n": 4}, {"n": 5}], "next": 5, "head": 5}
    assert body(read(api, after="5")) == {"city": "2107", "items": [], "next": 5, "head": 5}


@pytest.mark.parametrize(
    ("role", "areas", "status"),
    [
        ("city_org", ("2107",), 200),
        ("province_org", ("21",), 200),
        ("auditor", ("21",), 200),
        ("auditor", (), 403),
        ("auditor", ("14",), 403),
        ("city_org", ("2113",), 403),
        ("county_org", ("210726",), 403),
        ("county_org", ("2107",), 403),
        ("village", ("210726102207",), 403),
        ("cadre", ("2107",), 403),
        ("province_org", ("22",), 403),
    ],
)
def test_only_the_city_the_province_and_the_auditor_may_read(role: str, areas: tuple[str, ...], status: int) -> None:
    feeds = Feeds(1)
    api, _ = door(feeds, role, areas)
    reply = read(api)
    assert reply.status == status
    if status == 403:
        assert (body(reply)["code"], body(reply)["field"], feeds.looks) == ("foreign_area", "city", 0)


def test_a_city_there_is_not_is_unknown_to_those_who_may_ask() -> None:
    for role, areas in (("province_org", ("21",)), ("auditor", ())):
        api, _ = door(Feeds(), role, areas)
        for city in ("2199", "9999"):
            assert (read(api, city).status, body(read(api, city))["code"]) == (404, "city_unknown")
        assert read(api, "21070").status == 404


@pytest.mark.parametrize("city", ["2113", "2199", "9999"])
def test_to_a_city_every_other_code_looks_the_same(city: str) -> None:
    api, _ = door(Feeds())
    assert (read(api, city).status, body(read(api, city))["code"]) == (403, "foreign_area")


def batch(api: Api, accept: str, **query: str) -> Reply:
    return api.answer(Request("GET", "/feeds/2107", {"accept": accept}, query), "k")


def test_a_batch_is_the_items_alone_and_its_cursor_stands_in_the_headers() -> None:
    api, _ = door(Feeds(5))
    reply = batch(api, "application/cloudevents-batch+json", after="1", limit="3")
    assert body(reply) == [{"n": 2}, {"n": 3}, {"n": 4}]
    assert reply.headers["Content-Type"] == "application/cloudevents-batch+json"
    assert (reply.headers["Paizhu-Next"], reply.headers["Paizhu-Head"]) == ("4", "5")
    assert reply.headers["Link"] == '</feeds/2107?after=4&limit=3>; rel="next"'
    rest = batch(api, "application/cloudevents-batch+json", after=reply.headers["Paizhu-Next"])
    assert (body(rest), rest.headers["Paizhu-Next"]) == ([{"n": 5}], "5")
    none = batch(api, "application/cloudevents-batch+json", after="5")
    assert (body(none), none.headers["Paizhu-Next"]) == ([], "5")


@pytest.mark.parametrize(
    ("accept", "wanted"),
    [
        ("application/cloudevents-batch+json", True),
        ("Application/CloudEvents-Batch+JSON; q=0.8, text/html", True),
        ("application/json;q=0.5, application/cloudevents-batch+json", True),
        ("application/json, application/cloudevents-batch+json;q=0.5", False),
        ("application/cloudevents-batch+json;q=0", False),
        ("application/cloudevents-batch+json;q=x", False),
        ("*/*", False),
        ("application/json", False),
        ("", False),
    ],
)
def test_the_form_is_what_the_reader_accepts(accept: str, wanted: bool) -> None:
    api, _ = door(Feeds(1))
    reply = batch(api, accept)
    assert (reply.headers["Content-Type"] == "application/cloudevents-batch+json") == wanted
    assert reply.headers["Vary"] == "Accept"
    assert isinstance(body(reply), list) == wanted


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ({"limit": "1001"}, "parameter_invalid"),
        ({"limit": "0"}, "parameter_invalid"),
        ({"after": "-1"}, "parameter_invalid"),
        ({"after": "x"}, "parameter_invalid"),
        ({"wait": "26"}, "parameter_invalid"),
        ({"cursor": "abc"}, "field_unknown"),
        ({"After": "3"}, "field_unknown"),
    ],
)
def test_parameters_that_cannot_be_heeded_are_refused(query: dict[str, str], code: str) -> None:
    feeds = Feeds(5)
    api, _ = door(feeds)
    reply = read(api, **query)
    assert (reply.status, body(reply)["code"], body(reply)["field"]) == (400, code, next(iter(query)))
    assert feeds.looks == 0


@pytest.mark.parametrize("accept", ["", "application/cloudevents-batch+json"])
def test_whoever_stands_at_the_head_waits_there_and_nobody_stands_past_it(accept: str) -> None:
    api, slept = door(Feeds(734))
    assert batch(api, accept, after="734", wait="1").status == 200
    assert sum(slept) == 1.0
    for after in ("735", "999999999"):
        reply = batch(api, accept, after=after, wait="25")
        problem = body(reply)
        assert (reply.status, problem["code"], problem["field"]) == (400, "after_past_head", "after")
        assert problem["accepted"] == "0 至 734"
    assert sum(slept) == 1.0
    empty, _ = door(Feeds())
    assert batch(empty, accept, after="0").status == 200
    assert body(batch(empty, accept, after="1"))["code"] == "after_past_head"


def test_it_waits_for_the_next_item_and_no_longer_than_told() -> None:
    api, slept = door(Feeds(0, grow_at=4))
    assert body(read(api, wait="25"))["items"] == [{"n": 1}]
    assert sum(slept) == 1.0
    api, slept = door(Feeds(0))
    assert body(read(api, wait="2"))["items"] == []
    assert sum(slept) == 2.0
    api, slept = door(Feeds(1))
    read(api, wait="2")
    assert slept == []


def test_only_so_many_requests_of_a_city_wait_at_a_time() -> None:
    feeds = Feeds()
    inner: list[Any] = []
    actor = Actor("p", "处长", "组织部", "city_org", CITIES)

    def sleep(seconds: float) -> None:
        if len(inner) < 3:  # while this one waits another comes
            inner.append(len(inner))
            read(api, wait="1")

    api = Api(lambda *_: {}, lambda header: actor, {})
    api.open(*FeedDoor(feeds, lambda header: actor, CITIES, sleep).paths())
    read(api, wait="1")
    # Two wait, four looks and a first one each; the third finds no place to wait and has looked once.
    assert feeds.looks == 5 + 5 + len(inner) - 1
    assert len(inner) == 3
