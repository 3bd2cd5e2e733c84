"""The patrol on a real database: whatever is changed below the signed size, by however careful a hand, is found."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kernel import merkle
from kernel.merkle import leaf_hash
from kernel.proof import notes
from kernel.proof.notary import Notary
from kernel.proof.patrol import Patrol
from kernel.proof.signedstate import SignedState
from kernel.proof.signing import Signing
from tests.kit.audit.tampering import Victim
from tests.kit.databases import fresh, rows_of

SIGNER = notes.Signer("paizhu/21/probe", notes.ED25519, bytes(range(32)))
SIZE = 66_500
"""One whole subtree of level 2, three blocks beyond it, and some."""


class Watch:
    """A log of SIZE events, signed, and a patrol over it."""

    def __init__(self, victim: Victim, folder: Path) -> None:
        self.victim = victim
        victim.append(SIZE)
        self.signing = Signing(victim.database.signer_url)
        notary = Notary(self.signing, SIGNER, SignedState(folder / "probe.json"))
        notary.begin()
        while notary.follow():
            pass
        made = notary.sign()
        assert made is not None
        self.roots = made.root, made.sm3
        victim.force("create table log.kept as table log.subtrees")

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        return rows_of(self.victim.superuser, sql)

    def put_back(self) -> None:
        """The subtrees as they were."""
        self.victim.force(
            "update log.subtrees t set sha256 = k.sha256, sm3 = k.sm3 from log.kept k"
            " where k.level = t.level and k.number = t.number and (k.sha256, k.sm3) <> (t.sha256, t.sm3)"
        )

    def round(self, most: int = 20_480) -> list[tuple[int | None, str]]:
        """Every finding of one round over the whole log, with its position."""
        patrol, found, seen = Patrol(self.signing, most), [], 0
        while seen < SIZE:
            positions, wrong = patrol.walk(SIZE, self.roots)
            assert positions.start == seen + 1
            seen = positions.stop - 1
            found += [(finding.position, str(finding)) for finding in wrong]
        return found


@pytest.fixture(scope="module")
def watch(postgres_server: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watch]:
    with fresh(postgres_server.url, "probe") as made:
        found = Watch(Victim(made["probe"], postgres_server.url), tmp_path_factory.mktemp("state"))
        yield found
        found.signing.close()


@pytest.mark.parametrize("most", [1, 300, 5_000, 10_240, 1_000_000])
def test_a_round_covers_every_event_and_finds_nothing_in_a_log_in_order(watch: Watch, most: int) -> None:
    if most < 5_000:  # a whole round of small slices is long: its beginning and its way over the end
        patrol = Patrol(watch.signing, most)
        patrol._next = (SIZE - 700) // 256
        seen = [patrol.walk(SIZE, watch.roots) for _ in range(5)]
        assert [wrong for _, wrong in seen if wrong] == []
        assert {positions.stop - 1 for positions, _ in seen} >= {SIZE}
        assert min(positions.start for positions, _ in seen) == 1
    else:
        assert watch.round(most) == []


def test_one_changed_byte_is_named_wherever_it_is(watch: Watch) -> None:
    seed = 20261122
    places = sorted({1, 256, 257, 65_536, 65_537, SIZE, *random.Random(seed).sample(range(1, SIZE), 6)})
    for position in places:
        watch.victim.change(position)
    try:
        assert [found for found, _ in watch.round()] == places, f"seed {seed}"
    finally:
        for position in places:
            watch.victim.mend(position)
    assert watch.round() == []


@pytest.mark.parametrize("position", [5, 65_530, 65_800, SIZE])
def test_a_leaf_made_to_fit_does_not_help(watch: Watch, position: int) -> None:
    watch.victim.change(position, with_leaf=True)
    try:
        found = watch.round()
        if position == SIZE:  # the last block is not complete: no root of it is kept to tell it by
            assert {"no longer lead to the root" in said for _, said in found} == {True}
        else:
            ((begin, said),) = found
            assert begin == (position - 1) // 256 * 256 + 1
            assert "are not those that were signed" in said
    finally:
        watch.victim.mend(position)
    assert watch.round() == []


def test_subtrees_made_to_fit_do_not_help(watch: Watch) -> None:
    """The careful hand: line, leaf, its block and the block above, all recomputed by the book."""
    watch.victim.change(300, with_leaf=True)
    lines = "select line from log.events where position > 256 and position <= 512 order by position"
    block = merkle.root(leaf_hash(line.encode()) for (line,) in watch.rows(lines))
    stood = [bytes(found) for (found,) in watch.rows("select sha256 from log.kept where level = 1 order by number")]
    above = merkle.root([stood[0], block, *stood[2:256]])
    for level, number, root in ((1, 1, block), (2, 0, above)):
        watch.victim.force(
            f"update log.subtrees set sha256 = '\\x{root.hex()}' where level = {level} and number = {number}"
        )
        assert [said for _, said in watch.round() if "no longer lead to the root that was signed" in said]
    watch.victim.mend(300)
    watch.put_back()
    assert watch.round() == []


def test_a_subtree_changed_alone_is_found_in_either_tree(watch: Watch) -> None:
    for column in ("sha256", "sm3"):
        watch.victim.force(f"update log.subtrees set {column} = sha256({column}) where level = 1 and number = 3")
        assert watch.round() != []
        watch.put_back()
        assert watch.round() == []


def test_a_deleted_event_is_named(watch: Watch) -> None:
    watch.victim.force("create table log.gone as select * from log.events where position = 4000")
    watch.victim.force("delete from log.events where position = 4000")
    try:
        assert watch.round()[0] == (4_000, "position 4000: the event is missing")
    finally:
        watch.victim.force("insert into log.events select * from log.gone; drop table log.gone")
    assert watch.round() == []
