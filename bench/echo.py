"""The bare counterpart of a command: a nameko HTTP entrypoint that asks a nameko echo over RPC."""

from __future__ import annotations

import json
from typing import Any

from nameko.rpc import RpcProxy, rpc
from nameko.web.handlers import http


class Echo:
    """Gives back what it gets."""

    name = "echo"

    @rpc  # type: ignore[untyped-decorator]
    def echo(self, request: dict[str, Any]) -> dict[str, Any]:
        """The request."""
        return request


class Front:
    """The door of the echo."""

    name = "front"
    echo = RpcProxy("echo")

    @http("POST", "/echo")  # type: ignore[untyped-decorator]
    def post(self, request: Any) -> str:
        """Ask the echo and answer with what it says."""
        return json.dumps(self.echo.echo(json.loads(request.get_data(as_text=True))))
