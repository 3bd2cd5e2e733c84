"""An identity that is open is the province's to settle, until the day it is; nobody else is told by it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kernel.messages import Actor
from tests.kit.desk import Desk
from tests.kit.personnel import cast
from tests.kit.personnel.others import FRESH, GONE, LATER, NEIGHBOUR, NEIGHBOURS, ON, nominee, peopled


def test_an_open_identity_is_owed_by_the_province_until_it_is_settled(open_desk: Callable[..., Desk]) -> None:
    office = peopled(open_desk)
    names = {"name": "伪造姓名", "mobile": "13900009999"}
    for n in (FRESH[0], GONE):
        office.receipt(cast.UNIT_OFFICE, "NominateCadre", ON, **nominee(n, **names))
    entered = office.stored("CadreNominated")[-1]["person"]

    def due(by: Actor, on: str, **asked: str) -> list[tuple[Any, ...]]:
        rows = office.query(by, "due", 1000, as_of=on, kind="identity_settled", **asked)
        return [(row["area"], row["since"], row["met_on"]) for row in rows if row["subject"] == entered]

    assert due(cast.PROVINCE, ON) == [("21", ON, None)]
    # The organ that entered the number, and those beside it, learn nothing.
    for other in (cast.UNIT_OFFICE, NEIGHBOURS, cast.CHANNEL_OFFICE, cast.COUNTY, cast.SENDING_CITY):
        assert due(other, ON, scope="area") == []
    settle = {"entered": entered, "verdict": "other", "reason": "经核对不是同一人"}
    office.receipt(cast.PROVINCE, "SettleIdentity", LATER, **settle)
    assert due(cast.PROVINCE, LATER) == []
    assert due(cast.PROVINCE, ON) == [("21", ON, None)]
    assert due(cast.PROVINCE, LATER, state="met") == [("21", ON, LATER)]
    assert office.replays()


@pytest.mark.parametrize("moved", ["entered", "holder"])
def test_an_open_identity_ends_with_the_number_it_was_about_and_stays_known(
    open_desk: Callable[..., Desk], moved: str
) -> None:
    """Whichever of the two had a wrong number: who was entered, or who held it before."""
    office = peopled(open_desk)
    office.receipt(cast.UNIT_OFFICE, "NominateCadre", ON, **nominee(NEIGHBOUR, name="另一人员", mobile="13900009999"))
    entered = office.stored("CadreNominated")[-1]["person"]
    (known,) = (row["known"] for row in office.log.rows("select known from persons where person = %s", entered))
    corrected = {"corrected": entered if moved == "entered" else known, "changes": {"id_number": cast.id_number(57)}}
    shown = {"reason": "录入时笔误", "source": "户口簿"}
    office.receipt(cast.PROVINCE, "CorrectPerson", LATER, **corrected, **shown)

    def due(on: str, state: str) -> list[tuple[str, str | None, str]]:
        rows = office.query(cast.PROVINCE, "due", 1000, as_of=on, kind="identity_settled", state=state)
        return [(row["since"], row["met_on"], row["part"]) for row in rows if row["subject"] == entered]

    assert due(ON, "open") == [(ON, None, known)]
    assert due(LATER, "open") == []
    assert due(LATER, "met") == [(ON, LATER, known)]
    assert office.replays()
