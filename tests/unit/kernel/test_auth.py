"""Tokens: what verifies, what does not, and how each refusal is told."""

from __future__ import annotations

import json
import stat
from base64 import urlsafe_b64decode, urlsafe_b64encode
from pathlib import Path

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey, OKPKey

from kernel.auth import LIFE, PRIVATE, PUBLIC, Issuer, Verifier
from kernel.errors import Unauthenticated
from kernel.messages import Actor
from kernel.revocation import FILE, revoke

CLAIMS = {"sub": "p-1", "post": "处长", "organ": "辽宁省委组织部", "role": "province_org", "areas": ["21"], "units": []}


class Clock:
    def __init__(self, now: float = 1_000_000.0) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def signed(folder: Path, claims: dict[str, object], **header: object) -> str:
    """What somebody who holds the private key may sign besides what ``Issuer`` does."""
    key = OKPKey.import_key((folder / PRIVATE).read_bytes())
    return jwt.encode({"alg": "Ed25519", **header}, {"iat": 1_000_000, **claims}, key, algorithms=["Ed25519"])


def refused(verifier: Verifier, token: str | None) -> Unauthenticated:
    with pytest.raises(Unauthenticated) as caught:
        verifier.verify(token)
    assert caught.value.field == "Authorization"
    assert caught.value.accepted
    return caught.value


def test_a_token_names_its_holder_with_all_claims(tmp_path: Path, clock: Clock) -> None:
    token = Issuer(tmp_path, clock).issue({**CLAIMS, "areas": ("21",), "units": ["u-1"]}, 60)
    assert Verifier(tmp_path, clock).bearer(f"Bearer {token}") == Actor(
        "p-1", "处长", "辽宁省委组织部", "province_org", ("21",), ("u-1",)
    )


def test_the_private_key_is_readable_by_its_owner_only_and_made_once(tmp_path: Path, clock: Clock) -> None:
    first = Issuer(tmp_path / "keys", clock).issue(CLAIMS, 60)
    assert stat.S_IMODE((tmp_path / "keys" / PRIVATE).stat().st_mode) == 0o600
    assert b"PRIVATE" not in (tmp_path / "keys" / PUBLIC).read_bytes()
    assert sorted(p.name for p in (tmp_path / "keys").iterdir()) == [PRIVATE, PUBLIC]
    Issuer(tmp_path / "keys", clock).issue(CLAIMS, 60)
    assert Verifier(tmp_path / "keys", clock).verify(first).person == "p-1"


@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer  "])
def test_without_a_token_the_code_is_token_missing(tmp_path: Path, header: str | None) -> None:
    Issuer(tmp_path)
    with pytest.raises(Unauthenticated) as caught:
        Verifier(tmp_path).bearer(header)
    assert caught.value.code == "token_missing"


def test_a_token_expires_at_its_second_even_when_it_was_remembered(tmp_path: Path, clock: Clock) -> None:
    token = Issuer(tmp_path, clock).issue(CLAIMS, 60)
    verifier = Verifier(tmp_path, clock)
    clock.now += 59.9
    assert verifier.verify(token).role == "province_org"
    clock.now += 0.1
    assert refused(verifier, token).code == "token_expired"
    assert refused(Verifier(tmp_path, clock), token).code == "token_expired"


def test_a_changed_claim_breaks_the_signature(tmp_path: Path, clock: Clock) -> None:
    head, body, signature = Issuer(tmp_path, clock).issue(CLAIMS, 60).split(".")
    claims = json.loads(urlsafe_b64decode(body + "=="))
    claims["areas"] = ["22"]
    forged = urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")
    assert refused(Verifier(tmp_path, clock), f"{head}.{forged}.{signature}").code == "token_invalid"


def test_other_keys_and_other_algorithms_do_not_verify(tmp_path: Path, clock: Clock) -> None:
    Issuer(tmp_path, clock)
    verifier, body = Verifier(tmp_path, clock), {**CLAIMS, "exp": int(clock()) + 60}
    stranger = jwt.encode({"alg": "Ed25519"}, body, OKPKey.generate_key(crv="Ed25519"), algorithms=["Ed25519"])
    # The classic confusion: the public key's text used as a shared secret.
    shared = jwt.encode({"alg": "HS256"}, body, OctKey.import_key((tmp_path / PUBLIC).read_bytes().replace(b"-", b"")))
    unsigned = ".".join(urlsafe_b64encode(json.dumps(p).encode()).decode().rstrip("=") for p in ({"alg": "none"}, body))
    for token in (stranger, shared, unsigned + ".", "abc", "a.b.c", "令.牌.。", "\udcff.b.c"):
        assert refused(verifier, token).code == "token_invalid"


@pytest.mark.parametrize(
    "change",
    [
        {"sub": ""},
        {"sub": "p-13900010007"},
        {"post": "处长（210321 19850215 0007）"},
        {"organ": "省委\u200b组织部"},
        {"units": ["U01", "U\u202c02"]},
        {"role": None},
        {"areas": "21"},
        {"units": [1]},
        {"exp": "soon"},
        {"exp": True},
        {"exp": None},
        {"exp": float("nan")},
        {"exp": float("inf")},
        {"exp": 1_000_060.5},
        {"exp": -1},
        {"exp": 253_402_300_800},
        {"exp": 10**400},
        {"nbf": None},
        {"nbf": float("nan")},
        {"nbf": float("-inf")},
        {"nbf": False},
        {"nbf": "1000000"},
        {"nbf": -1},
        {"iat": float("inf")},
        {"iat": True},
        {"iat": 10**400},
        {"iat": None},
        {"aud": "another system"},
        {"jti": None},
        {"jti": ""},
    ],
)
def test_a_good_signature_over_bad_claims_is_invalid(tmp_path: Path, clock: Clock, change: dict[str, object]) -> None:
    Issuer(tmp_path, clock)
    token = signed(tmp_path, {**CLAIMS, "jti": "t-1", "exp": int(clock()) + 60, **change})
    assert refused(Verifier(tmp_path, clock), token).code == "token_invalid"


def test_who_acts_is_told_in_the_form_of_every_text(tmp_path: Path, clock: Clock) -> None:
    wide = {"organ": "省委组织部\u3000二处 ", "areas": ["２１"], "units": ["Ｕ０１"]}
    actor = Verifier(tmp_path, clock).verify(Issuer(tmp_path, clock).issue({**CLAIMS, **wide}, 60))
    assert (actor.organ, actor.areas, actor.units) == ("省委组织部 二处", ("21",), ("U01",))


def test_a_token_holds_from_its_second_on_even_when_it_was_shown_before(tmp_path: Path, clock: Clock) -> None:
    Issuer(tmp_path, clock)
    now = int(clock())
    token = signed(tmp_path, {**CLAIMS, "jti": "t-1", "nbf": now + 3600, "exp": now + 7200})
    verifier = Verifier(tmp_path, clock)
    assert refused(verifier, token).code == "token_not_yet_valid"
    clock.now += 3599.9
    assert refused(verifier, token).code == refused(Verifier(tmp_path, clock), token).code == "token_not_yet_valid"
    clock.now += 0.1
    assert verifier.verify(token) == Verifier(tmp_path, clock).verify(token)
    clock.now += 3600
    assert refused(verifier, token).code == "token_expired"


@pytest.mark.parametrize("critical", [["exp"], ["alg"], [], [[]], "alg", 1, None])
def test_a_token_that_demands_what_nobody_here_knows_is_invalid(tmp_path: Path, clock: Clock, critical: object) -> None:
    Issuer(tmp_path, clock)
    claims = {**CLAIMS, "jti": "t-1", "iat": int(clock()), "exp": int(clock()) + 60}
    assert Verifier(tmp_path, clock).verify(signed(tmp_path, claims)).person == "p-1"
    key = OKPKey.import_key((tmp_path / PRIVATE).read_bytes()).raw_value
    head, body = (
        urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=")
        for part in ({"alg": "Ed25519", "crit": critical}, claims)
    )
    token = b".".join((head, body, urlsafe_b64encode(key.sign(head + b"." + body)).rstrip(b"="))).decode()
    assert refused(Verifier(tmp_path, clock), token).code == "token_invalid"


def test_an_issuer_signs_no_claims_that_would_not_verify(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="格式不正确"):
        Issuer(tmp_path).issue({"sub": "p-1"}, 60)
    with pytest.raises(ValueError, match="账号"):
        Issuer(tmp_path).issue({**CLAIMS, "sub": "P-1"}, 60)
    with pytest.raises(ValueError, match="不许"):
        Issuer(tmp_path, fits=lambda actor: "不许").issue(CLAIMS, 60)
    with pytest.raises(ValueError, match="366"):
        Issuer(tmp_path).issue(CLAIMS, LIFE + 1)


def test_before_the_first_token_is_issued_none_verifies_and_afterwards_it_does(tmp_path: Path) -> None:
    verifier = Verifier(tmp_path)
    assert refused(verifier, "a.b.c").code == "token_invalid"
    assert verifier.verify(Issuer(tmp_path).issue(CLAIMS, 3600)).person == "p-1"


def test_a_revoked_token_is_refused_within_a_second_though_it_was_remembered(tmp_path: Path, clock: Clock) -> None:
    issuer, verifier = Issuer(tmp_path, clock), Verifier(tmp_path, clock)
    taken, left = issuer.issue({**CLAIMS, "jti": "t-1"}, 600), issuer.issue(CLAIMS, 600)
    assert verifier.verify(taken) == verifier.verify(left)
    assert revoke(tmp_path, "t-1", clock)
    clock.now += 1
    assert refused(verifier, taken).code == refused(Verifier(tmp_path, clock), taken).code == "token_revoked"
    assert verifier.verify(left).person == "p-1"
    assert not revoke(tmp_path, "t-1", clock)
    assert (tmp_path / FILE).read_text() == "t-1 1000000\n"


def test_a_list_that_was_removed_takes_nothing_back_and_one_that_cannot_be_read_admits_nobody(
    tmp_path: Path, clock: Clock
) -> None:
    token = Issuer(tmp_path, clock).issue({**CLAIMS, "jti": "t-1"}, 600)
    verifier = Verifier(tmp_path, clock)
    revoke(tmp_path, "t-1", clock)
    assert refused(verifier, token).code == "token_revoked"
    (tmp_path / FILE).unlink()
    clock.now += 1
    assert refused(verifier, token).code == "token_revoked"
    (tmp_path / FILE).mkdir()
    clock.now += 1
    with pytest.raises(OSError, match="directory"):
        verifier.verify(token)


@pytest.mark.parametrize("text", ["", "a b", "a\nb", "x" * 81, "甲"])
def test_what_is_no_id_is_not_put_on_the_list(tmp_path: Path, text: str) -> None:
    with pytest.raises(ValueError, match="no id"):
        revoke(tmp_path, text)


def test_only_so_many_tokens_are_remembered(tmp_path: Path, clock: Clock) -> None:
    issuer, verifier = Issuer(tmp_path, clock), Verifier(tmp_path, clock, remember=2)
    for n in range(5):
        assert verifier.verify(issuer.issue({**CLAIMS, "sub": f"p-{n}"}, 60)).person == f"p-{n}"
    assert len(verifier._known) == 2
