"""The gateway as a nameko service: the wiring of HTTP, and the only module of the gateway that knows nameko."""

from __future__ import annotations

from typing import Any

from nameko.web.handlers import http
from werkzeug.wrappers import Request as WsgiRequest
from werkzeug.wrappers import Response

from gateway.api import too_large
from gateway.exchange import Request
from gateway.front import Front
from kernel.nameko_host import Doorway

_METHODS = "GET,HEAD,POST,PUT,PATCH,DELETE,OPTIONS"


class Gateway:
    """Every request, whatever its path, goes to ``gateway.api``."""

    name = "gateway"
    front = Doorway(
        Front,
        {"broker": lambda front: front.checks()["broker"](), "database": lambda front: front.checks()["database"]()},
    )

    @http(_METHODS, "/")  # type: ignore[untyped-decorator]
    @http(_METHODS, "/<path:at>")  # type: ignore[untyped-decorator]
    def take(self, wire: WsgiRequest, at: str = "") -> Response:
        """Read the request, answer it."""
        front: Any = self.front
        api = front.api
        method, path = wire.method, "/" + at
        headers = {name.lower(): value for name, value in wire.headers.items()}
        limit = api.limit(method, path)
        body = _body(wire, limit)
        request = Request(method, path, headers, wire.args.to_dict(), body or b"")
        reply = api.answer(request, request.correlation(), too_large(limit) if body is None else None)
        answer = Response(reply.body, reply.status, dict(reply.headers))
        if body is None:
            answer.headers["Connection"] = "close"  # the rest of the body is not worth reading
        return answer


def _body(wire: WsgiRequest, limit: int) -> bytes | None:
    """The body, or None where it is longer than ``limit`` bytes; of such a one no more is read than tells."""
    if wire.content_length is not None:
        return None if wire.content_length > limit else wire.stream.read()
    if wire.headers.get("Transfer-Encoding", "").lower() != "chunked":
        return b""
    # werkzeug takes a body without a length for none; the server beneath knows where the chunks end.
    body = b""
    while len(body) <= limit and (part := wire.environ["wsgi.input"].read(limit + 1 - len(body))):
        body += part
    return None if len(body) > limit else body
