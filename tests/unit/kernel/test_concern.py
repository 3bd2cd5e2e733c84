"""Whom a command concerns is asked of what it names; where it names nothing, that is what is refused."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from kernel.concern import foreign_to
from kernel.messages import Area, Command, Context
from kernel.testing import actor

COUNTY = actor("county_org", areas=("210727",))
ROOM: Any = None


class CloseGates(Command, title="关门", roles=frozenset({"county_org"}), concerns=("gates",)):
    """Close the gates of these places."""

    gates: tuple[Area, ...]


FOREIGN = foreign_to(CloseGates, ("gates",), {})


def asked(*gates: str) -> str | None:
    """The code of the refusal, asked of the command, where its data said nothing for certain before."""
    assert FOREIGN.ahead(COUNTY, {"gates": list(gates)[:0]}, ROOM) is None
    refused = FOREIGN(CloseGates(context=Context("c-1", COUNTY, date(2018, 5, 1)), gates=gates), ROOM)
    return None if refused is None else refused.code


@pytest.mark.parametrize(
    ("gates", "code"), [((), "field_missing"), (("210727101",), None), (("210727101", "210726"), "foreign_area")]
)
def test_an_empty_list_is_no_lack_of_rights(gates: tuple[str, ...], code: str | None) -> None:
    assert asked(*gates) == code


@pytest.mark.parametrize("data", [{}, {"gates": None}, {"gates": []}])
def test_of_what_names_nothing_the_contract_speaks_first(data: dict[str, Any]) -> None:
    assert FOREIGN.ahead(COUNTY, data, ROOM) is None
