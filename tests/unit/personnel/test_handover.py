"""From the confirmed placement to the post."""

from __future__ import annotations

import pytest

from kernel.testing import given
from services.personnel.parts import POSTING
from services.personnel.postings.posting import CadreOnPost, HandoverItemDone
from tests.kit.personnel.cast import COUNTY, OTHER_COUNTY, TARGET, UNIT, UNIT_OFFICE
from tests.kit.personnel.cast import POSTING as KEY
from tests.kit.personnel.handover import after, items, placed, placement


@pytest.mark.req("PE-010")
def test_three_of_four_items_leave_the_cadre_in_transfer_and_the_fourth_puts_him_on_post() -> None:
    three = after(
        placed(),
        items("2018-04-28", UNIT_OFFICE, "party_relation"),
        items("2018-05-02", COUNTY, "host_contact", "board_lodging"),
    )
    assert three.state.status == "in_transfer"
    last = three.when(items("2018-05-01", UNIT_OFFICE, "escort"))
    about = {"programme": "LN2018", "posting": KEY, "target": TARGET}
    day = items("2018-05-01", COUNTY).context.occurred_on
    latest = items("2018-05-02", COUNTY).context.occurred_on
    last.then(
        HandoverItemDone(occurred_on=day, **about, item="escort"),
        CadreOnPost(
            occurred_on=latest, **about, person="p-1", unit=UNIT, kind="village", role="村党组织第一书记",
            tier="province", weak=True,
        ),
    )  # fmt: skip
    assert last.state.status == "on_post"


@pytest.mark.req("PE-014")
def test_the_role_follows_from_the_kind_of_target() -> None:
    given(POSTING).when(placement(role="乡镇党委第一副书记")).rejected(
        "role_mismatch", field="role", accepted="村党组织第一书记", rule="post.kinds"
    )
    township = {"kind": "township", "role": "乡镇党委第一副书记", "target": TARGET[:9]}
    given(POSTING).when(placement(**township)).types("PlacementNoted")
    given(POSTING).when(placement(kind="township")).rejected("role_mismatch", accepted="乡镇党委第一副书记")


def test_each_side_records_its_own_items() -> None:
    placed().when(items("2018-04-28", COUNTY, "party_relation")).rejected("not_your_business", kind="forbidden")
    placed().when(items("2018-04-28", UNIT_OFFICE, "board_lodging")).rejected("not_your_business", kind="forbidden")
    placed().when(items("2018-04-28", OTHER_COUNTY, "host_contact")).rejected("not_your_business")


def test_an_item_is_printed_and_done_once() -> None:
    placed().when(items("2018-04-28", UNIT_OFFICE, "banquet")).rejected("item_unknown", field="items")
    once = after(placed(), items("2018-04-28", UNIT_OFFICE, "escort"))
    once.when(items("2018-04-28", UNIT_OFFICE, "escort")).rejected(
        "item_done", accepted="party_relation、host_contact、board_lodging"
    )
    given(POSTING).when(items("2018-04-28", UNIT_OFFICE, "escort")).rejected("posting_not_noted", kind="unknown")


def test_a_placement_told_twice_is_noted_once() -> None:
    placed().when(placement()).then()
