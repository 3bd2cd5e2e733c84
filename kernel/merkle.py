"""Merkle trees as RFC 6962 and RFC 9162 (section 2.1) define them: roots, inclusion and consistency proofs.

A tree is known by the hashes of its leaves. ``CompactRange`` grows one leaf at a time and holds a hash for each one-bit
of its size, so a root never needs the leaves again. What a proof consists of is said first as ranges of leaves, so that
whoever has the roots of some ranges at hand (``kernel.proof.subtrees``) need not go down to the leaves. The hash is a
parameter: SHA-256, or SM3 for the national profile.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence

from cryptography.hazmat.primitives import hashes

Hash = Callable[[bytes], bytes]
Range = tuple[int, int]
"""(begin, end): the leaves from begin, counted from 0, up to and without end."""


def sha256(data: bytes) -> bytes:
    """SHA-256."""
    return hashlib.sha256(data).digest()


def _sm3_of_hashlib() -> Hash:
    begun = hashlib.new("sm3")  # looking the algorithm up costs more than a node: a copy of what is begun does not

    def digest(data: bytes) -> bytes:
        made = begun.copy()
        made.update(data)
        return made.digest()

    return digest


def _sm3_of_cryptography() -> Hash:
    begun = hashes.Hash(hashes.SM3())

    def digest(data: bytes) -> bytes:
        made = begun.copy()
        made.update(data)
        return made.finalize()

    return digest


# hashlib is quicker, but its OpenSSL may have been built without SM3.
sm3: Hash = _sm3_of_hashlib() if "sm3" in hashlib.algorithms_available else _sm3_of_cryptography()


def leaf_hash(data: bytes, h: Hash = sha256) -> bytes:
    """The hash of a leaf: H(0x00 || data)."""
    return h(b"\x00" + data)


def node_hash(left: bytes, right: bytes, h: Hash = sha256) -> bytes:
    """The hash of an inner node: H(0x01 || left || right)."""
    return h(b"\x01" + left + right)


class CompactRange:
    """A tree that only grows: its size and the roots of its complete subtrees, the largest first.

    Args:
        size: of a tree to go on with; its subtrees' roots are ``peaks``, one for each one-bit of ``size``.

    Raises:
        ValueError: where ``peaks`` are not those of a tree of ``size``.
    """

    def __init__(self, h: Hash = sha256, size: int = 0, peaks: Iterable[bytes] = ()) -> None:
        self.size = size
        self.peaks = list(peaks)
        self._h = h
        if len(self.peaks) != size.bit_count():
            raise ValueError(f"a tree of {size} leaves has {size.bit_count()} complete subtrees, not {len(self.peaks)}")

    def add(self, leaf: bytes) -> None:
        """Append the hash of the next leaf."""
        self.peaks.append(leaf)
        size = self.size
        while size & 1:  # two subtrees of one height make one of the next
            right = self.peaks.pop()
            self.peaks[-1] = self._h(b"\x01" + self.peaks[-1] + right)
            size >>= 1
        self.size += 1

    def root(self) -> bytes:
        """The root hash; of an empty tree H()."""
        return fold(self.peaks, self._h)

    def copy(self) -> CompactRange:
        """The same tree, to grow another way."""
        return CompactRange(self._h, self.size, self.peaks)


def fold(peaks: Sequence[bytes], h: Hash = sha256) -> bytes:
    """The root over the roots of complete subtrees, the largest first; H() where there is none."""
    if not peaks:
        return h(b"")
    found = peaks[-1]
    for peak in reversed(peaks[:-1]):
        found = node_hash(peak, found, h)
    return found


def root(leaves: Iterable[bytes], h: Hash = sha256) -> bytes:
    """The root of the tree over these leaf hashes."""
    tree = CompactRange(h)
    for leaf in leaves:
        tree.add(leaf)
    return tree.root()


def inclusion_ranges(index: int, size: int) -> list[Range]:
    """The ranges whose roots are the audit path of leaf ``index`` (from 0), lowest first (RFC 9162, 2.1.3.1).

    Raises:
        IndexError: where there is no such leaf.
    """
    if not 0 <= index < size:
        raise IndexError(f"no leaf {index} in a tree of {size}")
    begin, end, found = 0, size, []
    while end - begin > 1:
        middle = begin + _split(end - begin)
        if index < middle:
            found.append((middle, end))
            end = middle
        else:
            found.append((begin, middle))
            begin = middle
    return found[::-1]


def consistency_ranges(first: int, size: int) -> list[Range]:
    """The ranges whose roots prove that a tree of ``first`` leaves begins the one of ``size`` (RFC 9162, 2.1.4.1).

    Raises:
        IndexError: where ``first`` is 0 or more than ``size``.
    """
    if not 0 < first <= size:
        raise IndexError(f"no tree of {first} leaves in one of {size}")
    begin, end, found = 0, size, []
    while first != end:
        middle = begin + _split(end - begin)
        if first <= middle:
            found.append((middle, end))
            end = middle
        else:
            found.append((begin, middle))
            begin = middle
    if begin:  # else the old root itself is the beginning, and whoever checks has it
        found.append((begin, end))
    return found[::-1]


def inclusion_proof(index: int, leaves: Sequence[bytes], h: Hash = sha256) -> list[bytes]:
    """The audit path of leaf ``index`` of the tree over these leaf hashes. Raises IndexError."""
    return [root(leaves[begin:end], h) for begin, end in inclusion_ranges(index, len(leaves))]


def consistency_proof(first: int, leaves: Sequence[bytes], h: Hash = sha256) -> list[bytes]:
    """The proof that the first ``first`` of these leaf hashes begin the tree over all. Raises IndexError."""
    return [root(leaves[begin:end], h) for begin, end in consistency_ranges(first, len(leaves))]


def includes(leaf: bytes, index: int, size: int, proof: Sequence[bytes], expected: bytes, h: Hash = sha256) -> bool:
    """True where ``proof`` shows that ``leaf`` stands at ``index`` of the tree of ``size`` with root ``expected``.

    RFC 9162, 2.1.3.2.
    """
    if not 0 <= index < size:
        return False
    fn, sn, found = index, size - 1, leaf
    for node in proof:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            found = node_hash(node, found, h)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            found = node_hash(found, node, h)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and found == expected


def extends(first: int, second: int, old: bytes, new: bytes, proof: Sequence[bytes], h: Hash = sha256) -> bool:
    """True where ``proof`` shows that the tree of ``second`` leaves (root ``new``) extends that of ``first`` (``old``).

    RFC 9162, 2.1.4.2.
    """
    if not 0 < first <= second:
        return False
    if first == second:
        return not proof and old == new
    path = list(proof)
    if first & (first - 1) == 0:  # the old tree is a whole subtree of the new one
        path.insert(0, old)
    if not path:
        return False
    fn, sn = first - 1, second - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    fr = sr = path[0]
    for node in path[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            fr, sr = node_hash(node, fr, h), node_hash(node, sr, h)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            sr = node_hash(sr, node, h)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and fr == old and sr == new


def _split(size: int) -> int:
    """The largest power of two smaller than ``size``."""
    return 1 << (size - 1).bit_length() - 1
