"""The chapter on assessment runs: its bodies, in order, lay down a scheme, score a part and count a ballot."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

from tests.kit.desk import Desk
from tests.kit.evaluation import schemes
from tests.kit.evaluation.ballots import commitments, serials
from tests.kit.evaluation.schemes import COUNTY, TOWNSHIP

CHAPTER = (Path(__file__).parents[3] / "docs" / "assessment.md").read_text(encoding="utf-8")
BODIES = re.findall(r"```json\n(.*?)```", CHAPTER, re.DOTALL)
BY = {"county": COUNTY, "township": TOWNSHIP}


def test_scheme_and_ballot_run_as_the_chapter_has_them(open_desk: Callable[..., Desk]) -> None:
    desk = schemes.shanxi(open_desk)
    slips = serials(3)
    known = {f"SERIAL{n}": slip for n, slip in enumerate(slips, 1)}
    known |= {f"COMMITMENT{n}": one for n, one in enumerate(commitments(slips), 1)}
    taken: dict[str, int] = {}
    for text in BODIES:
        body = json.loads(re.sub(r"(?:SERIAL|COMMITMENT)\d", lambda found: known[found[0]], text))
        taken |= desk.command(BY[body["by"]], body["command"], body["on"], **body["data"])
    assert taken["BallotCounted"] == 1
    # Once 100 and once 60, of three slips two came back.
    assert [(row["part"], row["score"]) for row in desk.query(COUNTY, "scores")] == [("日常", 9000), ("评议", 8000)]
    (row,) = desk.query(COUNTY, "ballot_recount")
    assert (row["equal"], row["issued"], row["cast_slips"]) == (True, 3, 2)
    assert [one["part"] for one in desk.query(COUNTY, "scores_missing", year="2016")] == ["半年", "年终"]
