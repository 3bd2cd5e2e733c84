"""The numbers of checkpoints: what is missing between two, at the end, and what was put there."""

from __future__ import annotations

from collections.abc import Sequence

from audit.chain import UNENDING, Chain, Gap
from kernel.proof.checkpoint import NOTHING, Checkpoint, Place

HASH = b"\x07" * 32


def checkpoints(count: int, old: int = 0) -> list[Checkpoint]:
    """So many in a row, the first ``old`` of them without a number; number n is over 10 n events."""
    found: list[Checkpoint] = []
    for number in range(1, count + 1):
        before = found[-1].text_hash if found else NOTHING
        place = None if number <= old else Place(number, number, before, 0, NOTHING)
        found.append(Checkpoint("paizhu/21/probe", number * 10, HASH, HASH, place))
    return found


def followed(found: Sequence[Checkpoint | None], kept: int = 0) -> Chain:
    chain = Chain()
    for one in found:
        if one is None:
            chain.unread()
        else:
            chain.follow(one)
    chain.end(kept)
    return chain


def test_a_whole_chain_says_nothing() -> None:
    for old in range(6):
        chain = followed(list(checkpoints(5, old)), kept=5)
        assert (chain.gaps, chain.broken) == ([], [])


def test_what_is_missing_is_numbered() -> None:
    found = checkpoints(6)
    assert followed([*found[:1], *found[3:]]).gaps == [Gap(2, 3, 10, 40)]
    assert followed(found[5:]).gaps == [Gap(1, 5, 0, 60)]
    assert followed(list(found[:4]), kept=6).gaps == [Gap(5, 6, 40, UNENDING)]
    assert followed([], kept=1).gaps == [Gap(1, 1, 0, UNENDING)]
    assert [gap.named for gap in followed([found[0], found[2], found[5]]).gaps] == [
        "checkpoint 2 is",
        "checkpoints 4 to 5 are",
    ]


def test_of_those_without_a_number_the_count_is_known() -> None:
    found = checkpoints(5, old=3)
    assert followed([found[0], *found[2:]]).gaps == [Gap(3, 3, 30, 40)]
    assert followed(found[3:]).gaps == [Gap(1, 3, 0, 40)]


def test_a_note_that_cannot_be_read_stands_for_one() -> None:
    found = checkpoints(4)
    for place in range(4):
        chain = followed([*found[:place], None, *found[place + 1 :]], kept=4)
        assert (chain.gaps, chain.broken) == ([], [])
    inserted = followed([*found[:2], None, *found[2:]])
    assert (inserted.gaps, inserted.broken) == ([], [])


def test_one_that_follows_on_another_text_or_comes_again_is_told() -> None:
    found = checkpoints(3)
    other = Checkpoint("paizhu/21/probe", 20, HASH, HASH, Place(2, 99, found[0].text_hash, 0, NOTHING))
    assert followed([found[0], other, found[2]]).broken == [
        (30, "checkpoint 3 was signed after another than the one before it")
    ]
    again = followed([*found, Checkpoint("paizhu/21/probe", 40, HASH, HASH, found[1].place)])
    assert again.broken == [(40, "its number is 2, and there were 3 before it")]
    bare = followed([*found, Checkpoint("paizhu/21/probe", 40, HASH, HASH)])
    assert bare.broken == [(40, "it has no number, though one before it has")]
