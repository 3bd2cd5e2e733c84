"""Signed notes, against published ones and against every way a line can be wrong."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from kernel.proof import notekeys, notes

# The example of c2sp.org/signed-note; the example of Go's golang.org/x/mod/sumdb/note; a checkpoint of sum.golang.org.
PUBLISHED = {
    "c2sp": (
        "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "This is an example message.\n\n"
        "— example.com/foo "
        "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n",
    ),
    "go": (
        "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n"
        "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n",
    ),
    "sumdb": (
        "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8",
        "go.sum database tree\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
        "— sum.golang.org "
        "Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n",
    ),
}
LOG = notes.Signer("paizhu/21/personnel", notes.ED25519, b"\x01" * 32)
CITY = notes.Signer("paizhu/21/witness/2107", notes.COSIGNATURE, b"\x02" * 32)
BODY = "paizhu/21/personnel\n3\nroot\n"


@pytest.mark.parametrize("name", PUBLISHED)
def test_a_published_note_is_read_verified_and_written_again(name: str) -> None:
    vkey, text = PUBLISHED[name]
    note, key = notes.parse(text), notes.verifier(vkey)
    assert key.vkey == vkey
    assert note.text == text
    assert key.of(note) == note.signatures[0]


@pytest.mark.parametrize("name", PUBLISHED)
def test_a_published_note_with_one_letter_changed_is_forged(name: str) -> None:
    vkey, text = PUBLISHED[name]
    with pytest.raises(notes.Forged):
        notes.verifier(vkey).of(notes.parse(text.replace("e", "E", 1)))


def test_the_private_key_of_the_published_example_makes_its_signature() -> None:
    vkey, text = PUBLISHED["go"]
    seed = base64.b64decode("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz")[1:]
    signer = notes.Signer("PeterNeumann", notes.ED25519, seed)
    assert signer.verifier.vkey == vkey
    assert notes.sign(notes.parse(text).body, signer).text == text


def test_a_cosignature_is_what_the_specification_says_byte_for_byte() -> None:
    key = Ed25519PrivateKey.from_private_bytes(b"\x02" * 32)
    public = key.public_key().public_bytes_raw()
    identity = hashlib.sha256(b"paizhu/21/witness/2107\n\x04" + public).digest()[:4]
    message = b"cosignature/v1\ntime 1679315147\n" + BODY.encode()
    expected = identity + (1679315147).to_bytes(8, "big") + key.sign(message)
    made = CITY.signature(BODY, 1679315147)
    assert made.line == f"— paizhu/21/witness/2107 {base64.b64encode(expected).decode()}\n"
    assert made.second == 1679315147
    assert CITY.verifier.verifies(BODY, made)


def test_a_cosignature_with_another_second_does_not_verify() -> None:
    made = CITY.signature(BODY, 1679315147)
    later = notes.Signature(made.name, made.key_id, (1679315148).to_bytes(8, "big") + made.value[8:])
    beyond = notes.Signature(made.name, made.key_id, (1 << 63).to_bytes(8, "big") + made.value[8:])
    assert not CITY.verifier.verifies(BODY, later)
    assert not CITY.verifier.verifies(BODY, beyond)


def test_a_log_key_names_no_second_and_a_witness_must() -> None:
    with pytest.raises(ValueError, match="second"):
        LOG.signature(BODY, 1)
    with pytest.raises(ValueError, match="second"):
        CITY.signature(BODY)
    with pytest.raises(ValueError, match="POSIX"):
        CITY.signature(BODY, -1)


def test_one_seed_under_two_kinds_is_two_keys() -> None:
    as_log = notes.Signer("n", notes.ED25519, b"\x03" * 32)
    as_witness = notes.Signer("n", notes.COSIGNATURE, b"\x03" * 32)
    assert as_log.verifier.key_id != as_witness.verifier.key_id
    assert not as_witness.verifier.verifies(BODY, as_log.signature(BODY))


def test_lines_of_strangers_are_passed_over_even_under_a_known_name() -> None:
    stranger = notes.Signer(LOG.verifier.name, notes.ED25519, b"\x09" * 32)
    note = notes.sign(BODY, stranger)
    assert LOG.verifier.of(note) is None
    both = note.merged([LOG.signature(BODY)])
    assert LOG.verifier.of(both) == LOG.signature(BODY)


def test_merging_keeps_one_line_a_key_the_later_one() -> None:
    note = notes.sign(BODY, LOG).merged([CITY.signature(BODY, 5)]).merged([CITY.signature(BODY, 7)])
    assert [s.name for s in note.signatures] == [LOG.verifier.name, CITY.verifier.name]
    assert note.signatures[1].second == 7
    assert notes.parse(note.text) == note


GOOD = notes.sign(BODY, LOG).text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        BODY,
        BODY + "\n",
        GOOD.removesuffix("\n"),
        GOOD + "\n",
        GOOD.replace("— ", "- "),
        GOOD.replace("— ", "—  "),
        GOOD.replace("\n", "\r\n"),
        GOOD.replace("3\n", "3\t\n", 1),
        GOOD.replace("3\n", "3\x00\n", 1),
        GOOD.replace("3\n", "3\ud800\n", 1),
        GOOD.replace("=\n", "\n"),
        GOOD.replace("— ", "— \u3000"),
        f"{BODY}\n— name AAAAAA==\n",
        f"{BODY}\n— na+me AAAAAAA=\n",
        f"{BODY}\n— name AAAAAAB=\n",
        "x" * notes.LARGEST + GOOD,
    ],
)
def test_what_is_no_note_is_refused(text: str) -> None:
    with pytest.raises(notes.Malformed):
        notes.parse(text)


VKEY = LOG.verifier.vkey


@pytest.mark.parametrize(
    "vkey",
    [
        "",
        "name",
        "name+00000000",
        VKEY.replace("personnel", "allocation"),
        VKEY.upper(),
        VKEY + "\n",
        f"n+00000000+{base64.b64encode(bytes([2]) + b'x' * 32).decode()}",
        f"n+00000000+{base64.b64encode(bytes([1]) + b'x' * 31).decode()}",
    ],
)
def test_what_is_no_key_is_refused(vkey: str) -> None:
    with pytest.raises(notes.Malformed):
        notes.verifier(vkey)


@given(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]) | st.just("\n")), st.integers(0, 2**63 - 1)
)
def test_any_text_survives_signing_writing_and_reading(words: str, second: int) -> None:
    note = notes.sign(words + "\n", LOG).merged([CITY.signature(words + "\n", second)])
    again = notes.parse(note.text)
    assert again == note
    assert LOG.verifier.of(again)
    assert CITY.verifier.of(again)


@given(st.text())
def test_whatever_is_read_is_written_again_as_it_was(text: str) -> None:
    for candidate in (text, f"{text}\n\n{LOG.signature(BODY).line}"):
        try:
            note = notes.parse(candidate)
        except notes.Malformed:
            continue
        assert note.text == candidate


def test_key_files_are_made_once_and_the_public_one_must_belong(tmp_path: Any) -> None:
    made = notekeys.of_log(tmp_path, "21", "personnel")
    assert made.verifier.name == "paizhu/21/personnel"
    assert (tmp_path / "checkpoint-personnel.key").stat().st_mode & 0o777 == 0o600
    assert notekeys.verifier(tmp_path / "checkpoint-personnel.vkey") == made.verifier
    assert notekeys.of_log(tmp_path, "21", "personnel").verifier == made.verifier
    with pytest.raises(ValueError, match="not the public half"):
        notekeys.of_log(tmp_path, "22", "personnel")
