"""Signing in with another issuer: OpenID Connect, authorisation code with PKCE, state and nonce.

Who comes back is known by the pair of issuer and subject, which stands at an account; what else the issuer says of them
(name, role, place) is not looked at. Invariants: a code is taken from the browser alone that was sent, once, within ten
minutes; an id_token is good where issuer, audience, times, nonce and signature are, and its algorithm is asymmetric.
Source: OpenID Connect Core 1.0, 3.1; RFC 7636; RFC 9700 section 2.1; OWASP ASVS 5.0 V10.5.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import requests
from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from gateway.accounts.account import SECOND, named
from gateway.accounts.entrance import Entrance, Opened
from gateway.accounts.refusals import ISSUER_AWAY, SIGN_IN_FAILED, SIGN_IN_FOREIGN
from kernel import logs

ALGORITHMS: Final = ("RS256", "PS256", "ES256", "Ed25519", "EdDSA")
_PATIENCE: Final = 5
_LIFE: Final = 600 * SECOND
_SKEW: Final = 60
_LOG = logs.get("accounts")


@dataclass(frozen=True, slots=True)
class Issuer:
    """The issuer, who we are to it, and where it sends the browser back."""

    url: str
    client: str
    secret: str = field(repr=False)
    back: str


class Oidc:
    """Sends browsers to ``issuer`` and takes them back. Safe for threads."""

    def __init__(self, entrance: Entrance, issuer: Issuer) -> None:
        self._entrance = entrance
        self._issuer = issuer
        self._found: Mapping[str, Any] | None = None

    def leave(self, to: str) -> tuple[str, str]:
        """Where the browser is sent, and the id of its flow. Raises Busy: ``issuer_away``."""
        told = self._told()
        state, nonce, verifier, flow = (secrets.token_urlsafe(32) for _ in range(4))
        with self._session() as session:
            url, _ = session.create_authorization_url(
                told["authorization_endpoint"], state=state, nonce=nonce, code_verifier=verifier
            )
        now = self._entrance.sessions.now()
        self._entrance.sessions.store.leave(flow, state, nonce, verifier, to, now, now + _LIFE)
        return str(url), flow

    def back(self, flow: str, query: Mapping[str, str], address: str) -> tuple[Opened, str]:
        """The session of whoever came back, and where to go on.

        Raises:
            Unauthenticated: ``sign_in_foreign`` for a flow that is not this browser's, ``sign_in_failed``, and as
                ``Entrance.by_subject``.
            Busy: ``issuer_away``.
        """
        kept = self._entrance.sessions.store.back(flow, self._entrance.sessions.now())
        if kept is None or not secrets.compare_digest(kept[0].encode(), query.get("state", "").encode()):
            self._refuse("state", address)
            raise SIGN_IN_FOREIGN()
        # RFC 9207: an answer that names another issuer was meant for another flow.
        if "code" not in query or query.get("iss", self._issuer.url) != self._issuer.url:
            self._refuse("answer", address)
            raise SIGN_IN_FAILED()
        _, nonce, verifier, to = kept
        subject = self._subject(query["code"], nonce, verifier, address)
        return self._entrance.by_subject(named(self._issuer.url, subject), address), to

    def _subject(self, code: str, nonce: str, verifier: str, address: str) -> str:
        told = self._told()
        try:
            with self._session() as session:
                token = session.fetch_token(
                    told["token_endpoint"], code=code, code_verifier=verifier, timeout=_PATIENCE, allow_redirects=False
                )
                keys = requests.get(told["jwks_uri"], timeout=_PATIENCE, allow_redirects=False)
                keys.raise_for_status()
            found = jwt.decode(token["id_token"], KeySet.import_key_set(keys.json()), algorithms=list(ALGORITHMS))
            client = self._issuer.client
            essential = {
                "iss": {"essential": True, "value": self._issuer.url},
                "aud": {"essential": True, "value": client},
                "sub": {"essential": True},
            }
            params = {"nonce": nonce, "client_id": client, "access_token": token.get("access_token")}
            claims = CodeIDToken(found.claims, found.header, essential, params)
            claims.validate(now=int(self._entrance.sessions.now() / SECOND), leeway=_SKEW)
            return str(claims["sub"])
        except requests.RequestException as error:
            self._refuse(type(error).__name__, address)
            raise ISSUER_AWAY() from None
        except (JoseError, OAuthError, KeyError, ValueError, TypeError) as error:
            self._refuse(type(error).__name__, address)
            raise SIGN_IN_FAILED() from None

    def _session(self) -> Any:
        return OAuth2Session(
            self._issuer.client,
            self._issuer.secret,
            scope="openid",
            redirect_uri=self._issuer.back,
            code_challenge_method="S256",
            token_endpoint_auth_method="client_secret_basic",  # noqa: S106  # the name of a method
        )

    def _told(self) -> Mapping[str, Any]:
        """What the issuer says of itself (OpenID Connect Discovery 1.0), asked once."""
        if self._found is None:
            try:
                place = f"{self._issuer.url.rstrip('/')}/.well-known/openid-configuration"
                answer = requests.get(place, timeout=_PATIENCE, allow_redirects=False)
                answer.raise_for_status()
                found = answer.json()
            except (requests.RequestException, ValueError):
                raise ISSUER_AWAY() from None
            if found.get("issuer") != self._issuer.url:
                raise ISSUER_AWAY()
            self._found = found
        return self._found

    def _refuse(self, why: str, address: str) -> None:
        _LOG.warning("sign-in refused", account="-", address=address, code=why, by="oidc")
