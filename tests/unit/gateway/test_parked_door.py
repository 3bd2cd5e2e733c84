"""Where an operator's list goes on: only at what can be the name of an event."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from gateway.exchange import Request
from gateway.parked_door import ParkedDoor
from kernel.errors import BadInput
from kernel.messages import Actor

OPERATOR = Actor("p-synthetic", "operator", "21", "system_admin", ("21",), ())


def listed(after: str) -> Mapping[str, Any]:
    asked: list[Mapping[str, Any]] = []

    def services(service: str, method: str, request: Mapping[str, Any]) -> dict[str, Any]:
        asked.append(request)
        return {"service": service, "items": [], "next": None, "taken_in": {}}

    unused: Any = None
    door = ParkedDoor(services, lambda header: OPERATOR, unused, unused)
    door.parked(Request("GET", "/api/v1/parked/personnel", query={"after": after}), "c-1", "personnel")
    return asked[0]


@pytest.mark.parametrize(
    "after", ["\0:1", "x", ":", "allocation:", "allocation:1:2", "allocation:" + "9" * 19, "nobody:1"]
)
def test_a_list_goes_on_after_nothing_that_is_no_event(after: str) -> None:
    with pytest.raises(BadInput) as refused:
        listed(after)
    assert refused.value.code == "parameter_invalid"


def test_a_list_goes_on_after_an_event() -> None:
    assert listed("allocation:7")["after"] == ["allocation", 7]
    assert listed("")["after"] == ["", 0]
