"""What is due of personal data: it is the security administration's alone, and nothing is owed while a hold stands."""

from __future__ import annotations

from typing import Any

from kernel.messages import Actor
from tests.kit.desk import Desk, organ
from tests.kit.personnel import cast, erasing
from tests.kit.personnel.posted import posted

FIRST, SECOND = cast.FIRST, cast.SECOND


def test_an_erasure_waits_for_the_second_hand_and_then_for_the_end(sealed_office: Desk) -> None:
    office = sealed_office
    person = posted(office)[0]["person"]

    def due(on: str, by: Actor = SECOND, state: str = "open") -> list[tuple[Any, ...]]:
        rows = office.query(by, "due", as_of=on, state=state)
        kinds = {"erasure_approval", "erasure", "hold_lift"}
        return [(row["kind"], row["subject"], row["since"], row["met_on"]) for row in rows if row["kind"] in kinds]

    assert due("2026-10-31") == []
    office.command(FIRST, "RequestErasure", "2026-11-01", person=person, reason="目的已实现")
    waiting = ("erasure_approval", person, "2026-11-01", None)
    assert due("2026-11-01") == [waiting]
    for other in (cast.PROVINCE, cast.COUNTY, organ("system_admin", "21")):
        assert due("2026-11-01", other) == []
    hold = {"person": person, "hold": "案-1"}
    office.command(SECOND, "PlaceLegalHold", "2026-11-02", **hold, basis="审计未结")
    assert due("2026-11-02") == []
    office.command(SECOND, "RequestHoldLift", "2026-11-03", **hold, reason="审计已结")
    assert due("2026-11-03") == [("hold_lift", person, "2026-11-03", None)]
    office.command(FIRST, "LiftLegalHold", "2026-11-04", **hold)
    assert due("2026-11-04") == [waiting]
    office.command(SECOND, "ApproveErasure", "2026-11-05", person=person)
    assert due("2026-11-05") == [("erasure", person, "2026-11-05", None)]
    assert due("2026-11-01") == [waiting]
    _, digest = erasing.handed(office, person)
    office.command(FIRST, "ErasePerson", "2026-11-06", person=person, export=digest)
    assert due("2026-11-06") == []
    assert sorted(due("2026-11-06", state="met")) == [
        ("erasure", person, "2026-11-05", "2026-11-06"),
        ("erasure_approval", person, "2026-11-01", "2026-11-05"),
        ("hold_lift", person, "2026-11-03", "2026-11-04"),
    ]
    assert office.replays()
