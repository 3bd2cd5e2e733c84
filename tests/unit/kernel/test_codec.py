"""Lines become events again: in one pass where they are of the present form, step by step where they are not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import orjson
import pytest

from kernel.codec import EventTypes, canonical, line_of, record
from kernel.errors import Corrupt
from kernel.messages import Event, Past

DAY = date(2018, 5, 2)


@dataclass(frozen=True, slots=True)
class Part:
    """An object inside an event."""

    name: str
    day: date


class Happened(Event, title="试验"):
    """Has been given a second field since its first version."""

    schema = 2

    text: str
    parts: tuple[Part, ...] = ()


TYPES = EventTypes([Happened], {("Happened", 1): lambda data: {"text": data["words"]}})
NOW = Happened(occurred_on=DAY, text="句", parts=(Part("一", DAY),))


def line(position: int = 1, event: Event = NOW, **changed: Any) -> bytes:
    whole = line_of(
        record(
            position, "a/1", position, "Happened", 2, DAY, 5, {}, (), None, None, None, None, "", "", "c", {}, event
        ),
        "toy",
    )
    return canonical({**orjson.loads(whole), **changed})


def test_an_event_needs_its_date_and_takes_no_field_it_does_not_know() -> None:
    with pytest.raises(TypeError, match="occurred_on"):
        Happened(text="句")  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="other"):
        Happened(occurred_on=DAY, text="句", other=1)  # type: ignore[call-arg]
    with pytest.raises(AttributeError):
        NOW.text = "别的"


def test_what_is_read_equals_what_was_written_class_included() -> None:
    read = TYPES.past(line())
    assert read == Past(1, "a/1", 1, NOW)
    assert type(read.event) is Happened
    assert type(TYPES.recorded(line()).event) is Happened
    assert TYPES.recorded(line()).event == NOW
    assert hash(read.event) == hash(NOW)


def test_a_page_is_read_like_its_lines_also_where_one_is_older() -> None:
    old = line(2, schema=1, data={"words": "旧"})
    page = [line(1), old, line(3)]
    assert TYPES.pasts(b"\n".join(page)) == [TYPES.past(one) for one in page]
    assert TYPES.past(old).event == Happened(occurred_on=DAY, text="旧")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"type": "Unheard"}, "no event type Unheard version 2"),
        ({"schema": 3}, "no event type Happened version 3"),
        ({"data": {"text": "句", "other": 1}}, "other"),
        ({"data": {}}, "text"),
        ({"data": {"text": 5}}, "text"),
        ({"data": {"text": "句", "parts": [{"name": "一"}]}}, "day"),
        ({"occurred_on": "2018-02-30"}, "occurred_on"),
        ({"position": None}, "position"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_reason(changed: dict[str, Any], said: str) -> None:
    with pytest.raises(Corrupt, match=said):
        TYPES.past(line(**changed))
    with pytest.raises(Corrupt, match=said):
        TYPES.pasts(b"\n".join([line(), line(**changed)]))


def test_keys_are_sorted_at_every_depth() -> None:
    @dataclass(frozen=True)
    class Unsorted:
        z: int
        a: tuple[Part, ...]

    assert canonical({"y": Unsorted(1, (Part("一", DAY),)), "b": 2}) == (
        '{"b":2,"y":{"a":[{"day":"2018-05-02","name":"一"}],"z":1}}'.encode()
    )
    with pytest.raises(TypeError):
        canonical({"x": object()})
