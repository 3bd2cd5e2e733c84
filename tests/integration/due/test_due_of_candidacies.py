"""The last days of a candidate's steps: what is open, since when and until when, and how late what was done is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.kit import shanxi
from tests.kit.desk import Desk, organ
from tests.kit.personnel.candidates import COUNTY, HOST, OFFICES, POVERTY_OFFICE, PROVINCE, SX2015, UNIT
from tests.kit.shanxi import VILLAGES
from tests.kit.spoiled import signed, supplement
from tests.kit.together import Together

SPANS = {
    "recommended": 'due = "2015-06-30"',
    "filed_province": 'within = { after = "recommended", days = 10 }',
    "filed_county": 'within = { after = "recommended", days = 10 }',
    "on_post": 'within = { after = "appointed", months = 1 }, origin = "assumed"',
}
FILED, TOOK_UP = "报省委组织部备案", "履岗任职"


@pytest.fixture(scope="module")
def system(open_desk: Callable[..., Desk]) -> Together:
    return shanxi.county(open_desk, shanxi.with_spans(**SPANS))


def due(system: Together, by: Any, on: str, key: str, **asked: str) -> list[tuple[Any, ...]]:
    """What ``by`` is shown of a candidacy on a day: step, since, last day, day it was met, days overdue, days late."""
    names = ("period", "since", "due_on", "met_on", "overdue", "delay")
    rows = system.query("personnel", by, "due", as_of=on, kind="candidacy_step", programme=SX2015, **asked)
    return [tuple(row[name] for name in names) for row in rows if row["subject"] == key]


def test_a_step_is_owed_from_the_one_before_it_and_late_behind_its_last_day(system: Together) -> None:
    office = OFFICES[UNIT]
    key = shanxi.recommended(system, 1, "2015-06-28")
    # Recommended on 1 July, a day behind the last one: taken, and late.
    assert due(system, office, "2015-06-29", key) == []  # not checked yet, so not to be recommended
    late = ("组织推荐", "2015-06-30", "2015-06-30", "2015-07-01", None, 1)
    assert due(system, office, "2015-06-30", key) == [("组织推荐", "2015-06-30", "2015-06-30", None, 0, None)]
    assert due(system, office, "2015-07-01", key, state="met") == [late]
    # The province files within ten days of it, once the poverty office has approved.
    system.command(POVERTY_OFFICE, "ApproveNominees", "2015-07-03", nominees=[key], document="件 1")
    open_on = ("2015-07-03", "2015-07-11", None)
    assert due(system, PROVINCE, "2015-07-02", key) == []
    assert due(system, PROVINCE, "2015-07-11", key) == [(FILED, *open_on, 0, None)]
    assert due(system, PROVINCE, "2015-07-12", key) == [(FILED, *open_on, 1, None)]
    assert due(system, HOST, "2015-07-12", key, scope="area") == []  # of a provincial unit nothing is the county's
    system.command(PROVINCE, "FileNominees", "2015-07-14", nominees=[key], document="件 1")
    assert due(system, PROVINCE, "2015-07-14", key) == []
    assert (FILED, "2015-07-03", "2015-07-11", "2015-07-14", None, 3) in due(
        system, PROVINCE, "2015-07-14", key, state="met"
    )
    # As of the 12th it was open still, whenever one asks.
    assert due(system, PROVINCE, "2015-07-12", key) == [(FILED, *open_on, 1, None)]


def test_the_county_owes_what_it_has_to_do_in_its_villages_and_no_other_county_sees_it(system: Together) -> None:
    key = shanxi.cleared(system, 2)
    asked = {"programme": SX2015, "target": VILLAGES[0], "unit": UNIT, "level": "province"}
    system.command(HOST, "AssignVillage", "2015-07-10", **asked, person=shanxi.person_of(key))
    posting = f"{SX2015}.{VILLAGES[0]}.1"
    assert due(system, HOST, "2015-08-15", key) == []
    system.command(HOST, "AppointCadres", "2015-07-15", postings=[posting])
    assert due(system, HOST, "2015-08-15", key) == [(TOOK_UP, "2015-07-15", "2015-08-15", None, 0, None)]
    assert due(system, HOST, "2015-08-16", key)[0][4] == 1
    other = organ("county_org", f"{COUNTY[:5]}7")
    assert due(system, other, "2015-08-16", key, scope="area") == []
    (row,) = [
        row
        for row in system.query("personnel", HOST, "due", as_of="2015-08-16", kind="candidacy_step")
        if row["subject"] == key
    ]
    assert (row["area"], row["clause"], row["assumed"], row["roles"]) == (COUNTY, "三.5", True, ["county_org"])
    system.command(HOST, "TakeUpPosts", "2015-08-20", postings=[posting], party_status="full")
    assert due(system, HOST, "2015-08-21", key) == []
    assert due(system, HOST, "2015-08-21", key, state="met")[0][3:] == ("2015-08-20", None, 5)
    assert system.replay()


def test_who_failed_owes_nothing_from_that_day(system: Together) -> None:
    key = shanxi.applied(system, 3, "2015-06-25")
    system.command(
        OFFICES[UNIT], "PassGates", "2015-06-26", candidacy=key, gates=["政治关", "品行关", "廉政关", "能力关"]
    )
    about = {"candidacy": key, "pool": "young_excellent", "party_status": "full", "work_start": "2008-07-01"}
    given = {"attested": ["politics", "ability", "diligence", "health"], "evidence": shanxi.EVIDENCE}
    system.command(OFFICES[UNIT], "QualifyApplicant", "2015-06-27", **about, **given)
    assert [row[0] for row in due(system, OFFICES[UNIT], "2015-07-02", key)] == ["组织推荐"]
    system.command(OFFICES[UNIT], "RejectApplicant", "2015-07-03", candidacy=key, conditions=["正式党员"])
    assert due(system, OFFICES[UNIT], "2015-07-03", key) == []
    assert [row[0] for row in due(system, OFFICES[UNIT], "2015-07-02", key)] == ["组织推荐"]


def test_a_supplement_shows_its_county_nothing_of_a_provincial_unit(system: Together) -> None:
    key = shanxi.qualified(system, 4)
    auditor = organ("auditor", "14")
    before = due(system, auditor, "2015-06-29", key, state="all")
    own = signed({**supplement("SX1409", COUNTY, {}), "base": SX2015})
    system.command(PROVINCE, "PublishProfile", "2015-07-20", profile=own)
    assert due(system, auditor, "2015-06-29", key, state="all") == before
    assert len(before) == 1
    assert due(system, HOST, "2015-06-29", key, state="all", scope="area") == []


def test_two_steps_of_one_title_stand_on_two_pages(open_desk: Callable[..., Desk]) -> None:
    """A notice may call two steps alike and give them one last day: the cursor still lies between them."""
    day = 'due = "2015-06-30"'
    alike = shanxi.with_spans({"filed_province": "组织推荐"}, recommended=day, filed_province=day)
    system = shanxi.county(open_desk, alike)
    key = shanxi.recommended(system, 5, "2015-06-28")
    system.command(POVERTY_OFFICE, "ApproveNominees", "2015-07-03", nominees=[key], document="件 1")
    system.command(PROVINCE, "FileNominees", "2015-07-04", nominees=[key], document="件 1")
    asked = {"as_of": "2015-07-05", "kind": "candidacy_step", "state": "met"}
    paged = system.desks["personnel"].query(organ("auditor", "14"), "due", 1, **asked)
    assert [(row["part"], row["period"]) for row in paged] == [
        ("filed_province", "组织推荐"), ("recommended", "组织推荐"),
    ]  # fmt: skip
