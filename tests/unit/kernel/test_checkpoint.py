"""Checkpoints: text and meaning are the same thing, and only the log's own key makes one believable."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.proof import checkpoint, notes
from kernel.proof.checkpoint import NOTHING, Checkpoint, Place

LOG = notes.Signer("paizhu/21/personnel", notes.ED25519, b"\x01" * 32)
ROOT, SM3 = hashlib.sha256(b"").digest(), hashlib.new("sm3", b"").digest()
EMPTY = Checkpoint("paizhu/21/personnel", 0, ROOT, SM3)


def test_the_text_is_origin_size_root_and_the_sm3_line() -> None:
    assert checkpoint.origin("21", "personnel") == EMPTY.origin
    assert EMPTY.body == (
        "paizhu/21/personnel\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"
        "sm3 GrIdg1XPoX+OYRlIMegajyK+yMco/vt0ftA161CCqis=\n"
    )
    assert EMPTY.service == "personnel"


PLACED = replace(EMPTY, place=Place(7, 1_525_219_200_000_000, ROOT, 3, SM3))


def test_the_place_is_a_line_of_its_own_and_is_signed_with_the_rest() -> None:
    assert PLACED.body == EMPTY.body + (
        "paizhu 7 1525219200000000 47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU= 3"
        " GrIdg1XPoX+OYRlIMegajyK+yMco/vt0ftA161CCqis=\n"
    )
    assert checkpoint.read(PLACED.body) == PLACED
    assert (PLACED.text_hash, NOTHING) == (hashlib.sha256(PLACED.body.encode()).digest(), ROOT)
    assert checkpoint.opened(notes.sign(PLACED.body, LOG).text, LOG.verifier)[0] == PLACED


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("paizhu 7", "paizhu 0"),
        ("paizhu 7", "paizhu 07"),
        ("paizhu 7", "paizhu -7"),
        ("paizhu 7", "paizhu  7"),
        ("paizhu 7", "other 7"),
        (" 3 ", " "),
        (" 3 ", " x "),
        ("152521920", "1.52521920"),
        (" 47DE", " 47D"),
        ("Cqis=\n", "Cqis=\n\n"),
        ("Cqis=\n", "Cqis= 1\n"),
    ],
)
def test_a_place_of_another_form_is_none(old: str, new: str) -> None:
    head, line = PLACED.body[: len(EMPTY.body)], PLACED.body[len(EMPTY.body) :]
    changed = line.replace(old, new, 1)
    assert changed != line
    with pytest.raises(notes.Malformed):
        checkpoint.read(head + changed)


@given(st.integers(0, 10**18), st.binary(min_size=32, max_size=32), st.binary(min_size=32, max_size=32))
def test_reading_what_was_written_gives_the_same_checkpoint(size: int, root: bytes, sm3: bytes) -> None:
    made = Checkpoint("paizhu/21/allocation", size, root, sm3)
    assert checkpoint.read(made.body) == made


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("\n0\n", "\n00\n"),
        ("\n0\n", "\n-1\n"),
        ("\n0\n", "\n٣\n"),
        ("\n0\n", "\n\n"),
        ("\n0\n", "\n" + "9" * 20 + "\n"),
        ("sm3 ", "sm4 "),
        ("sm3 ", ""),
        ("paizhu/21/personnel", ""),
        ("47DE", "47D"),
        ("uFU=\n", "uFV=\n"),
        ("sm3", "time 5\nsm3"),
    ],
)
def test_anything_else_is_no_checkpoint(old: str, new: str) -> None:
    changed = EMPTY.body.replace(old, new, 1)
    assert changed != EMPTY.body
    with pytest.raises(notes.Malformed):
        checkpoint.read(changed)


def test_a_note_opens_only_under_the_logs_own_key() -> None:
    note = notes.sign(EMPTY.body, LOG)
    assert checkpoint.opened(note.text, LOG.verifier) == (EMPTY, note)
    stranger = notes.Signer("paizhu/21/personnel", notes.ED25519, b"\x02" * 32)
    with pytest.raises(checkpoint.Unsigned):
        checkpoint.opened(notes.sign(EMPTY.body, stranger).text, LOG.verifier)
    other = notes.Signer("paizhu/21/allocation", notes.ED25519, b"\x01" * 32)
    with pytest.raises(checkpoint.Foreign):
        checkpoint.opened(note.text, other.verifier)
    with pytest.raises(notes.Forged):
        checkpoint.opened(note.text.replace("\n0\n", "\n1\n"), LOG.verifier)
