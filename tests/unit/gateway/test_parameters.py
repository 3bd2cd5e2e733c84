"""The parameters of every door: those the OpenAPI document names, and no others."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from gateway import roster_door
from gateway.api import PLAIN, Api, Path
from gateway.appointment.door import AppointmentDoor
from gateway.console.acts import Acts
from gateway.console.after import Arrival
from gateway.console.door import ConsoleDoor
from gateway.console.due_page import DuePage
from gateway.console.filters import Lookup
from gateway.console.pages import Pages
from gateway.due_door import DueDoor
from gateway.exchange import Request
from gateway.feeds.door import FeedDoor
from gateway.form_door import FormDoor
from gateway.heads import Heads
from gateway.jobs_door import JobsDoor
from gateway.ledger_door import LedgerDoor
from gateway.months import MonthDoor
from gateway.offices import OfficeDoor
from gateway.openapi import document
from gateway.parked_door import ParkedDoor
from gateway.proofs import ProofDoor
from gateway.routes import commands
from kernel.messages import Actor

OPERATOR = Actor("p-synthetic", "operator", "21", "system_admin", ("21",), ())
UNUSED: Any = None


def verify(header: str | None) -> Actor:
    return OPERATOR


def silent(service: str, method: str, request: Mapping[str, Any]) -> dict[str, Any]:
    raise AssertionError(f"{service} was asked")


ROSTERS = JobsDoor(silent, verify, "personnel")


def opened() -> Api:
    """Every room of the gateway, without anything behind it."""
    api = Api(silent, verify, commands())
    api.open(
        *Heads(silent, verify, UNUSED).paths(),
        *FeedDoor(UNUSED, verify, ("2107",)).paths(),
        *roster_door.RosterDoor(api, verify, roster_door.route(commands()), jobs=ROSTERS).paths(),
        *ROSTERS.looking(),
        *LedgerDoor(api, verify, commands()).paths(),
        *FormDoor(api, verify).paths(),
        *AppointmentDoor(api, verify, roster_door.route(commands())).paths(),
        *OfficeDoor(api, verify, commands()).paths(),
        *MonthDoor(api, verify, commands()).paths(),
        *DueDoor(silent, verify).paths(),
        *JobsDoor(silent, verify).paths(),
        *ProofDoor(silent, verify).paths(),
        *ParkedDoor(silent, verify, UNUSED, UNUSED).paths(),
    )
    pages, arrival = Pages(verify, "21"), Arrival(UNUSED)
    api.open(*ConsoleDoor(UNUSED, pages).paths(), *Acts(api, pages, arrival).paths())
    api.open(*DuePage(DueDoor(silent, verify), pages, commands(), arrival, Lookup(silent, pages.areas)).paths())
    return api


ROOMS = opened().paths
SAMPLES = {"service": "personnel", "follower": "feeds", "city": "2107", "letter": "0" * 16, "query": "persons"}
SAMPLES |= {
    "job": "00000000-0000-0000-0000-000000000000",
    "event": "personnel:1",
    "nomination": "n-1",
    "kind": "pdf",
    "person": "p-1",
}


def described() -> Iterator[tuple[str, str, frozenset[str]]]:
    """(method, an address, the parameters it has by the document); commands but one and the frames are left out."""
    for at, operations in document(commands())["paths"].items():
        address = re.sub(r"{(\w+)}", lambda name: SAMPLES[name[1]], at)
        for method, operation in operations.items():
            if "/commands/" not in at or at.endswith("/PublishNotice"):
                named = {p["name"] for p in operation.get("parameters", ()) if p["in"] == "query"}
                yield method.upper(), address, frozenset(named)


DESCRIBED = [*described(), ("GET", "/plans", frozenset())]


def place_of(method: str, address: str) -> Path:
    return next(place for place in ROOMS if place.method == method and place.pattern.fullmatch(address))


def test_every_place_is_described() -> None:
    assert {id(place_of(method, address)) for method, address, _ in DESCRIBED} == {
        id(place) for place in ROOMS if place.pages is PLAIN
    }


@pytest.mark.parametrize(("method", "address", "named"), DESCRIBED)
def test_a_place_takes_the_parameters_it_is_described_with_and_refuses_others(
    method: str, address: str, named: frozenset[str]
) -> None:
    place = place_of(method, address)
    if place.query is None:  # the service says which, and refuses the others itself (kernel.door)
        assert address == "/api/v1/personnel/persons"
        return
    assert place.query == named
    reply = opened().answer(Request(method, address, {}, {"cursr": "abc"}), "k-1")
    problem = json.loads(reply.body)
    assert (reply.status, problem["code"], problem["field"]) == (400, "field_unknown", "cursr")
    assert problem["accepted"] == ("、".join(sorted(named)) or "不带参数")


@pytest.mark.parametrize("address", ["/", "/due", "/acts", "/acts/PublishNotice"])
def test_a_page_refuses_a_parameter_it_does_not_know(address: str) -> None:
    by = Actor("p-synthetic", "clerk", "21", "province_org", ("21",), ())
    api = Api(silent, lambda header: by, commands())
    pages, arrival = Pages(lambda header: by, "21"), Arrival(UNUSED)
    api.open(*ConsoleDoor(UNUSED, pages).paths(), *Acts(api, pages, arrival).paths())
    api.open(*DuePage(DueDoor(silent, verify), pages, commands(), arrival, Lookup(silent, pages.areas)).paths())
    reply = api.answer(Request("GET", address, {}, {"cursr": "abc"}), "k-1")
    assert (reply.status, "cursr" in reply.body) == (400, True)
