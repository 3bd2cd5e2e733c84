"""A hostile day at a service's own door: what costs it nothing, what it lists, and what it never tells.

Points 1, 2 and 12: the answer to a roster of nothing, bodies of a million octets, another's Idempotency-Key.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from typing import Any

import orjson
import pytest

from kernel import sizes
from kernel.errors import LISTED
from kernel.messages import Actor
from kernel.testing import actor
from services.allocation.wiring import SERVICE as ALLOCATION
from services.evaluation.wiring import SERVICE as EVALUATION
from services.personnel.persons.entry_plans import TOO_MUCH
from services.personnel.wiring import SERVICE as PERSONNEL
from tests.kit.allocation import said
from tests.kit.desk import Desk, organ
from tests.kit.personnel import cast

ON = "2018-04-18"
SMALL = 64 << 10
"""Octets no answer here needs more than; what was answered once had five million."""
NOTHING: list[dict[str, Any]] = [{}]


@pytest.fixture(scope="module")
def office(open_desk: Callable[..., Desk]) -> Desk:
    """Personnel with the rules, and one unit that may nominate for three places."""
    desk = open_desk(PERSONNEL)
    desk.hear_profiles("LN2018", "JZ")
    desk.hear_of("allocation", said.unit_registered(cast.UNIT), said.unit_quota(cast.UNIT, 1, 2))
    scheme: dict[str, Any] = {"programme": "LN2018", "channel": cast.CHANNEL, "title": "方案", "units": [cast.UNIT]}
    desk.receipt(cast.CHANNEL_OFFICE, "FileChannelScheme", "2018-04-17", **scheme)
    return desk


def size(answer: Any) -> int:
    return len(orjson.dumps(answer))


@pytest.mark.parametrize("rows", [1_000, 5_000])
@pytest.mark.parametrize("by", [actor("unit"), actor("unit", areas=("21",)), actor("unit", units=(cast.UNIT,))])
@pytest.mark.parametrize("accept", ["all", "good"])
def test_a_roster_of_nothing_is_answered_in_few_words(office: Desk, by: Actor, accept: str, rows: int) -> None:
    problem = office.refused(by, "ImportNominees", ON, programme="LN2018", rows=NOTHING * rows, accept=accept)
    assert size(problem) < SMALL
    if not by.units:
        assert (problem["kind"], problem["code"], problem["details"]) == ("forbidden", "role_misplaced", [])
        return
    assert len(problem["details"]) == LISTED
    found = sum(problem["counts"].values())
    assert TOO_MUCH <= found < TOO_MUCH + 100  # with the row that made too much of them it is read no further
    looked = problem["details"][-1]["row"]
    assert looked < 60
    assert f"{rows} 行中" in problem["sentence"]
    assert "只查看了前" in problem["sentence"]


def test_a_roster_is_no_longer_than_a_sheet(office: Desk) -> None:
    problem = office.refused(cast.UNIT_OFFICE, "ImportNominees", ON, programme="LN2018", rows=NOTHING * 5_001)
    assert (problem["code"], problem["field"], len(problem["details"])) == ("field_too_many", "rows", 1)


def test_the_receipt_of_what_was_taken_in_part_is_bounded_and_the_same_when_it_is_asked_for_again(office: Desk) -> None:
    rows = [cast.row(1), *NOTHING * 45]
    asked = {
        "command": "ImportNominees",
        "id": "in-part",
        "occurred_on": ON,
        "actor": asdict(cast.UNIT_OFFICE),
        "data": {"programme": "LN2018", "rows": rows, "accept": "good"},
    }
    receipt = office.opened.door.execute(asked)["receipt"]
    assert receipt["events"]["CadreNominated"] == 1
    assert size(receipt) < SMALL
    listed, unlisted = receipt["result"]["refused"], receipt["result"]["unlisted"]
    assert sum(len(one["details"]) for one in listed[:-1]) < LISTED
    assert [one["item"] for one in listed] + unlisted["items"] == list(range(2, 47))
    assert sum(unlisted["counts"].values()) == len(unlisted["items"])
    before = office.log.head()
    again = office.opened.door.execute(asked)["receipt"]
    assert (again["repeated"], again["result"], office.log.head()) == (True, receipt["result"], before)
    # Whoever asks under the same key with another reach is not told what came of it.
    for other in (replace(cast.UNIT_OFFICE, post="副职"), replace(cast.UNIT_OFFICE, units=(cast.UNIT, "U02"))):
        problem = office.opened.door.execute({**asked, "actor": asdict(other)})["problem"]
        assert (problem["kind"], problem["code"]) == ("reused", "command_id_reused")
    stranger = replace(cast.UNIT_OFFICE, units=("U02",))
    assert "receipt" not in office.opened.door.execute({**asked, "actor": asdict(stranger)})
    assert office.log.head() == before


@pytest.mark.parametrize(
    ("service", "name", "field", "by"),
    [
        (PERSONNEL, "CheckNominees", "checks", actor("channel", units=(cast.CHANNEL,))),
        (EVALUATION, "AssessSecondment", "methods", organ("city_org", "2107")),
        (ALLOCATION, "RegisterAreas", "units", organ("province_org", "21")),
    ],
    ids=["CheckNominees", "AssessSecondment", "RegisterAreas"],
)
def test_a_body_of_a_million_octets_is_refused_by_who_sends_it_and_by_its_length(
    open_desk: Callable[..., Desk], service: Any, name: str, field: str, by: Actor
) -> None:
    desk = open_desk(service)
    nothing = {field: NOTHING * 340_000}
    cadre = desk.refused(actor("cadre"), name, ON, **nothing)
    assert (cadre["kind"], cadre["code"], size(cadre) < SMALL) == ("forbidden", "role_not_allowed", True)
    own = desk.refused(by, name, ON, **nothing)
    assert (own["kind"], size(own) < SMALL) == ("bad_input", True)
    assert (field, "field_too_many") in {(one["field"], one["code"]) for one in own["details"]}
    few = desk.refused(by, name, ON, **{field: NOTHING * 100})
    assert len(few["details"]) <= 100


def test_a_page_of_the_log_ends_where_a_message_would_grow_too_long(office: Desk) -> None:
    own = {"photo": "A" * 900_000}
    office.command(cast.UNIT_OFFICE, "NominateCadre", ON, programme="LN2018", nominee=cast.row(2, **own))
    deputy = {**own, "kind": "township", "intended_unit_and_post": "乡镇党委第一副书记 待分配"}
    office.command(cast.UNIT_OFFICE, "NominateCadre", ON, programme="LN2018", nominee=cast.row(3, **deputy))
    lines: list[str] = []
    pages = 0
    while page := office.opened.door.events_after({"after": len(lines), "limit": 1_000})["lines"]:
        assert size(page) < sizes.MESSAGE
        assert sum(map(len, page[:-1])) < sizes.PAGE
        lines += page
        pages += 1
    assert [orjson.loads(line)["position"] for line in lines] == list(range(1, office.log.head()[0] + 1))
    assert pages > 1
