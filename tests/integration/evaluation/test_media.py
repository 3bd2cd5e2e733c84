"""What newspapers tell of cadres is counted by the occurrence (X-041)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.kit.desk import Desk
from tests.kit.evaluation import schemes
from tests.kit.evaluation.works import ABOUT, COUNTY, POSTING, refused


@pytest.mark.req("X-041")
def test_a_cadre_told_of_twice_counts_twice(open_desk: Callable[..., Desk]) -> None:
    desk = schemes.jinzhou(open_desk)
    item = {"medium": "锦州日报", "title": "我在乡村振兴第一线"}
    assert refused(desk, COUNTY, "RecordMediaItem", "2018-05-01", **item) == ("work_too_early", "三.2")
    for medium in ("锦州日报", "组工简报"):
        taken = desk.command(COUNTY, "RecordMediaItem", "2018-10-08", **ABOUT, **{**item, "medium": medium})
        assert taken == {"MediaItemRecorded": 1}
    assert refused(desk, COUNTY, "RecordMediaItem", "2018-10-09", **item)[0] == "media_item_known"
    (figures,) = desk.query(COUNTY, "media_figures", programme="LN2018")
    assert (figures["occurrences"], figures["persons"]) == (2, 1)
    rows = desk.query(COUNTY, "media_items", posting=POSTING)
    assert [row["medium"] for row in rows] == ["锦州日报", "组工简报"]
    assert desk.replays()
