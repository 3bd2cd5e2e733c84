"""Who sits at the browser: the session's id in a cookie that no script reads, and what shows that a form is of it.

The places of the API take no cookie: only the console's own pages read it. Invariant: nothing is changed by a form that
does not name the proof of the session it is sent in, which none but its own pages show, or that another site sent.
Source: OWASP ASVS 5.0, V3.3 (cookies) and V3.5 (requests from other origins); RFC 6265.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import replace
from typing import Final
from urllib.parse import parse_qsl

from gateway.api import require_media
from gateway.exchange import Request
from gateway.refusals import FORM_FOREIGN, FORM_TOO_LONG, PARAMETER_REPEATED

COOKIE: Final = "paizhu"
HOST: Final = "__Host-"
"""Before the name of a cookie that this host alone can set (RFC 6265bis, 4.1.3.2)."""
PROOF: Final = "_proof"
MEDIA: Final = "application/x-www-form-urlencoded"
_ENTRIES: Final = 20_000
_WHAT: Final = b"paizhu console form"


def cookies(request: Request) -> dict[str, str]:
    """The cookies of ``request``, the first of each name; over https those alone that no other host can have set."""
    found: dict[str, str] = {}
    secure = _secure(request)
    for part in request.headers.get("cookie", "").split(";"):
        name, _, value = part.strip().partition("=")
        if name.startswith(HOST) == secure:
            found.setdefault(name.removeprefix(HOST), value)
    return found


def _secure(request: Request) -> bool:
    return request.headers.get("x-forwarded-proto", "").lower() == "https"


def asked(request: Request) -> Request:
    """``request`` with the session of its cookie in the header where the API looks for it, unless there is one."""
    token = cookies(request).get(COOKIE)
    if not token or "authorization" in request.headers:
        return request
    return replace(request, headers={**request.headers, "authorization": f"Bearer {token}"})


def kept(request: Request, name: str, value: str, seconds: int | None = None, site: str = "Strict") -> str:
    """A header ``Set-Cookie``: no script reads it, no other site's page sends it; over https it is sent so alone.

    Without ``seconds`` it ends with the browser's session; 0 takes it away. ``site`` is ``Lax`` for what must come
    along when another site sends the browser back.
    """
    ends = "" if seconds is None else f"; Max-Age={seconds}"
    host, secure = (HOST, "; Secure") if _secure(request) else ("", "")
    return f"{host}{name}={value}; Path=/; HttpOnly; SameSite={site}{secure}{ends}"


def proof(request: Request) -> str:
    """What a form of this session holds: made of the token, which cannot be found from it."""
    token = request.headers.get("authorization", "").encode("utf-8", "surrogateescape")
    return hmac.digest(token, _WHAT, "sha256").hex()


def at_home(request: Request) -> None:
    """Check that a page of this site, or whoever sits at the browser, sent it. Raises Forbidden: ``form_foreign``."""
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise FORM_FOREIGN()


def entries(request: Request) -> dict[str, str]:
    """What was typed, by the names of the fields, with the line ends of one kind.

    Raises:
        WrongMedia, BadInput: ``form_too_long``, ``parameter_repeated``.
        Forbidden: ``form_foreign``, where another site sent it.
    """
    require_media(request, MEDIA)
    at_home(request)
    try:
        given = parse_qsl(
            request.body.decode("utf-8", "replace"),
            keep_blank_values=True,
            errors="replace",
            max_num_fields=_ENTRIES,
        )
    except ValueError:
        raise FORM_TOO_LONG(most=_ENTRIES) from None
    found: dict[str, str] = {}
    for name, value in given:
        if name in found:
            raise PARAMETER_REPEATED(name=name[:80])
        found[name] = value.replace("\r\n", "\n")
    return found


def own(request: Request, typed: Mapping[str, str]) -> None:
    """Check that the form is one of this session. Raises Forbidden: ``form_foreign``."""
    if not hmac.compare_digest(typed.get(PROOF, "").encode(), proof(request).encode()):
        raise FORM_FOREIGN()
