"""Merkle trees against known vectors of RFC 6962 implementations, a naive tree, and every way of bending a proof."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.merkle import (
    CompactRange,
    _sm3_of_cryptography,
    consistency_proof,
    extends,
    includes,
    inclusion_proof,
    leaf_hash,
    node_hash,
    root,
    sha256,
    sm3,
)

# The eight inputs that the tests of Certificate Transparency use, and the roots of their first n.
INPUTS = [bytes.fromhex(x) for x in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657")] + [
    bytes.fromhex("606162636465666768696a6b6c6d6e6f")
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
LEAVES = [leaf_hash(data) for data in INPUTS]
leaves = st.lists(st.binary(max_size=4).map(leaf_hash), min_size=1, max_size=40)


def naive(hashes: list[bytes]) -> bytes:
    """The definition of RFC 9162, 2.1.1, word by word."""
    if len(hashes) == 1:
        return hashes[0]
    k = 1
    while k * 2 < len(hashes):
        k *= 2
    return node_hash(naive(hashes[:k]), naive(hashes[k:]))


@pytest.mark.parametrize("size", range(9))
def test_known_roots(size: int) -> None:
    assert root(LEAVES[:size]).hex() == ROOTS[size]


@given(leaves)
def test_a_growing_tree_has_the_root_of_the_definition(hashes: list[bytes]) -> None:
    tree = CompactRange()
    for size, leaf in enumerate(hashes, 1):
        tree.add(leaf)
        assert (tree.size, tree.root()) == (size, naive(hashes[:size]))


@given(leaves, st.data())
def test_inclusion_holds_for_its_leaf_and_place_only(hashes: list[bytes], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(hashes) - 1))
    proof, whole, size = inclusion_proof(index, hashes), root(hashes), len(hashes)
    assert includes(hashes[index], index, size, proof, whole)
    assert not includes(leaf_hash(b"never a leaf"), index, size, proof, whole)
    assert not includes(hashes[index], index, size, [*proof, whole], whole)
    assert not includes(hashes[index], index, size, proof, leaf_hash(b"another root"))
    assert not includes(hashes[index], size, size, proof, whole)
    for place in range(len(proof)):
        bent = [*proof]
        bent[place] = leaf_hash(b"bent")
        assert not includes(hashes[index], index, size, bent, whole)


@given(leaves, st.data())
def test_consistency_holds_for_its_two_trees_only(hashes: list[bytes], data: st.DataObject) -> None:
    first = data.draw(st.integers(1, len(hashes)))
    old, new, size = root(hashes[:first]), root(hashes), len(hashes)
    proof = consistency_proof(first, hashes)
    assert extends(first, size, old, new, proof)
    other = root([*hashes[: first - 1], leaf_hash(b"rewritten")])
    assert not extends(first, size, other, new, proof)
    assert not extends(first, size, old, other, proof)
    assert not extends(first, size, old, new, [*proof, old])
    if proof:
        assert not extends(first, size, old, new, proof[:-1])


def test_what_cannot_be_proved_is_refused() -> None:
    with pytest.raises(IndexError):
        inclusion_proof(8, LEAVES)
    with pytest.raises(IndexError):
        consistency_proof(0, LEAVES)
    with pytest.raises(IndexError):
        consistency_proof(9, LEAVES)


def test_sm3_stands_beside_sha256() -> None:
    # GB/T 32905-2016, appendix A.1: the hash of "abc".
    abc = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    assert {sm3(b"abc").hex(), _sm3_of_cryptography()(b"abc").hex()} == {abc}
    hashes = [leaf_hash(data, sm3) for data in INPUTS]
    assert includes(hashes[5], 5, 8, inclusion_proof(5, hashes, sm3), root(hashes, sm3), sm3)
    assert not includes(hashes[5], 5, 8, inclusion_proof(5, hashes, sm3), root(hashes, sm3))


def test_a_tree_goes_on_from_its_peaks() -> None:
    half = CompactRange()
    for leaf in LEAVES[:5]:
        half.add(leaf)
    again = CompactRange(sha256, 5, half.peaks)
    for leaf in LEAVES[5:]:
        again.add(leaf)
    assert (again.root().hex(), half.root().hex()) == (ROOTS[8], ROOTS[5])
    with pytest.raises(ValueError, match="2 complete subtrees, not 1"):
        CompactRange(sha256, 5, half.peaks[:1])


# The paths of Certificate Transparency's own tests, over the eight inputs: (index, size) and (first, size).
@pytest.mark.parametrize(
    ("index", "size", "path"),
    [
        (0, 1, []),
        (0, 8, ["96a296d2", "5f083f0a", "6b47aaf2"]),
        (5, 8, ["bc1a0643", "ca854ea1", "d37ee418"]),
        (2, 3, ["fac54203"]),
        (1, 5, ["6e340b9c", "5f083f0a", "bc1a0643"]),
    ],
)
def test_known_inclusion_proofs(index: int, size: int, path: list[str]) -> None:
    assert [node.hex()[:8] for node in inclusion_proof(index, LEAVES[:size])] == path


@pytest.mark.parametrize(
    ("first", "size", "path"),
    [
        (1, 1, []),
        (1, 8, ["96a296d2", "5f083f0a", "6b47aaf2"]),
        (6, 8, ["0ebc5d34", "ca854ea1", "d37ee418"]),
        (2, 5, ["5f083f0a", "bc1a0643"]),
    ],
)
def test_known_consistency_proofs(first: int, size: int, path: list[str]) -> None:
    assert [node.hex()[:8] for node in consistency_proof(first, LEAVES[:size])] == path
