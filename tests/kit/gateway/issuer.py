"""A small OpenID Connect issuer of the tests' own: ``python -m tests.kit.gateway.issuer <port>``.

It signs everybody in as the subject ``s-1``. ``GET /behave?name=value`` makes it lie: ``now`` is its clock; ``nonce``,
``aud``, ``iss``, ``sub``, ``life`` are what its next id_tokens say, ``alg=none`` and ``alg=HS256`` how they are signed,
``key=other`` with which key.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar, Final
from urllib.parse import parse_qsl, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "paizhu-console", "synthetic-secret"
KEY: Final = RSAKey.generate_key(2048, {"kid": "k1", "use": "sig"}, auto_kid=False)
OTHER: Final = RSAKey.generate_key(2048, {"kid": "k1", "use": "sig"}, auto_kid=False)


class Issuing(BaseHTTPRequestHandler):
    """The four places of an issuer, and ``/behave``."""

    codes: ClassVar[dict[str, dict[str, str]]] = {}
    behaves: ClassVar[dict[str, str]] = {}
    url = ""

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        query = dict(parse_qsl(parts.query))
        if parts.path == "/behave":
            Issuing.behaves.clear()
            Issuing.behaves.update(query)
            self._json({})
        elif parts.path == "/.well-known/openid-configuration":
            places = {name: f"{self.url}/{name}" for name in ("authorize", "token", "jwks")}
            self._json(
                {
                    "issuer": self.behaves.get("issuer", self.url),
                    "authorization_endpoint": places["authorize"],
                    "token_endpoint": places["token"],
                    "jwks_uri": places["jwks"],
                }
            )
        elif parts.path == "/jwks":
            self._json({"keys": [KEY.as_dict(private=False)]})
        elif parts.path == "/authorize":
            right = query.get("response_type") == "code" and query.get("code_challenge_method") == "S256"
            if not right or query.get("client_id") != CLIENT:
                self._json({"error": "invalid_request"}, 400)
                return
            code = secrets.token_urlsafe(16)
            Issuing.codes[code] = query
            self.send_response(302)
            answer = urlencode({"code": code, "state": query["state"]})
            self.send_header("Location", f"{query['redirect_uri']}?{answer}")
            self.end_headers()
        else:
            self._json({}, 404)

    def do_POST(self) -> None:
        body = dict(parse_qsl(self.rfile.read(int(self.headers["Content-Length"])).decode()))
        asked = Issuing.codes.pop(body.get("code", ""), None)
        known = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        digest = hashlib.sha256(body.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if asked is None or self.headers.get("Authorization") != f"Basic {known}":
            self._json({"error": "invalid_client"}, 401)
        elif challenge != asked["code_challenge"] or body.get("redirect_uri") != asked["redirect_uri"]:
            self._json({"error": "invalid_grant"}, 400)
        else:
            self._json({"access_token": "a", "token_type": "Bearer", "id_token": self._token(asked)})

    def _token(self, asked: dict[str, str]) -> str:
        told, now = self.behaves, int(self.behaves.get("now", "0"))
        claims: dict[str, Any] = {"iss": self.url, "aud": CLIENT, "sub": "s-1", "nonce": asked["nonce"]}
        claims |= {name: told[name] for name in claims if name in told}
        claims |= {"iat": now, "exp": now + int(told.get("life", "300"))}
        alg = told.get("alg", "RS256")
        if alg != "RS256":  # nobody's signature, or the public key as a secret that everybody knows
            said = ".".join(_written(json.dumps(one).encode()) for one in ({"alg": alg, "kid": "k1"}, claims))
            mark = b"" if alg == "none" else hmac.digest(KEY.as_pem(private=False), said.encode(), "sha256")
            return f"{said}.{_written(mark)}"
        return jwt.encode({"alg": alg, "kid": "k1"}, claims, OTHER if told.get("key") else KEY)

    def _json(self, value: object, status: int = 200) -> None:
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *said: Any) -> None:
        """Say nothing."""


def _written(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


if __name__ == "__main__":
    Issuing.url = f"http://127.0.0.1:{sys.argv[1]}"
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Issuing).serve_forever()
