"""A real system and thirteen real witnesses: nine make a checkpoint witnessed, eight do not, and what a province with
every power over its databases and keys does to history is refused by each."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from click.testing import CliRunner, Result

from audit.witness.cli import witness
from audit.witness.state import State
from cli.main import main
from cli.office import Office, token
from demo.offices import Offices
from demo.stages.rules import notice_data
from deploy.local.system import System, running
from deploy.passwords import password_of
from kernel.auth import Issuer
from programmes import loader
from tests.kit.databases import rows_of, run
from tests.kit.waiting import BOUND, eventually

ROOT = Path(__file__).resolve().parents[2]
CITIES = tuple(f"21{number:02}" for number in range(1, 14))
OFFICE = Office("p-synthetic", "文书", "21", "province_org", ("21",))
SERVICES = {"allocation", "personnel", "attendance", "evaluation"}


class Town:
    """A system, thirteen witnesses beside it, and what people type."""

    def __init__(self, system: System, folder: Path) -> None:
        self.system, self.folder = system, folder
        self.issuer = Issuer(system.keys)
        self._numbers = count(1)

    def token(self, city: str) -> str:
        return token(self.issuer, Office("p-witness", "见证员", city, "witness", (city,)))

    def typed(self, city: str, *words: object) -> Result:
        """What the witness of ``city`` types."""
        texts = [str(word) for word in words] + ["--state", str(self.folder / city)]
        return CliRunner().invoke(witness, texts, env={"PAIZHU_TOKEN": self.token(city)})

    def run(self, city: str) -> dict[str, dict[str, Any]]:
        """One look of the witness of ``city`` at every log; by service how it ended."""
        done = self.typed(city, "run", "--once", "--json", "--gateway", self.system.gateway_url)
        return {look["service"]: look for look in map(json.loads, done.stdout.splitlines())}

    def command(self) -> int:
        """One more notice is published, with the first its programme; the position of the event in allocation's log."""
        number, profile = next(self._numbers), loader.load("LN2018")
        gateway = Offices(self.system.gateway_url, lambda office: token(self.issuer, office), threads=1)
        try:
            notice = notice_data(profile.notices[0], profile.scope)
            more = {} if number == 1 else {"number": f"辽组通字〔2018〕{100 + number}号"}
            receipt = gateway.command(OFFICE, "PublishNotice", {**notice, **more}, "2018-04-16")
            if number == 1:
                receipt = gateway.command(OFFICE, "PublishProfile", {"profile": profile.published()}, "2018-04-16")
            return int(receipt["position"])
        finally:
            gateway.close()

    def heads(self) -> dict[str, dict[str, Any]]:
        """What `GET /api/v1/heads` says of the services."""
        bearer = {"Authorization": f"Bearer {self.token('2107')}"}
        answer = requests.get(f"{self.system.gateway_url}/api/v1/heads", headers=bearer, timeout=BOUND)
        return dict(answer.json()["services"])

    def signed(self) -> dict[str, dict[str, Any]]:
        """The heads once every event is under a checkpoint."""
        return dict(eventually(lambda: all_signed(self.heads())))

    def policy(self) -> tuple[int, dict[str, Any]]:
        """How `paizhu witness policy` ends, and what it says."""
        done = CliRunner().invoke(witness, ["policy", "--json", "--data", str(self.system.data)])
        return done.exit_code, json.loads(done.stdout)

    def superuser(self, service: str) -> str:
        """The address that has every power over the database of ``service``."""
        address = urlsplit(self.system.database_url(service))
        secret = password_of(self.system.data, "postgres")
        return f"postgresql://postgres:{secret}@{address.hostname}:{address.port}{address.path}"


def all_signed(heads: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]] | None:
    """``heads`` where there are events everywhere, all signed; else None."""
    return heads if all(head["signed"] == head["position"] > 0 for head in heads.values()) else None


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("witnesses")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("PAIZHU_CHECKPOINT_SECONDS", "1")
        with running(folder / "system", fresh=True) as system:
            yield Town(system, folder)


def test_without_witnesses_it_works_and_says_so(town: Town) -> None:
    town.command()
    heads = town.signed()
    assert {head["rule"] for head in heads.values()} == {"none"}
    shown = CliRunner().invoke(main, ["status", "--data", str(town.system.data)], env={"COLUMNS": "200"})
    assert "NOT WITNESSED: no city co-signs" in shown.output


def test_nine_of_thirteen_witness_and_eight_do_not(town: Town) -> None:
    policy = town.system.keys / "policy.txt"
    for city in CITIES:
        key = town.typed(city, "key", "--city", city).stdout.strip()
        enrolled = CliRunner().invoke(witness, ["enrol", city, key, "--data", str(town.system.data), "--yes"])
        assert enrolled.exit_code == 0
        assert town.typed(city, "pin", "--policy", policy, "--yes").exit_code == 0
    assert "9 of 13" in enrolled.output
    town.command()
    before = town.signed()
    for city in CITIES[:8]:
        looks = town.run(city)
        assert {service: look["end"] for service, look in looks.items()} == dict.fromkeys(SERVICES, "cosigned")
        assert {service: look["size"] for service, look in looks.items()} == {s: h["signed"] for s, h in before.items()}
    for head in town.heads().values():
        assert (head["rule"], head["witnessed"]) == ("9 of 13", 0)
        assert {city for city, size in head["witnesses"].items() if size} == set(CITIES[:8])
    _, said = town.policy()
    assert {gap["witnessed"] for gap in said["services"].values()} == {0}
    assert {tuple(gap["missing"]) for gap in said["services"].values()} == {CITIES[8:]}
    town.run(CITIES[8])
    for head in town.heads().values():
        assert head["witnessed"] == head["signed"] > 0
    assert town.policy()[0] == 0
    assert {gap["unseen"] for gap in town.policy()[1]["services"].values()} == {0}
    for city in CITIES[9:]:
        town.run(city)
    assert {tuple(gap["missing"]) for gap in town.policy()[1]["services"].values()} == {()}


def test_with_too_few_witnesses_commands_are_taken_and_the_gap_is_shown(town: Town) -> None:
    position = town.command()
    heads = town.signed()
    assert heads["allocation"]["signed"] >= position > heads["allocation"]["witnessed"] > 0
    said = town.policy()[1]["services"]["allocation"]
    assert said["unseen"] == heads["allocation"]["position"] - heads["allocation"]["witnessed"]
    assert set(said["missing"]) == set(CITIES)
    shown = CliRunner().invoke(main, ["status", "--data", str(town.system.data)], env={"COLUMNS": "200"})
    assert f"allocation {said['witnessed']} of {said['events']}" in shown.output


def test_a_witness_of_nobody_is_not_taken(town: Town) -> None:
    stranger = town.folder / "stranger"
    State(stranger).signer("2107")
    words = ["run", "--once", "--json", "--state", str(stranger), "--gateway", town.system.gateway_url]
    pinned = ["pin", "--yes", "--state", str(stranger), "--policy", str(town.system.keys / "policy.txt")]
    assert CliRunner().invoke(witness, pinned).exit_code == 0
    done = CliRunner().invoke(witness, words, env={"PAIZHU_TOKEN": town.token("2107")})
    assert done.exit_code == 2
    assert {json.loads(line)["end"] for line in done.stdout.splitlines()} == {"unsent"}
    assert "cosignature_unknown" in done.stdout
    official = CliRunner().invoke(witness, words, env={"PAIZHU_TOKEN": token(town.issuer, OFFICE)})
    assert "role_not_allowed" in official.stdout


def test_the_chapter_on_witnessing_works_as_it_stands(town: Town, tmp_path: Path) -> None:
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "local").symlink_to(town.system.data)
    program = tmp_path / "paizhu"
    program.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m cli.main "$@"\n')
    program.chmod(0o755)
    text = (ROOT / "docs" / "witnessing.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```bash\n(.*?)```", text, re.DOTALL)
    assert len(blocks) >= 5
    for block in blocks:
        done = subprocess.run(
            ["/bin/sh", "-ec", block.replace("http://127.0.0.1:8000", town.system.gateway_url)],
            cwd=tmp_path,
            env={"PATH": f"{tmp_path}:{os.defpath}", "PAIZHU_TOKEN": town.token("2107")},
            capture_output=True,
            text=True,
            timeout=BOUND,
        )
        assert done.returncode == 0, f"{block}\n{done.stdout}\n{done.stderr}"
        assert done.stdout.strip()
    assert done.stdout.count("co-signed for the first time") == len(SERVICES)
    # The chapter's witness has taken the place of the city's own; put that back.
    key = State(town.folder / "2107").signer().verifier.vkey
    enrolled = CliRunner().invoke(witness, ["enrol", "2107", key, "--data", str(town.system.data), "--yes"])
    assert enrolled.exit_code == 0


def test_a_province_that_rewrites_everything_it_holds_is_refused(town: Town) -> None:
    town.signed()
    for city in CITIES:
        assert town.run(city)["allocation"]["end"] in ("cosigned", "current")
    rewrite(town)
    forged = eventually(lambda: signed_anew(town))  # the log's own checkpointer signs it: it remembers nothing
    for city in CITIES:
        looks = town.run(city)
        assert (looks["allocation"]["end"], looks["allocation"]["kind"]) == ("refused", "fork")
        assert looks["personnel"]["end"] in ("cosigned", "current")
        kept = json.loads(Path(looks["allocation"]["evidence"]).read_text())
        assert kept["offered"] == forged
        assert kept["held"] != forged
    assert town.policy()[1]["services"]["allocation"]["witnessed"] == 0
    town.command()
    town.signed()
    assert town.run("2107")["allocation"]["kind"] == "inconsistent"  # grown or not, it stays refused
    assert town.typed("2107", "status").exit_code == 1


def rewrite(town: Town) -> None:
    """Change the first event of allocation and all that follows from it: leaves, tree, checkpoints, what was signed."""
    process = town.system.process("allocation-checkpointer")
    assert process.pid is not None
    os.kill(process.pid, signal.SIGSTOP)
    tables = ("events", "subtrees", "checkpoints", "cosignatures")
    lift = ";".join(f"alter table log.{table} disable trigger append_only" for table in tables)
    put_back = ";".join(f"alter table log.{table} enable always trigger append_only" for table in tables)
    change = (
        "delete from log.cosignatures; delete from log.checkpoints; delete from log.subtrees;"
        " update log.events set line = replace(line, '2018-04-16', '2018-04-17') where position = 1;"
        " update log.events set leaf = sha256('\\x00'::bytea || convert_to(line, 'UTF8')) where position = 1"
    )
    before = rows_of(town.superuser("allocation"), "select line from log.events where position = 1")
    run(town.superuser("allocation"), f"begin; {lift}; {change}; {put_back}; commit")
    assert rows_of(town.superuser("allocation"), "select line from log.events where position = 1") != before
    (town.system.data / "checkpoints" / "allocation.json").unlink()
    os.kill(process.pid, signal.SIGKILL)


def signed_anew(town: Town) -> str | None:
    """The note of allocation once there is one again."""
    bearer = {"Authorization": f"Bearer {town.token('2107')}"}
    answer = requests.get(f"{town.system.gateway_url}/api/v1/log/allocation/checkpoint", headers=bearer, timeout=BOUND)
    return answer.text if answer.status_code == 200 else None
