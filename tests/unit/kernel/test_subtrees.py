"""Proofs from blocks of 256 against proofs from the leaves, and how little of a tree they read."""

from __future__ import annotations

import hashlib
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kernel import merkle
from kernel.merkle import leaf_hash, sm3
from kernel.proof import subtrees

MOST = 70_000
"""Leaves: enough for two blocks of level 1 beyond the first of level 2."""


@cache
def hashes() -> tuple[bytes, ...]:
    return tuple(leaf_hash(str(number).encode()) for number in range(MOST))


@cache
def kept() -> dict[tuple[int, int], bytes]:
    """What a tree over all the leaves hands over as it grows."""
    tree = subtrees.GrowingTree()
    for leaf in hashes():
        tree.add(leaf)
    assert tree.root() == merkle.root(hashes())
    found = {(block.level, block.number): block.root for block in tree.taken()}
    assert tree.taken() == []
    return found


class Counted:
    """The blocks of a tree, counting what is read."""

    def __init__(self) -> None:
        self.read = 0

    def __call__(self, level: int, first: int, count: int) -> list[bytes]:
        self.read += count
        if level == 0:
            return list(hashes()[first : first + count])
        return [kept()[level, number] for number in range(first, first + count)]


sizes = st.one_of(st.integers(1, MOST), st.sampled_from([1, 255, 256, 257, 511, 512, 65_535, 65_536, 65_537, MOST]))


def test_each_complete_subtree_is_handed_over_once() -> None:
    assert sorted(kept()) == [*((1, n) for n in range(MOST // 256)), (2, 0)]
    assert kept()[1, 3] == merkle.root(hashes()[768:1024])
    assert kept()[2, 0] == merkle.root(hashes()[:65_536])


@settings(max_examples=60)
@given(sizes, st.data())
def test_a_proof_from_blocks_holds_and_reads_little(size: int, data: st.DataObject) -> None:
    index, first = data.draw(st.integers(0, size - 1)), data.draw(st.integers(1, size))
    blocks = Counted()
    whole = subtrees.root(size, blocks)
    assert merkle.includes(hashes()[index], index, size, subtrees.inclusion_proof(index, size, blocks), whole)
    old, proof = subtrees.root(first, blocks), subtrees.consistency_proof(first, size, blocks)
    assert merkle.extends(first, size, old, whole, proof)
    assert blocks.read <= 4 * 2 * 3 * 256  # four questions, two edges, three levels


@settings(max_examples=20)
@given(st.integers(1, 1200), st.data())
def test_blocks_give_the_very_proofs_of_the_leaves(size: int, data: st.DataObject) -> None:
    index, first = data.draw(st.integers(0, size - 1)), data.draw(st.integers(1, size))
    leaves = hashes()[:size]
    assert subtrees.inclusion_proof(index, size, Counted()) == merkle.inclusion_proof(index, leaves)
    assert subtrees.consistency_proof(first, size, Counted()) == merkle.consistency_proof(first, leaves)


@settings(max_examples=20)
@given(st.integers(0, MOST - 600))
def test_a_tree_goes_on_from_its_blocks(size: int) -> None:
    tree = subtrees.GrowingTree(size=size, peaks=subtrees.peaks(size, Counted()))
    for leaf in hashes()[size : size + 600]:
        tree.add(leaf)
    assert tree.root() == subtrees.root(size + 600, Counted())
    assert {(b.level, b.number): b.root for b in tree.taken()} == {
        (level, n): found for (level, n), found in kept().items() if size < (n + 1) * 256**level <= size + 600
    }


def test_the_other_hash_goes_the_same_way() -> None:
    leaves = [leaf_hash(bytes([n % 256, n // 256]), sm3) for n in range(700)]
    tree = subtrees.GrowingTree(sm3)
    for leaf in leaves:
        tree.add(leaf)
    found = {(b.level, b.number): b.root for b in tree.taken()}
    proof = subtrees.inclusion_proof(
        300, 700, lambda level, first, n: [found[1, i] if level else leaves[i] for i in range(first, first + n)], sm3
    )
    assert proof == merkle.inclusion_proof(300, leaves, sm3)
    assert tree.root() != hashlib.sha256(b"").digest()


def test_what_is_not_there_cannot_be_proved() -> None:
    with pytest.raises(IndexError):
        subtrees.inclusion_proof(700, 700, Counted())
    with pytest.raises(IndexError):
        subtrees.consistency_proof(0, 700, Counted())
