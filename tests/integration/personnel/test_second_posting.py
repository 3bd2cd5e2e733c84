"""A person who holds a posting or a leg gets no second posting, even where allocation could not know of the first."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from kernel.service import Room
from programmes import loader
from services.personnel import reactions
from services.personnel.postings.holding_plans import engaged
from tests.kit.allocation import said
from tests.kit.desk import Desk
from tests.kit.personnel import cast

FIRST, SECOND, THIRD, FOURTH = (f"LN2018.21072710{village}.1" for village in ("1208", "2207", "1201", "1202"))
ONCE, LATER = "LN2002", "LN2005"


@pytest.fixture(scope="module", autouse=True)
def later(office: Desk) -> None:
    """A second programme of swaps."""
    profile = replace(loader.load(ONCE), programme=LATER)
    office.hear("allocation", "ProfilePublished", "2005-04-16", **profile.published())


def placed(office: Desk, posting: str, person: str, on: str = "2018-04-27") -> None:
    target = posting.split(".")[1]
    office.hear_of("allocation", said.placement(target, person, cast.UNIT, on=on))


def noted(office: Desk, *postings: str) -> list[str]:
    return [row["posting"] for row in office.stored("PlacementNoted") if row["posting"] in postings]


def refused(office: Desk) -> tuple[str, str]:
    """Code and sentence of the last placement that was refused."""
    row = office.stored("CommandRefused")[-1]
    assert row["reaction"] == "allocation.PlacementConfirmed"
    return row["code"], row["sentence"]


def seat(n: int, number: int = 1) -> dict[str, Any]:
    return {
        "pair": 5, "direction": "out", "level": "county", "seat": number, "sending": "211381", "host": "210213",
        "id_number": cast.id_number(n), "mobile": cast.mobile(n), "form": cast.form(n), "synthetic": True,
    }  # fmt: skip


def named(n: int, programme: str, number: int = 1) -> dict[str, Any]:
    return {"programme": programme, "city": "2113", "legs": [seat(n, number)]}


def nominated(office: Desk, n: int, programme: str, on: str, number: int = 1) -> tuple[str, str]:
    """The leg for which the n-th person was named, and the person."""
    office.receipt(cast.SENDING_CITY, "NominateLegs", on, **named(n, programme, number))
    last = office.stored("SwapLegNominated")[-1]
    return last["leg"], last["person"]


def returned(office: Desk, leg: str, on: str) -> None:
    office.receipt(cast.SENDING_CITY, "WithdrawLeg", on, leg=leg, reason="健康")
    office.receipt(cast.SENDING_CITY, "RecordReturn", on, leg=leg)


def test_the_second_placement_is_refused_until_the_first_posting_has_ended(office: Desk) -> None:
    placed(office, FIRST, "p-1")
    placed(office, SECOND, "p-1")
    code, sentence = refused(office)
    assert (noted(office, FIRST, SECOND), code, FIRST in sentence) == ([FIRST], "person_holds_posting", True)
    sent, met = ["party_relation", "escort"], ["host_contact", "board_lodging"]
    office.receipt(cast.UNIT_OFFICE, "RecordHandover", "2018-04-28", postings=[FIRST], items=sent)
    office.receipt(cast.COUNTY, "RecordHandover", "2018-05-02", postings=[FIRST], items=met)
    case = {"case": "T1-1", "trigger": "T1", "posting": FIRST, "person": "p-1", "target": FIRST.split(".")[1]}
    office.hear("evaluation", "InterviewHeld", "2019-05-06", **case)
    placed(office, SECOND, "p-1", "2019-05-07")
    assert noted(office, FIRST, SECOND) == [FIRST]
    office.receipt(cast.COUNTY, "RecallCadre", "2019-05-13", posting=FIRST, case="T1-1")
    placed(office, SECOND, "p-1", "2019-05-20")
    assert noted(office, FIRST, SECOND) == [FIRST, SECOND]


def test_whoever_holds_a_leg_gets_no_posting_before_it_is_over(office: Desk) -> None:
    leg, person = nominated(office, 40, ONCE, "2002-06-27")
    placed(office, THIRD, person)
    code, sentence = refused(office)
    assert (noted(office, THIRD), code, leg in sentence) == ([], "person_holds_posting", True)
    returned(office, leg, "2002-11-04")
    placed(office, THIRD, person)
    assert noted(office, THIRD) == [THIRD]


def test_whoever_holds_a_posting_is_named_for_no_leg(office: Desk) -> None:
    """The city is not told of a posting that is none of its business: whoever settles the identity is."""
    leg, person = nominated(office, 40, LATER, "2005-06-27")
    about = {"programme": LATER, "city": "2113", "copies": 4, "discussed_on": "2005-06-26", "discussion": "纪要"}
    problem = office.refused(cast.SENDING_CITY, "SubmitNomination", "2005-06-28", **about, legs=[leg])
    assert (problem["code"], problem["field"]) == ("identity_open", "legs")
    same = {"entered": person, "verdict": "same", "reason": "经核对为同一人"}
    problem = office.refused(cast.PROVINCE, "SettleIdentity", "2005-06-28", **same)
    assert (problem["code"], "LN2018" in problem["sentence"]) == ("person_still_engaged", True)


def test_a_leg_named_while_the_placement_is_being_noted_comes_first(
    office: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    leg, person = nominated(office, 41, ONCE, "2002-06-27", 2)
    returned(office, leg, "2002-11-04")
    looked: list[str | None] = []

    def overtaken(room: Room, person: str, posting: str) -> str | None:
        looked.append(engaged(room, person, posting))
        if len(looked) == 1:
            nominated(office, 41, LATER, "2005-06-27", 2)
        return looked[-1]

    monkeypatch.setattr(reactions, "engaged", overtaken)
    placed(office, FOURTH, person)
    assert (noted(office, FOURTH), looked) == ([], [None, f"{LATER}.5.out.county.2.1"])
    assert office.replays()


@pytest.mark.parametrize("posting", ["LN2018.210727101208", "LN2018", "x", ".", "a.b.c.d", "é"])
def test_a_mistyped_posting_is_one_that_is_not_known(office: Desk, posting: str) -> None:
    handed = {"postings": [posting], "items": ["host_contact"]}
    for refusal in (
        office.refused(cast.COUNTY, "RecallCadre", "2019-05-13", posting=posting, case="T1-1"),
        office.refused(cast.COUNTY, "RecordHandover", "2018-05-02", **handed),
    ):
        assert (refusal["kind"], refusal["code"]) == ("unknown", "posting_not_noted")
