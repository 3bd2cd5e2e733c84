"""A system that the version before made goes on under this one: its history holds, its read models are those that this
version makes of the old lines, and every service decides on top of them."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from deploy.local.system import System, running
from kernel.auth import Issuer
from tests.kit.version_before import NotHere, left_behind
from tests.kit.waiting import BOUND, eventually

ROOT = Path(__file__).resolve().parents[2]
EVENTS = {"allocation": 6580, "personnel": 9543, "attendance": 23204, "evaluation": 360}
"""What the demo of the version before leaves in the logs."""

CAUGHT_UP = {"personnel": 581}
"""What services did not follow then, and have caught up with when all is up, at least: office holders."""


class Upgraded:
    """The old system, up under this version, and what is asked of it."""

    def __init__(self, system: System) -> None:
        self.system = system
        self.begins = self.positions()

    def token(self, role: str, person: str, *areas: str) -> dict[str, str]:
        claims = {"sub": person, "post": "p", "organ": role, "role": role, "areas": areas, "units": []}
        return {"Authorization": f"Bearer {Issuer(self.system.keys).issue(claims, 3600)}"}

    def ask(self, path: str) -> Any:
        headers = self.token("province_org", "p-1", "21")
        reply = requests.get(f"{self.system.gateway_url}/api/v1/{path}", headers=headers, timeout=BOUND)
        assert reply.status_code == 200, f"{path}: {reply.text}"
        return reply.json()

    def give(self, command: str, on: str, by: tuple[str, ...], **data: Any) -> dict[str, Any]:
        """The receipt of ``command``, given by (role, person, *areas)."""
        headers = {**self.token(*by), "Idempotency-Key": f"k-{command}"}
        url = f"{self.system.gateway_url}/api/v1/commands/{command}"
        reply = requests.post(url, json={"occurred_on": on, "data": data}, headers=headers, timeout=BOUND)
        assert reply.status_code == 200, f"{command}: {reply.text}"
        return dict(reply.json())

    def audited(self, act: str) -> dict[str, Any]:
        """What `paizhu audit verify` or `replay` says."""
        argv = [sys.executable, "-m", "cli.main", "audit", act, "--json", "--data", str(self.system.data)]
        done = subprocess.run(argv, cwd=ROOT, capture_output=True, text=True, timeout=BOUND, check=False)
        assert done.returncode == 0, f"{act}\n{done.stdout}\n{done.stderr}"
        return dict(json.loads(done.stdout))

    def positions(self) -> dict[str, int]:
        """By service how far its log goes."""
        return {service: head["position"] for service, head in self.heads().items()}

    def heads(self) -> dict[str, dict[str, Any]]:
        """By service how far its log goes, is signed and has been taken in."""
        return dict(self.ask("heads")["services"])


def events_of(said: dict[str, Any]) -> dict[str, int]:
    """By service the events an audit saw."""
    return {found["service"]: found["events"] for found in said["services"]}


@pytest.fixture(scope="module")
def upgraded() -> Iterator[Upgraded]:
    try:
        with left_behind() as data, running(data) as system:
            yield Upgraded(system)
    except NotHere as reason:
        pytest.skip(f"the version before cannot be played: {reason}")


def test_the_old_history_is_whole_and_replays_to_the_read_models_of_this_version(upgraded: Upgraded) -> None:
    verified, replayed = upgraded.audited("verify"), upgraded.audited("replay")
    assert (verified["sound"], verified["findings"], events_of(verified)) == (True, [], upgraded.begins)
    assert (replayed["equal"], events_of(replayed)) == (True, upgraded.begins)
    added = {service: position - EVENTS[service] for service, position in upgraded.begins.items()}
    assert all(added[service] >= CAUGHT_UP.get(service, 0) for service in EVENTS)
    rows = {table["table"]: table["rows"] for found in replayed["services"] for table in found["tables"]}
    assert {name: rows[name] for name in ("targets", "postings", "registers", "clocks")} == {
        "targets": 838, "postings": 839, "registers": 1000, "clocks": 96,
    }  # fmt: skip


def test_every_service_decides_on_what_the_version_before_stored(upgraded: Upgraded) -> None:
    postings = upgraded.ask("personnel/postings?programme=LN2018&limit=1000")["items"]
    posting = next(row for row in postings if row["city"] == "2107" and row["status"] == "on_post")
    ledger = upgraded.ask("personnel/ledger?programme=LN2018&limit=1000")["items"]  # leaves an event of its own
    (shown,) = [row for row in ledger if row["posting"] == posting["posting"]]
    assert len(shown["mobile"]) == 11  # the old keys still open what is sealed

    province, person = ("province_org", "p-1", "21"), posting["person"]
    county, security = ("county_org", "c-1", posting["county"]), ("security_admin", "s-1", "21")
    number, about = "辽组通字〔2019〕1号", {"posting": posting["posting"]}
    receipts = [
        upgraded.give(
            "PublishNotice", "2019-06-20", province,
            title="通知", issuers=["省委组织部"], scope="21", number=number, issued_on="2019-06-20",
        ),
        upgraded.give("RequestErasure", "2019-06-20", security, person=person, reason="目的已实现"),
        upgraded.give(
            "RequestLeave", "2019-06-20", ("cadre", person),
            **about, kind="事", first="2019-07-01", last="2019-07-02",
        ),
        upgraded.give("AcceptIdea", "2019-06-20", county, **about, title="合成思路"),
    ]  # fmt: skip
    added = {"allocation": 1, "personnel": 2, "attendance": 1, "evaluation": 1}
    now = {service: position + added[service] for service, position in upgraded.begins.items()}
    assert {receipt["service"]: receipt["position"] for receipt in receipts} == now

    def settled() -> bool:
        """Everything is signed, and taken in by those who follow it."""
        heads = upgraded.heads()
        taken = [position == now[source] for head in heads.values() for source, position in head["taken_in"].items()]
        return all(taken) and all(head["signed"] == now[service] for service, head in heads.items())

    assert eventually(settled)
    verified, replayed = upgraded.audited("verify"), upgraded.audited("replay")
    assert (verified["sound"], verified["findings"], events_of(verified)) == (True, [], now)
    assert (replayed["equal"], events_of(replayed)) == (True, now)
