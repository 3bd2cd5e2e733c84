"""Whoever follows on one posting follows on no other; whoever served before has one form and one row of the ledger."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.kit.desk import Desk
from tests.kit.province import (
    COUNTY,
    LN2018,
    PROVINCE,
    VILLAGES,
    Province,
    confirmed,
    handed_over,
    nominated,
    on_post,
    small,
)

FIRST, SECOND, THIRD = VILLAGES[:3]
FROM, ON = "2019-06-01", "2019-04-26"
BOARD = {"organ": "省委组织部", "document": "干〔2019〕7号"}


@pytest.fixture(scope="module")
def province(open_desk: Callable[..., Desk]) -> Province:
    return small(open_desk)


def nomination_of(province: Province, person: str) -> str:
    rows = province["personnel"].query(PROVINCE, "nominations", programme=LN2018, person=person)
    return str(max(rows, key=lambda row: row["nominated_on"])["nomination"])


def test_one_nominee_follows_on_one_posting_in_one_command_and_in_two(province: Province) -> None:
    one, two = (on_post(province, n, village)[0] for n, village in ((1, FIRST), (2, SECOND)))
    changes = [{"posting": posting, "takes_over": FROM} for posting in (one, two)]
    province.receipt(PROVINCE, "PlanChangeovers", "2019-03-04", changes=changes, **BOARD, reason="轮换")
    nomination = nomination_of(province, nominated(province, 3, "2019-04-18"))
    first, second = ({"posting": posting, "nomination": nomination} for posting in (one, two))
    twice = province.refused(PROVINCE, "AppointSuccessors", ON, successors=[first, second])
    assert (twice["code"], twice["field"]) == ("successor_elsewhere", "successors")
    province.receipt(PROVINCE, "AppointSuccessors", ON, successors=[first])
    later = province.refused(PROVINCE, "AppointSuccessors", ON, successors=[second])
    assert later["code"] == "person_holds_posting"
    assert len(province["personnel"].stored("SuccessorAppointed")) == 1


def test_who_serves_again_has_a_form_for_each_nomination_and_one_row_of_the_ledger(province: Province) -> None:
    posting, person = on_post(province, 5, THIRD)
    before = nomination_of(province, person)
    province.receipt(COUNTY, "WithdrawCadre", "2019-01-06", posting=posting, ground="illness", **BOARD)
    province.receipt(COUNTY, "RecordReturn", "2019-01-07", posting=posting)
    assert nominated(province, 5, "2019-01-08") == person
    again = nomination_of(province, person)
    assert again != before
    handed_over(province, confirmed(province, THIRD, person, "2019-01-09"), "2019-01-10")
    personnel = province["personnel"]
    assert len(personnel.query(PROVINCE, "postings", programme=LN2018, person=person)) == 2
    for nomination in (before, again):
        (form,) = personnel.query(PROVINCE, "form", nomination=nomination)
        assert (form["nomination"], form["person"]) == (nomination, person)
    rows = personnel.query(PROVINCE, "ledger", programme=LN2018)
    assert [row["posting"] for row in rows if row["person"] == person] == [f"{LN2018}.{THIRD}.2"]
