"""The gateway as the offices of the demo use it: each with a token of its own, many at once.

Whoever asks after what another office did names the services whose last seen position must have arrived first.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any, Final
from urllib.parse import urlencode

from cli.client import PATIENCE, Client, Refused
from cli.office import Office
from cli.wire import Wire

JOBS: Final = "allocation/jobs"
LONG: Final = 600
"""Seconds within which a job must have ended."""
WORKBOOK: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Offices:
    """The gateway at ``url`` for every office, with the token ``issue`` gives it. Safe for threads.

    Every method raises Refused; nothing was recorded by what was refused.
    """

    def __init__(self, url: str, issue: Callable[[Office], str], threads: int = 16) -> None:
        self._wire = Wire(url)
        self._issue = issue
        self._clients: dict[Office, Client] = {}
        self._pool = ThreadPoolExecutor(threads)
        self.seen: dict[str, int] = {}
        self._lock = threading.Lock()

    def close(self) -> None:
        """Let the threads and connections go."""
        self._pool.shutdown(wait=True)
        self._wire.close()

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
        """The receipt of a command dated ``on`` (YYYY-MM-DD)."""
        client = replace(self._client(office), patience=patience)
        return self._saw(client.command(name, data, on, self._after(after)))

    def roster(
        self, office: Office, workbook: bytes, on: str, params: Mapping[str, str], after: Iterable[str]
    ) -> dict[str, Any]:
        """Upload a roster workbook and return the receipt of its import."""
        path = f"rosters?{urlencode({'occurred_on': on, **params})}"
        return self._saw(self._client(office).upload(path, workbook, WORKBOOK, self._after(after)))

    def job(
        self, office: Office, kind: str, data: Mapping[str, Any], on: str, *, after: Iterable[str] = ()
    ) -> dict[str, Any]:
        """Have a job done that is dated ``on``, look it up until it ended, and return its result.

        Raises TimeoutError after ``LONG`` seconds, Refused also where the job itself refuses.
        """
        client = self._client(office)
        found = client.post(JOBS, {"kind": kind, "occurred_on": on, "data": data}, self._after(after))
        until, pause = time.monotonic() + LONG, 0.1
        while found["state"] in ("queued", "working"):
            if time.monotonic() > until:
                raise TimeoutError(f"job {found['id']} is {found['state']} after {LONG} s")
            time.sleep(pause)
            pause = min(2 * pause, 1.0)
            found = client.get(f"{JOBS}/{found['id']}")
        if found["state"] != "done":
            raise Refused({"status": 422, **found["problem"]})
        result: dict[str, Any] = found["result"]
        return result

    def query(self, office: Office, service: str, name: str, after: Iterable[str] = (), **params: Any) -> list[Any]:
        """All items of a question to a service, page by page."""
        return self._client(office).query(service, name, params, self._after(after))

    def read(self, office: Office, path: str) -> Any:
        """The JSON answer of a plain GET below ``/api/v1/``."""
        return self._client(office).get(path)

    def download(self, office: Office, path: str) -> bytes:
        """The body of a plain GET below ``/api/v1/`` that is a file."""
        return self._client(office).download(path)

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

    def _client(self, office: Office) -> Client:
        found = self._clients.get(office)
        if found is None:
            found = self._clients[office] = Client(self._wire, self._issue(office))
        return found

    def _after(self, services: Iterable[str]) -> dict[str, str]:
        with self._lock:
            named = [f"{s}={self.seen[s]}" for s in services if s in self.seen]
        return {"Paizhu-After": ",".join(named)} if named else {}

    def _saw(self, receipt: dict[str, Any]) -> dict[str, Any]:
        with self._lock:
            service = receipt["service"]
            self.seen[service] = max(self.seen.get(service, 0), receipt["position"])
        return receipt
