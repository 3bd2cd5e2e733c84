"""Requests that two readers could read differently: refused whole, whatever the pieces they come in."""

from __future__ import annotations

from typing import Any

import pytest
from waitress.adjustments import Adjustments

from gateway.edge.message import HEAD, Message
from gateway.exchange import Request
from gateway.roster_refusals import ROSTER_NOT_XLSX

NEXT = b"GET /second HTTP/1.1\r\nHost: x\r\n\r\n"
FIRST = b"POST /first HTTP/1.1\r\nHost: x\r\n"
CHUNKED = FIRST + b"Transfer-Encoding: chunked\r\n"
LIMIT = 1000

REFUSED = {
    "two lengths": FIRST + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
    "one length twice": FIRST + b"Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello",
    "a list of lengths": FIRST + b"Content-Length: 5, 5\r\n\r\nhello",
    "a length with a sign": FIRST + b"Content-Length: +5\r\n\r\nhello",
    "a length below nothing": FIRST + b"Content-Length: -5\r\n\r\nhello",
    "a length in hexadecimal": FIRST + b"Content-Length: 0x5\r\n\r\nhello",
    "a length without digits": FIRST + b"Content-Length:\r\n\r\nhello",
    "a length beyond all numbers": FIRST + b"Content-Length: " + b"9" * 5000 + b"\r\n\r\nhello",
    "a blank before the colon": FIRST + b"Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
    "a blank in a name": FIRST + b"X Y: a\r\n\r\n",
    "a line without a colon": FIRST + b"XY\r\n\r\n",
    "no name": FIRST + b": a\r\n\r\n",
    "an octet that is no text": FIRST + b"X: a\0b\r\n\r\n",
    "length and chunks": CHUNKED + b"Content-Length: 5\r\n\r\n0\r\n\r\n",
    "chunks and length": FIRST + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "chunked twice": CHUNKED + b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "a list of codings": FIRST + b"Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n",
    "another coding": FIRST + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
    "nearly a coding": FIRST + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
    "a coding behind a control": FIRST + b"Transfer-Encoding: \x0bchunked\r\n\r\n0\r\n\r\n",
    "chunks in HTTP/1.0": b"POST /first HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "a folded line": FIRST + b"X: a\r\n b\r\n\r\n",
    "a folded coding": FIRST + b"Transfer-Encoding:\r\n\tchunked\r\n\r\n0\r\n\r\n",
    "line feeds alone": b"GET / HTTP/1.1\nHost: x\n\n",
    "a line feed in a field": FIRST + b"X: a\nContent-Length: 5\r\n\r\nhello",
    "a carriage return in a field": FIRST + b"X: a\rY: b\r\n\r\n",
    "two hosts": FIRST + b"Host: y\r\n\r\n",
    "no host": b"GET / HTTP/1.1\r\n\r\n",
    "a host with a blank": b"GET / HTTP/1.1\r\nHost: x y\r\n\r\n",
    "a blank before the request": b" GET / HTTP/1.1\r\nHost: x\r\n\r\n",
    "a tab in the request line": b"GET\t/ HTTP/1.1\r\nHost: x\r\n\r\n",
    "two blanks in the request line": b"GET  / HTTP/1.1\r\nHost: x\r\n\r\n",
    "a fragment": b"GET /#a HTTP/1.1\r\nHost: x\r\n\r\n",
    "no path": b"GET first HTTP/1.1\r\nHost: x\r\n\r\n",
    "an authority that does not end": b"GET http://[::1 HTTP/1.1\r\nHost: x\r\n\r\n",
    "an authority that is no address": b"GET https://[zz]/first HTTP/1.1\r\nHost: x\r\n\r\n",
    "no version": b"GET /\r\n\r\n",
    "a version there is not": b"GET / HTTP/1.2\r\nHost: x\r\n\r\n",
    "the next protocol": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "the greeting of TLS": b"\x16\x03\x01\x02\x00\x01\r\n\r\n",
    "a size with 0x": CHUNKED + b"\r\n0x5\r\nhello\r\n0\r\n\r\n",
    "a size with a sign": CHUNKED + b"\r\n+5\r\nhello\r\n0\r\n\r\n",
    "a size with a blank": CHUNKED + b"\r\n5 \r\nhello\r\n0\r\n\r\n",
    "a size behind a blank line": CHUNKED + b"\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
    "a size that ends in a line feed": CHUNKED + b"\r\n5\nhello\r\n0\r\n\r\n",
    "a size behind a line feed": CHUNKED + b"\r\n5\n\r\nhello\r\n0\r\n\r\n",
    "a size of nine digits": CHUNKED + b"\r\n000000005\r\nhello\r\n0\r\n\r\n",
    "a chunk with an extension": CHUNKED + b"\r\n5;a=b\r\nhello\r\n0\r\n\r\n",
    "a chunk longer than it says": CHUNKED + b"\r\n5\r\nhellos\r\n0\r\n\r\n",
    "a trailer": CHUNKED + b"\r\n0\r\nX: y\r\n\r\n",
    "a parameter twice": b"GET /?a=1&a=2 HTTP/1.1\r\nHost: x\r\n\r\n",
    "a hundred and one parameters": b"GET /?"
    + b"&".join(b"a%d" % n for n in range(101))
    + b" HTTP/1.1\r\nHost: x\r\n\r\n",
    "a head too long": FIRST + b"X: " + b"a" * HEAD + b"\r\n\r\n",
    "a head that never ends": FIRST + b"X: " + b"a" * HEAD,
    "a body too long": FIRST + b"Content-Length: 1001\r\n\r\n" + b"a" * 1001,
    "a body beyond all limits": FIRST + b"Content-Length: 999999999999999\r\n\r\n",
    "chunks too many": CHUNKED + b"\r\n3e9\r\n" + b"a" * 1001 + b"\r\n0\r\n\r\n",
}
CODES = {
    "a parameter twice": "parameter_repeated",
    "a head too long": "head_too_large",
    "a head that never ends": "head_too_large",
    "a body too long": "body_too_large",
    "a body beyond all limits": "body_too_large",
    "chunks too many": "body_too_large",
}


def judged(head: Request) -> int:
    if head.path == "/refused":
        raise ROSTER_NOT_XLSX()
    return LIMIT


def read(data: bytes, piece: int) -> tuple[Message, bytes]:
    """The message that ``data`` begins with, read in pieces as a connection does, and what is left for the next."""
    message = Message(
        Adjustments(max_request_header_size=HEAD, max_request_body_size=10**16), judge=judged, address="192.0.2.1"
    )
    while data and not message.completed:
        part, data = data[:piece], data[piece:]
        while part and not message.completed:
            part = part[message.received(part) :]
        data = part + data
    return message, data


@pytest.mark.parametrize("piece", [1, 7, 1 << 20])
@pytest.mark.parametrize("form", REFUSED)
def test_what_could_be_read_in_two_ways_is_refused_and_nothing_behind_it_is_read(form: str, piece: int) -> None:
    message, _ = read(REFUSED[form] + NEXT, piece)
    assert message.error is not None
    assert message.error.code == CODES.get(form, "request_malformed")
    assert message.completed


@pytest.mark.parametrize("form", REFUSED)
def test_all_that_came_with_it_is_gone_with_it(form: str) -> None:
    assert read(REFUSED[form] + NEXT, 1 << 20)[1] == b""


@pytest.mark.parametrize("piece", [1, 2, 3, 1 << 20])
@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"GET /a%0ab HTTP/1.1\r\nHost: x\r\n\r\n", ("GET", "/a\nb", b"")),
        (b"\r\n\r\nGET /%E7%9C%81 HTTP/1.0\r\n\r\n", ("GET", "/省", b"")),
        (b"GET http://x/a?b=c HTTP/1.1\r\nHost: x\r\n\r\n", ("GET", "/a", b"")),
        (b"OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n", ("OPTIONS", "*", b"")),
        (b"GET //first HTTP/1.1\r\nHost: [::1]:8000\r\n\r\n", ("GET", "//first", b"")),
        (FIRST + b"Content-Length: 05\r\n\r\nhello", ("POST", "/first", b"hello")),
        (FIRST + b"content-length: 0\r\n\r\n", ("POST", "/first", b"")),
        (
            CHUNKED + b"\r\n5\r\nhello\r\n00000004\r\n\r\n01\r\n0\r\n\r\n",
            ("POST", "/first", b"hello\r\n01"),
        ),
        (FIRST + b"Content-Length: 1000\r\n\r\n" + b"\n" * 1000, ("POST", "/first", b"\n" * 1000)),
        (CHUNKED + b"\r\n3E8\r\n" + b"a" * 1000 + b"\r\n0\r\n\r\n", ("POST", "/first", b"a" * 1000)),
    ],
)
def test_what_is_sound_is_read_to_its_last_octet_and_no_further(data: bytes, told: Any, piece: int) -> None:
    message, left = read(data + NEXT, piece)
    while message.empty:
        message, left = read(left, piece)
    assert message.error is None
    assert (message.request.method, message.request.path, message.get_body_stream().read()) == told
    assert left == NEXT
    assert message.request.address == "192.0.2.1"


def test_a_request_refused_by_its_head_is_not_asked_for_its_body() -> None:
    head = b"POST /refused HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 900\r\n\r\n"
    message, _ = read(head, 1 << 20)
    assert (message.completed, message.error.code, message.expect_continue) == (True, "roster_not_xlsx", False)
    waited, _ = read(head.replace(b"/refused", b"/first"), 1 << 20)
    assert (waited.completed, waited.expect_continue) == (False, True)


@pytest.mark.parametrize(
    ("came", "code"), [(FIRST, "head_incomplete"), (FIRST + b"Content-Length: 5\r\n\r\nhel", "body_incomplete")]
)
def test_what_is_late_is_refused_by_what_is_missing(came: bytes, code: str) -> None:
    message, _ = read(came, 1 << 20)
    assert not message.completed
    message.late()
    assert (message.completed, message.error.code, message.error.kind) == (True, code, "too_slow")
