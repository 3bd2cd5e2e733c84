"""Who pays for a request: the holder of a good token, else the address; and whose word on an address counts."""

from __future__ import annotations

import json
from ipaddress import ip_network

import pytest

from gateway.api import Api, path
from gateway.exchange import Reply, Request
from gateway.toll import Toll, address_of
from kernel.config import BadSetting, Config
from kernel.door_refusals import TOKEN_INVALID, TOKEN_MISSING
from kernel.messages import Actor
from kernel.rates import Kind, Rate

RATES = {kind: Rate(0.1, 2) for kind in Kind}
PROXY = (ip_network("10.0.0.0/24"), ip_network("fd00::/8"))


class Clock:
    """Seconds that pass when told."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def verify(header: str | None) -> Actor:
    if header is None:
        raise TOKEN_MISSING()
    if not header.startswith("Bearer p-"):
        raise TOKEN_INVALID(why="试")
    return Actor(header.removeprefix("Bearer "), "处长", "组织部", "province_org", ("21",))


class Town:
    """An API with a place of each kind and its toll; ``asked`` counts what reached the services."""

    def __init__(self) -> None:
        self.clock, self.asked = Clock(), 0
        self.api = Api(self, verify, {}, Toll(verify, RATES, (), self.clock).charge)
        self.api.open(path("GET", "/open", lambda request, correlation: Reply.json({}), kind=Kind.OPEN))

    def __call__(self, *asked: object) -> dict[str, object]:
        self.asked += 1
        return {"items": [], "next": None}

    def get(self, at: str, who: str | None = None, address: str = "203.0.113.7") -> tuple[int, str | None]:
        headers = {} if who is None else {"authorization": f"Bearer {who}"}
        reply = self.api.answer(Request("GET", at, headers, address=address), "k")
        if reply.status == 429:
            body = json.loads(reply.body)
            assert (body["code"], body["clause"]) == ("rate_exceeded", None)
            assert body["accepted"] == f"{reply.headers['Retry-After']} 秒后以同一编号重试"
        return reply.status, reply.headers.get("Retry-After")


@pytest.fixture
def town() -> Town:
    return Town()


READ, LEDGER = "/api/v1/personnel/postings", "/api/v1/personnel/ledger"


def test_a_subject_has_a_budget_for_each_kind_whatever_its_address(town: Town) -> None:
    assert [town.get(READ, "p-1", address)[0] for address in "abc"] == [200, 200, 429]
    assert [town.get(LEDGER, "p-1") for _ in range(3)] == [(200, None), (200, None), (429, "10")]
    assert town.asked == 4
    assert town.get(READ, "p-2")[0] == 200
    town.clock.now = 9.0
    assert town.get(LEDGER, "p-1") == (429, "1")
    town.clock.now = 10.0
    assert [town.get(LEDGER, "p-1")[0] for _ in range(2)] == [200, 429]


def test_who_has_no_token_pays_with_the_address_and_keeps_nobody_out_that_has_one(town: Town) -> None:
    found = [town.get(READ, who)[0] for who in (None, "forged", None, "forged")]
    assert found == [401, 401, 429, 429]
    assert town.get("/nowhere", "forged")[0] == 404
    assert town.asked == 0
    # The good one behind the same address, and the strangers of another.
    assert [town.get(READ, "p-1")[0] for _ in range(2)] == [200, 200]
    assert town.get(READ, None, "203.0.113.8")[0] == 401


def test_what_is_open_to_all_and_what_is_nowhere_costs_the_address(town: Town) -> None:
    assert [town.get(at)[0] for at in ("/open", "/nowhere", "/open", "/nowhere")] == [200, 404, 429, 429]
    assert town.get("/open", address="203.0.113.8")[0] == 200
    assert town.get(READ, "p-1")[0] == 200


@pytest.mark.parametrize(
    ("peer", "forwarded", "found"),
    [
        ("203.0.113.7", "", "203.0.113.7"),
        ("203.0.113.7", "198.51.100.1", "203.0.113.7"),
        ("10.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "192.0.2.9, 198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "192.0.2.9, 198.51.100.1 ,10.0.0.2", "198.51.100.1"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("10.0.0.1", "192.0.2.9, nonsense", "10.0.0.1"),
        ("10.0.0.1", "10.0.0.3", "10.0.0.3"),
        ("::ffff:203.0.113.7", "", "203.0.113.7"),
        ("::ffff:10.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("2001:db8:1:2:aaaa::1", "", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:bbbb::9", "", "2001:db8:1:2::/64"),
        ("fd00::1", "2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("", "198.51.100.1", ""),
    ],
)
def test_only_a_proxy_of_ours_is_believed_about_an_address(peer: str, forwarded: str, found: str) -> None:
    assert address_of(peer, forwarded, PROXY) == found
    if "10.0" not in peer and "fd00" not in peer:
        assert address_of(peer, forwarded, ()) == found


def test_without_a_proxy_of_ours_nobody_is_believed() -> None:
    assert address_of("10.0.0.1", "198.51.100.1", ()) == "10.0.0.1"
    assert Config.of({}, need=()).proxies == ()
    assert Config.of({"PAIZHU_PROXIES": "10.0.0.0/24, fd00::/8"}, need=()).proxies == PROXY
    with pytest.raises(BadSetting, match="PAIZHU_PROXIES"):
        Config.of({"PAIZHU_PROXIES": "10.0.0.1/24"}, need=())
