"""The witness before every dishonest province: each is refused, and both notes are kept."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from audit.witness import evidence, witness
from kernel.proof import checkpoint, notes
from kernel.proof.checkpoint import Place
from kernel.proof.policy import Policy
from tests.kit.witness.bench import Bench
from tests.kit.witness.province import FakeProvince


def test_a_rewrite_with_all_hashes_recomputed_is_refused(bench: Bench) -> None:
    bench.look()
    bench.fake.lines[1] = b"another event 2"  # leaves, nodes and root are made anew and signed with the log's key
    bench.fake.grow(4)
    kept = bench.refuses("inconsistent")
    assert kept["proof"]["sha256"]
    assert kept["proof"]["sm3"]


def test_a_tail_cut_off_is_refused_and_so_is_one_grown_anew(bench: Bench) -> None:
    bench.look()
    del bench.fake.lines[3:]
    bench.refuses("rollback")
    bench.fake.lines += [b"new 4", b"new 5", b"new 6"]
    bench.refuses("inconsistent")


def test_another_root_of_the_same_size_is_refused(bench: Bench) -> None:
    bench.look()
    bench.fake.lines[4] = b"another event 5"
    kept = bench.refuses("fork")
    held, offered = (checkpoint.opened(str(kept[name]), bench.log)[0] for name in ("held", "offered"))
    assert held.size == offered.size  # two signatures of the log itself: whoever has its key sees the contradiction
    assert held.root != offered.root


def test_a_tree_that_differs_only_by_sm3_is_refused(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    bench.look()
    honest = FakeProvince.proof
    bench.fake.grow(3)

    def crossed(fake: FakeProvince, service: str, first: int, second: int) -> object:
        proof = honest(fake, service, first, second)
        return type(proof)(proof.sha256, tuple(reversed(proof.sm3)))

    monkeypatch.setattr(FakeProvince, "proof", crossed)
    assert "SM3" in str(bench.refuses("inconsistent")["sentence"])


@pytest.mark.parametrize("place", [None, Place(4, 2, b"4" * 32, 9, b"4" * 32), Place(5, 2, b"5" * 32, 8, b"5" * 32)])
def test_a_checkpoint_that_comes_before_the_last_by_number_or_records_is_refused(
    bench: Bench, place: Place | None
) -> None:
    bench.fake.place = Place(4, 1, b"3" * 32, 9, b"3" * 32)
    bench.look()
    bench.fake.grow(1)
    bench.fake.place = place
    assert "checkpoint 4" in str(bench.refuses("inconsistent")["sentence"])
    bench.fake.place = Place(5, 2, b"4" * 32, 9, b"4" * 32)
    assert bench.look().end == witness.COSIGNED


def test_after_a_refusal_the_honest_log_is_cosigned_again(bench: Bench) -> None:
    bench.look()
    honest = list(bench.fake.lines)
    bench.fake.lines[0] = b"another event 1"
    bench.refuses("fork")
    assert bench.look().end == witness.REFUSED
    assert len(evidence.found(bench.folder / "evidence")) == 1  # the same refusal is kept once
    bench.fake.lines = honest
    bench.fake.grow(1)
    assert bench.look().end == witness.COSIGNED


def test_a_checkpoint_by_another_key_is_refused(bench: Bench) -> None:
    bench.fake.key = notes.Signer(bench.log.name, notes.ED25519, b"\x06" * 32)
    bench.refuses("unsigned")


def test_a_checkpoint_of_another_log_is_refused(bench: Bench) -> None:
    bench.log = notes.Signer("paizhu/22/personnel", notes.ED25519, b"\x05" * 32).verifier
    bench.refuses("foreign")


def test_a_note_changed_on_the_way_is_refused(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    signed = bench.fake.signed
    monkeypatch.setattr(bench.fake, "signed", lambda: signed().replace("\n5\n", "\n6\n"))
    look = bench.look()
    assert (look.end, look.kind) == (witness.REFUSED, "forged")


def test_what_is_no_note_is_refused(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench.fake, "signed", lambda: "welcome\n")
    look = bench.look()
    assert (look.end, look.kind) == (witness.REFUSED, "unreadable")
    assert json.loads(look.evidence.read_text())["offered"] == "welcome\n"


def test_strangers_cannot_fill_the_disk_with_evidence(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    bench.look()
    monkeypatch.setattr(evidence, "UNSIGNED_KEPT", 3)
    for number in range(5):
        with monkeypatch.context() as patched:
            patched.setattr(bench.fake, "signed", lambda n=number: f"noise {n}\n")
            bench.look()
    assert len(evidence.found(bench.folder / "evidence")) == 3
    bench.fake.lines[0] = b"another event 1"
    bench.refuses("fork")  # what the log itself signed is always kept


def test_two_cities_shown_two_histories_never_make_a_quorum_and_meet_in_a_refusal(tmp_path: Path) -> None:
    ours = FakeProvince(5)
    theirs = ours.copy()
    theirs.lines[4] = b"another event 5"
    here, there = Bench(ours, ours, tmp_path / "a", "2107"), Bench(theirs, theirs, tmp_path / "b", "2108")
    assert here.look().end == there.look().end == witness.COSIGNED  # each alone has seen nothing wrong,
    policy = Policy((ours.key.verifier,))
    for bench in (here, there):
        policy = policy.enrolled(bench.signer.verifier.name[-4:], bench.signer.verifier)
    mixed = notes.parse(ours.signed()).merged(notes.parse(theirs.signed()).signatures[1:])
    for shown in (notes.parse(ours.signed()), notes.parse(theirs.signed()), mixed):
        assert not policy.witnessed(shown)  # and neither history is witnessed
    there.province = there.fake = ours
    there.refuses("fork")
    ours.grow(3)
    there.refuses("inconsistent")
    assert here.look().end == witness.COSIGNED


def test_a_new_key_must_go_on_with_the_old_history(bench: Bench) -> None:
    bench.look()
    bench.fake.grow(1)
    bench.fake.key = notes.Signer(bench.log.name, notes.ED25519, b"\x06" * 32)
    bench.refuses("unsigned")
    bench.log = bench.fake.key.verifier  # the city pins it, as `pin --replace` does
    bench.state.pin({bench.log.name: bench.log})
    honest = list(bench.fake.lines)
    bench.fake.lines = [b"a new beginning", *honest]
    assert bench.refuses("inconsistent")["held_under"] != bench.log.vkey
    bench.fake.lines = [*honest, b"event 7"]
    assert bench.look().end == witness.COSIGNED
