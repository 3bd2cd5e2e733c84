"""The policy file: who must have seen a checkpoint, and that nobody counts twice."""

from __future__ import annotations

import pytest

from kernel.proof import notes, policy
from kernel.proof.checkpoint import Checkpoint

LOG = notes.Signer("paizhu/21/personnel", notes.ED25519, b"\xff" * 32)
CITIES = {
    f"21{n:02}": notes.Signer(f"paizhu/21/witness/21{n:02}", notes.COSIGNATURE, bytes([n]) * 32) for n in range(1, 14)
}
BODY = Checkpoint("paizhu/21/personnel", 7, b"\x01" * 32, b"\x02" * 32).body
ALONE = notes.sign(BODY, LOG)


def thirteen() -> policy.Policy:
    made = policy.Policy((LOG.verifier,))
    for name, city in CITIES.items():
        made = made.enrolled(name, city.verifier)
    return made


def signed_by(count: int) -> notes.Note:
    return ALONE.merged([city.signature(BODY, 1_790_000_000) for city in list(CITIES.values())[:count]])


@pytest.mark.parametrize(("cities", "enough"), [(1, 1), (2, 2), (3, 3), (4, 3), (6, 5), (12, 9), (13, 9), (14, 10)])
def test_more_than_two_thirds_are_asked_for(cities: int, enough: int) -> None:
    assert policy.two_thirds(cities) == enough
    assert enough * 3 > cities * 2 >= (enough - 1) * 3


def test_nine_of_thirteen_are_enough_and_eight_are_not() -> None:
    made = thirteen()
    assert made.rule == "9 of 13"
    assert made.witnessed(signed_by(9))
    assert not made.witnessed(signed_by(8))
    assert made.missing(signed_by(9)) == ("2110", "2111", "2112", "2113")


def test_without_a_quorum_nothing_is_witnessed() -> None:
    made = policy.Policy((LOG.verifier,))
    assert made.text == f"log {LOG.verifier.vkey}\nquorum none\n"
    assert made.rule == "none"
    assert not made.witnessed(ALONE)


def test_thirteen_cosignatures_without_the_log_are_nothing() -> None:
    unsigned = notes.Note(BODY, signed_by(13).signatures[1:])
    assert not thirteen().witnessed(unsigned)
    foreign = Checkpoint("paizhu/21/allocation", 7, b"\x01" * 32, b"\x02" * 32).body
    note = notes.sign(foreign, LOG).merged([c.signature(foreign, 1) for c in CITIES.values()])
    assert not thirteen().witnessed(note)  # the key is of personnel, the checkpoint says allocation


def test_a_cosignature_of_another_checkpoint_counts_for_nobody() -> None:
    older = Checkpoint("paizhu/21/personnel", 6, b"\x01" * 32, b"\x02" * 32).body
    note = signed_by(8).merged([CITIES["2113"].signature(older, 1)])
    assert thirteen().seen_by(note) == set(list(CITIES)[:8])
    assert not thirteen().witnessed(note)


def test_one_city_under_two_lines_counts_once() -> None:
    twice = notes.Note(BODY, (*signed_by(8).signatures, CITIES["2101"].signature(BODY, 5)))
    assert not thirteen().witnessed(twice)


def test_a_cosignature_tells_whose_it_is() -> None:
    made = thirteen()
    assert made.witness_of(BODY, CITIES["2107"].signature(BODY, 1)) == "2107"
    assert made.witness_of(BODY, LOG.signature(BODY)) is None
    assert made.log("paizhu/21/personnel") == LOG.verifier
    assert made.log("paizhu/21/allocation") is None


def test_the_file_read_again_is_the_same_policy() -> None:
    assert policy.parse(thirteen().text) == thirteen()


def test_enrolling_again_replaces_the_key_and_a_number_can_be_given() -> None:
    fresh = notes.Signer("paizhu/21/witness/2107", notes.COSIGNATURE, b"\x77" * 32)
    made = thirteen().enrolled("2107", fresh.verifier, 13)
    assert made.rule == "13 of 13"
    assert made.witnesses["2107"] == fresh.verifier
    assert len(made.witnesses) == 13


def test_the_example_of_the_specification_means_what_it_says() -> None:
    keys = [notes.Signer(f"w{n}", notes.COSIGNATURE, bytes([n]) * 32) for n in range(1, 7)]
    lines = [f"log {LOG.verifier.vkey}", "  # two levels"]
    lines += [
        f"witness {name}\t{key.verifier.vkey} https://w.example" for name, key in zip("abcdef", keys, strict=True)
    ]
    lines += ["group x 2 a b c", "group y any d e f", "group both all x y", "quorum both"]
    made = policy.parse("\n".join(lines) + "\n")
    assert policy.parse(made.text) == made
    seen = {name: made.enough(name) for name in ("ab", "abd", "ad", "abc", "bcf", "def", "af")}
    assert seen == {"ab": False, "abd": True, "ad": False, "abc": False, "bcf": True, "def": False, "af": False}
    with pytest.raises(policy.Unsound, match="by hand"):
        made.enrolled("2107", CITIES["2107"].verifier)


A, B = (CITIES[name].verifier.vkey for name in ("2101", "2102"))


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ([], "no quorum"),
        (["quorum none", "quorum none"], "line 2"),
        (["quorum x"], "x is not defined"),
        (["group g 1 x", "quorum none"], "x is not defined"),
        ([f"witness a {A}", "group g 2 a", "quorum g"], "2 of 1"),
        ([f"witness a {A}", "group g 0 a", "quorum g"], "neither a number"),
        ([f"witness a {A}", "group g 1 a a", "quorum g"], "member already"),
        ([f"witness a {A}", "group g 1 a", "group h 1 a", "quorum h"], "member already"),
        ([f"witness a {A}", "group g 1 g", "quorum g"], "g is not defined"),
        ([f"witness a {A}", f"witness b {A}", "quorum a"], "there already"),
        ([f"witness a {A}", f"witness a {B}", "quorum a"], "taken"),
        ([f"witness none {A}", "quorum none"], "taken"),
        ([f"witness a {A}", "group a 1 a", "quorum a"], "taken"),
        (["group g 1", "quorum none"], "expected"),
        ([f"log {A}", "quorum none"], "0x01"),
        ([f"witness a {LOG.verifier.vkey}", "quorum a"], "0x04"),
        ([f"witness a {A[:-1]}", "quorum a"], "base64"),
        (["witnes a b", "quorum none"], "expected"),
        (["quorum\x0bnone"], "control"),
    ],
)
def test_an_unsound_policy_is_refused_with_its_line(lines: list[str], why: str) -> None:
    with pytest.raises(policy.Unsound, match=why):
        policy.parse("\n".join(lines))


@pytest.mark.parametrize("name", ["", "a b", "none", "cities", "a\nquorum none"])
def test_a_name_that_would_spoil_the_file_is_not_enrolled(name: str) -> None:
    with pytest.raises(policy.Unsound):
        thirteen().enrolled(name, notes.Signer("new", notes.COSIGNATURE, b"\x66" * 32).verifier)


def test_the_same_key_is_not_enrolled_for_two_cities() -> None:
    with pytest.raises(policy.Unsound, match="there already"):
        thirteen().enrolled("2199", CITIES["2107"].verifier)
