"""A weak village is delisted by its county on a document, and by nobody else (EV-032)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.kit.desk import Desk, organ
from tests.kit.evaluation import schemes
from tests.kit.evaluation.works import COUNTY, TOWNSHIP, VILLAGE

ABOUT: dict[str, Any] = {"programme": "LN2018", "target": VILLAGE}
EVIDENCE = {"document": "义农〔2020〕8号"}


@pytest.mark.req("EV-032")
def test_a_delisting_is_the_countys_and_names_its_evidence(open_desk: Callable[..., Desk]) -> None:
    desk = schemes.jinzhou(open_desk)
    for by, said, code in (
        (TOWNSHIP, EVIDENCE, "role_not_allowed"),
        (organ("county_org", "210726"), EVIDENCE, "foreign_area"),
        (COUNTY, {}, "field_missing"),
        (COUNTY, {"document": " "}, "field_value"),
    ):
        before = desk.counts()
        assert desk.refused(by, "RecordDelisting", "2020-12-01", **ABOUT, **said)["code"] == code
        assert desk.counts() == before
    assert desk.query(COUNTY, "delistings") == []
    assert desk.command(COUNTY, "RecordDelisting", "2020-12-01", **ABOUT, **EVIDENCE) == {"VillageDelisted": 1}
    (row,) = desk.query(COUNTY, "delistings")
    assert (row["target"], row["delisted_on"], row["document"]) == (VILLAGE, "2020-12-01", "义农〔2020〕8号")
    assert desk.query(COUNTY, "delistings", as_of="2020-11-30") == []
    assert desk.replays()
