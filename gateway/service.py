"""The gateway as a nameko service: the wiring of HTTP, and the only module of the gateway that knows nameko.

Invariant: a worker is given a request that has come in whole, so whoever sends slowly keeps nobody else waiting.
"""

from __future__ import annotations

from typing import Any, Final

import eventlet
from nameko.web.handlers import HttpRequestHandler
from nameko.web.server import WebServer
from werkzeug.exceptions import ClientDisconnected
from werkzeug.routing import Rule
from werkzeug.wrappers import Request as WsgiRequest
from werkzeug.wrappers import Response

from gateway.api import too_large
from gateway.exchange import Request
from gateway.front import PLACES, Front
from gateway.refusals import BODY_INCOMPLETE, PARAMETER_REPEATED
from kernel.errors import PaizhuError
from kernel.nameko_host import Doorway

_SILENCE: Final = 60.0
"""Seconds after which a connection on which nothing comes is closed."""
_SENDING: Final = 30.0
"""Seconds a body may take to come in."""


class PatientServer(WebServer):  # type: ignore[misc]  # nameko has no types
    """The web server; a connection that falls silent does not stay for ever."""

    def get_wsgi_server(self, *args: Any, **kwargs: Any) -> Any:
        """Called by nameko when it starts."""
        server = super().get_wsgi_server(*args, **kwargs)
        server.socket_timeout = _SILENCE
        return server


class WholeRequest(HttpRequestHandler):  # type: ignore[misc]  # nameko has no types
    """An entrypoint whose method is given the request and its body, or the refusal of that body.

    It takes every method there is or may be: which of them are admitted is for the API to say, in its own words.
    """

    server = PatientServer()

    def get_url_rule(self) -> Rule:
        """Called by nameko when the server starts."""
        return Rule(self.url)

    def get_entrypoint_parameters(self, request: WsgiRequest) -> tuple[tuple[Any, ...], Any]:
        """Called by nameko on the connection's own green thread, before it takes a worker."""
        args, kwargs = super().get_entrypoint_parameters(request)
        front = next(e.door for e in self.container.extensions if isinstance(e, Doorway))
        return (*args, _body(request, front.api.limit(request.method, request.path))), kwargs


http = WholeRequest.decorator


class Gateway:
    """Every request, whatever its path, goes to ``gateway.api``."""

    name = "gateway"
    places = PLACES
    front = Doorway(
        Front,
        {"broker": lambda front: front.checks()["broker"](), "database": lambda front: front.checks()["database"]()},
    )

    @http("*", "/")  # type: ignore[untyped-decorator]
    @http("*", "/<path:at>")  # type: ignore[untyped-decorator]
    def take(self, wire: WsgiRequest, body: bytes | PaizhuError, at: str = "") -> Response:
        """Answer the request."""
        front: Any = self.front
        headers = {name.lower(): value for name, value in wire.headers.items()}
        failed = body if isinstance(body, PaizhuError) else _repeated(wire)
        whole = body if isinstance(body, bytes) else b""
        request = Request(wire.method, "/" + at, headers, wire.args.to_dict(), whole)
        reply = front.api.answer(request, request.correlation(), failed)
        answer = Response(reply.body, reply.status, dict(reply.headers))
        if failed is body:
            answer.headers["Connection"] = "close"  # the rest of the body is not worth reading
        return answer


def _repeated(wire: WsgiRequest) -> PaizhuError | None:
    """The refusal of a query in which a name stands twice: one reader takes the first, another the last."""
    name = next((name for name, values in wire.args.lists() if len(values) > 1), None)
    return None if name is None else PARAMETER_REPEATED(name=name[:80])


def _body(wire: WsgiRequest, limit: int) -> bytes | PaizhuError:
    """The body, or why there is none. Of one longer than ``limit`` bytes no more is read than shows that it is."""
    with eventlet.Timeout(_SENDING, False):
        try:
            body = _read(wire, limit)
            return too_large(limit) if body is None else body
        except (ValueError, OSError, ClientDisconnected):  # chunks that are none, or nobody there any more
            pass
    return BODY_INCOMPLETE(seconds=f"{_SENDING:.0f}")


def _read(wire: WsgiRequest, limit: int) -> bytes | None:
    if wire.content_length is not None:
        return None if wire.content_length > limit else wire.stream.read()
    if wire.headers.get("Transfer-Encoding", "").lower() != "chunked":
        return b""
    # werkzeug takes a body without a length for none; the server beneath knows where the chunks end.
    body = b""
    while len(body) <= limit and (part := wire.environ["wsgi.input"].read(limit + 1 - len(body))):
        body += part
    return None if len(body) > limit else body
