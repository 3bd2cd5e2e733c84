"""What a request says and what a reply is: plain values, so that all behind them can be tested without a server."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import orjson

from gateway.refusals import AFTER_INVALID, IDEMPOTENCY_KEY_MISSING, IF_MATCH_INVALID, PARAMETER_INVALID
from kernel import personal
from kernel.door_refusals import IDEMPOTENCY_KEY_INVALID

_CORRELATION = re.compile(r"[\w.:\-]{1,64}\Z", re.ASCII)
_COMMAND_ID = re.compile(r"[\x21-\x7e]{1,128}\Z")
_POSITIONS = re.compile(r"([a-z]+)=(\d{1,18})\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class Request:
    """A request as read from the wire. Header names are in lower case; no query name was given twice.

    ``address`` is that of the peer of the connection, "" where there is none; ``left`` says whether it has
    gone, so that nobody waits for the answer any more.
    """

    method: str
    path: str
    headers: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    address: str = ""
    left: Callable[[], bool] = lambda: False

    def correlation(self) -> str:
        """The caller's X-Correlation-Id where it is a plain token of at most 64 characters, else a new one.

        A new one too where it holds an identity number or a mobile number.
        """
        given = self.headers.get("x-correlation-id", "")
        return given if _CORRELATION.match(given) and not personal.holds_number(given) else str(uuid4())

    def command_id(self) -> str:
        """The Idempotency-Key: the id of the command, under which it takes effect once.

        Raises:
            BadInput: ``idempotency_key_missing`` or ``idempotency_key_invalid``.
        """
        given = self.headers.get("idempotency-key", "").strip()
        if not given:
            raise IDEMPOTENCY_KEY_MISSING()
        if not _COMMAND_ID.match(given) or personal.holds_number(given):
            raise IDEMPOTENCY_KEY_INVALID()
        return given

    def after(self) -> dict[str, int]:
        """The header ``Paizhu-After: allocation=123,personnel=7`` as {service: position}.

        Raises:
            BadInput: ``after_invalid``.
        """
        found: dict[str, int] = {}
        for part in filter(None, (p.strip() for p in self.headers.get("paizhu-after", "").split(","))):
            match = _POSITIONS.match(part)
            if match is None:
                raise AFTER_INVALID(given=part[:60])
            found[match[1]] = int(match[2])
        return found

    def expected_version(self) -> int | None:
        """The stream version in ``If-Match`` (``"7"`` or ``7``), None without the header.

        Raises:
            BadInput: ``if_match_invalid``.
        """
        given = self.headers.get("if-match")
        if given is None:
            return None
        digits = given.strip().strip('"')
        if not digits.isascii() or not digits.isdigit() or len(digits) > 18:
            raise IF_MATCH_INVALID()
        return int(digits)

    def number(self, name: str, default: int, lowest: int, highest: int) -> int:
        """The integer query parameter ``name``.

        Raises:
            BadInput: ``parameter_invalid`` where it is no integer between ``lowest`` and ``highest``.
        """
        given = self.query.get(name)
        if given is None or given == "":
            return default
        value = int(given) if given.isascii() and given.isdigit() and len(given) <= 18 else -1
        if not lowest <= value <= highest:
            raise PARAMETER_INVALID(name=name, given=given[:40], accepted=f"{lowest} 至 {highest} 的整数")
        return value

    def one_of(self, name: str, default: str, *others: str) -> str:
        """The query parameter ``name``, ``default`` where it is not given or empty.

        Raises:
            BadInput: ``parameter_invalid`` where it is none of these.
        """
        value = self.query.get(name) or default
        if value not in (default, *others):
            raise PARAMETER_INVALID(name=name, given=value[:40], accepted=[one for one in (default, *others) if one])
        return value

    def matched(self, name: str, pattern: re.Pattern[str], default: str, accepted: str) -> str:
        """The query parameter ``name``, ``default`` where it is not given or empty.

        Raises:
            BadInput: ``parameter_invalid`` where ``pattern`` does not match the whole of it.
        """
        value = self.query.get(name)
        if not value:
            return default
        if not pattern.fullmatch(value):
            raise PARAMETER_INVALID(name=name, given=value[:40], accepted=accepted)
        return value


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply: status, body (text, or bytes of a file) and headers."""

    status: int
    body: str | bytes
    headers: Mapping[str, str]

    @classmethod
    def json(
        cls,
        value: Any,
        *,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
        media_type: str = "application/json",
    ) -> Reply:
        """``value`` as JSON."""
        return cls(status, orjson.dumps(value).decode(), {"Content-Type": media_type, **(headers or {})})

    def unless_known(self, request: Request) -> Reply:
        """The reply with its ``ETag``, or 304 where ``If-None-Match`` names that: of what is read, is there, and may be
        kept (RFC 9110 section 13.1.2)."""
        kept = "no-store" not in self.headers.get("Cache-Control", "")
        if request.method not in ("GET", "HEAD") or self.status != 200 or not kept:
            return self
        body = self.body.encode() if isinstance(self.body, str) else self.body
        tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        known = {one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")}
        tagged = self.with_headers(ETag=tag)
        if not known & {tag, "*"}:
            return tagged
        kept_headers = ("ETag", "Cache-Control", "Vary", "Link")
        return Reply(304, "", {name: value for name, value in tagged.headers.items() if name in kept_headers})

    def with_headers(self, **headers: str) -> Reply:
        """The reply with more headers; an underscore in a name stands for a hyphen."""
        more = {name.replace("_", "-"): value for name, value in headers.items()}
        return Reply(self.status, self.body, {**self.headers, **more})
