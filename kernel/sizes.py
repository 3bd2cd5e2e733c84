"""How large a message between the gateway and a service may be, told before it is sent.

RabbitMQ ends the channel of whoever sends more than ``max_message_size`` (16 MiB, set by deploy), and with it a
process that was about to answer. Invariant: what comes out of ``packed`` and ``answered`` is within three quarters.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import orjson

from kernel.door_refusals import ANSWER_TOO_LARGE, REQUEST_TOO_LARGE

MESSAGE: Final = 12 << 20
"""Bytes of a request or an answer: a sheet of 5,000 full rows. The longest line of a log, a person with a picture, has
less than half of it."""
PAGE: Final = 2 << 20
"""Bytes after which a page of a log's lines ends."""
RESULT: Final = 4 << 20
"""Bytes of a job's result."""


def packed(request: Mapping[str, Any], most: int = MESSAGE) -> bytes:
    """The body of a request in nameko's wire form.

    Raises:
        TooLarge: ``request_too_large``; nothing was sent.
    """
    body = orjson.dumps({"args": [request], "kwargs": {}})
    if len(body) > most:
        raise REQUEST_TOO_LARGE(given=len(body), most=most)
    return body


def answered(answer: Mapping[str, Any], most: int = MESSAGE) -> bytes:
    """An answer as JSON; the problem ``answer_too_large`` in place of one that cannot be sent."""
    body = orjson.dumps(answer)
    if len(body) <= most:
        return body
    return orjson.dumps({"problem": ANSWER_TOO_LARGE(mib=mib(len(body)), most=mib(most)).problem()})


def mib(length: int) -> int:
    """A length in MiB, rounded up."""
    return -(-length // (1 << 20))
