"""A client of the gateway as an office has one: a token, an idempotency key a command, patience where the door is shut.

A command keeps its key over every retry, so that an answer lost on the way costs nothing but the second asking.
"""

from __future__ import annotations

import http.client
import json
import threading
import time
import uuid
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from kernel.auth import Issuer

JOBS = "/api/v1/allocation/jobs"
LONG = 600  # seconds within which a job must have ended
PATIENCE = 120  # seconds a command is asked again while the door answers 503 or not at all


class Refused(Exception):
    """The gateway refused: ``problem`` is its problem+json body with ``status``."""

    def __init__(self, problem: Mapping[str, Any]) -> None:
        super().__init__(f"{problem.get('status')} {problem.get('code')}: {problem.get('detail')}")
        self.problem = problem
        self.code = str(problem.get("code"))
        self.status = int(problem.get("status", 0))


@dataclass(frozen=True, slots=True)
class Office:
    """Who acts: a person in a post of an organ, as the token says it."""

    person: str
    post: str
    organ: str
    role: str
    areas: tuple[str, ...] = ()
    units: tuple[str, ...] = ()


def token(issuer: Issuer, office: Office, ttl: int = 7200) -> str:
    """A token for an office that holds for ``ttl`` seconds."""
    claims = {
        "sub": office.person,
        "post": office.post,
        "organ": office.organ,
        "role": office.role,
        "areas": list(office.areas),
        "units": list(office.units),
    }
    return issuer.issue(claims, ttl)


class Gateway:
    """The HTTP API as the offices of the scenario use it. Safe for threads."""

    def __init__(self, url: str, issue: Callable[[Office], str], threads: int = 16) -> None:
        parts = urlsplit(url)
        self._host, self._port = parts.hostname or "127.0.0.1", parts.port or 80
        self._issue = issue
        self._tokens: dict[Office, str] = {}
        self._local = threading.local()
        self._pool = ThreadPoolExecutor(threads)
        self.seen: dict[str, int] = {}
        self._lock = threading.Lock()
        self._connections: list[http.client.HTTPConnection] = []

    def close(self) -> None:
        """Let the threads and connections go."""
        self._pool.shutdown(wait=True)
        for connection in self._connections:
            connection.close()

    def command(
        self,
        office: Office,
        name: str,
        data: Mapping[str, Any],
        on: str,
        *,
        after: Iterable[str] = (),
        patience: float = PATIENCE,
    ) -> dict[str, Any]:
        """Give a command dated ``on`` (YYYY-MM-DD) and return its receipt.

        ``after`` names services whose latest seen position must have arrived first.

        Raises:
            Refused: with the problem; nothing was recorded.
        """
        body = json.dumps({"occurred_on": on, "data": data}, ensure_ascii=False).encode()
        receipt: dict[str, Any] = self._ask(
            "POST", f"/api/v1/commands/{name}", office, body, self._after(after), patience=patience
        )
        self._saw(receipt)
        return receipt

    def roster(self, office: Office, workbook: bytes, on: str, params: Mapping[str, str], after: Iterable[str]) -> Any:
        """Upload a roster workbook and return the receipt of its import."""
        path = f"/api/v1/rosters?{urlencode({'occurred_on': on, **params})}"
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        receipt = self._ask("POST", path, office, workbook, self._after(after), kind=kind)
        self._saw(receipt)
        return receipt

    def job(
        self, office: Office, kind: str, data: Mapping[str, Any], on: str, *, after: Iterable[str] = ()
    ) -> dict[str, Any]:
        """Have a job done that is dated ``on``, look it up until it ended, and return its result.

        Raises:
            Refused: with the problem, where the door or the job itself refuses.
            TimeoutError: after ``LONG`` seconds.
        """
        body = json.dumps({"kind": kind, "occurred_on": on, "data": data}, ensure_ascii=False).encode()
        found = self._ask("POST", JOBS, office, body, self._after(after))
        until, pause = time.monotonic() + LONG, 0.1
        while found["state"] in ("queued", "working"):
            if time.monotonic() > until:
                raise TimeoutError(f"job {found['id']} is {found['state']} after {LONG} s")
            time.sleep(pause)
            pause = min(2 * pause, 1.0)
            found = self.read(office, f"{JOBS}/{found['id']}")
        if found["state"] != "done":
            raise Refused({"status": 422, **found["problem"]})
        result: dict[str, Any] = found["result"]
        return result

    def query(self, office: Office, service: str, name: str, after: Iterable[str] = (), **params: Any) -> list[Any]:
        """All items of a query, page by page."""
        items: list[Any] = []
        cursor = None
        while True:
            wanted = {**params, "limit": 1000, **({"cursor": cursor} if cursor else {})}
            path = f"/api/v1/{service}/{quote(name)}?{urlencode(wanted)}"
            page = self._ask("GET", path, office, None, self._after(after))
            items += page["items"]
            cursor = page.get("next")
            if cursor is None:
                return items

    def read(self, office: Office, path: str) -> Any:
        """The JSON answer of a plain GET."""
        return self._ask("GET", path, office, None, {})

    def download(self, office: Office, path: str) -> bytes:
        """The body of a plain GET that is a file."""
        return self._patiently("GET", path, office, None, {}, "", PATIENCE)

    def together(self, calls: Iterable[Callable[[], Any]], done: Callable[[int], None]) -> list[Any]:
        """Make many calls at once; ``done`` is told of each that ended. Raises the first failure."""
        futures = [self._pool.submit(call) for call in calls]
        results = []
        try:
            for future in futures:
                results.append(future.result())
                done(1)
        finally:
            for future in futures:
                future.cancel()
        return results

    def _after(self, services: Iterable[str]) -> dict[str, str]:
        with self._lock:
            named = [f"{s}={self.seen[s]}" for s in services if s in self.seen]
        return {"Paizhu-After": ",".join(named)} if named else {}

    def _saw(self, receipt: Mapping[str, Any]) -> None:
        with self._lock:
            service = receipt["service"]
            self.seen[service] = max(self.seen.get(service, 0), receipt["position"])

    def _ask(
        self,
        method: str,
        path: str,
        office: Office,
        body: bytes | None,
        headers: Mapping[str, str],
        *,
        kind: str = "application/json",
        patience: float = PATIENCE,
    ) -> Any:
        return json.loads(self._patiently(method, path, office, body, headers, kind, patience))

    def _patiently(
        self,
        method: str,
        path: str,
        office: Office,
        body: bytes | None,
        headers: Mapping[str, str],
        kind: str,
        patience: float,
    ) -> bytes:
        """The body of a good answer, asked for again while the door is shut. Raises Refused for any other."""
        sent = {**headers, "Authorization": f"Bearer {self._token(office)}"}
        if body is not None:
            sent |= {"Content-Type": kind, "Idempotency-Key": str(uuid.uuid4())}
        until = time.monotonic() + patience
        while True:
            try:
                status, retry_after, answer = self._once(method, path, body, sent)
            except (OSError, http.client.HTTPException):
                status, retry_after, answer = 503, 0.5, b'{"code": "gateway_away"}'
            if status != 503 or time.monotonic() > until:
                break
            time.sleep(retry_after)
        if status >= 400:
            raise Refused({"status": status, **json.loads(answer)})
        return answer

    def _once(self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]) -> tuple[int, float, bytes]:
        connection = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._local.connection = http.client.HTTPConnection(self._host, self._port, timeout=60)
            with self._lock:
                self._connections.append(connection)
        try:
            connection.request(method, path, body, dict(headers))
            reply = connection.getresponse()
            text = reply.read()
        except (OSError, http.client.HTTPException):
            connection.close()
            self._local.connection = None
            raise
        return reply.status, float(reply.headers.get("Retry-After", "1")), text

    def _token(self, office: Office) -> str:
        token = self._tokens.get(office)
        if token is None:
            token = self._tokens[office] = self._issue(office)
        return token
