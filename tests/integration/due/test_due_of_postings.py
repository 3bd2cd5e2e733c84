"""What a confirmed placement brings with it: the handbook, the hand-over, the mobilisation before the post."""

from __future__ import annotations

from collections.abc import Callable

from services.personnel.wiring import SERVICE
from tests.kit.allocation import said
from tests.kit.desk import Desk, organ
from tests.kit.personnel import cast

TARGET, BESIDE = "210727101208", "211302007200"
POSTINGS = [f"LN2018.{target}.1" for target in (TARGET, BESIDE)]


def test_a_placement_is_owed_what_the_notice_asks_by_whom_it_says(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk(SERVICE)
    desk.hear_profiles("LN2018")
    for target, posting in zip((TARGET, BESIDE), POSTINGS, strict=True):
        desk.hear_of("allocation", said.placement(target, f"p-{posting}", cast.UNIT))

    def due(role: str, area: str, on: str, **asked: str) -> list[tuple[str, str]]:
        by = organ(role, area)
        return [(row["kind"], row["subject"]) for row in desk.query(by, "due", 1000, as_of=on, **asked)]

    assert due("province_org", "21", "2018-04-26") == []
    handbooks = [("handbook", posting) for posting in POSTINGS]
    assert [row for row in due("province_org", "21", "2018-04-27") if row[0] == "handbook"] == handbooks
    assert due("county_org", "210727", "2018-04-27", kind="handover") == [("handover", POSTINGS[0])]
    assert due("county_org", "210727", "2018-04-27", kind="handbook") == []  # the province issues it
    assert due("county_org", "210727", "2018-04-27", kind="handbook", scope="area") == []
    desk.command(cast.PROVINCE, "IssueHandbooks", "2018-05-02", postings=POSTINGS[:1], receipt="签收单〔2018〕1号")
    assert due("province_org", "21", "2018-05-01", kind="handbook") == handbooks
    assert due("province_org", "21", "2018-05-02", kind="handbook") == handbooks[1:]
    assert due("province_org", "21", "2018-05-02", kind="handbook", state="met") == handbooks[:1]
