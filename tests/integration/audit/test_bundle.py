"""Bundles: sound by themselves and by any other implementation, and unsound after any change."""

from __future__ import annotations

import base64
import hashlib
import json
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from audit.cli import audit
from tests.kit.audit.archive import CITY, SERVICES, Archive


def asked(*words: object) -> Result:
    return CliRunner().invoke(audit, [str(word) for word in words])


def alone(bundle: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """The bundle's own program, in the bundle's directory, with nothing of this project to be found."""
    argv = (sys.executable, "-I", *options, "verify.py")
    return subprocess.run(argv, cwd=bundle, env={}, capture_output=True, text=True, check=False)


def root(lines: list[bytes], name: str) -> bytes:
    """The Merkle tree hash as RFC 6962 section 2.1 writes it down, by recursion."""
    if not lines:
        return hashlib.new(name).digest()
    if len(lines) == 1:
        return hashlib.new(name, b"\0" + lines[0]).digest()
    k = 1
    while k * 2 < len(lines):
        k *= 2
    return hashlib.new(name, b"\1" + root(lines[:k], name) + root(lines[k:], name)).digest()


def test_a_bundle_is_sound_by_its_own_program_and_by_the_auditor(whole: Path, signed: Archive, tmp_path: Path) -> None:
    bundle = shutil.copytree(whole, tmp_path / "elsewhere")
    done = alone(bundle)
    assert (done.returncode, done.stderr) == (0, "")
    counts = {service: len(signed.lines(service)) for service in SERVICES}
    for service, count in counts.items():
        size = json.loads((bundle / "manifest.json").read_text())["services"][service]["events"]
        assert size == count
        assert f"{service}: {count} events, 3 checkpoints, signed to " in done.stdout
        assert not list(bundle.rglob("*.pyc"))
    verified = asked("verify", "--bundle", bundle, "--json")
    assert verified.exit_code == 0, verified.output
    found = json.loads(verified.output)
    assert {s["service"]: s["events"] for s in found["services"]} == counts
    assert all(s["checkpoints"]["witnessed"] == s["checkpoints"]["signed"] > 0 for s in found["services"])


def test_the_signed_root_is_that_of_another_implementation(whole: Path) -> None:
    for service in SERVICES:
        lines = (whole / "events" / f"{service}.ndjson").read_bytes().split(b"\n")[:-1]
        notes = (whole / "checkpoints" / f"{service}.txt").read_text().split("\n\n")[::2]
        assert len(notes) == 3
        for body in notes:
            _, size, sha256, sm3, _ = body.split("\n")
            assert base64.b64decode(sha256) == root(lines[: int(size)], "sha256")
            assert base64.b64decode(sm3.removeprefix("sm3 ")) == root(lines[: int(size)], "sm3")


@pytest.mark.parametrize("kind", ["whole", "part"])
def test_a_changed_byte_of_any_file_is_found(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    bundle = shutil.copytree(request.getfixturevalue(kind), tmp_path / "changed")
    chance = random.Random(9162)
    files = sorted(path for path in bundle.rglob("*") if path.is_file())
    assert {path.name for path in files} >= {"manifest.json", "policy.txt", "verify.py", "checkpoint-attendance.vkey"}
    for path in files:
        content = path.read_bytes()
        for _ in range(3):
            place = chance.randrange(len(content)) if content else 0
            other = bytes([content[place] ^ 1 << chance.randrange(8)]) if content else b"{"
            path.write_bytes(content[:place] + other + content[place + 1 :])
            done = alone(bundle)
            assert done.returncode == 1, f"{path.name} at {place}: {done.stdout}"
            if path.suffix != ".json":
                judged = asked("verify", "--bundle", bundle, "--json")
                assert judged.exit_code == 1 or "cannot be used" in judged.output, judged
                assert isinstance(judged.exception, SystemExit)
        path.write_bytes(content)
    (bundle / "more.txt").write_text("synthetic")
    assert "more.txt is not in the manifest" in alone(bundle).stderr
    (bundle / "more.txt").unlink()
    (bundle / "policy.txt").unlink()
    assert "policy.txt is missing" in alone(bundle).stderr


def test_whoever_mends_the_manifest_meets_the_signed_root(whole: Path, tmp_path: Path) -> None:
    bundle = shutil.copytree(whole, tmp_path / "mended")
    path = bundle / "events" / "allocation.ndjson"
    path.write_bytes(path.read_bytes().replace(b"p-11", b"p-12", 1))
    mend(bundle, "events/allocation.ndjson")
    done = alone(bundle)
    assert done.returncode == 1
    assert "allocation: events 1 to " in done.stderr
    found = json.loads(asked("verify", "--bundle", bundle, "--json").output)
    assert {(f["code"], f["service"]) for f in found["findings"]} == {("root_differs", "allocation")}


def mend(bundle: Path, *names: str, told: Callable[[Any], object] = lambda said: None) -> None:
    """Make the manifest say that the changed files are as they should be, and whatever ``told`` puts into it."""
    path = bundle / "manifest.json"
    said = json.loads(path.read_text())
    said.pop("sha256")
    for name in names:
        said["files"][name] = hashlib.sha256((bundle / name).read_bytes()).hexdigest()
    told(said)
    form = json.dumps(said, indent=2, sort_keys=True) + "\n"
    said["sha256"] = hashlib.sha256(form.encode()).hexdigest()
    path.write_text(json.dumps(said, indent=2, sort_keys=True) + "\n")


@pytest.mark.parametrize("gone", [0, 1])
def test_a_bundle_with_a_checkpoint_taken_out_meets_the_number_of_the_next(
    whole: Path, tmp_path: Path, gone: int
) -> None:
    bundle = shutil.copytree(whole, tmp_path / "fewer")
    path = bundle / "checkpoints" / "allocation.txt"
    parts = path.read_text().removesuffix("\n").split("\n\n")
    del parts[2 * gone : 2 * gone + 2]
    path.write_text("\n\n".join(parts) + "\n")
    mend(bundle, "checkpoints/allocation.txt")
    done = alone(bundle)
    assert (done.returncode, "allocation: a checkpoint is missing before the one over" in done.stderr) == (1, True)
    found = json.loads(asked("verify", "--bundle", bundle, "--json").output)
    assert [(f["code"], f["service"]) for f in found["findings"]] == [("checkpoint_missing", "allocation")]


def test_a_bundle_cut_at_its_end_meets_the_last_checkpoint(whole: Path, tmp_path: Path) -> None:
    bundle = shutil.copytree(whole, tmp_path / "cut")
    path = bundle / "events" / "attendance.ndjson"
    path.write_bytes(b"\n".join(path.read_bytes().split(b"\n")[:-40]) + b"\n")
    mend(bundle, "events/attendance.ndjson")
    assert "attendance: the event at position " in alone(bundle).stderr
    found = json.loads(asked("verify", "--bundle", bundle, "--json").output)
    assert {f["code"] for f in found["findings"] if f["service"] == "attendance"} == {"log_cut", "head_differs"}


def test_a_city_gets_its_own_events_with_proofs_and_nobodys_ciphertext(part: Path, signed: Archive) -> None:
    done = alone(part)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"city {CITY}" in done.stdout
    lines = (part / "events" / "attendance.ndjson").read_bytes().splitlines()
    assert len(lines) == 140  # AttendanceRegistered of every second command that is signed; the notes stay inside
    assert {json.loads(line)["type"] for line in lines} == {"AttendanceRegistered"}
    assert set(lines) < set(signed.lines("attendance"))
    assert (part / "events" / "allocation.ndjson").read_bytes() == b""
    verified = asked("verify", "--bundle", part, "--json")
    assert verified.exit_code == 0, verified.output


def test_a_false_proof_for_a_city_is_named(part: Path, tmp_path: Path) -> None:
    bundle = shutil.copytree(part, tmp_path / "false")
    path = bundle / "events" / "attendance.ndjson"
    lines = path.read_bytes().splitlines()
    position = json.loads(lines[6])["position"]
    lines[6] = lines[6].replace(b"2018-05-02", b"2018-05-03")
    path.write_bytes(b"".join(line + b"\n" for line in lines))
    mend(bundle, "events/attendance.ndjson")
    assert f"attendance:{position} is not proved" in alone(bundle).stderr
    found = json.loads(asked("verify", "--bundle", bundle, "--json").output)
    assert {(f["code"], f["position"]) for f in found["findings"]} == {("proof_invalid", position)}


@pytest.mark.parametrize("dropped", [("allocation",), ("allocation", "attendance")])
def test_a_log_of_which_the_manifest_is_silent_is_not_passed_over(
    whole: Path, tmp_path: Path, dropped: tuple[str, ...]
) -> None:
    bundle = shutil.copytree(whole, tmp_path / "silent")
    mend(bundle, told=lambda said: [said["services"].pop(name) for name in dropped])
    done = alone(bundle)
    assert (done.returncode, "sound: sha256" in done.stdout) == (1, False)
    found = json.loads(asked("verify", "--bundle", bundle, "--json").output)
    assert {f["service"] for f in found["findings"] if f["code"] == "file_changed"} == set(dropped)


@pytest.mark.parametrize("order", [[0, 0, 1, 2], [1, 0, 2]])
def test_an_event_of_a_city_counts_once_and_stands_in_its_place(part: Path, tmp_path: Path, order: list[int]) -> None:
    bundle = shutil.copytree(part, tmp_path / "order")
    names = ("events/attendance.ndjson", "proofs/attendance.ndjson")
    for name in names:
        lines = (bundle / name).read_bytes().splitlines(keepends=True)
        (bundle / name).write_bytes(b"".join([lines[n] for n in order] + lines[3:]))
    mend(bundle, *names, told=lambda said: said["services"]["attendance"].update(events=140 + len(order) - 3))
    assert alone(bundle).returncode == 1
    found = json.loads(asked("verify", "--bundle", bundle, "--json").output)
    assert "position_twice" in {f["code"] for f in found["findings"] if f["service"] == "attendance"}


@pytest.mark.parametrize("wrong", [{"inbox": [1]}, {"inbox": {"allocation": "x"}}, {"parked": [[1]]}, {"position": []}])
def test_a_manifest_of_another_form_cannot_be_read(whole: Path, tmp_path: Path, wrong: dict[str, Any]) -> None:
    bundle = shutil.copytree(whole, tmp_path / "form")
    mend(bundle, told=lambda said: said["services"]["attendance"].update(wrong))
    done = asked("verify", "--bundle", bundle)
    assert (done.exit_code, "no bundle in" in done.output) == (2, True)


def test_an_event_is_proved_from_a_database_and_a_bundle_alike(
    signed: Archive, whole: Path, part: Path, tmp_path: Path
) -> None:
    databases = [word for name, url in signed.addresses().items() for word in ("--database", f"{name}={url}")]
    live = [*databases, "--keys", signed.folder]
    for event in ("allocation:1", "attendance:257", "attendance:301"):
        one = asked("prove", event, *live)
        assert one.exit_code == 0, one.output
        assert one.output == asked("prove", event, "--bundle", whole).output
        proof = tmp_path / "proof.json"
        proof.write_text(one.output)
        key = signed.folder / f"checkpoint-{event.partition(':')[0]}.vkey"
        held = asked("prove", "--check", proof, "--key", key, "--policy", signed.folder / "policy.txt")
        assert (held.exit_code, f"{event} is in the log" in held.output) == (0, True), held.output
        assert "signed by the key in " in held.output
        assert "witnessed as the policy asks (3 of 3)" in held.output
        said = json.loads(one.output)
        for name, other in (("line", said["line"].replace("synthetic", "s")), ("position", said["position"] + 1)):
            if said[name] != other:
                proof.write_text(json.dumps({**said, name: other}))
                assert asked("prove", "--check", proof).exit_code == 1
    position = json.loads((part / "events" / "attendance.ndjson").read_bytes().splitlines()[3])["position"]
    proof.write_text(asked("prove", f"attendance:{position}", "--bundle", part).output)
    assert asked("prove", "--check", proof).exit_code == 0
    foreign = asked("prove", "--check", proof, "--key", signed.folder / "checkpoint-allocation.vkey")
    assert (foreign.exit_code, "not one of the log" in foreign.output) == (1, True)
    nobody = tmp_path / "policy.txt"
    nobody.write_text("quorum none\n")
    unseen = asked("prove", "--check", proof, "--policy", nobody)
    assert (unseen.exit_code, "the policy names no quorum" in unseen.output) == (1, True)
    for other in ("{}", '{"format": "paizhu-proof-1"}'):
        proof.write_text(other)
        formless = asked("prove", "--check", proof)
        assert (formless.exit_code, "proof of form paizhu-proof-1" in formless.output) == (2, True)
    unsigned = asked("prove", f"allocation:{len(signed.lines('allocation'))}", *live)
    assert (unsigned.exit_code, "covers positions 1 to" in unsigned.output) == (2, True)


def test_a_bundle_of_no_city_is_not_written(signed: Archive, tmp_path: Path) -> None:
    databases = [word for name, url in signed.addresses().items() for word in ("--database", f"{name}={url}")]
    for code in ("2199", "9999"):
        done = asked("export", *databases, "--keys", signed.folder, "--out", tmp_path / "none", "--city", code)
        assert (done.exit_code, f"there is no city {code}" in done.output) == (2, True)
    assert not (tmp_path / "none").exists()


def test_the_program_of_a_bundle_is_short_and_stands_alone(whole: Path) -> None:
    text = (whole / "verify.py").read_text()
    assert len(text.splitlines()) <= 250
    imported = {
        line.split()[1].partition(".")[0] for line in text.splitlines() if line.startswith(("import ", "from "))
    }
    assert imported <= set(sys.stdlib_module_names)


def test_without_cryptography_the_program_says_that_signatures_were_not_checked(whole: Path, tmp_path: Path) -> None:
    bundle = shutil.copytree(whole, tmp_path / "bare")
    done = alone(bundle, "-S")  # no site packages
    assert (done.returncode, done.stderr) == (0, "")
    assert "signatures not checked: cryptography is not installed" in done.stdout


def test_a_bundle_is_not_written_over_anything(signed: Archive, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    databases = [word for name, url in signed.addresses().items() for word in ("--database", f"{name}={url}")]
    done = asked("export", *databases, "--out", tmp_path)
    assert (done.exit_code, "is not empty" in done.output) == (2, True)
