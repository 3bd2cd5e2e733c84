"""A form with files, as a browser sends it.

Invariant: a file's octets are what was between the boundaries, and a name stands once. Source: RFC 7578.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any, Final

from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.formparser import MultiPartParser
from werkzeug.http import parse_options_header

from gateway.console.session import at_home
from gateway.exchange import Request
from gateway.refusals import FORM_TOO_LONG, MEDIA_UNSUPPORTED, PARAMETER_REPEATED

MEDIA: Final = "multipart/form-data"
_PARTS: Final = 100


def parts(request: Request) -> tuple[dict[str, str], dict[str, bytes]]:
    """What was typed and the octets of each file, by name.

    Raises:
        WrongMedia; BadInput: ``form_too_long``, ``parameter_repeated``; Forbidden: ``form_foreign``, where another site
            sent it.
    """
    given = request.headers.get("content-type", "")
    media, options = parse_options_header(given)
    if media != MEDIA or not options.get("boundary"):
        raise MEDIA_UNSUPPORTED(given=given[:80], accepted=MEDIA)
    at_home(request)
    parser = MultiPartParser(_kept, max_form_parts=_PARTS)
    try:
        form, sent = parser.parse(BytesIO(request.body), options["boundary"].encode(), len(request.body))
    except RequestEntityTooLarge:
        raise FORM_TOO_LONG(most=_PARTS) from None
    except ValueError:
        raise MEDIA_UNSUPPORTED(given=given[:80], accepted=MEDIA) from None
    names = [name for found in (form, sent) for name, values in found.lists() for _ in values]
    for name in names:
        if names.count(name) > 1:
            raise PARAMETER_REPEATED(name=name[:80])
    return form.to_dict(), {name: file.stream.read() for name, file in sent.items()}


def _kept(*about: Any, **more: Any) -> BytesIO:
    """Files stay in memory: the body is, and is no larger than a roster may be."""
    return BytesIO()
