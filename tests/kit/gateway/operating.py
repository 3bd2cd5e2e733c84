"""A follower with parked events, and an operator at the command line before the API: what test_parked.py works with."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from click.testing import CliRunner, Result

from cli.bus import bus as command
from gateway.api import Api
from gateway.exchange import Request
from kernel import parked
from kernel.auth import Issuer
from kernel.codec import EventTypes
from kernel.door import Door
from kernel.errors import Busy
from kernel.handler import Handler
from kernel.log.postgres import PostgresLog
from kernel.service import Service
from tests.kit import toy

FOLLOWER, SOURCE = "attendance", "personnel"


def line(position: int, by: int | None = 1) -> bytes:
    """A line of the source's log; without ``by`` its reaction fails."""
    text = toy.line(position, by=1).replace(b'"toy:', f'"{SOURCE}:'.encode())
    return text if by is not None else text.replace(b'"by":1', b'"by":"x"')


class Town:
    """A follower that counts what its source counted, with a log of its own; the source's log is a list of lines."""

    def __init__(self, url: str) -> None:
        made: Service = toy.service(FOLLOWER, SOURCE)
        self.service = replace(made, events=EventTypes((toy.Counted, *parked.EVENTS)))
        self.log = PostgresLog(url, FOLLOWER, self.service.events, self.service.project)
        self.log.prepare(self.service.tables)
        self.handler = Handler(self.service, self.log, secret=b"s", find=self.log.rows)
        self.door = Door(self.service, self.log, self.handler, self.log.rows)
        self.lines: list[bytes] = []
        self.away = False

    def refill(self, source: str, after: int, limit: int) -> tuple[list[bytes], int]:
        return self.lines[after : after + limit], len(self.lines)

    def call(self, service: str, method: str, request: Mapping[str, Any]) -> dict[str, Any]:
        """What the services answer to the gateway."""
        if service == SOURCE and not self.away:
            found = self.lines[request["after"] : request["after"] + request["limit"]]
            return {"lines": [one.decode() for one in found], "head": len(self.lines)}
        if service == FOLLOWER:
            return self.door.parked(request)
        raise Busy(f"服务 {service} 暂无答复。", code="service_away")

    def total(self) -> int:
        rows = self.log.rows("select total from counters")
        return int(rows[0]["total"]) if rows else 0


class Served(BaseHTTPRequestHandler):
    """The API over HTTP, for the command."""

    api: Api

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def _answer(self) -> None:
        asked = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        request = Request(self.command, asked.path, headers, dict(parse_qsl(asked.query)), body)
        reply = self.api.answer(request, "k")
        sent = reply.body.encode() if isinstance(reply.body, str) else reply.body
        self.send_response(reply.status)
        self.send_header("Content-Length", str(len(sent)))
        self.end_headers()
        self.wfile.write(sent)

    def log_message(self, *args: object) -> None:
        pass


class Operator:
    """An operator at the command line, with a token of a role."""

    def __init__(self, url: str, keys: Path) -> None:
        self.url = url
        self.keys = keys

    def run(self, *arguments: str, role: str = "system_admin") -> Result:
        """The command's result."""
        claims = {"sub": "p-admin", "post": "系统管理员", "organ": "system", "role": role, "areas": ["21"], "units": []}
        token = Issuer(self.keys).issue(claims, 600)
        name, *rest = arguments
        return CliRunner().invoke(command, [name, "--gateway", self.url, "--token", token, *rest])

    def json(self, *arguments: str) -> Any:
        """What the command prints as JSON. Raises AssertionError where it failed."""
        done = self.run(*arguments, "--json")
        assert done.exit_code == 0, done.output
        return json.loads(done.output)
