"""The answer to one request, written on a worker's thread: the API's, whether the request could be read or not.

Invariant: nothing of the server itself shows in an answer, and no header has a second line.
"""

from __future__ import annotations

import re
from dataclasses import replace
from http import HTTPStatus
from typing import Final

from waitress.task import Task

from gateway.edge.message import Message
from gateway.exchange import Request
from kernel.door_refusals import INTERNAL
from kernel.errors import PaizhuError

_ONE_LINE: Final = re.compile(r"[\t -~]*")


class Answering(Task):  # type: ignore[misc]  # waitress has no types
    """One request's turn. What goes wrong here waitress tells again, as a request with an error of its own."""

    complete = True

    def execute(self) -> None:
        """Called by waitress on a worker's thread, once the request has come in whole or is refused."""
        message, failed = self.request, _failed(self.request)
        asked = message.request or Request("", "", address=self.channel.addr[0])
        if failed is None:
            body = message.get_body_stream().read()
            asked = replace(asked, body=body, left=lambda: not self.channel.connected)
        reply = self.channel.server.answer(asked, failed)
        if not all(map(_ONE_LINE.fullmatch, reply.headers.values())):
            raise ValueError("a header of more than one line")
        content = reply.body if isinstance(reply.body, bytes) else reply.body.encode()
        self.status = f"{reply.status} {HTTPStatus(reply.status).phrase}"
        self.response_headers.extend(reply.headers.items())
        self.content_length = len(content)
        if failed is not None:
            self.set_close_on_finish()  # where the next request would begin is not certain
        self.write(b"" if asked.method == "HEAD" else content)


def _failed(message: Message) -> PaizhuError | None:
    error = message.error
    if error is None or isinstance(error, PaizhuError):
        return error
    return INTERNAL(thing="请求", accepted="")
