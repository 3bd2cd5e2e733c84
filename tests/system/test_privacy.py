"""Personal data in a whole system: never in clear anywhere, and gone for good once it is erased.

The persons of the small demo are the canaries: what is unmistakable of each is looked for in all the system wrote.
"""

from __future__ import annotations

import base64
import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg2
import pytest
import requests

from demo.people import People, spoiled
from deploy.local.system import System, running
from kernel.auth import Issuer, Verifier
from kernel.ciphers import Damaged, decrypt
from kernel.vault.masters import Masters
from kernel.vault.postgres import DIGEST
from tests.kit.canaries import canaries, found_in, spelled
from tests.kit.killing import killed_now
from tests.kit.waiting import BOUND, BRIEF, eventually

ROOT = Path(__file__).resolve().parents[2]

Played = tuple[Path, dict[str, Any], list[str]]


@dataclass
class Office:
    """A running system and what the test did with it."""

    system: System
    erased: dict[str, Any] = field(default_factory=dict)
    wrapped: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    masters: dict[str, bytes] = field(default_factory=dict)

    def token(self, role: str, person: str, *areas: str) -> str:
        claims = {"sub": person, "post": "p", "organ": "o", "role": role, "areas": list(areas), "units": []}
        return Issuer(self.system.keys).issue(claims, 3600)

    def get(self, path: str, token: str) -> str:
        headers = {"Authorization": f"Bearer {token}"}
        reply = requests.get(self.system.gateway_url + path, headers=headers, timeout=BOUND)
        assert reply.status_code == 200, f"{path}: {reply.text}"
        return reply.text

    def ask(self, query: str, token: str) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = json.loads(self.get(f"/api/v1/personnel/{query}", token))["items"]
        return items

    def ledger(self) -> dict[str, dict[str, Any]]:
        rows = self.ask("ledger?programme=LN2018&limit=1000", self.token("province_org", "p-1", "21"))
        return {row["person"]: row for row in rows}

    def units(self, unit: str) -> list[dict[str, Any]]:
        page = self.get(f"/api/v1/allocation/units?unit={unit}", self.token("province_org", "p-1", "21"))
        return list(json.loads(page)["items"])

    def paizhu(self, *arguments: str, by: str | None = None) -> subprocess.CompletedProcess[str]:
        env = {**os.environ, "PYTHONPATH": str(ROOT)}
        env |= {"PAIZHU_TOKEN": self.token("security_admin", by, "21")} if by else {}
        where = ("--data", str(self.system.data)) if arguments[1:2] != ("open",) else ()
        return subprocess.run(
            [sys.executable, "-m", "cli.main", *arguments, *where],
            cwd=ROOT, env=env, capture_output=True, text=True, timeout=BOUND, check=False,
        )  # fmt: skip

    def done(self, *arguments: str, by: str | None = None) -> str:
        ended = self.paizhu(*arguments, by=by)
        assert ended.returncode == 0, f"{arguments}\n{ended.stdout}\n{ended.stderr}"
        return ended.stdout

    def keys(self) -> dict[str, tuple[str, bytes]]:
        with closing(psycopg2.connect(self.system.security_url)) as session, session.cursor() as cursor:
            cursor.execute("select subject, master, wrapped from vault.keys")
            return {subject: (master, bytes(key)) for subject, master, key in cursor.fetchall()}

    @contextmanager
    def killing(self, name: str, times: int) -> Iterator[list[int]]:
        """Kill a process again and again while the block runs; gives the pids."""
        killed: list[int] = []
        over = threading.Event()

        def kill() -> None:
            while len(killed) < times and not over.wait(BRIEF):
                pid = self.system.process(name).pid
                if pid is not None and pid not in killed and killed_now(pid):
                    killed.append(pid)

        thread = threading.Thread(target=kill)
        thread.start()
        try:
            yield killed
        finally:
            over.set()
            thread.join()
            self.system.wait_ready()


@pytest.fixture(scope="module")
def office(
    played: tuple[Path, dict[str, Any], list[str]], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Office]:
    """The demo's system, up again; two of its cadres erased, the second while processes are killed."""
    exports = tmp_path_factory.mktemp("exports")
    with running(played[0]) as system:
        office = Office(system)
        first, second = sorted(office.ledger())[:2]
        office.wrapped = {person: office.keys()[person] for person in (first, second)}
        office.masters = {path.name: path.read_bytes() for path in system.keys.glob("vault-master*")}
        for person, times in ((first, 0), (second, 3)):
            office.done("privacy", "request", person, "--reason", "目的已实现", by="s-1")
            refused = office.paizhu("privacy", "approve", person, by="s-1")
            assert (refused.returncode, "second_person_required" in refused.stderr) == (1, True)
            office.done("privacy", "approve", person, by="s-2")
            with office.killing("personnel", times) as killed:
                said = office.done("privacy", "erase", person, "--export", str(exports), "--yes", by="s-1")
                eventually(lambda killed=killed, times=times: len(killed) >= times)
            (path, key) = re.findall(r"handed over: (\S+)\n.*: (\S+)", said)[0]
            office.erased[person] = json.loads(office.done("privacy", "open", path, "--key", key))
        yield office


def test_the_hand_over_holds_the_person_and_the_views_do_not(office: Office) -> None:
    rows = office.ledger()
    assert len(office.erased) == 2
    for person, data in office.erased.items():
        assert data["person"] == person
        assert re.fullmatch(r"\d{17}[\dX]", data["personal"]["id_number"])
        assert (rows[person]["name"], rows[person]["mobile"]) == ("已销毁", "已销毁")
    assert len({row["name"] for row in rows.values()} - {"已销毁", "＊＊＊"}) > 10
    (one, *_) = office.ask("erasures?status=erased", office.token("auditor", "a-1", "21"))
    assert (one["requester"], one["approver"]) == ("s-1", "s-2")


def test_every_reading_left_an_event_without_the_data(office: Office) -> None:
    read = office.ask("access_log?limit=1000", office.token("auditor", "a-1", "21"))
    assert {entry["purpose"] for entry in read} == {"ledger", "personal_data"}
    assert max(entry["count"] for entry in read) == len(office.ledger())
    text = json.dumps(read, ensure_ascii=False)
    assert not [word for word in canaries() if word in text]


def test_the_logs_still_verify_and_replay_equals(office: Office) -> None:
    office.done("audit", "replay")
    office.done("audit", "verify")


def test_a_refusal_repeats_nothing_of_what_was_sent(office: Office) -> None:
    """Personal data in every place where it does not belong; what the system wrote meanwhile the last test looks at."""
    person, url = People().next(), f"{office.system.gateway_url}/api/v1"
    name, number, mobile = person["name"] + "某", person["id_number"], person["mobile"]
    auth = {"Authorization": f"Bearer {office.token('province_org', 'p-1', '21')}"}
    key = {**auth, "Idempotency-Key": "k-1"}

    def posted(command: str, headers: dict[str, str], **data: Any) -> requests.Response:
        body = {"occurred_on": "2018-04-18", "data": data}
        return requests.post(f"{url}/commands/{command}", json=body, headers=headers, timeout=BOUND)

    row = {"id_number": spoiled(number), "mobile": mobile + "0", "unit": name, "name": name, number: mobile}
    replies = [
        posted("NominateCadre", key, programme="LN2018", nominee=row),
        posted("NominateCadre", key, programme=number, nominee=row, remark=name),
        posted("ImportNominees", key, programme="LN2018", rows=[{name: number}, {"kind": name, "origin": number}]),
        posted("RecordCommunication", key, programme="LN2018", unit="U01", nomination=number, note=mobile),
        posted("NominateCadre", {**auth, "Idempotency-Key": number}, programme="LN2018", nominee=row),
        requests.get(f"{url}/personnel/persons", params={"person": number}, headers=auth, timeout=BOUND),
        requests.get(f"{url}/personnel/persons", params={"cursor": number}, headers=auth, timeout=BOUND),
        requests.get(f"{url}/personnel/{number}", headers=auth, timeout=BOUND),
        requests.get(f"{url}/personnel/form", headers={**auth, "X-Correlation-Id": number}, timeout=BOUND),
    ]
    assert [reply.status_code for reply in replies] == [422, 400, 422, 403, 400, 200, 400, 404, 400]
    for reply in replies:
        said = reply.text + json.dumps(dict(reply.headers))
        assert not [word for word in (name, number, mobile, spoiled(number)) if word in said], said


@pytest.mark.req("X-032")
def test_nothing_that_answers_gives_the_erased_away(office: Office) -> None:
    """Every question and feed of the API by those who see most, every process's metrics."""
    gone = [
        text
        for data in office.erased.values()
        for text in (data["personal"]["id_number"], data["personal"]["mobile"], data["forms"][0]["fields"]["career"])
    ]
    province, auditor = office.token("province_org", "p-1", "21"), office.token("auditor", "a-1", "21")
    forms = {row["person"]: row["nomination"] for row in office.ask("nominations?limit=1000", province)}
    for person in office.erased:
        (form,) = office.ask(f"form?nomination={forms[person]}", province)
        assert form["fields"]["name"] == "已销毁"
    paths = json.loads(office.get("/api/openapi.json", province))["paths"]
    texts = [office.get(f"/api/v1/personnel/{q}?limit=1000", province) for q in ("persons", "nominations", "postings")]
    feed = office.get("/feeds/2107?after=0&limit=1000", auditor)
    assert any(person in feed for person in office.ledger())  # by id, which is all a city is told
    texts += [feed, json.dumps(paths)]
    for process in office.system.processes:
        told = Path(f"/proc/{process.pid}/environ").read_text().split("\0")
        for port in (line.partition("=")[2] for line in told if line.startswith("PAIZHU_HEALTH_PORT=")):
            texts.append(requests.get(f"http://127.0.0.1:{port}/metrics", timeout=BOUND).text)
    assert len(texts) > 15
    assert not [word for word in gone for text in texts if word in text]
    assert not [word for word in canaries() for text in texts if word in text]


def test_after_the_rotation_nobody_can_recover_the_erased(office: Office) -> None:
    system, person = office.system, next(iter(office.erased))
    name = office.masters[next(iter(office.masters))]
    # Whoever has an old copy of the wrapped key can open it while the master key is there: that is what is retired.
    data_key = decrypt(name, office.wrapped[person][1], person.encode())
    office.done("privacy", "rotate", "--retire")
    assert set(office.wrapped).isdisjoint(office.keys())
    assert all(row["name"] != "＊＊＊" for row in office.ledger().values())
    with closing(psycopg2.connect(system.database_url("personnel"))) as session, session.cursor() as cursor:
        cursor.execute("select sealed from read.persons where person = %s", (person,))
        sealed = base64.b64decode(cursor.fetchall()[0][0])
    assert json.loads(decrypt(data_key, sealed, person.encode())) == office.erased[person]["personal"]
    ring = Masters(system.keys)
    assert not {path.name for path in system.keys.glob("vault-master*")} & set(office.masters)
    present = [ring.get(one) for one in ring.ids()] + [(system.keys / DIGEST).read_bytes()]
    for subject, (_, wrapped) in office.wrapped.items():
        for key in present:
            with pytest.raises(Damaged):
                decrypt(key, wrapped, subject.encode())
    old = [*office.masters.values(), data_key]
    secrets = [*old, *(key.hex().encode() for key in old), *(base64.b64encode(key) for key in old)]
    held = [path for path in system.data.rglob("*") if any(secret in _held(path) for secret in secrets)]
    assert held == []
    # Where a destroyed key could live on: the table, dead rows, samples of the planner. All but the journal.
    tables = [content for path in (system.data / "postgres").rglob("base/**/*") if (content := _held(path))]
    assert len(tables) > 100
    assert not [w for content in tables for _, w in office.wrapped.values() if w in content]


def _held(path: Path) -> bytes:
    """What the file holds; nothing where it is no file, or where a running server has just removed it."""
    try:
        return path.read_bytes() if path.is_file() else b""
    except FileNotFoundError:
        return b""


def test_no_canary_stands_in_clear_in_anything_the_system_wrote(office: Office) -> None:
    """Tables, the journal, the broker's files, logs, states, subscribers: all of the data directory."""
    words = canaries()
    assert {data["personal"]["id_number"] for data in office.erased.values()} <= set(words)
    data = office.system.data
    assert found_in(data, spelled(words)) == {}
    # And the search would find it: a word that is there for certain, in the journal and in the broker's files.
    there = found_in(data, [office.ledger()[next(iter(office.erased))]["target"].encode()])
    assert any("pg_wal" in file for file in there)
    assert any("rabbitmq" in file for file in there)


def test_a_token_of_a_unit_names_it_as_it_is_registered_and_an_unknown_one_is_not_issued(office: Office) -> None:
    (unit,) = office.units("U01")
    issued = office.done("token", "--role", "unit", "--unit", "U01").strip()
    holder = Verifier(office.system.keys).verify(issued)
    assert (holder.organ, holder.post, holder.units) == (unit["name"], "党委（党组）", ("U01",))
    unknown = office.paizhu("token", "--role", "unit", "--unit", "U99")
    assert (unknown.returncode, unknown.stdout) == (2, "")
    assert "U99 is no channel and no registered unit" in unknown.stderr
