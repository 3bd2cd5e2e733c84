"""Units renamed, merged, split, moved: names stay known, bindings and postings follow, places wait for a decision."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kernel.service import Service
from services.allocation.wiring import SERVICE
from services.personnel.wiring import SERVICE as PERSONNEL
from tests.kit.allocation.placing import Placing
from tests.kit.allocation.scenario import LN2018, PROVINCE, Year2018, notices_and_areas
from tests.kit.desk import Desk, organ

ORGANS, OTHER = "省直机关工委", "省国资委党委"
OFFICE = organ("channel", units=(ORGANS, "U1", "U2", "U3"))
FOREIGN = organ("channel", units=(OTHER,))
NEAR, FAR = "210727101201", "210727101202"
DOCUMENT = "辽编发〔2019〕3号"
ON = "2019-03-01"


@pytest.fixture(scope="module")
def placing(open_desk: Callable[[Service], Desk]) -> Placing:
    desk = open_desk(SERVICE)
    notices_and_areas(desk)
    Year2018(desk).quotas()
    for unit, tie, villages in (("U1", NEAR, 1), ("U2", FAR, 2), ("U3", FAR, 316)):
        desk.receipt(
            OFFICE, "RegisterUnit", "2018-04-17", unit=unit, name=f"某厅{unit}", channel=ORGANS, level="province"
        )
        desk.receipt(OFFICE, "RecordHelpTies", "2018-04-17", unit=unit, helped=[tie], contacts=[])
        places = {"townships": 21 if unit == "U3" else 0, "villages": villages, "basis": "编制"}
        desk.receipt(OFFICE, "SetUnitQuota", "2018-04-17", programme=LN2018, unit=unit, **places)
    targets = [{"target": code, "kind": "village", "weak": True} for code in (NEAR, FAR)]
    about = {"programme": LN2018, "tier": "province", "synthetic": True}
    desk.receipt(PROVINCE, "OpenTargets", "2018-04-18", **about, targets=targets)
    placing = Placing(desk, open_desk(PERSONNEL), ORGANS, OFFICE)
    placing.scheme("U1", "U2", "U3")
    placing.handed_over(placing.confirmed(NEAR, "U1", placing.nominated("U1"), "2018-04-27"), "2018-05-02")
    return placing


def by(unit: str, **more: Any) -> dict[str, Any]:
    return {"unit": unit, "document": DOCUMENT, **more}


def postings(placing: Placing) -> list[tuple[str, str]]:
    rows = placing.personnel.log.rows("select unit, channel from read.postings order by posting")
    return [(row["unit"], row["channel"]) for row in rows]


def test_an_old_name_is_known_as_of_its_day(placing: Placing) -> None:
    desk = placing.desk
    same = desk.refused(OFFICE, "RenameUnit", ON, **by("U1", name="某厅U1"))
    assert (same["code"], same["field"]) == ("unit_change_same", "name")
    assert desk.refused(FOREIGN, "RenameUnit", ON, **by("U1", name="新厅"))["kind"] == "forbidden"
    assert desk.command(OFFICE, "RenameUnit", ON, **by("U1", name="新厅")) == {"UnitRenamed": 1}
    names = {
        day: [row["name"] for row in desk.query(PROVINCE, "unit_names", unit="U1", as_of=day)]
        for day in ("2018-12-31", "2019-02-28", ON)
    }
    assert names == {"2018-12-31": ["某厅U1"], "2019-02-28": ["某厅U1"], ON: ["新厅"]}
    taken = {"unit": "U9", "name": "某厅U1", "channel": ORGANS, "level": "province"}
    assert desk.refused(OFFICE, "RegisterUnit", ON, **taken)["code"] == "unit_name_taken"


def test_of_a_merged_unit_bindings_ties_and_postings_follow_and_its_places_wait(placing: Placing) -> None:
    desk = placing.desk
    unknown = desk.refused(OFFICE, "MergeUnit", ON, **by("U1", into="U8"))
    assert (unknown["code"], unknown["field"]) == ("unit_unknown", "into")
    assert desk.refused(OFFICE, "MergeUnit", ON, **by("U1", into="U1"))["code"] == "unit_change_same"
    made = desk.command(OFFICE, "MergeUnit", ON, **by("U1", into="U2"))
    assert made == {"UnitMerged": 1, "HelpTiesRecorded": 1, "BindingFollowed": 1, "BindingCreated": 1}
    bound = [(row["unit"], row["target"]) for row in desk.query(PROVINCE, "bindings_on", as_of="2019-03-02")]
    assert bound == [("U2", NEAR)]
    (adopted,) = desk.query(OFFICE, "units", unit="U2")
    assert adopted["helped"] == [FAR, NEAR]
    for command, more in (("RenameUnit", {"name": "再改"}), ("MergeUnit", {"into": "U3"})):
        gone = desk.refused(OFFICE, command, "2019-03-02", **by("U1", **more))
        assert (gone["code"], "U2" in gone["accepted"]) == ("unit_gone", True)
    (waiting,) = desk.query(OFFICE, "unit_decisions", programme=LN2018)
    assert (waiting["what"], waiting["unit"], waiting["successors"], waiting["villages"]) == ("places", "U1", ["U2"], 1)

    placing.services.settle()
    assert postings(placing) == [("U2", ORGANS)]
    about = {"posting": f"{LN2018}.{NEAR}.1", "ground": "illness", "organ": "省委组织部", "document": "合成文件"}
    placing.personnel.receipt(PROVINCE, "WithdrawCadre", "2019-04-01", **about)
    placing.services.settle()
    assert desk.stored("SuccessorDue")[-1] == {"target": NEAR, "unit": "U2"}
    # With the cadre gone the place can be taken from the unit that is no more.
    less = {"programme": LN2018, "unit": "U1", "townships": 0, "villages": 0, "basis": "并入 U2"}
    desk.receipt(OFFICE, "SetUnitQuota", "2019-04-02", **less)
    desk.receipt(OFFICE, "SetUnitQuota", "2019-04-02", **{**less, "unit": "U2", "villages": 3})
    assert desk.query(OFFICE, "unit_decisions", programme=LN2018) == []


@pytest.mark.req("X-056")
def test_a_unit_comes_under_another_channel_and_one_is_split(placing: Placing) -> None:
    desk = placing.desk
    placing.handed_over(placing.confirmed(FAR, "U3", placing.nominated("U3"), "2019-04-10"), "2019-04-12")
    moved = by("U3", channel=OTHER, level="province")
    assert desk.command(OFFICE, "MoveUnit", "2019-05-01", **moved) == {"UnitMoved": 1}
    placing.services.settle()
    assert postings(placing) == [("U2", ORGANS), ("U3", OTHER)]
    assert [row["kind"] for row in desk.query(PROVINCE, "unit_changes", unit="U3")] == ["moved"]
    (waiting,) = desk.query(PROVINCE, "unit_decisions", programme=LN2018)
    assert (waiting["unit"], waiting["kind"], waiting["villages"], waiting["channel"]) == ("U3", "moved", 316, ORGANS)
    # The channel before speaks for it no more.
    assert desk.refused(organ("channel", units=(ORGANS,)), "RenameUnit", "2019-05-02", **by("U3", name="又"))["code"]
    office = organ("channel", units=(OTHER, "U3"))
    for part in ("U4", "U5"):
        about = {"unit": part, "name": part, "channel": OTHER, "level": "province"}
        desk.receipt(office, "RegisterUnit", "2019-05-03", **about)
    twice = desk.refused(office, "SplitUnit", "2019-05-04", **by("U3", parts=["U4", "U4"]))
    assert (twice["code"], twice["field"]) == ("unit_change_same", "parts")
    assert desk.command(office, "SplitUnit", "2019-05-04", **by("U3", parts=["U4", "U5"])) == {"UnitSplit": 1}
    found = desk.query(PROVINCE, "unit_decisions", programme=LN2018, unit="U3")
    # What does not follow is listed for whoever decides, until a part has taken it over.
    assert {(row["what"], row["concerned"]) for row in found} == {
        ("occupant", f"{LN2018}.{FAR}.1"), ("binding", FAR), ("tie", FAR), ("places", ""),
    }  # fmt: skip
    desk.receipt(office, "RecordHelpTies", "2019-05-05", unit="U4", helped=[FAR], contacts=[])
    left = desk.query(PROVINCE, "unit_decisions", programme=LN2018, unit="U3")
    assert {row["what"] for row in left} == {"occupant", "binding", "places"}
    about = {"unit": "U6", "name": "U6", "channel": OTHER, "level": "province"}
    desk.receipt(office, "RegisterUnit", "2019-05-03", **about)
    desk.receipt(office, "SetUnitQuota", "2019-05-04", programme=LN2018, unit="U6", townships=0, villages=0, basis="无")
    desk.receipt(organ("channel", units=(OTHER, "U6")), "SplitUnit", "2019-05-06", **by("U6", parts=["U4", "U5"]))
    assert desk.query(PROVINCE, "unit_decisions", programme=LN2018, unit="U6") == []
    assert desk.replays()
    assert placing.personnel.replays()
