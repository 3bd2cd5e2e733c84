"""Whose the ids of commands are."""

from __future__ import annotations

from datetime import date

import pytest

from kernel.command_ids import of_day, reserved

TERMS = of_day(date(2019, 5, 1), "EndTerms", "LN2002")


def test_the_id_of_a_command_of_a_day_names_day_command_and_subject() -> None:
    assert TERMS == "day/2019-05-01/EndTerms/LN2002"
    assert of_day(date(2019, 5, 1), "RaiseDueTriggers", "") == "day/2019-05-01/RaiseDueTriggers"


@pytest.mark.parametrize(
    ("command", "role", "whose"),
    [
        (TERMS, "calendar", False),
        (TERMS, "system", True),
        ("daylight", "province_org", False),
        ("personnel:12", "calendar", True),
        ("replayed/personnel:12", "system_admin", True),
        ("following/personnel", "system", True),
        ("c-1", "county_org", False),
    ],
)
def test_what_stands_under_an_id_of_the_system_is_chosen_by_nobody(command: str, role: str, whose: bool) -> None:
    assert reserved(command, role) is whose
