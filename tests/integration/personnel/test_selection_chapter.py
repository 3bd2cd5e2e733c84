"""The chapter on selection runs: its bodies, in order, take a person from the application to the post."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kernel.schema import load
from services.allocation import schemas as allocation
from services.personnel import schemas as personnel
from tests.kit.desk import Desk
from tests.kit.personnel import candidates, cast, villages
from tests.kit.personnel.candidates import HOST, OFFICES, POVERTY_OFFICE, PROVINCE, SX2015, UNIT

CHAPTER = (Path(__file__).parents[3] / "docs" / "selection.md").read_text(encoding="utf-8")
BODIES = [json.loads(text) for text in re.findall(r"```json\n(.*?)```", CHAPTER, re.DOTALL)]
BY = {"unit": OFFICES[UNIT], "poverty_office": POVERTY_OFFICE, "province": PROVINCE, "county": HOST}
OF_ALLOCATION = {kind.__name__: kind for kind in allocation.COMMANDS}


def filled(value: Any, known: dict[str, str]) -> Any:
    """The value with what stands in capitals replaced by what the answers before gave."""
    if isinstance(value, dict):
        return {name: cast.form(1) if name == "form" else filled(one, known) for name, one in value.items()}
    if isinstance(value, list):
        return [filled(one, known) for one in value]
    return known.get(value, value) if isinstance(value, str) else value


def test_the_six_steps_run_as_the_chapter_has_them(open_desk: Callable[..., Desk]) -> None:
    desk = villages.opened(open_desk)
    known = {"ID": cast.id_number(1), "MOBILE": cast.mobile(1)}
    taken = []
    for body in BODIES:
        by, on, name = BY[body["by"]], body["on"], body["command"]
        data = filled(body["data"], known)
        taken.append(name)
        if name not in OF_ALLOCATION:
            desk.receipt(by, name, on, **data)
        else:
            assert load(OF_ALLOCATION[name], data, candidates.at(on, by)) is not None
        if name == "AssignVillage":
            desk.hear("allocation", "VillageAssigned", on, **candidates.assigned(data["target"], data["person"]))
        for row in desk.query(OFFICES[UNIT], "candidacies", programme=SX2015):
            known |= {"CANDIDACY": row["candidacy"], "PERSON": row["person"]}
    (posting,) = desk.query(PROVINCE, "postings", programme=SX2015)
    assert (posting["posting"], posting["status"]) == ("SX2015.140928100201.1", "on_post")
    assert [taken[0], taken[-1], len(taken)] == ["FileApplications", "TakeUpPosts", 10]
    early = {**BODIES[3]["data"], "nominees": [known["CANDIDACY"]]}
    assert desk.refused(OFFICES[UNIT], "RecommendNominees", "2015-07-15", **early)["code"] == "duty_done"


def test_every_command_it_names_is_one() -> None:
    known = {kind.__name__ for kind in (*allocation.COMMANDS, *personnel.COMMANDS)}
    named = set(re.findall(r"`([A-Z][a-z]+[A-Z]\w+)`", CHAPTER)) - {"NomineeCleared"}
    assert named <= known
