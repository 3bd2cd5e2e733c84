"""Tokens signed with the system's own key, which say more than a token may: none is taken, whatever else is right."""

from __future__ import annotations

import ast
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from joserfc import jwt
from joserfc.jwk import OKPKey

from kernel import revocation
from kernel.auth import ISSUER, LIFE, PRIVATE, SKEW, Issuer, Verifier
from kernel.errors import Unauthenticated
from programmes.roles import ROLE_NAMES
from programmes.standing import standing
from tests.kit.standing import placed

ROOT = Path(__file__).resolve().parents[2]
NOW = 1_700_000_000
FITS = standing("21")
GOOD: dict[str, Any] = {
    "sub": "s-1",
    "post": "处长",
    "organ": "中共锦州市委组织部",
    "role": "city_org",
    "areas": ["2107"],
    "units": [],
    "jti": "t-1",
    "iss": ISSUER,
    "iat": NOW,
    "exp": NOW + 3600,
}
LEVELS = ("21", "2107", "210727", "210727101", "210727101208")


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = tmp_path_factory.mktemp("keys")
    Issuer(folder)
    return folder


def code(keys: Path, now: float = NOW, **claims: Any) -> str:
    """What becomes of a token with ``claims``, signed by the system's key; "" where it is taken."""
    body = {name: value for name, value in {**GOOD, **claims}.items() if value is not ...}
    key = OKPKey.import_key((keys / PRIVATE).read_bytes())
    token = jwt.encode({"alg": "Ed25519"}, body, key, algorithms=["Ed25519"])
    try:
        Verifier(keys, lambda: now, fits=FITS).verify(token)
    except Unauthenticated as refused:
        return str(refused.code)
    return ""


def test_the_good_one_is_taken(keys: Path) -> None:
    assert code(keys) == ""
    assert code(keys, iss=...) == ""


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "another"},
        {"iss": None},
        {"iss": ["paizhu"]},
        {"aud": "paizhu"},
        {"iat": ...},
        {"exp": NOW + LIFE + 1},
        {"iat": NOW - LIFE, "exp": NOW + 1},
        {"jti": "t 1"},
        {"jti": " "},
        {"jti": "t-1\n"},
        {"jti": "编号"},
        {"jti": "x" * 81},
        {"jti": 7},
        {"areas": ["2"]},
        {"areas": ["210"]},
        {"areas": [""]},
        {"areas": []},
        {"areas": ["2107", "21"]},
        {"areas": ["1409"]},
        {"areas": ["2199"]},
        {"units": ["U01"]},
        {"role": "province_org"},
        {"role": "nobody"},
        {"role": "channel", "areas": [], "units": ["省直机关工委", "2107"]},
        {"role": "unit", "areas": [], "units": []},
    ],
    ids=str,
)
def test_what_says_more_than_it_may_is_refused(keys: Path, claims: dict[str, Any]) -> None:
    assert code(keys, **claims) == "token_invalid"


def test_a_token_of_tomorrow_is_taken_tomorrow(keys: Path) -> None:
    assert code(keys, iat=NOW + SKEW) == ""
    ahead = {"iat": NOW + SKEW + 1, "exp": NOW + SKEW + 3601}
    assert code(keys, **ahead) == "token_not_yet_valid"
    assert code(keys, NOW + 1, **ahead) == ""
    assert code(keys, nbf=NOW + 1) == "token_not_yet_valid"
    assert code(keys, exp=NOW + LIFE) == ""


@pytest.mark.parametrize(
    "sub", ["S-1", "s-1 ", " s-1", "ｓ-1", "s－1", "s-1\u200b", "ѕ-1", "s‑1", "ſ-1", "s-1.", "s" * 65]
)
def test_what_looks_like_another_account_is_none(keys: Path, sub: str) -> None:
    assert code(keys, sub=sub) == "token_invalid"
    with pytest.raises(ValueError, match="no verifier"):
        Issuer(keys, lambda: NOW).issue({**GOOD, "sub": sub}, 60)


@given(st.text(max_size=90))
@example("t 1")
@example("~" * 80)
@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_id_verifies_can_be_revoked(keys: Path, token_id: str) -> None:
    try:
        revocation.revoke(keys, token_id, lambda: NOW)
    except ValueError:
        assert code(keys, jti=token_id) == "token_invalid"
    else:
        assert code(keys, jti=token_id) == "token_revoked"
        (keys / revocation.FILE).unlink()


@pytest.mark.parametrize("role", sorted(ROLE_NAMES))
def test_a_role_is_issued_and_taken_at_its_own_level_alone(keys: Path, role: str) -> None:
    fitting = placed(role)
    named = {"sub": "p-1", "post": "p", "organ": "o", "role": role}
    issuer, verifier = Issuer(keys, lambda: NOW, FITS), Verifier(keys, lambda: NOW, fits=FITS)
    for areas in ((), *((one,) for one in LEVELS), ("14",), ("45",), ("1409",)):
        for units in ((), ("省直机关工委",)):
            claims: dict[str, Any] = {**named, "areas": list(areas), "units": list(units)}
            if (areas, units) == (fitting.areas, fitting.units):
                assert verifier.verify(issuer.issue(claims, 60)).areas == areas
                continue
            assert code(keys, **claims) == "token_invalid", claims
            with pytest.raises(ValueError, match="no verifier"):
                issuer.issue(claims, 60)


def test_what_fits_is_told_of_an_actor_however_it_came() -> None:
    for role in ROLE_NAMES:
        assert FITS(placed(role)) == "", asdict(placed(role))


def test_a_province_without_a_register_is_held_by_its_code() -> None:
    fits, office = standing("33"), placed("city_org")
    assert fits(replace(office, areas=("3301",))) == ""
    assert "33" in fits(replace(office, areas=("2107",)))
    assert "4 位" in fits(replace(office, areas=("33",)))


def test_nobody_issues_or_verifies_without_holding_role_and_place_together() -> None:
    """But who only makes the pair of keys."""
    without = set()
    for room in ("kernel", "programmes", "services", "gateway", "audit", "deploy", "cli", "demo", "bench"):
        for path in (ROOT / room).rglob("*.py"):
            text = path.read_text(encoding="utf-8")
            for node in ast.walk(ast.parse(text)) if "kernel.auth" in text else ():
                made = isinstance(node, ast.Call) and ast.unparse(node.func) in ("Issuer", "Verifier")
                if made and "fits" not in ast.unparse(node):
                    without.add(path.relative_to(ROOT).as_posix())
    assert without == {"deploy/keys.py"}
