"""The composition of a city's list is counted from the forms; what leaves personnel are counts (AL-059)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.kit.desk import Desk
from tests.kit.personnel import cast
from tests.kit.personnel.told import told

ABOUT = {"programme": "LN2002", "city": "2113"}


def seat(number: int, n: int, **changes: Any) -> dict[str, Any]:
    """A seat of the township level for the n-th person."""
    return {
        "pair": 5, "direction": "out", "level": "township", "seat": number, "sending": "211381", "host": "210213",
        "id_number": cast.id_number(n), "mobile": cast.mobile(n), "form": {**cast.form(n), **changes},
        "synthetic": True,
    }  # fmt: skip


def counted(desk: Desk, legs: list[dict[str, Any]]) -> Any:
    """What is told of a list of these seats."""
    desk.receipt(cast.SENDING_CITY, "NominateLegs", "2002-06-27", **ABOUT, legs=legs)
    handed: dict[str, Any] = {"copies": 4, "discussed_on": "2002-06-26", "discussion": "常委会纪要 12"}
    desk.receipt(cast.SENDING_CITY, "SubmitNomination", "2002-06-28", **ABOUT, **handed)
    said = desk.stored("NomineesCounted")[-1]
    assert len(said["legs"]) == len(legs)
    return said["counts"]


@pytest.mark.req("AL-059")
def test_a_list_of_twelve_with_no_woman_is_counted_so_and_taken(open_desk: Callable[..., Desk]) -> None:
    desk = told(open_desk)
    men = range(12, 24)
    assert {cast.form(n)["sex"] for n in men} == {"男"}
    ethnic = ["汉族"] * 9 + ["满族", "回族", "蒙古族"]
    joined = ["1995-07"] * 11 + [""]
    legs = [
        seat(number, n, ethnicity=people, party_join_month=since)
        for number, (n, people, since) in enumerate(zip(men, ethnic, joined, strict=True), 1)
    ]
    assert counted(desk, legs) == {"women": 0, "minorities": 3, "non_party": 1}
    women = [seat(20 + n, n, ethnicity="汉族", party_join_month="1995-07") for n in (1, 2)]
    assert counted(desk, women) == {"women": 2, "minorities": 0, "non_party": 0}
    text = str(desk.stored("SwapLegNominated")) + str(desk.stored("NomineesCounted"))
    assert "族" not in text
    assert desk.replays()
