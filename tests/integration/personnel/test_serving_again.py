"""A person who served once and is back at the unit serves again, in another programme, as the same person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

import pytest

from kernel.service import Room
from services.personnel.persons import entry_plans
from services.personnel.persons.registered_plans import Registered, registered
from tests.kit.allocation import said
from tests.kit.desk import Desk
from tests.kit.personnel import cast

LEGS = ["LN2002.5.out.county.1.1", "LN2002.5.out.county.2.1"]
AGAIN, WANTED = 20, 21


def seat(n: int, number: int = 1) -> dict[str, Any]:
    return {
        "pair": 5, "direction": "out", "level": "county", "seat": number, "sending": "211381", "host": "210213",
        "id_number": cast.id_number(n), "mobile": cast.mobile(n), "form": cast.form(n), "synthetic": True,
    }  # fmt: skip


def nominee(n: int) -> dict[str, Any]:
    return {"programme": "LN2018", "nominee": cast.row(n)}


@pytest.fixture(scope="module")
def served(office: Desk) -> Desk:
    """The scheme is filed; two persons were named for legs, are refused for a village, served and came back."""
    scheme = {"programme": "LN2018", "channel": cast.CHANNEL, "title": "方案", "units": ["U01"]}
    office.receipt(cast.CHANNEL_OFFICE, "FileChannelScheme", "2018-04-17", **scheme)
    legs = {"programme": "LN2002", "city": "2113", "legs": [seat(AGAIN), seat(WANTED, 2)]}
    office.receipt(cast.SENDING_CITY, "NominateLegs", "2002-06-27", **legs)
    refused(office, AGAIN)
    handed = {"copies": 4, "discussed_on": "2002-06-26", "discussion": "常委会纪要 12"}
    office.receipt(cast.SENDING_CITY, "SubmitNomination", "2002-06-28", programme="LN2002", city="2113", **handed)
    for leg in LEGS:
        post: dict[str, Any] = {"programme": "LN2002", "pair": 5, "leg": leg, "post": "副区长"}
        office.hear("allocation", "SecondmentPostAgreed", "2002-07-05", **post)
        office.receipt(cast.SENDING_CITY, "ReportForDuty", "2002-07-15", legs=[leg])
        office.receipt(cast.SENDING_CITY, "WithdrawLeg", "2002-11-04", leg=leg, reason="健康")
        refused(office, WANTED)
        office.receipt(cast.SENDING_CITY, "RecordReturn", "2002-11-04", leg=leg)
    return office


def refused(office: Desk, n: int) -> None:
    """The province is told; what a unit is told of persons of others is in tests/hostile/test_persons.py."""
    problem = office.refused(cast.PROVINCE, "NominateCadre", "2018-04-18", **nominee(n))
    assert (problem["code"], problem["field"], problem["clause"]) == ("person_still_engaged", "id_number", "附件2")
    assert problem["clause"]


@pytest.fixture(scope="module")
def nominated(served: Desk) -> dict[str, Any]:
    """The nomination in the second programme."""
    rows = {"programme": "LN2018", "rows": [cast.row(1), nominee(AGAIN)["nominee"]]}
    given = served.command(cast.PROVINCE, "ImportNominees", "2018-04-18", **rows)
    assert given == {"PersonRegistered": 1, "PersonEnteredAgain": 1, "CadreNominated": 2, "FormSubmitted": 2}
    return next(n for n in served.query(cast.PROVINCE, "nominations") if n["place"] == "village-2")


def test_it_is_the_same_person(served: Desk, nominated: dict[str, Any]) -> None:
    first, _ = served.query(cast.SENDING_CITY, "legs", programme="LN2002")
    assert nominated["person"] == first["person"]
    assert len(served.query(cast.PROVINCE, "persons")) == 3
    (form,) = served.query(cast.UNIT_OFFICE, "form", nomination=nominated["nomination"])
    assert form["fields"]["name"] == f"合成人员{AGAIN:04d}"
    marks = {"programme": "LN2018", "unit": "U01", "nomination": nominated["nomination"], "result": "passed"}
    served.receipt(cast.CHANNEL_OFFICE, "CheckNominee", "2018-04-23", **marks)
    served.hear_of("allocation", said.placement(cast.TARGET, nominated["person"], "U01"))
    about: dict[str, Any] = {"postings": [cast.POSTING]}
    sent, met = ["party_relation", "escort"], ["host_contact", "board_lodging"]
    served.receipt(cast.UNIT_OFFICE, "RecordHandover", "2018-04-28", **about, items=sent)
    served.receipt(cast.COUNTY, "RecordHandover", "2018-05-02", **about, items=met)
    (row,) = served.query(cast.COUNTY, "ledger", programme="LN2018")
    assert (row["name"], row["mobile"]) == (f"合成人员{AGAIN:04d}", cast.mobile(AGAIN))


def test_nobody_serves_twice_in_one_programme_nor_in_two_at_once(served: Desk, nominated: dict[str, Any]) -> None:
    twice = served.refused(cast.UNIT_OFFICE, "NominateCadre", "2018-04-19", **nominee(AGAIN))
    assert (twice["code"], twice["field"]) == ("person_registered_before", "id_number")
    legs = {"programme": "LN2002", "city": "2113"}
    back = served.refused(cast.SENDING_CITY, "NominateLegs", "2002-12-01", **legs, legs=[seat(AGAIN)])
    assert (back["code"], back["field"]) == ("person_registered_before", "legs[1].id_number")
    # Whom the city has nothing to do with it is told nothing of.
    other = served.command(cast.SENDING_CITY, "NominateLegs", "2002-12-01", **legs, legs=[seat(1)])
    assert other == {"PersonRegistered": 1, "SwapLegNominated": 1, "SwapConditionsJudged": 1}


def test_two_units_that_ask_for_one_person_at_once_do_not_both_get_it(
    served: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other unit is served while this one's nomination is being decided, on what was true before."""
    served.hear_of("allocation", said.unit_registered("U02", name="另一厅"), said.unit_quota("U02", 0, 1))
    other = nominee(WANTED)["nominee"] | {"unit": "U02"}
    looked: list[Registered] = []

    def overtaken(room: Room, digests: Iterable[str]) -> Registered:
        found = registered(room, digests)
        looked.append(found)
        if len(looked) == 1:
            given = served.command(cast.PROVINCE, "NominateCadre", "2018-04-18", programme="LN2018", nominee=other)
            assert given["PersonEnteredAgain"] == 1
        return found

    monkeypatch.setattr(entry_plans, "registered", overtaken)
    request = {"command": "NominateCadre", "id": "overtaken", "occurred_on": "2018-04-18", "data": nominee(WANTED)}
    answer = served.opened.door.execute({**request, "actor": asdict(cast.PROVINCE)})
    assert answer["problem"]["code"] == "person_registered_before"
    known = [len(next(iter(found.records.values()))[0].engagements) for found in looked]
    # What was true before is looked at once more after the conflict, and what is refused is what is true now.
    assert (known[:2], known[-1]) == ([1, 1], 2)


def test_replay_gives_the_same_read_models(served: Desk, nominated: dict[str, Any]) -> None:
    assert served.replays()
