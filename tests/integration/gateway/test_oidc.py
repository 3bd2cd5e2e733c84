"""Signing in with an OpenID Connect issuer, which is a process of its own: code, PKCE, state, nonce, and every lie."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from urllib.parse import parse_qsl, urlsplit

import pytest
import requests

from deploy.local.ports import reserve
from gateway.accounts.account import named
from gateway.accounts.door import SignInDoor
from gateway.accounts.oidc import Issuer, Oidc
from gateway.api import Api
from gateway.exchange import Reply
from gateway.toll import Toll
from tests.kit.gateway.issuer import CLIENT, SECRET
from tests.kit.gateway.visitors import Town, Visitor
from tests.kit.waiting import BOUND, eventually

BACK = "https://paizhu.example/sign-in/oidc/back"


@pytest.fixture(scope="module")
def issuer(processes: Callable[..., subprocess.Popen[bytes]]) -> Iterator[str]:
    """The address of an issuer that is up."""
    with closing(reserve(("issuer",))) as ports:
        url = f"http://127.0.0.1:{ports['issuer']}"
        processes("tests.kit.gateway.issuer", str(ports["issuer"]))

        def up() -> bool:
            try:
                return requests.get(f"{url}/jwks", timeout=BOUND).ok
            except requests.ConnectionError:
                return False

        eventually(up)
        yield url


@pytest.fixture
def there(town: Town, issuer: str) -> Town:
    """The door with that issuer, which knows the holder of an account that has a post."""
    toll = Toll(town.sessions.bearer, clock=town.clock)
    oidc = Oidc(town.entrance, Issuer(issuer, CLIENT, SECRET, BACK))
    town.api = Api(town.api.services, town.sessions.bearer, {}, toll.charge)
    town.api.open(*SignInDoor(town.entrance, town.pages, toll.address, oidc).paths())
    town.account("he", subject=named(issuer, "s-1"), password="", initial=0)
    town.seat("he", "2107", "org_head")
    behave(issuer, town)
    return town


def behave(issuer: str, town: Town, /, **lies: str) -> None:
    requests.get(f"{issuer}/behave", {"now": str(int(town.now)), **lies}, timeout=BOUND)


def sent(who: Visitor) -> dict[str, str]:
    """What the issuer sends the browser back with."""
    left = who.get("/sign-in/oidc", next="/acts")
    assert left.status == 303
    answer = requests.get(left.headers["Location"], timeout=BOUND, allow_redirects=False)
    assert answer.status_code == 302
    return dict(parse_qsl(urlsplit(answer.headers["Location"]).query))


def came(who: Visitor) -> Reply:
    return who.get("/sign-in/oidc/back", **sent(who))


def test_whom_the_issuer_vouches_for_comes_in_as_the_holder_of_the_account(there: Town) -> None:
    who = Visitor(there)
    reply = came(who)
    assert (reply.status, reply.headers["Refresh"]) == (200, "0; url=/acts")
    assert "市委组织部部长" in who.shown()
    left = who.get("/sign-in/oidc")
    asked = dict(parse_qsl(urlsplit(left.headers["Location"]).query))
    assert (asked["scope"], asked["code_challenge_method"], asked["redirect_uri"]) == ("openid", "S256", BACK)
    assert "SameSite=Lax" in left.headers["Set-Cookie"]


def test_what_another_browser_brings_back_or_brings_twice_signs_nobody_in(there: Town) -> None:
    who, other = Visitor(there), Visitor(there)
    answer = sent(who)
    assert other.get("/sign-in/oidc/back", **answer).status == 401
    sent(other)
    assert other.get("/sign-in/oidc/back", **answer).status == 401, "a state of another's flow"
    assert who.get("/sign-in/oidc/back", **answer).status == 200
    assert who.get("/sign-in/oidc/back", **answer).status == 401, "once"
    late = Visitor(there)
    answer = sent(late)
    there.later(601)
    assert late.get("/sign-in/oidc/back", **answer).status == 401


@pytest.mark.parametrize(
    "lies",
    [
        *({"nonce": "another"}, {"aud": "another"}, {"iss": "https://another.example"}, {"sub": "s-2"}),
        *({"life": "-61"}, {"alg": "none"}, {"alg": "HS256"}, {"key": "other"}),
    ],
)
def test_an_id_token_that_is_not_ours_signs_nobody_in(there: Town, issuer: str, lies: dict[str, str]) -> None:
    behave(issuer, there, **lies)
    who = Visitor(there)
    assert came(who).status == 401
    assert "paizhu" not in who.cookies


def test_a_code_without_its_verifier_is_worth_nothing(there: Town) -> None:
    who = Visitor(there)
    answer = sent(who)
    there.store._rows("update accounts.flows set verifier = 'another' returning 1")
    assert who.get("/sign-in/oidc/back", **answer).status == 401


def test_an_answer_of_another_issuer_or_a_refusal_signs_nobody_in(there: Town) -> None:
    for changed in ({"iss": "https://another.example"}, {"error": "access_denied"}):
        who = Visitor(there)
        answer = sent(who)
        if "error" in changed:
            del answer["code"]
        assert who.get("/sign-in/oidc/back", **{**answer, **changed}).status == 401


def test_an_issuer_that_is_away_or_calls_itself_otherwise_is_told(there: Town, issuer: str) -> None:
    behave(issuer, there, issuer="https://another.example")
    for url in (issuer, "http://127.0.0.1:9"):
        toll = Toll(there.sessions.bearer, clock=there.clock)
        oidc = Oidc(there.entrance, Issuer(url, CLIENT, SECRET, BACK))
        api = Api(there.api.services, there.sessions.bearer, {}, toll.charge)
        api.open(*SignInDoor(there.entrance, there.pages, toll.address, oidc).paths())
        there.api = api
        assert Visitor(there).get("/sign-in/oidc").status == 503


def test_without_an_issuer_there_is_no_such_place(town: Town) -> None:
    assert Visitor(town).get("/sign-in/oidc").status == 404
    assert "统一身份认证" not in str(Visitor(town).get("/sign-in").body)
