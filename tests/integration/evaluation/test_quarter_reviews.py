"""A county's meeting on the quarter is recorded with what it heard (EV-037)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from services.evaluation.wiring import SERVICE
from tests.kit.desk import Desk, organ

COUNTY = organ("county_org", "210727")
HEARD = ["progress", "problems", "next_plan"]


@pytest.mark.req("EV-037")
def test_a_county_meets_at_least_once_a_quarter_and_hears_three_things(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk(SERVICE)
    desk.hear_profiles("LN2018", "JZ")
    meeting: dict[str, Any] = {
        "programme": "LN2018",
        "county": "210727",
        "quarter": "2018-Q3",
        "heard": HEARD,
        "minutes": "纪要〔2018〕3号",
    }

    def refused(on: str = "2018-09-28", by: Any = COUNTY, **changes: Any) -> tuple[str, str | None]:
        problem = desk.refused(by, "HoldQuarterReview", on, **{**meeting, **changes})
        return problem["code"], problem["clause"]

    assert refused(heard=HEARD[:2]) == ("review_topics_missing", "二.4")
    assert refused("2018-06-30") == ("review_outside_quarter", "二.4")
    assert refused(quarter="2018-Q5")[0] == "field_value"
    assert refused(county="210727101")[0] == "not_a_county"
    assert refused(by=organ("county_org", "210726"))[0] == "foreign_area"
    # No notice but that of Jinzhou asks for the meeting.
    assert refused(by=organ("county_org", "211321"), county="211321")[0] == "rule_unknown"
    for on in ("2018-07-01", "2018-10-08"):
        assert desk.command(COUNTY, "HoldQuarterReview", on, **meeting) == {"QuarterReviewHeld": 1}
    rows = desk.query(COUNTY, "quarter_reviews", quarter="2018-Q3")
    assert [(row["number"], row["required"], row["held_on"]) for row in rows] == [
        (1, 1, "2018-07-01"),
        (2, 1, "2018-10-08"),
    ]
    assert desk.replays()
