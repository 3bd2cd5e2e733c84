"""The witness before an honest province and before every dishonest one; in memory and over HTTP alike."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from audit.witness import evidence, state, witness
from audit.witness.province import HttpProvince, Province
from audit.witness.state import Seen, State, Unusable
from audit.witness.witness import Look, Witness
from kernel import checkpoint, merkle, notes
from kernel.policy import Policy
from tests.province import FakeProvince, served

NOW = 1_790_000_000


class Bench:
    """A province, a witness in a directory, a clock."""

    def __init__(self, fake: FakeProvince, province: Province, folder: Path, city: str = "2107") -> None:
        self.fake, self.province, self.folder, self.now = fake, province, folder, NOW
        self.state = State(folder)
        self.signer = self.state.signer(city)
        self.log = fake.key.verifier
        self.state.pin({self.log.name: self.log})
        fake.enrol(self.signer.verifier)

    def look(self) -> Look:
        return Witness(State(self.folder), self.province, self.signer, lambda: self.now).look(self.log)

    def cosigned(self) -> bool:
        """The province holds this witness's cosignature on its newest checkpoint."""
        return self.signer.verifier.of(notes.parse(self.fake.signed())) is not None

    def refuses(self, kind: str) -> dict[str, object]:
        """The next look refuses with ``kind``, signs nothing and keeps both notes; the evidence."""
        held, served = self.state.seen(self.log), self.fake.signed()
        look = self.look()
        assert (look.end, look.kind) == (witness.REFUSED, kind)
        assert not self.cosigned()
        assert self.state.seen(self.log) == held
        assert look.evidence is not None
        kept = json.loads(look.evidence.read_text())
        assert kept["refused"] == kind
        assert kept["held"] == (held.note if held else None)
        assert kept["offered"] == served
        assert kept["log"] == self.log.vkey
        return dict(kept)


@pytest.fixture(params=["in memory", "over http"])
def bench(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Bench]:
    fake = FakeProvince(5)
    if request.param == "in memory":
        yield Bench(fake, fake, tmp_path)
        return
    with served(fake) as url:
        yield Bench(fake, HttpProvince(url, "token"), tmp_path)


def test_an_honest_log_is_cosigned_as_it_grows(bench: Bench) -> None:
    first = bench.look()
    assert first == Look("personnel", witness.COSIGNED, "co-signed for the first time", 5, None)
    assert bench.cosigned()
    assert bench.look().end == witness.CURRENT
    for grown in (1, 3, 250):
        bench.fake.grow(grown)
        assert bench.look().end == witness.COSIGNED
        assert bench.cosigned()
    assert bench.state.seen(bench.log) == Seen(
        checkpoint.read(notes.parse(bench.fake.signed()).body), bench.state.seen(bench.log).note, NOW
    )
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
        patched.setattr(state.os, "fsync", full)
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
    fake.checkpoint = lambda service: fake.signed()
    assert bench.look().end == witness.COSIGNED
    assert bench.state.seen(bench.log).checkpoint.root == merkle.sha256(b"")
    fake.grow(2)
    assert bench.look().end == witness.COSIGNED
