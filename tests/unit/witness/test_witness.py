"""The witness before an honest province, and through crashes, full disks, wrong clocks and silence."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from audit.witness import evidence, witness
from audit.witness.province import HttpProvince
from audit.witness.state import Seen, State, Unusable
from audit.witness.witness import Look
from kernel import merkle
from kernel.proof import checkpoint, notes
from tests.kit.witness.bench import NOW, Bench
from tests.kit.witness.province import FakeProvince, served


def test_an_honest_log_is_cosigned_as_it_grows(bench: Bench) -> None:
    first = bench.look()
    assert first == Look("personnel", witness.COSIGNED, "co-signed for the first time", 5, None)
    assert bench.cosigned()
    assert bench.look().end == witness.CURRENT
    for grown in (1, 3, 250):
        bench.fake.grow(grown)
        assert bench.look().end == witness.COSIGNED
        assert bench.cosigned()
    seen = bench.state.seen(bench.log)
    assert seen == Seen(checkpoint.read(notes.parse(bench.fake.signed()).body), seen.note, bench.log, NOW)
    assert evidence.found(bench.folder / "evidence") == []


def test_a_log_without_a_checkpoint_is_waited_for(bench: Bench) -> None:
    bench.fake.lines.clear()
    assert bench.look().end == witness.WAITING
    bench.fake.grow(1)
    assert bench.look().end == witness.COSIGNED


def test_a_log_that_shows_nothing_any_more_is_not_taken_for_a_new_one(bench: Bench) -> None:
    bench.look()
    bench.fake.lines.clear()
    look = bench.look()
    assert (look.end, look.before) == (witness.AWAY, 5)
    assert bench.state.seen(bench.log).checkpoint.size == 5


def test_a_province_that_is_away_costs_nothing(bench: Bench) -> None:
    bench.look()
    bench.fake.away = True
    assert bench.look().end == witness.AWAY
    bench.fake.away = False
    bench.fake.grow(2)
    assert bench.look().end == witness.COSIGNED


def test_a_crash_between_disk_and_pen_gives_the_signature_at_the_next_look(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.look()
    bench.fake.grow(2)

    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(bench.signer, "signature", crash)
        with pytest.raises(KeyboardInterrupt):
            bench.look()
    assert bench.state.seen(bench.log).checkpoint.size == 7  # what it was about to sign is on disk,
    assert not bench.cosigned()
    honest = list(bench.fake.lines)
    bench.fake.lines[6] = b"another event 7"
    bench.refuses("fork")  # so no other history of that size is ever signed
    bench.fake.lines = honest
    assert bench.look().end == witness.COSIGNED


def test_nothing_is_signed_that_the_disk_did_not_take(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    bench.look()
    bench.fake.grow(1)

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="No space"):
            bench.look()
    assert not bench.cosigned()
    assert bench.state.seen(bench.log).checkpoint.size == 5
    assert bench.look().end == witness.COSIGNED


def test_a_cosignature_that_was_not_taken_is_handed_in_again(bench: Bench) -> None:
    bench.fake.witnesses.clear()
    look = bench.look()
    assert look.end == witness.UNSENT
    assert "forbidden" in look.sentence
    bench.fake.enrol(bench.signer.verifier)
    assert bench.look().end == witness.COSIGNED


def test_no_older_time_is_ever_signed(bench: Bench) -> None:
    bench.look()
    bench.fake.grow(1)
    bench.now = NOW - 1
    look = bench.look()
    assert look.end == witness.CLOCK
    assert "1 s behind" in look.sentence
    assert not bench.cosigned()
    assert bench.state.seen(bench.log).checkpoint.size == 5
    bench.now = NOW
    assert bench.look().end == witness.COSIGNED


def test_damaged_knowledge_stops_the_witness(bench: Bench) -> None:
    bench.look()
    path = bench.folder / "seen" / "personnel.json"
    path.write_text(path.read_text().replace("\\n5\\n", "\\n4\\n"))
    with pytest.raises(Unusable, match="damaged"):
        bench.look()


def test_a_long_answer_is_not_read_to_its_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake = FakeProvince(5)
    monkeypatch.setattr(fake, "signed", lambda: "x" * 10 * notes.LARGEST)
    with served(fake) as url:
        look = Bench(fake, HttpProvince(url, "token"), tmp_path).look()
    assert look.end == witness.AWAY
    assert str(notes.LARGEST) in look.sentence


def test_one_witness_at_a_time_works_in_a_directory(tmp_path: Path) -> None:
    with State(tmp_path).alone(), pytest.raises(Unusable, match="another witness"), State(tmp_path).alone():
        pass
    with State(tmp_path).alone():
        pass


def test_a_key_is_of_one_city(tmp_path: Path) -> None:
    with pytest.raises(Unusable, match="no key yet"):
        State(tmp_path).signer()
    made = State(tmp_path).signer("2107")
    assert made.verifier.name == "paizhu/21/witness/2107"
    assert State(tmp_path).signer().verifier == made.verifier
    with pytest.raises(Unusable, match="cannot be used"):
        State(tmp_path).signer("2108")
    with pytest.raises(Unusable, match="four digits"):
        State(tmp_path).signer("210")


def test_the_root_of_an_empty_tree_is_known(tmp_path: Path) -> None:
    fake = FakeProvince()
    bench = Bench(fake, fake, tmp_path)
    fake.checkpoint = lambda service: fake.signed()  # type: ignore[method-assign]
    assert bench.look().end == witness.COSIGNED
    assert bench.state.seen(bench.log).checkpoint.root == merkle.sha256(b"")
    fake.grow(2)
    assert bench.look().end == witness.COSIGNED
