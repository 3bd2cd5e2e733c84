"""A log signs with another key: it is believed where it was announced, from the announced size on, and nowhere else."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from audit.findings import Finding
from audit.prove_cli import command as prove
from audit.witness import witness
from audit.witness.city_cli import endorse
from audit.witness.state import State
from cli.keys import keys
from deploy import log_keys
from kernel import keyfiles
from kernel.proof import notekeys, notes, policy, succession
from kernel.proof.succession import Unannounced
from tests.kit.audit.archive import Archive, archive, exported
from tests.kit.audit.program import verified
from tests.kit.databases import rows_of
from tests.kit.witness.bench import Bench, told
from tests.kit.witness.province import ORIGIN, FakeProvince

LOG = "allocation"
OLD, NEW, NEWER, STRANGER = (notes.Signer(ORIGIN, notes.ED25519, bytes([n]) * 32) for n in (5, 7, 8, 9))


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    fake = FakeProvince(5)
    made = Bench(fake, fake, tmp_path)
    assert made.look().end == witness.COSIGNED
    return made


def test_a_witness_follows_a_key_that_the_old_one_announced(bench: Bench) -> None:
    bench.fake.replace(bytes([7]) * 32)
    bench.fake.grow(1)
    assert bench.look().end == witness.COSIGNED
    assert bench.state.logs()[ORIGIN] == NEW.verifier
    bench.fake.grow(1)
    assert bench.look().end == witness.COSIGNED  # asked by the old key once more, as by a witness that goes on running
    assert [look.sentence for look in bench.told] == [told(OLD, NEW, 5)]
    bench.log = NEW.verifier
    bench.fake.lines[0] = b"another event 1"
    bench.fake.grow(1)
    bench.refuses("inconsistent")


def test_a_witness_follows_two_keys_that_came_while_it_was_away(bench: Bench) -> None:
    bench.fake.replace(bytes([7]) * 32)
    bench.fake.grow(1)
    bench.fake.replace(bytes([8]) * 32)
    bench.fake.grow(1)
    assert bench.look().end == witness.COSIGNED
    assert bench.state.logs()[ORIGIN] == NEWER.verifier
    assert [look.sentence for look in bench.told] == [told(OLD, NEW, 5), told(NEW, NEWER, 6)]
    assert {look.evidence for look in bench.told} == {bench.state.announcements("personnel")}
    assert succession.kept(bench.folder, "personnel") == bench.fake.announced


@pytest.mark.parametrize("announced", ["nobody", "a stranger", "the new key alone", "the old key, of another key"])
def test_a_witness_refuses_a_key_that_the_old_one_did_not_announce(bench: Bench, announced: str) -> None:
    old = bench.fake.key
    if announced == "nobody":
        bench.fake.key = NEW
    elif announced == "a stranger":
        bench.fake.replace(bytes([7]) * 32, by=STRANGER)
    elif announced == "the new key alone":
        bench.fake.announced = [succession.announce(old.verifier, NEW, 5).text]
        bench.fake.key = NEW
    else:
        bench.fake.announced = [succession.announce(old, NEWER, 5).text]
        bench.fake.key = NEW
    bench.fake.grow(1)
    bench.refuses("unsigned")
    assert bench.state.logs()[ORIGIN] == old.verifier
    assert (bench.told, bench.state.announcements("personnel").exists()) == ([], False)


def test_a_new_key_signs_nothing_of_what_was_before_it(bench: Bench) -> None:
    """Neither below the announced size, nor over what this witness saw the old key sign."""
    bench.fake.announced = [succession.announce(bench.fake.key, NEW, 100).text]
    old, bench.fake.key = bench.fake.key, NEW
    bench.fake.grow(1)
    bench.refuses("unsigned")
    bench.fake.announced = [succession.announce(old, NEW, 4).text]
    bench.refuses("unsigned")


def test_the_old_key_signs_nothing_after_the_new_one(bench: Bench) -> None:
    old = bench.fake.key
    bench.fake.replace(bytes([7]) * 32)
    bench.fake.grow(1)
    bench.look()
    bench.log, bench.fake.key = NEW.verifier, old
    bench.fake.grow(1)
    bench.refuses("unsigned")


@pytest.fixture
def log(postgres_server: Any, tmp_path: Path) -> Iterator[Archive]:
    """A log signed once, whose key can be replaced."""
    with archive(postgres_server.url, tmp_path) as found:
        found.grow(20)
        found.sign()
        yield found


def replaced(log: Archive, lost: bool = False) -> notes.Note:
    """The key is replaced, and the log signs with the new one."""
    _, note = log_keys.replace(log.folder, None, log.folder / "signed", "21", LOG, lost=lost)
    log.signers[LOG] = notekeys.of_log(log.folder, "21", LOG)
    log.policy = policy.parse((log.folder / "policy.txt").read_text(encoding="utf-8"))
    return note


def witness_of(folder: Path, city: str, pinned: notes.Verifier) -> State:
    """A witness that has seen nothing yet."""
    state = State(folder)
    state.signer(city)
    state.pin({pinned.name: pinned})
    return state


def named(findings: list[Finding]) -> set[tuple[str, str, int | None]]:
    return {(finding.code, finding.service, finding.position) for finding in findings}


def test_an_audit_and_a_bundle_hold_over_a_key_that_was_announced(log: Archive, tmp_path: Path) -> None:
    old = log.signers[LOG].verifier
    replaced(log)
    assert log.verify()[1] == []
    log.grow(10)
    log.sign()
    replaced(log)
    log.grow(10)
    log.sign()
    found, findings = log.verify()
    assert findings == []
    assert found[0].checkpoints.witnessed == found[0].checkpoints.signed == found[0].events
    listed = [key for key in log.policy.logs if key.name == old.name]
    assert (listed[0], listed[2], len(listed)) == (old, log.signers[LOG].verifier, 3)
    for city in (None, "2107"):
        bundle = exported(log, tmp_path / f"bundle-{city}", city)
        status, said = verified(cwd=bundle)
        assert (status, said.splitlines()[-1][:5]) == (0, "sound")
    assert not (log.folder / "checkpoint-allocation.next.key").exists()
    assert not (log.folder / "checkpoint-allocation.old.key").exists()


def test_a_proof_is_checked_with_any_key_of_the_log_where_the_announcements_are_at_hand(
    log: Archive, tmp_path: Path
) -> None:
    old = log.signers[LOG].verifier
    proofs, pinned, stranger = tmp_path / "proofs", tmp_path / "old.vkey", tmp_path / "stranger.vkey"
    proofs.mkdir()
    pinned.write_text(old.vkey)
    stranger.write_text(STRANGER.verifier.vkey)
    before, after = proofs / "before.json", proofs / "after.json"
    told = ["--database", f"{LOG}={log.addresses()[LOG]}", "--keys", str(log.folder)]
    assert CliRunner().invoke(prove, [f"{LOG}:3", "--out", str(before), *told]).exit_code == 0
    replaced(log)
    log.grow(10)
    log.sign()
    assert CliRunner().invoke(prove, [f"{LOG}:3", "--out", str(after), *told]).exit_code == 0
    (tmp_path / "new.vkey").write_text(log.signers[LOG].verifier.vkey)

    def checked(proof: Path, key: Path, *more: str) -> tuple[int, str]:
        done = CliRunner().invoke(prove, ["--check", str(proof), "--key", str(key), *more])
        return done.exit_code, done.output

    announced = ("--announced", str(log.folder / succession.name_of(LOG)))
    for proof in (before, after):
        for key in (pinned, tmp_path / "new.vkey"):
            assert checked(proof, key, *announced)[0] == 0
        code, said = checked(proof, stranger, *announced)
        assert (code, "none of the keys that were announced" in said) == (1, True)
    assert checked(before, pinned)[0] == checked(after, tmp_path / "new.vkey")[0] == 0
    assert checked(after, pinned)[0] == checked(before, tmp_path / "new.vkey")[0] == 1


def test_a_key_that_was_not_announced_is_named(log: Archive, tmp_path: Path) -> None:
    (size,) = {found.events for found in log.verify()[0] if found.service == LOG}
    replaced(log)
    log.grow(10)
    log.sign()
    path = log.folder / succession.name_of(LOG)
    text = path.read_text(encoding="utf-8")
    path.unlink()
    assert named(log.verify()[1]) == {("signature_invalid", LOG, size)}
    assert verified(cwd=exported(log, tmp_path / "without", None))[0] == 1
    forged = f"size {size + 1}"
    path.write_text(text.replace(f"size {size}", forged), encoding="utf-8")
    assert ("key_unannounced", LOG, None) in named(log.verify()[1])
    status, said = verified(cwd=exported(log, tmp_path / "forged", None))
    assert (status, said[:9]) == (1, "NOT SOUND")


def test_an_old_key_that_signs_on_is_named(log: Archive) -> None:
    old = log.signers[LOG]
    replaced(log)
    log.grow(10)
    log.sign(cosign=0)
    ((size, stored),) = rows_of(
        log.made[LOG].owner_url, "select size, note from log.checkpoints order by 1 desc limit 1"
    )
    again = notes.sign(notes.parse(stored).body, old).text
    log.victims[LOG].force(f"update log.checkpoints set note = $n${again}$n$ where size = {size}")
    assert ("signature_invalid", LOG, size) in named(log.verify()[1])


def test_where_the_old_key_is_lost_enough_witnesses_must_have_signed_the_new(log: Archive, tmp_path: Path) -> None:
    (log.folder / f"checkpoint-{LOG}.key").unlink()
    with pytest.raises(ValueError, match="--lost"):
        log_keys.replace(log.folder, None, log.folder / "signed", "21", LOG)
    note = replaced(log, lost=True)
    assert named(log.verify()[1]) >= {("key_unannounced", LOG, None)}
    lines = [city.signature(note.body, 1_800_000_000).line for city in log.cities]
    with pytest.raises(ValueError, match="not that of a witness"):
        log_keys.endorse(
            log.folder, LOG, [notes.Signer("city-1", notes.COSIGNATURE, bytes(32)).signature(note.body, 1).line]
        )
    log_keys.endorse(log.folder, LOG, lines[:2])
    assert named(log.verify()[1]) >= {("key_unannounced", LOG, None)}
    log_keys.endorse(log.folder, LOG, lines[2:])
    assert log.verify()[1] == []
    log.grow(10)
    log.sign()
    assert log.verify()[1] == []
    assert verified(cwd=exported(log, tmp_path / "bundle", None))[0] == 0


@pytest.mark.parametrize("stop", range(10))
def test_a_replacement_that_is_cut_short_is_finished_by_the_next(
    tmp_path: Path, stop: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, count = notekeys.of_log(tmp_path, "21", LOG).verifier, iter(range(100))
    rules = policy.Policy((old,))
    (tmp_path / "policy.txt").write_text(rules.text, encoding="utf-8")

    def cut(step: Callable[..., None]) -> Callable[..., None]:
        def cut_short(*given: Any, **more: Any) -> None:
            if next(count) == stop:
                raise OSError("cut short")
            step(*given, **more)

        return cut_short

    def replace() -> None:
        log_keys.replace(tmp_path, None, tmp_path / "signed", "21", LOG)

    with monkeypatch.context() as patched:
        for room, name in ((keyfiles, "replace"), (keyfiles, "destroy"), (os, "link"), (os, "replace")):
            patched.setattr(room, name, cut(getattr(room, name)))
        with pytest.raises(OSError, match="cut short"):
            replace()
    if stop < 9:  # where only the old seed is left to be destroyed, the key is replaced
        replace()
    (only,) = succession.kept(tmp_path, LOG)
    new = notekeys.of_log(tmp_path, "21", LOG).verifier
    keys = succession.chained(new, [only], rules)
    assert (keys.past[0].old, keys.past[0].size, keys.at(0), keys.at(1)) == (old, 0, old, new)
    assert policy.parse((tmp_path / "policy.txt").read_text(encoding="utf-8")).logs == (old, new)
    assert not (tmp_path / f"checkpoint-{LOG}.next.key").exists()


def test_the_commands_say_what_to_do(tmp_path: Path) -> None:
    folder = tmp_path / "keys"
    rules = policy.Policy((notekeys.of_log(folder, "21", LOG).verifier,))
    (folder / "policy.txt").write_text(rules.text, encoding="utf-8")
    options = ["--keys", str(folder), "--checkpoints", str(tmp_path)]
    done = CliRunner().invoke(keys, ["rotate-log", LOG, *options, "--lost"])
    assert done.exit_code == 0
    one, note = succession.read(done.stdout)
    with pytest.raises(Unannounced):
        one.signed_by(note, rules)
    announced = tmp_path / "announcement.txt"
    announced.write_text(done.stdout, encoding="utf-8")
    witnesses = policy.parse((folder / "policy.txt").read_text(encoding="utf-8"))
    for city in ("2101", "2102"):
        state = witness_of(tmp_path / city, city, one.old)
        witnesses = witnesses.enrolled(city, state.signer().verifier)
    (folder / "policy.txt").write_text(witnesses.text, encoding="utf-8")
    for city in ("2101", "2102"):
        signed = CliRunner().invoke(endorse, ["--state", str(tmp_path / city), "--yes", str(announced)])
        assert signed.exit_code == 0, signed.output
        taken = CliRunner().invoke(keys, ["endorse-log", LOG, signed.stdout.strip(), "--keys", str(folder)])
        assert taken.exit_code == 0, taken.output
    ((last),) = succession.kept(folder, LOG)
    assert len(succession.read(last)[1].signatures) == 3
    other = notekeys.of_log(tmp_path / "other", "21", LOG).verifier
    witness_of(tmp_path / "2103", "2103", other)
    refused = CliRunner().invoke(endorse, ["--state", str(tmp_path / "2103"), "--yes", str(announced)])
    assert (refused.exit_code, refused.stdout) == (2, "")
