"""What is kept of states from one command to the next weighs no more than asked for."""

from __future__ import annotations

from dataclasses import dataclass
from sys import getsizeof

import msgspec

from kernel.kept import Kept, weight_of


@dataclass(frozen=True, slots=True)
class Sack:
    name: str
    grains: tuple[bytes, ...]


class Row(msgspec.Struct):
    grain: bytes


def sack(grains: int) -> Sack:
    return Sack("s", tuple(bytes([n]) * 1_000 for n in range(grains)))


def test_a_state_weighs_what_it_holds() -> None:
    grains = sum(getsizeof(grain) for grain in sack(3).grains)
    of_sack = getsizeof(sack(3)) + getsizeof("s") + getsizeof(sack(3).grains) + grains
    assert weight_of(sack(3)) == of_sack
    told = {"one": sack(3)}
    assert weight_of(told) == getsizeof(told) + getsizeof("one") + of_sack
    row = Row(b"x" * 1_000)
    assert weight_of([row]) == getsizeof([row]) + getsizeof(row) + getsizeof(row.grain)
    assert weight_of([None, True]) == getsizeof([None, True])


def test_the_least_recently_kept_go_first_and_never_more_is_kept_than_asked_for() -> None:
    kept = Kept(10_000)
    for number in range(50):
        kept.put(f"a/{number}", 1, sack(2))
        assert 0 < kept.weight <= 10_000
    assert [number for number in range(50) if kept.get(f"a/{number}")] == [46, 47, 48, 49]
    kept.put("a/46", 1, sack(2))
    kept.put("a/50", 1, sack(2))
    assert [number for number in range(51) if kept.get(f"a/{number}")] == [46, 48, 49, 50]
    assert kept.get("a/46") == (1, sack(2))


def test_a_state_too_heavy_is_not_kept_and_an_earlier_one_takes_no_later_ones_place() -> None:
    kept = Kept(10_000)
    kept.put("a/1", 3, sack(2))
    kept.put("a/1", 2, sack(1))
    assert kept.get("a/1") == (3, sack(2))
    kept.put("a/2", 1, sack(11))
    assert (kept.get("a/2"), kept.get("a/1")) == (None, (3, sack(2))), "nor is another forgotten over it"
    kept.put("a/1", 12, sack(11))
    assert (kept.get("a/1"), len(kept), kept.weight) == (None, 0, 0)


def test_a_state_that_grows_weighs_in_proportion_and_is_weighed_again_at_four_times_the_events() -> None:
    kept = Kept(1_000_000)
    kept.put("a/1", 4, sack(4))
    then = kept.weight
    assert then == weight_of("a/1") + weight_of(sack(4))
    kept.put("a/1", 15, sack(1))
    assert kept.weight == then * 15 // 4, "not looked at yet"
    kept.put("a/1", 16, sack(1))
    assert kept.weight == weight_of("a/1") + weight_of(sack(1))
    kept.put("a/0", 0, None)
    assert kept.weight == 2 * weight_of("a/1") + weight_of(sack(1))
    kept.put("a/0", 1, sack(1))
    assert kept.weight == 2 * (weight_of("a/1") + weight_of(sack(1)))
