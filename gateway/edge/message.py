"""A request as it comes in: waitress' parser, held to the one reading of every octet.

waitress refuses most of what two readers could take for two requests. What it lets pass for the sake of old clients is
refused here: a length beside chunks, chunks in HTTP/1.0, folded lines, two hosts or none, bare line feeds it would wait
behind. Invariant: of what follows a message that is refused nothing is ever read as another one.
Source: RFC 9112 sections 2.2, 3, 5, 6 and 7; RFC 9110 section 7.2.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final
from urllib.parse import parse_qsl

from waitress.parser import HTTPRequestParser, ParsingError
from waitress.utilities import RequestHeaderFieldsTooLarge

from gateway.api import too_large
from gateway.edge.chunks import Chunks
from gateway.exchange import Request
from gateway.refusals import (
    BODY_INCOMPLETE,
    HEAD_INCOMPLETE,
    HEAD_TOO_LARGE,
    PARAMETER_REPEATED,
    REQUEST_MALFORMED,
)
from kernel.errors import PaizhuError

Judge = Callable[[Request], int]
"""The longest body, in bytes, of a request whose head has come in. Raises PaizhuError: it is refused by its head."""

HEAD: Final = 16 << 10
"""Bytes of the longest head."""
_LINE: Final = re.compile(rb"[!#$%&'*+\-.^_`|~0-9A-Z]{1,32} (?:/|https?://|\*)[!\"$-~]* HTTP/(1\.[01])")
_HOST: Final = re.compile(rb"[\w.\-:\[\]]{0,255}", re.ASCII)
_LENGTH: Final = re.compile(rb"[0-9]{1,15}")
# Within a head: a line feed or a carriage return alone, or a blank before the request line.
_ASTRAY: Final = re.compile(rb"(?<!\r)\n|\r(?!\n|\Z)|\A(?:\r\n)*[\t\v\f ]")
_PARAMETERS: Final = 100


class Message(HTTPRequestParser):  # type: ignore[misc]  # waitress has no types
    """One request. ``request`` is what its head says, ``error`` why it is refused."""

    path = ""
    version = "1.1"
    error: Any = None
    body_rcv: Any = None

    def __init__(self, adj: Any, judge: Judge, address: str) -> None:
        super().__init__(adj)
        self.request: Request | None = None
        self._judge = judge
        self._address = address
        self._limit: int | None = None

    def received(self, data: bytes) -> int:
        """Take in ``data``; gives how much of it is of this request: all of it where the request is refused."""
        if not self.headers_finished:
            # Only what is new is looked at, or a head that comes by single octets would be read once for each of them.
            tail = self.header_plus[-3:]
            came = tail + data
            end = came.find(b"\r\n\r\n")
            if _ASTRAY.search(came if end < 0 else came[: end + 2], max(len(tail) - 1, 0)):
                return self.refuse(REQUEST_MALFORMED(), data)
        consumed: int = super().received(data)
        if isinstance(self.error, RequestHeaderFieldsTooLarge):
            return self.refuse(HEAD_TOO_LARGE(kib=HEAD >> 10), data)
        if self.error is not None:
            return self.refuse(REQUEST_MALFORMED(), data)
        if self.headers_finished and not self.empty:
            try:
                self._weigh()
            except PaizhuError as refusal:
                return self.refuse(refusal, data)
        return consumed

    def refuse(self, why: PaizhuError, data: bytes = b"") -> int:
        """The request is complete, and refused; gives the length of ``data``, none of which is looked at any more."""
        self.error, self.completed, self.empty, self.expect_continue = why, True, False, False
        return len(data)

    def late(self) -> None:
        """What should have come by now has not."""
        self.refuse(BODY_INCOMPLETE() if self.headers_finished else HEAD_INCOMPLETE())

    def parse_header(self, header_plus: bytes) -> None:
        """Called by waitress with the whole head. Raises ParsingError."""
        first, *lines = header_plus.split(b"\r\n")
        fields: dict[bytes, list[bytes]] = {}
        for line in filter(None, lines):
            name, _, value = line.partition(b":")
            fields.setdefault(name.lower(), []).append(value.strip(b" \t"))
        if not _sound(_LINE.fullmatch(first), fields):
            raise ParsingError("a head that could be read in more than one way")
        try:
            super().parse_header(header_plus)
        except ValueError:  # of an authority in the target that is no host
            raise ParsingError("a target that is no address") from None
        if self.chunked:
            self.body_rcv = Chunks(self.body_rcv.getbuf())

    def _weigh(self) -> None:
        """Hold the head, once it is there, against the judge, and the body against the limit. Raises PaizhuError."""
        if self._limit is None:
            self.request = self._read()
            self._limit = self._judge(self.request)
        if max(self.content_length, 0 if self.body_rcv is None else len(self.body_rcv)) > self._limit:
            raise too_large(self._limit)

    def _read(self) -> Request:
        headers = {name.lower().replace("_", "-"): value for name, value in self.headers.items()}
        path = self.path.encode("latin-1").decode("utf-8", "replace")
        try:
            given = parse_qsl(self.query, keep_blank_values=True, errors="replace", max_num_fields=_PARAMETERS)
        except ValueError:
            raise REQUEST_MALFORMED() from None
        query = dict(given)
        self.request = Request(self.command, path, headers, query, address=self._address)
        if len(query) < len(given):  # one reader takes the first, another the last
            name = next(name for at, (name, _) in enumerate(given) if name in dict(given[:at]))
            raise PARAMETER_REPEATED(name=name[:80])
        return self.request


def _sound(line: re.Match[bytes] | None, fields: dict[bytes, list[bytes]]) -> bool:
    """Whether a request line and header fields, by lower-case name, can be read in one way only."""
    hosts, lengths, codings = (fields.get(name, []) for name in (b"host", b"content-length", b"transfer-encoding"))
    # A line that begins with a blank goes on with the one before.
    if line is None or any(not name or name[:1] in b" \t" for name in fields):
        return False
    modern = line[1] == b"1.1"
    hosted = len(hosts) == 1 or (not hosts and not modern)
    sized = not lengths or (len(lengths) == 1 and _LENGTH.fullmatch(lengths[0]) is not None)
    coded = not codings or (modern and not lengths and [coding.lower() for coding in codings] == [b"chunked"])
    return hosted and all(map(_HOST.fullmatch, hosts)) and sized and coded
