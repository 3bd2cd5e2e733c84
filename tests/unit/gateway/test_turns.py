"""Turns by value: who is let through next, how many at a time, and that nobody waits for all that another asks."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gateway.turns import Shares, Turns


def asked(turns: Turns[str], *tickets: str) -> None:
    """Let tickets such as ``a1`` wait, each of the subject of its letter."""
    for ticket in tickets:
        turns.ask(ticket[0], ticket)


def test_subjects_take_turns_and_each_ones_requests_keep_their_order() -> None:
    turns: Turns[str] = Turns(most=1, own=1)
    asked(turns, "a1", "a2", "a3", "b1", "a4", "b2", "c1")
    served: list[str] = []
    while begun := turns.next():
        served += begun
        turns.end(begun[0][0])
    assert served == ["a1", "b1", "c1", "a2", "b2", "a3", "a4"]


def test_a_service_has_so_many_in_hand_and_so_many_of_one_subject() -> None:
    turns: Turns[str] = Turns(most=3, own=2)
    asked(turns, "a1", "a2", "a3", "a4")
    assert turns.next() == ["a1", "a2"]
    # Nobody else asks, and still the rest waits: what is in hand could not be taken back from who comes now.
    assert turns.next() == []
    asked(turns, "b1", "b2")
    assert turns.next() == ["b1"]
    turns.end("a")
    assert turns.next() == ["a3"]
    turns.end("a")
    assert turns.next() == ["b2"]
    turns.end("a")
    assert turns.next() == ["a4"]


def test_who_comes_among_sixty_four_requests_of_another_waits_for_those_in_hand_only() -> None:
    turns: Turns[str] = Turns(most=2, own=2)
    asked(turns, *(f"a{number}" for number in range(64)))
    assert turns.next() == ["a0", "a1"]
    asked(turns, "b0")
    turns.end("a")
    # Its turn is the next but one at the latest: a waits longer than b, and goes once.
    begun = turns.next()
    turns.end("a")
    assert "b0" in begun + turns.next()


def test_who_leaves_is_passed_over_and_who_was_let_through_cannot_leave() -> None:
    turns: Turns[str] = Turns(most=1, own=1)
    asked(turns, "a1", "b1", "c1")
    assert turns.next() == ["a1"]
    assert (turns.leave("b", "b1"), turns.leave("a", "a1"), turns.leave("d", "d1")) == (True, False, False)
    turns.end("a")
    assert turns.next() == ["c1"]


@given(
    most=st.integers(1, 5),
    own=st.integers(1, 5),
    steps=st.lists(st.tuples(st.sampled_from("abc"), st.booleans()), max_size=80),
)
def test_whatever_comes_and_goes_the_bounds_hold_and_no_place_stands_empty(
    most: int, own: int, steps: list[tuple[str, bool]]
) -> None:
    turns: Turns[str] = Turns(most, own)
    in_hand: list[str] = []
    waiting: list[str] = []
    for number, (subject, coming) in enumerate(steps):
        if coming:
            waiting.append(f"{subject}{number}")
            turns.ask(subject, waiting[-1])
        elif gone := next((ticket for ticket in in_hand if ticket[0] == subject), None):
            in_hand.remove(gone)
            turns.end(subject)
        for ticket in turns.next():
            waiting.remove(ticket)
            in_hand.append(ticket)
        counts = {one: sum(ticket[0] == one for ticket in in_hand) for one in "abc"}
        assert len(in_hand) <= most
        assert max(counts.values()) <= own
        assert len(in_hand) == most or all(counts[ticket[0]] == own for ticket in waiting)


def test_one_subject_has_its_share_of_all_that_may_wait() -> None:
    shares = Shares(most=3, own=2)
    shares.take("a")
    shares.take("a")
    assert (shares.used_up("a"), shares.used_up("b"), shares.full()) == (True, False, False)
    shares.take("b")
    assert shares.full()
    shares.give("a")
    assert (shares.used_up("a"), shares.full()) == (False, False)


@given(st.integers(min_value=1, max_value=40))
def test_subjects_that_take_all_they_can_leave_a_place_for_who_comes(subjects: int) -> None:
    shares = Shares(most=384, own=96)
    for _ in range(96):
        for subject in map(str, range(subjects)):
            if not shares.used_up(subject):
                shares.take(subject)
    assert not shares.full()
    assert not shares.used_up("newcomer")
    assert max(map(shares.held, map(str, range(subjects)))) <= 96
