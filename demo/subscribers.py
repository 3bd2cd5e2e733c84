"""The city subscribers of the demo: processes of their own, each with its city's broker user and token."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

from cli.office import Office, issuer_of, token
from deploy import ROOT
from deploy.local.system import System

CAUGHT_UP_WITHIN = 120.0


class Subscribers:
    """Started with the block and ended with it. Between the two one of them may be killed and started again."""

    def __init__(self, system: System, cities: Sequence[str], ttl: int = 7200) -> None:
        self.cities = tuple(cities)
        self._system = system
        self._ttl = ttl  # seconds their tokens hold
        self._processes: dict[str, subprocess.Popen[bytes]] = {}

    def __enter__(self) -> Subscribers:
        issuer = issuer_of(self._system.keys, self._system.province)
        self._tokens = {city: token(issuer, self._office(city), self._ttl) for city in self.cities}
        for city in self.cities:
            self.start(city)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for process in self._processes.values():
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
        for process in self._processes.values():
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def start(self, city: str) -> None:
        """Start a city's subscriber on what it has kept."""
        log = (self._system.data / "logs" / f"subscriber-{city}.log").open("ab")
        with log:
            self._processes[city] = subprocess.Popen(
                self._argv(city), env=self._env(city), stdout=log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL
            )

    def kill(self, city: str) -> None:
        """End a city's subscriber by SIGKILL, wherever it is."""
        self._processes[city].kill()
        self._processes[city].wait()

    def report(self, city: str) -> dict[str, Any]:
        """What the subscriber says it received, against the feed's last sequence."""
        argv = [*self._argv(city), "--report"]
        answer = subprocess.run(argv, env=self._env(city), capture_output=True, check=True, timeout=60)
        found: dict[str, Any] = json.loads(answer.stdout)
        return found

    def wait(self) -> dict[str, dict[str, Any]]:
        """The reports once nothing is missing, or the last ones after two minutes."""
        deadline = time.monotonic() + CAUGHT_UP_WITHIN
        while True:
            reports = {city: self.report(city) for city in self.cities}
            if all(report["missing"] == 0 for report in reports.values()) or time.monotonic() > deadline:
                return reports
            time.sleep(1)

    def _argv(self, city: str) -> list[str]:
        store = self._store(city)
        options = ["--city", city, "--feed", self._system.gateway_url, "--store", str(store)]
        return [sys.executable, "-m", "gateway.feeds.cli", *options]

    def _store(self, city: str) -> Path:
        return self._system.data / "subscribers" / f"{city}.sqlite"

    def _env(self, city: str) -> dict[str, str]:
        secrets = {"PAIZHU_AMQP": self._system.city_amqp_url(city), "PAIZHU_TOKEN": self._tokens[city]}
        return {"PATH": os.environ.get("PATH", ""), "PYTHONPATH": str(ROOT), **secrets}

    @staticmethod
    def _office(city: str) -> Office:
        return Office(f"system-{city}", "信息系统", f"{city} 市级系统", "city_org", (city,))
