"""What a city and the province type, as processes see it: output, exit codes, files."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from signal import SIGTERM

import pytest
from click.testing import CliRunner, Result

from audit.witness.cli import witness
from audit.witness.digits import digits
from audit.witness.state import State
from kernel.proof import notes, policy
from tests.kit.waiting import BOUND, eventually
from tests.kit.witness.province import FakeProvince, served


def typed(*words: object) -> Result:
    return CliRunner().invoke(witness, [str(word) for word in words], env={"PAIZHU_TOKEN": "token"})


@pytest.fixture
def city(tmp_path: Path) -> tuple[FakeProvince, Path]:
    """A province of five events and a witness that has its key and the log's, not enrolled yet."""
    fake, folder = FakeProvince(5), tmp_path / "w"
    assert typed("key", "--state", folder, "--city", "2107").exit_code == 0
    assert typed("pin", "--state", folder, "--yes", fake.key.verifier.vkey).exit_code == 0
    fake.enrol(State(folder).signer().verifier)
    return fake, folder


def test_a_key_is_made_once_and_shown_with_its_digits(tmp_path: Path) -> None:
    none = typed("key", "--state", tmp_path)
    assert none.exit_code == 2
    assert "--city CODE" in none.output
    made = typed("key", "--state", tmp_path, "--city", "2107")
    key = notes.verifier(made.stdout.strip())
    assert key.name == "paizhu/21/witness/2107"
    assert digits(key) in made.stderr
    assert typed("key", "--state", tmp_path).stdout == made.stdout
    assert (tmp_path / "witness.key").stat().st_mode & 0o777 == 0o600


def test_keys_are_pinned_after_a_question_and_never_changed_silently(tmp_path: Path) -> None:
    log = FakeProvince().key.verifier
    file = tmp_path / "policy.txt"
    file.write_text(policy.Policy((log,)).text)
    refused = CliRunner().invoke(witness, ["pin", "--state", str(tmp_path), "--policy", str(file)], input="n\n")
    assert refused.exit_code == 2
    assert digits(log) in refused.output
    assert State(tmp_path).logs() == {}
    assert typed("pin", "--state", tmp_path, "--policy", file, "--yes").exit_code == 0
    assert State(tmp_path).logs() == {log.name: log}
    other = notes.Signer(log.name, notes.ED25519, b"\x08" * 32).verifier
    assert typed("pin", "--state", tmp_path, "--yes", other.vkey).exit_code == 2
    assert State(tmp_path).logs() == {log.name: log}
    assert typed("pin", "--state", tmp_path, "--yes", "--replace", other.vkey).exit_code == 0
    assert State(tmp_path).logs() == {log.name: other}


def test_once_ends_with_what_happened(city: tuple[FakeProvince, Path]) -> None:
    fake, folder = city
    with served(fake) as url:
        run = ("run", "--state", folder, "--gateway", url, "--once")
        first = typed(*run)
        assert (first.exit_code, "co-signed for the first time, 5 events" in first.output) == (0, True)
        assert json.loads(typed(*run, "--json").stdout)["end"] == "current"
        fake.away = True
        assert typed(*run).exit_code == 2
        fake.away, fake.lines[0] = False, b"another event 1"
        refused = typed(*run)
    assert refused.exit_code == 1
    assert "REFUSED fork" in refused.output
    assert "Nothing was signed" in refused.output
    shown = typed("status", "--state", folder, "--json")
    assert shown.exit_code == 1
    assert json.loads(shown.stdout)["logs"]["paizhu/21/personnel"]["size"] == 5
    assert len(json.loads(shown.stdout)["evidence"]) == 1
    assert "two different histories" in typed("status", "--state", folder).output


def test_a_new_key_is_told_once_and_the_status_shows_its_digits(city: tuple[FakeProvince, Path]) -> None:
    fake, folder = city
    old = digits(fake.key.verifier)
    fake.replace(b"\x07" * 32)
    fake.grow(1)
    new = digits(fake.key.verifier)
    with served(fake) as url:
        first, again = (typed("run", "--state", folder, "--gateway", url, "--once") for _ in range(2))
    told = f"personnel    new key: {old} -> {new} over 5 events, on the word of the old key, 6 events"
    assert f"{told}\n  announcement: {folder / 'checkpoint-personnel.succession'}\n" in first.output
    assert "new key" not in again.output
    assert new in typed("status", "--state", folder).output
    shown = json.loads(typed("status", "--state", folder, "--json").stdout)
    assert shown["keys"] == {"paizhu/21/personnel": {"vkey": fake.key.verifier.vkey, "digits": new}}


def test_a_witness_without_pinned_keys_or_token_says_so(tmp_path: Path) -> None:
    where = ("--state", tmp_path, "--gateway", "http://127.0.0.1:1")
    assert "no log's key is pinned" in typed("run", *where, "--once", "--city", "2107").output
    bare = CliRunner().invoke(witness, ["run", *map(str, where)], env={"PAIZHU_TOKEN": ""})
    assert "PAIZHU_TOKEN" in bare.output
    assert typed("run", "--state", tmp_path, "--gateway", "gateway:80").exit_code == 2


def test_two_cities_compare_what_they_were_shown(city: tuple[FakeProvince, Path], tmp_path: Path) -> None:
    fake, ours = city
    theirs = tmp_path / "v"
    typed("key", "--state", theirs, "--city", "2108")
    typed("pin", "--state", theirs, "--yes", fake.key.verifier.vkey)
    fake.enrol(State(theirs).signer().verifier)
    with served(fake) as url:
        typed("run", "--state", ours, "--gateway", url, "--once")
        fake.grow(3)
        typed("run", "--state", theirs, "--gateway", url, "--once")
        same = typed("compare", "--state", ours, "--gateway", url, theirs / "seen" / "personnel.json")
    assert (same.exit_code, same.output) == (0, "one history of paizhu/21/personnel: 5 events here, 8 there\n")
    forked = fake.copy()
    forked.lines[2] = b"another event 3"
    (theirs / "seen" / "personnel.json").unlink()
    with served(forked) as url:
        typed("run", "--state", theirs, "--gateway", url, "--once")
        other = typed("compare", "--state", ours, "--gateway", url, theirs / "seen" / "personnel.json")
    assert other.exit_code == 1
    assert "TWO HISTORIES" in other.output
    assert len(list((ours / "evidence").glob("personnel-inconsistent-*.json"))) == 1
    assert typed("compare", "--state", ours, "--gateway", url, ours / "logs.txt").exit_code == 2


def test_until_stopped_it_signs_what_grows_and_ends_on_a_signal(city: tuple[FakeProvince, Path]) -> None:
    fake, folder = city
    with served(fake) as url:
        argv = [sys.executable, "-m", "cli.main", "witness", "run", "--state", str(folder), "--gateway", url]
        process = subprocess.Popen(
            [*argv, "--every", "0.2", "--json", "--token", "t"], stdout=subprocess.PIPE, text=True
        )
        try:
            assert process.stdout is not None
            assert json.loads(process.stdout.readline())["size"] == 5
            fake.away = True
            assert json.loads(process.stdout.readline())["end"] == "away"
            fake.away = False
            assert json.loads(process.stdout.readline())["end"] == "current"
            fake.grow(4)
            assert json.loads(process.stdout.readline())["size"] == 9
            assert typed("run", "--state", folder, "--gateway", url, "--once").exit_code == 2  # one at a time
            before = fake.asked
            eventually(lambda: fake.asked >= before + 10)  # it looked again, and found nothing new
            process.send_signal(SIGTERM)
            rest, _ = process.communicate(timeout=BOUND)
        finally:
            process.kill()
    assert (process.returncode, rest) == (0, "")  # nothing is told that did not change


class TestEnrolment:
    def test_thirteen_cities_make_nine_of_thirteen(self, tmp_path: Path) -> None:
        keys = tmp_path / "keys"
        keys.mkdir()
        (keys / "policy.txt").write_text(policy.Policy((FakeProvince().key.verifier,)).text)
        for number in range(1, 14):
            code = f"21{number:02}"
            key = State(tmp_path / code).signer(code).verifier
            said = typed("enrol", code, key.vkey, "--data", tmp_path, "--yes")
            assert said.exit_code == 0
        assert "9 of 13" in said.output
        found = policy.parse((keys / "policy.txt").read_text())
        assert (found.rule, len(found.witnesses), len(found.logs)) == ("9 of 13", 13, 1)
        stricter = typed("enrol", "2101", found.witnesses["2101"].vkey, "--data", tmp_path, "--yes", "--quorum", 12)
        assert "12 of 13" in stricter.output
        assert (keys / "policy.txt").stat().st_mode & 0o777 == 0o644

    def test_what_does_not_belong_is_not_taken_up(self, tmp_path: Path) -> None:
        key = State(tmp_path / "w").signer("2107").verifier.vkey
        assert "has the system been started" in typed("enrol", "2107", key, "--data", tmp_path, "--yes").output
        keys = tmp_path / "keys"
        keys.mkdir()
        before = policy.Policy((FakeProvince().key.verifier,)).text
        (keys / "policy.txt").write_text(before)
        stranger = State(tmp_path / "x").signer("3201").verifier.vkey
        refusals = {
            ("2108", key): "is called paizhu/21/witness/2108",
            ("2107", key[:-1]): "no key of a witness",
            ("3201", stranger): "not in the province",
            ("2107", FakeProvince().key.verifier.vkey): "is called",
        }
        for (code, vkey), why in refusals.items():
            said = typed("enrol", code, vkey, "--data", tmp_path, "--yes")
            assert (said.exit_code, why in said.output) == (2, True)
        assert typed("enrol", "2107", key, "--data", tmp_path, "--yes", "--quorum", 2).exit_code == 2
        assert (keys / "policy.txt").read_text() == before
