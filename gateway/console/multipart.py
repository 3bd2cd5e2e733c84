"""A form with a file, as a browser sends it. Pure.

Invariant: the file's octets are what was between the boundaries, and a name stands once.
Source: RFC 7578; RFC 2046 section 5.1.
"""

from __future__ import annotations

import re
from typing import Final

from gateway.exchange import Request
from gateway.refusals import FORM_FOREIGN, FORM_TOO_LONG, MEDIA_UNSUPPORTED, PARAMETER_REPEATED

MEDIA: Final = "multipart/form-data"
_BOUNDARY: Final = re.compile(r'multipart/form-data;\s*boundary="?([0-9A-Za-z\'()+_,./:=? -]{1,70})"?', re.IGNORECASE)
_NAME: Final = re.compile(rb'content-disposition:\s*form-data;.*?\bname="([^"\r\n]{1,200})"', re.IGNORECASE)
_PARTS: Final = 100


def parts(request: Request) -> dict[str, bytes]:
    """Name → octets of each part.

    Raises:
        WrongMedia; BadInput: ``form_too_long``, ``parameter_repeated``; Forbidden: ``form_foreign``, where another site
            sent it.
    """
    given = request.headers.get("content-type", "")
    boundary = _BOUNDARY.fullmatch(given.strip())
    if boundary is None:
        raise MEDIA_UNSUPPORTED(given=given[:80], accepted=MEDIA)
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise FORM_FOREIGN()
    pieces = (b"\r\n" + request.body).split(b"\r\n--" + boundary[1].encode())
    if len(pieces) > _PARTS + 2:
        raise FORM_TOO_LONG(most=_PARTS)
    found: dict[str, bytes] = {}
    for piece in pieces[1:-1]:
        head, _, content = piece.partition(b"\r\n\r\n")
        named = _NAME.search(head)
        name = named[1].decode("utf-8", "replace") if named else ""
        if name in found:
            raise PARAMETER_REPEATED(name=name[:80])
        found[name] = content
    return found
