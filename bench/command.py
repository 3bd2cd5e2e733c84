"""A command through gateway and service, token and contract checks included, beside a bare nameko echo.

Both sides run on the same broker at the same time; the same clients ask them in turn with bodies of the same size.
"""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from bench.rounds import Result, measured
from cli.office import issuer_of
from deploy import ROOT
from deploy.local.ports import reserve
from deploy.local.system import System, running

CLIENTS = 16
REQUESTS = 800
OURS = "paizhu gateway and service"
ECHO = "nameko @http and RPC echo"
WANTED = {OURS: 0.6}
UNHINDERED = {"PAIZHU_RATES": "commands=100000/100000"}
"""One subject sends here what a whole province does not; the echo beside it counts nothing."""


def run(data: Path, rounds: int) -> Result:
    """Commands a second, ours and the echo's."""
    with running(data / "system", ["allocation", "gateway"], told=UNHINDERED) as system, echo(system) as port:
        host, ours_port = system.gateway_url.removeprefix("http://").split(":")
        headers = {"Authorization": f"Bearer {token(system)}"}
        contenders = {
            OURS: lambda: rate(host, int(ours_port), "/api/v1/commands/PublishNotice", headers),
            ECHO: lambda: rate("127.0.0.1", port, "/echo", headers),
        }
        return measured("A command, token and contract checks included", "commands", rounds, contenders)


def token(system: System) -> str:
    """A token of the province."""
    claims = {"sub": "p", "post": "bench", "organ": "bench", "role": "province_org", "areas": ["21"], "units": []}
    return issuer_of(system.keys).issue(claims, ttl=7200)


@contextmanager
def echo(system: System) -> Iterator[int]:
    """The echo's two processes on the system's broker; gives the port of its door."""
    block = reserve(["echo"])
    port = block.ports["echo"]
    config = {"AMQP_URI": system.amqp_url, "WEB_SERVER_ADDRESS": f"127.0.0.1:{port}", "max_workers": 64}
    path = system.data / "echo.yaml"
    path.write_text(json.dumps(config), encoding="utf-8")
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    argv = [str(Path(sys.executable).with_name("nameko")), "run", "--config", str(path)]
    quiet = subprocess.DEVNULL
    processes = [
        subprocess.Popen([*argv, f"bench.echo:{name}"], env=env, stdout=quiet, stderr=quiet)
        for name in ("Echo", "Front")
    ]
    try:
        await_port(port)
        yield port
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def await_port(port: int) -> None:
    """Wait until the echo answers."""
    deadline = time.monotonic() + 30
    while True:
        try:
            if post(http.client.HTTPConnection("127.0.0.1", port, timeout=5), "/echo", {}, b"{}") == 200:
                return
        except OSError:
            pass
        if time.monotonic() > deadline:
            raise TimeoutError("the echo did not start")
        time.sleep(0.2)


def rate(host: str, port: int, path: str, headers: dict[str, str]) -> float:
    """Requests a second of CLIENTS clients with a connection each. Raises where one is not answered with 200."""

    def client(_: int) -> None:
        connection = http.client.HTTPConnection(host, port, timeout=60)
        for _ in range(REQUESTS // CLIENTS):
            status = post(connection, path, {**headers, "Idempotency-Key": str(uuid.uuid4())}, body())
            if status != 200:
                raise RuntimeError(f"{path} answered {status}")
        connection.close()

    started = time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as pool:
        list(pool.map(client, range(CLIENTS)))
    return REQUESTS / (time.perf_counter() - started)


def body() -> bytes:
    """One command: a notice nobody entered before, so that every one makes a stream."""
    notice = {"title": f"合成通知 {uuid.uuid4().hex}", "issuers": ["义县县委组织部"], "scope": "210727"}
    return json.dumps({"occurred_on": "2018-04-17", "data": notice}).encode()


def post(connection: http.client.HTTPConnection, path: str, headers: dict[str, str], content: bytes) -> int:
    """The status of one POST."""
    connection.request("POST", path, content, {"Content-Type": "application/json", **headers})
    reply = connection.getresponse()
    reply.read()
    return reply.status
