"""What personnel takes in of others: their golden events become its own facts, read tolerantly."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kernel.codec import data_of, plain
from kernel.messages import Event, Recorded
from kernel.service import Received
from services.personnel.parts import PARTS
from services.personnel.reactions import REACTIONS
from tests.personnel_cast import SYSTEM, ctx
from tests.unit.personnel.test_legs import key, leg

GOLDEN = Path(__file__).parent / "golden"


def told(name: str, **changes: Any) -> Received:
    """The golden event ``name`` as it arrives, with ``changes`` and a field that nobody knows."""
    source, kind = name.split(".")
    golden = json.loads((GOLDEN / source / f"{kind}.v1.json").read_text(encoding="utf-8"))
    data = {**golden["data"], "a_field_of_tomorrow": 1, **changes}
    day = date.fromisoformat(golden["occurred_on"])
    return Received(
        source,
        Recorded(7, "s", 1, kind, 1, day, 1, {}, (), None, None, None, None, "k", "", "c", data),
    )


def decided(received: Received, state: Any = None, programme: str = "LN2018", area: str | None = None) -> list[Event]:
    """What the reaction to ``received`` leads to, on a stream in ``state``."""
    context = ctx(received.occurred_on.isoformat(), SYSTEM, programme, area)
    steps = list(REACTIONS[f"{received.source}.{received.recorded.type}"](received, context, None))  # type: ignore[arg-type]
    deciders = {part.category: part for part in PARTS}
    events: list[Event] = []
    for step in steps:
        decider = deciders[step.stream.split("/")[0]]
        events += decider.decide(decider.initial if state is None else state, step.command)
    return events


def values(events: Iterable[Event]) -> dict[str, Any]:
    (event,) = events
    return {"type": type(event).__name__, **plain(data_of(event))}


def test_a_placement_opens_the_hand_over() -> None:
    received = told("allocation.PlacementConfirmed")
    noted = values(decided(received, area="210727"))
    assert noted.pop("type") == "PlacementNoted"
    assert noted.items() <= received.data.items()
    assert noted["posting"] == "LN2018.210727101208.1"


@pytest.mark.req("PE-014")
def test_a_village_with_the_role_of_a_township_is_refused() -> None:
    with pytest.raises(Exception, match="村党组织第一书记"):
        decided(told("allocation.PlacementConfirmed", role="乡镇党委第一副书记"), area="210727")


def test_a_unit_and_its_places_are_noted() -> None:
    assert values(decided(told("allocation.UnitRegistered"))) == {
        "type": "UnitNoted", "unit": "U01", "name": "合成单位01", "channel": "省直机关工委", "level": "province"
    }  # fmt: skip
    assert values(decided(told("allocation.UnitQuotaSet"))) == {
        "type": "UnitQuotaNoted", "programme": "LN2018", "unit": "U01", "channel": "省直机关工委", "townships": 1,
        "villages": 9,
    }  # fmt: skip


def test_a_profile_is_noted_whole_in_the_stream_of_its_base() -> None:
    received = told("allocation.ProfilePublished")
    noted = values(decided(received))
    assert noted.pop("type") == "ProfileNoted"
    assert noted["rules"] == received.data["rules"]
    assert noted.items() <= {**received.data, "base": received.data["base"]}.items()
    steps = list(REACTIONS["allocation.ProfilePublished"](received, ctx("2018-04-16", SYSTEM), None))  # type: ignore[arg-type]
    assert [step.stream for step in steps] == ["programme/LN2018"]


def test_an_agreed_post_lets_the_person_report() -> None:
    noted = values(decided(told("allocation.SecondmentPostAgreed", leg=key()), leg().state, "LN2002"))
    assert (noted["type"], noted["leg"], noted["post"]) == ("SecondmentPostNoted", key(), "合成职务")
