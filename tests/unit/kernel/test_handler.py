"""The decision loop: what it accepts, what it refuses, and from which state."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from kernel.errors import BadInput, Forbidden, NotYet, Rejected, Reused, Stale, Unknown
from kernel.handler import Handler, actor_of
from kernel.log import Append, Draft
from kernel.log.memory import MemoryLog
from kernel.messages import Context
from kernel.part import Part
from kernel.service import Step
from tests.kit.counting import (
    ACTOR,
    BROKEN,
    SERVICE,
    Count,
    Counted,
    ask,
    decide,
    nothing,
    received,
)


@pytest.fixture
def log() -> MemoryLog:
    return MemoryLog("counting", SERVICE.events, nothing)


@pytest.fixture
def handler(log: MemoryLog) -> Handler:
    return Handler(SERVICE, log, secret=b"s")


def test_a_command_is_decided_once_and_its_repeat_gives_the_first_receipt(handler: Handler, log: MemoryLog) -> None:
    first = handler.execute(ask("Count", counter="a", by=7))
    again = handler.execute(ask("Count", counter="a", by=7))
    # Decided afresh the repeat would be refused (14 > 10): the first answer counts.
    assert (first.position, first.repeated) == (1, False)
    assert (again.position, again.repeated) == (1, True)
    assert log.head()[0] == 1


def test_a_used_command_id_is_refused_for_another_command(handler: Handler) -> None:
    handler.execute(ask("Count", counter="a", by=1))
    with pytest.raises(Reused):
        handler.execute(ask("Count", counter="a", by=2))


@pytest.mark.parametrize(
    ("instant", "taken"),
    [("2018-04-15T15:59:59+00:00", False), ("2018-04-15T16:00:00+00:00", True)],
    ids=["the evening before in China", "midnight in China"],
)
def test_a_day_that_has_not_come_is_no_fact(log: MemoryLog, instant: str, taken: bool) -> None:
    now = round(datetime.fromisoformat(instant).timestamp() * 1_000_000)
    handler = Handler(SERVICE, log, secret=b"s", now=lambda: now)
    asked = ask("Count", counter="a", by=1)
    if taken:
        assert handler.execute(asked).position == 1
    else:
        with pytest.raises(BadInput) as refused:
            handler.execute(asked)
        assert (refused.value.code, refused.value.field) == ("date_in_future", "occurred_on")
        assert refused.value.accepted == "不晚于 2018-04-15"
        assert log.head() == (0, 0)


def test_a_rejection_leaves_nothing(handler: Handler, log: MemoryLog) -> None:
    with pytest.raises(Rejected) as refusal:
        handler.execute(ask("Count", counter="a", by=11))
    assert (refusal.value.code, refusal.value.accepted) == ("too_many", "≤ 10")
    assert log.head()[0] == 0


def test_all_steps_commit_or_none(handler: Handler, log: MemoryLog) -> None:
    handler.execute(ask("Count", counter="b", by=9))
    with pytest.raises(Rejected):
        handler.execute(ask("CountBoth", "c2", first="a", second="b", by=2))
    assert log.head()[0] == 1
    receipt = handler.execute(ask("CountBoth", "c3", first="a", second="a", by=5))
    assert receipt.streams == {"counter/a": 2}


def test_a_refusal_is_never_given_from_a_state_that_has_moved(log: MemoryLog) -> None:
    here, elsewhere = (Handler(SERVICE, log, secret=b"s") for _ in range(2))
    here.execute(ask("Count", "c1", counter="a", by=9))
    elsewhere.execute(ask("Count", "c2", counter="a", by=-9))
    # `here` still holds 9; only after reading again does it know that 10 fit.
    assert here.execute(ask("Count", "c3", counter="a", by=10)).position == 3


def test_an_error_of_our_own_is_never_answered_from_a_state_that_has_moved(log: MemoryLog) -> None:
    here, elsewhere = (Handler(SERVICE, log, secret=b"s") for _ in range(2))
    here.execute(ask("Count", "c1", counter="a", by=BROKEN))
    with pytest.raises(KeyError):
        here.execute(ask("Count", "c2", counter="a", by=1))
    assert log.head()[0] == 1
    # What broke it is mended by somebody else (another process, the reactor): the very next try goes through.
    mended = Counted(occurred_on=date(2018, 4, 16), by=5)
    log.append(Append("mend", b"", (Draft("counter/a", mended),), {}, {"person": "p"}))
    assert here.execute(ask("Count", "c2", counter="a", by=1)).position == 3
    assert elsewhere.execute(ask("Count", "c3", counter="a", by=9)).position == 4


def test_an_error_of_our_own_over_a_command_that_took_effect_gives_its_receipt(log: MemoryLog) -> None:
    here = Handler(SERVICE, log, secret=b"s")
    first = here.execute(ask("Count", "c1", counter="a", by=BROKEN))
    again = here.execute(ask("Count", "c1", counter="a", by=BROKEN))
    assert (again.position, again.repeated) == (first.position, True)


def test_a_foreign_event_that_failed_over_a_state_that_has_moved_is_taken_in(log: MemoryLog) -> None:
    here = Handler(SERVICE, log, secret=b"s")
    here.react([received(1, BROKEN)])
    with pytest.raises(KeyError):
        here.react([received(2, 1), received(3, 1)])
    assert here.taken_in() == {"elsewhere": 1}
    mended = Counted(occurred_on=date(2018, 4, 16), by=5)
    log.append(Append("mend", b"", (Draft("counter/followed", mended),), {}, {"person": "p"}))
    here.react([received(2, 1), received(3, 1)])
    assert here.taken_in() == {"elsewhere": 3}
    assert [getattr(past.event, "by", None) for past in log.read_streams({"counter/followed": 0})] == [BROKEN, 5, 1, 1]


def test_a_parked_event_that_failed_over_a_state_that_has_moved_is_replayed(log: MemoryLog) -> None:
    here = Handler(SERVICE, log, secret=b"s")
    here.react([received(1, BROKEN)])
    here.park(received(2, 1), "KeyError: made for this test")
    note = Append("note", b"", (), {}, {"person": "p"})
    with pytest.raises(KeyError):
        here.replay(received(2, 1), note)
    mended = Counted(occurred_on=date(2018, 4, 16), by=5)
    log.append(Append("mend", b"", (Draft("counter/followed", mended),), {}, {"person": "p"}))
    assert not here.replay(received(2, 1), note).repeated
    assert [getattr(past.event, "by", None) for past in log.read_streams({"counter/followed": 0})] == [BROKEN, 5, 1]


def test_a_stream_that_was_only_read_is_compared_too(log: MemoryLog) -> None:
    here, elsewhere = (Handler(SERVICE, log, secret=b"s") for _ in range(2))
    here.execute(ask("Count", "c1", counter="watched", by=3))
    elsewhere.execute(ask("Count", "c2", counter="watched", by=1))
    here.execute(ask("Mirror", "c3", counter="copy", watched="watched"))
    events = [e.event for e in log.read_streams({"counter/copy": 0})]
    assert [getattr(e, "by", None) for e in events] == [4]


def test_what_was_judged_is_decided_once_and_again_where_its_stream_has_moved_since(log: MemoryLog) -> None:
    decided: list[int] = []

    def watched(state: int, command: Count) -> list[Counted]:
        decided.append(state)
        return decide(state, command)

    part = Part("counter/{counter}", 0, decides=(watched,), evolve=lambda state, event: state + getattr(event, "by", 0))
    room = Handler(replace(SERVICE, parts={"counter": part}), log, secret=b"s").room()
    asked = Context("c1", actor_of(ACTOR), date(2018, 4, 16))
    steps = [Step(f"counter/{name}", Count(context=asked, counter=name, by=4)) for name in "abaa"]
    for step in steps:
        room.judge(step)
    assert decided == [0, 0, 0, 0]
    with pytest.raises(Rejected) as refused:
        room.judge(Step("counter/a", Count(context=asked, counter="a", by=11)))
    assert (refused.value.code, room.drafts) == ("too_many", [])
    decided.clear()
    with pytest.raises(Rejected):
        room.run(steps)
    assert decided == [4, 8], "the third and fourth meet what the first has left"
    assert [(draft.stream, getattr(draft.event, "by", None)) for draft in room.drafts] == [
        ("counter/a", 4),
        ("counter/b", 4),
        ("counter/a", 4),
    ]


def test_expected_version(handler: Handler) -> None:
    handler.execute(ask("Count", counter="a", by=1))
    with pytest.raises(Stale) as refusal:
        handler.execute({**ask("Count", "c2", counter="a", by=1), "expected": 7})
    assert refusal.value.accepted == "1"
    assert handler.execute({**ask("Count", "c3", counter="a", by=1), "expected": 1}).position == 2


@pytest.mark.parametrize(
    ("request_", "error", "code"),
    [
        (ask("Divide"), Unknown, "command_unknown"),
        (ask("Count", counter="a", by="1"), BadInput, "field_type"),
        (ask("Count", counter="a", by=1, more=1), BadInput, "field_unknown"),
        (ask("Count", counter="a"), BadInput, "field_missing"),
        ({**ask("Count", counter="a", by=1), "occurred_on": "2018-11-31"}, BadInput, "field_type"),
        (ask("Count", actor={**ACTOR, "role": "guest"}, counter="a", by=1), Forbidden, "role_not_allowed"),
        (ask("Count", counter="a", by=1, area="14"), Rejected, "foreign_area"),
        # A client that spent the id of an event to come would stop whoever follows that service.
        (ask("Count", "elsewhere:1", counter="a", by=1), BadInput, "idempotency_key_invalid"),
        (ask("Count", "following/elsewhere.Counted", counter="a", by=1), BadInput, "idempotency_key_invalid"),
        ({**ask("Count", counter="a", by=1), "after": {"elsewhere": 1}}, NotYet, "not_yet"),
        ({**ask("Count", counter="a", by=1), "after": {"nowhere": 1}}, BadInput, "source_not_followed"),
    ],
)
def test_what_the_door_refuses(
    handler: Handler, log: MemoryLog, request_: dict[str, Any], error: type[Exception], code: str
) -> None:
    with pytest.raises(error) as refusal:
        handler.execute(request_)
    assert getattr(refusal.value, "code", None) == code
    assert log.head()[0] == 0


def test_foreign_events_are_taken_in_once_and_refusals_are_recorded(handler: Handler, log: MemoryLog) -> None:
    handler.react([received(1, 6), received(2, 6), received(3, 4)])
    assert handler.taken_in() == {"elsewhere": 3}
    kinds = [(e.type, e.causation) for e in log.read()]
    assert kinds == [("Counted", "elsewhere:1"), ("CommandRefused", "elsewhere:2"), ("Counted", "elsewhere:3")]
    assert handler.execute({**ask("Count", counter="a", by=1), "after": {"elsewhere": 3}}).position == 4


def test_a_parked_event_lets_the_next_one_pass(handler: Handler) -> None:
    handler.park(received(1, 6), "ValueError: made for this test")
    handler.react([received(2, 6)])
    assert handler.taken_in() == {"elsewhere": 2}


def test_a_batch_that_another_reactor_took_in_already_is_not_counted_again(handler: Handler, log: MemoryLog) -> None:
    handler.react([received(1, 1), received(2, 1)])
    other = Handler(SERVICE, log, secret=b"s")
    other.react([received(1, 1), received(2, 1)])
    assert log.head()[0] == 2
    other.react([received(3, 1)])
    assert [(e.stream, e.version) for e in log.read()] == [("counter/followed", n) for n in (1, 2, 3)]
    assert other.states.get(["counter/followed"]) == {"counter/followed": (3, 3)}


def test_a_batch_is_taken_in_however_many_of_its_streams_another_process_has_moved(log: MemoryLog) -> None:
    here, elsewhere = (Handler(SERVICE, log, secret=b"s") for _ in range(2))
    many = [f"n{number}" for number in range(20)]
    here.react([received(n, 1, counter) for n, counter in enumerate(many, 1)])
    for counter in many:
        elsewhere.execute(ask("Count", f"c-{counter}", counter=counter, by=2))
    here.react([received(20 + n, 3, counter) for n, counter in enumerate(many, 1)])
    assert here.taken_in() == {"elsewhere": 40}
    streams = [f"counter/{counter}" for counter in many]
    assert here.states.get(streams) == dict.fromkeys(streams, (3, 6))
