"""The gateway as a nameko service: the wiring of HTTP, and the only module of the gateway that knows nameko."""

from __future__ import annotations

from typing import Any

from nameko.web.handlers import http
from werkzeug.wrappers import Request as WsgiRequest
from werkzeug.wrappers import Response

from gateway.api import too_large
from gateway.exchange import Request
from gateway.front import Front
from kernel.errors import TooLarge
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
        failed: TooLarge | None = None
        body = b""
        limit = api.limit(method, path)
        if (wire.content_length or 0) > limit:
            failed = too_large(limit)
        else:
            body = wire.stream.read(limit + 1)
            if len(body) > limit:
                failed = too_large(limit)
        request = Request(method, path, headers, wire.args.to_dict(), b"" if failed else body)
        reply = api.answer(request, request.correlation(), failed)
        answer = Response(reply.body, reply.status, dict(reply.headers))
        if failed:
            answer.headers["Connection"] = "close"  # the rest of the body is not worth reading
        return answer
