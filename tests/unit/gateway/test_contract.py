"""The contract with cities: what is public, whom it concerns, and that nothing else leaves."""

from __future__ import annotations

import dataclasses
import json
import typing
from datetime import date

import pytest

import services.allocation.schemas as allocation
import services.attendance.schemas as attendance
import services.evaluation.schemas as evaluation
import services.personnel.schemas as personnel
from gateway.feeds import contract
from gateway.feeds.item import cloud_event
from kernel.messages import Recorded
from kernel.service import Received

CITIES = ("2101", "2107", "2113")
EVENTS = {
    f"{service}.{kind.__name__}": kind
    for service, schemas in (
        ("allocation", allocation),
        ("personnel", personnel),
        ("attendance", attendance),
        ("evaluation", evaluation),
    )
    for kind in schemas.EVENTS
}


def received(kind: str, data: dict[str, object], areas: tuple[str, ...] = ("210726102207",)) -> Received:
    source, name = kind.split(".")
    return Received(
        source,
        Recorded(
            position=12,
            stream=f"thing/{name}",
            version=3,
            type=name,
            schema=1,
            occurred_on=date(2018, 6, 9),
            recorded_at=1_529_000_000_000_042,
            actor={"person": "p-clerk", "post": "文书", "organ": "组织部"},
            areas=areas,
            programme="LN2018",
            profile="LN2018:1",
            notice="N",
            clause=None,
            correlation="k",
            causation="",
            command="c",
            data=data,
        ),
    )


@pytest.mark.parametrize("name", sorted(contract.PUBLIC))
def test_a_public_event_exists_names_its_areas_and_has_every_field_that_may_leave(name: str) -> None:
    event = EVENTS[name]
    assert event.areas, "an event without areas would reach no city"
    assert set(contract.PUBLIC[name]) <= set(event.__struct_fields__)


OF_DIVISIONS = {"allocation.DivisionChanged"}
"""Events whose name is that of a division."""


def test_no_personal_or_sealed_field_may_leave() -> None:
    closed = {"sealed", "id_digest", "name", "mobile", "id_number", "note", "reason", "grounds", "opinion", "report"}
    leaving = {field for event, fields in contract.PUBLIC.items() if event not in OF_DIVISIONS for field in fields}
    leaving |= {field for fields in contract.LISTED.values() for field in fields}
    assert not leaving & closed


def test_what_a_person_wrote_about_a_person_stays_inside() -> None:
    inside = {"personnel.PersonRegistered", "personnel.CadreNominated", "personnel.FormSubmitted"}
    inside |= {"personnel.InitialCheckFailed", "personnel.CommunicationRecorded", "allocation.NomineeListed"}
    assert inside <= set(EVENTS)
    assert not inside & set(contract.PUBLIC)
    assert not [name for name in contract.PUBLIC if name.endswith("Noted")]


def test_objects_in_lists_are_masked_too() -> None:
    row = {"target": "210726102207", "person": "p-1", "unit": "u-1", "kind": "village", "posting": "x", "channel": "c"}
    data = {"programme": "LN2018", "city": "2107", "edition": 1, "rows": [{**row, "name": "张三"}], "extra": 1}
    masked = contract.masked("allocation", "LedgerFedBack", data)
    assert masked == {"programme": "LN2018", "city": "2107", "edition": 1, "rows": [row]}
    nested = {field for name, fields in contract.PUBLIC.items() for field in fields if holds_objects(name, field)}
    assert nested == {path.rsplit(".", 1)[1] for path in contract.LISTED}


def holds_objects(name: str, field: str) -> bool:
    hint = typing.get_type_hints(EVENTS[name])[field]
    return any(dataclasses.is_dataclass(inner) for inner in (hint, *typing.get_args(hint)))


@pytest.mark.parametrize(
    ("kind", "areas", "data", "cities"),
    [
        ("personnel.CadreOnPost", ("210726102207",), {}, ["2107"]),
        ("allocation.SwapConfirmed", ("211381", "210101"), {}, ["2101", "2113"]),
        ("allocation.SwapConfirmed", ("2113", "2113"), {}, ["2113"]),
        ("allocation.SwapConfirmed", ("211381", "21"), {}, ["2113"]),
        ("allocation.SwapPairDefined", ("211381", "21"), {}, ["2113"]),
        ("personnel.SwapLegNominated", ("21", "211381"), {}, ["2113"]),
        ("allocation.NoticeIssued", ("21",), {}, ["2101", "2107", "2113"]),
        ("allocation.NoticeIssued", ("2107",), {}, ["2107"]),
        ("allocation.NoticeIssued", (), {}, []),
        ("allocation.NoticeIssued", ("14", "1401"), {}, []),
        ("personnel.NominationSubmitted", ("2113", "2101"), {"city": "2113"}, ["2113"]),
        ("personnel.NominationSubmitted", ("2113",), {}, []),
    ],
)
def test_an_event_concerns_the_cities_of_its_areas(
    kind: str, areas: tuple[str, ...], data: dict[str, object], cities: list[str]
) -> None:
    source, name = kind.split(".")
    assert contract.concerned(source, name, areas, data, CITIES) == cities


def test_an_item_is_a_cloud_event_without_actor_and_without_nulls() -> None:
    event = received(
        "attendance.AttendanceRegistered",
        {"posting": "p", "target": "210726102207", "day": "2018-06-09", "registrar": "村", "diary": "…"},
    )
    assert json.loads(cloud_event(event, "2107", 7, "21")) == {
        "specversion": "1.0",
        "id": "attendance:12",
        "source": "/paizhu/21/attendance",
        "type": "attendance.AttendanceRegistered.v1",
        "subject": "thing/AttendanceRegistered",
        "time": "2018-06-14T18:13:20.000042Z",
        "datacontenttype": "application/json",
        "sequence": "000000000007",
        "city": "2107",
        "areas": "210726102207",
        "occurredon": "2018-06-09",
        "programme": "LN2018",
        "profile": "LN2018:1",
        "notice": "N",
        "data": {"posting": "p", "target": "210726102207", "day": "2018-06-09", "registrar": "村"},
    }
