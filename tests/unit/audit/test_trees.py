"""The auditor's own trees against the kernel's, page by page; the process beside against the tree in this one."""

from __future__ import annotations

import random
from contextlib import closing
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from audit.trees import sha256_tree, sm3_leaves, sm3_tree
from audit.twin import Judged, Sm3Beside, Sm3Here
from audit.versions import Versions
from kernel import merkle


@settings(max_examples=60)
@given(st.lists(st.integers(0, 40), max_size=12))
def test_growing_by_pages_gives_the_root_of_the_leaves(sizes: list[int]) -> None:
    for tree, h in ((sha256_tree(), merkle.sha256), (sm3_tree(), merkle.sm3)):
        leaves: list[bytes] = []
        for size in sizes:
            page = [h(b"%d" % n) for n in range(len(leaves), len(leaves) + size)]
            tree.extend(page)
            leaves += page
            assert (tree.size, tree.root()) == (len(leaves), merkle.root(leaves, h))


def test_every_block_of_256_and_of_65536_is_told_once_with_its_root() -> None:
    told: list[tuple[int, int, bytes]] = []
    tree = sha256_tree(lambda level, number, found: told.append((level, number, found)))
    leaves = [merkle.sha256(b"%d" % n) for n in range(65_536 + 300)]
    start = 0
    for size in (1, 255, 256, 300, 1_000, 33_333, 10**6):
        tree.extend(leaves[start : start + size])
        start += size
    assert sorted((level, number) for level, number, _ in told) == [(1, n) for n in range(257)] + [(2, 0)]
    for level, number, found in random.Random(1).sample(told, 12):
        width = 256**level
        assert found == merkle.root(leaves[number * width : (number + 1) * width])


def test_what_is_said_of_a_tree_is_judged_when_it_is_complete() -> None:
    lines = [b"line %d" % n for n in range(600)]
    leaves = [merkle.leaf_hash(line) for line in lines]
    good, bad = merkle.root(leaves[:256]), merkle.sha256(b"bad")
    judged = Judged(sha256_tree)
    judged.extend(leaves[:300], [(1, 0, good)], [(("own", 300), merkle.root(leaves[:300]))])
    judged.extend(leaves[300:], [(1, 1, bad)], [(("own", 600), merkle.root(leaves)), (("witnessed", 600), bad)])
    assert (judged.verdict.blocks, judged.verdict.roots) == ([(1, 1)], [("witnessed", 600)])


def test_the_process_beside_says_what_the_tree_here_says() -> None:
    lines = [b"line %d" % n for n in range(1_000)]
    leaves = sm3_leaves(lines)
    assert leaves == [merkle.leaf_hash(line, merkle.sm3) for line in lines]
    parts = [
        (lines[:400], [(1, 0, merkle.root(leaves[:256], merkle.sm3))], [(("own", 400), merkle.sm3(b"bad"))]),
        (lines[400:], [(1, 1, merkle.sm3(b"bad"))], [(("own", 1_000), merkle.root(leaves, merkle.sm3))]),
    ]
    here = Sm3Here()
    with closing(Sm3Beside()) as beside:
        for part in parts:
            here.extend(*part)
            beside.extend(*part)
        found = beside.finish()
    assert found == here.finish()
    assert (found[0], found[1].roots, found[1].blocks) == (merkle.root(leaves, merkle.sm3), [("own", 400)], [(1, 1)])


def test_a_process_beside_that_is_not_needed_any_more_is_gone() -> None:
    beside = Sm3Beside()
    beside.extend([b"line"], [], [])
    beside.close()
    assert beside._process.returncode is not None


def test_versions_that_do_not_fit_into_memory_are_not_forgotten() -> None:
    versions, chance = Versions(most=50), random.Random(3)
    truth: dict[Any, Any] = {}
    with closing(versions):
        for _ in range(5_000):
            stream = f"stream/{chance.randrange(400)}"
            assert versions.get(stream) == truth.get(stream, 0)
            versions.held[stream] = truth[stream] = truth.get(stream, 0) + 1
            versions.trim()
            assert len(versions.held) <= 50
        assert {stream: versions.get(stream) for stream in truth} == truth
