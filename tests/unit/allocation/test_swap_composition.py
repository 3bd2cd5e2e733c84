"""The composition of the lists, on golden events of personnel: an empty share gives a warning, never a refusal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from kernel.messages import Event, Rejected
from programmes.readers.words import Share
from services.allocation.reactions import REACTIONS
from services.allocation.swap.swap import PAIR
from services.allocation.swap.swap_composition import CompositionNoted, shares
from tests.kit.allocation.ground import LN2002, SYSTEM, Plain, ctx, decided
from tests.kit.allocation.swap_of_2002 import define, history
from tests.kit.golden import told

NAMES = LN2002.entries["swap.shares"].value
LIST = [
    f"LN2002.13.out.{level}.{seat}.1" for level, seats in (("county", 2), ("township", 10)) for seat in range(seats)
]


def submitted(room: Plain, counts: Mapping[str, int] | None, n: int = 1, **changes: Any) -> list[Event]:
    """What a golden list of twelve leads to; ``counts`` None: personnel counted nobody."""
    more = {"legs": LIST, "submission": f"LN2002.2113.{n}", "counts": counts}
    received = told("personnel.NomineesCounted", **more, **changes)
    context = ctx(SYSTEM, received.occurred_on.isoformat(), LN2002)
    return decided(REACTIONS["personnel.NomineesCounted"](received, context, room), room, LN2002)


def room() -> Plain:
    return Plain({"pair/LN2002.13": PAIR.fold(None, history(define(13)))})


@pytest.mark.req("AL-059")
def test_a_list_of_twelve_without_a_woman_is_warned_of_and_not_refused() -> None:
    (noted,) = submitted(room(), {"women": 0, "minorities": 2, "non_party": 1})
    assert isinstance(noted, CompositionNoted)
    assert (noted.city, noted.batch, noted.persons, noted.counted) == ("2113", 1, 12, True)
    found = shares(NAMES, noted.persons, noted.counts, {})
    assert [(one.name, one.count, one.of, one.warning) for one in found] == [
        ("women", 0, 12, "none"),
        ("minorities", 2, 12, ""),
        ("non_party", 1, 12, ""),
    ]


def test_a_floor_of_the_rules_is_a_warning_too_and_counts_whole_persons() -> None:
    floors = {"women": Share(1, 5), "minorities": Share(1, 6)}
    assert [(one.missing, one.warning) for one in shares(NAMES, 12, {"women": 2, "minorities": 2}, floors)] == [
        (1, "below_floor"), (0, ""), (0, "none")
    ]  # fmt: skip
    assert [one.warning for one in shares(NAMES, 0, {}, floors)] == ["", "", ""]


def test_a_list_counts_once_and_one_without_counts_is_told_apart() -> None:
    here = room()
    (first,) = submitted(here, None)
    assert (first.counted, first.counts, first.persons) == (False, {}, 12)
    assert submitted(here, {"women": 3}) == []
    (second,) = submitted(here, {"women": 3}, n=2)
    assert second.counts == {"women": 3, "minorities": 0, "non_party": 0}
    empty = told("personnel.NomineesCounted", legs=[])
    assert decided(REACTIONS["personnel.NomineesCounted"](empty, ctx(SYSTEM), here), here) == []


@pytest.mark.parametrize("counts", [{"women": 13}, {"women": -1}, {"tall": 1}])
def test_counts_that_do_not_fit_the_list_are_refused_by_name(counts: dict[str, int]) -> None:
    with pytest.raises(Rejected) as refused:
        submitted(room(), counts)
    assert (refused.value.code, refused.value.field) == ("composition_counts", next(iter(counts)))
