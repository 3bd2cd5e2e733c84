"""Quotas of channels and units."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kernel.messages import Event
from kernel.testing import given
from services.allocation.quotas.batch import BATCH
from services.allocation.quotas.quota import (
    ChannelKindQuotaSet,
    ChannelQuotaSet,
    UnitQuotaSet,
)
from services.allocation.quotas.quota_plans import set_channel_quotas
from services.allocation.quotas.tiers import TierRow
from tests.kit.allocation.ground import LN2018, ORGANS, OTHER_CHANNEL, Plain, ctx, decided, with_values
from tests.kit.allocation.quotas import NAMES, SET, TOTALS, assign, quotas
from tests.kit.allocation.tiers import COUNTY, FIXED, PROPOSED, fix


def kinds(events: list[Event] | None) -> list[tuple[str, int, int, int]]:
    return [(e.channel, e.townships, e.villages, e.total) for e in events or [] if isinstance(e, ChannelKindQuotaSet)]


@pytest.mark.req("AL-008")
def test_seven_channels_share_838_and_another_sum_needs_another_split() -> None:
    totals = [e.total for e in given(BATCH, *FIXED).when(quotas()).events or [] if isinstance(e, ChannelQuotaSet)]
    assert (len(totals), sum(totals)) == (7, 838)
    one_more = (341, *TOTALS[1:])
    refused = given(BATCH, *FIXED).when(quotas(totals=one_more)).rejected("totals_differ", rule="quota.channels")
    assert refused.refusal is not None
    assert refused.refusal.details[0]["sentence"] == "1"
    other = fix(TierRow("province", 51, 788, 0, 839), TierRow("city", 168, 2593, 0, 2761), COUNTY, reason="合成理由")
    refixed = given(BATCH, *PROPOSED).when(other).events or []
    unexplained = given(BATCH, *PROPOSED, *refixed).when(quotas(totals=one_more))
    unexplained.rejected("deviation_without_reason", rule="quota.channels", field="reason")
    events = given(BATCH, *PROPOSED, *refixed).when(quotas(totals=one_more, reason="增加一名")).events
    assert kinds(events)[0] == (ORGANS, 21, 320, 341)
    found = [(e.from_print, e.reason) for e in events or [] if isinstance(e, ChannelKindQuotaSet)]
    assert found == [(1, "增加一名"), *[(0, "")] * 6]


@pytest.mark.req("AL-009")
def test_the_four_enterprises_by_any_of_their_names() -> None:
    full = ("中国铁路沈阳局集团有限公司", "鞍钢集团公司", "中国石油辽河油田分公司", "东北石油管道有限公司")
    addressee = (full[0], "鞍钢集团有限公司", *full[2:])
    annex = ("沈 铁", "鞍 钢", "辽 油", "东 油")
    wanted = given(BATCH, *FIXED).when(quotas()).events
    for names in (full, addressee, annex):
        room = Plain({"batch/LN2018": BATCH.fold(BATCH.initial, FIXED)})
        assert decided(set_channel_quotas(quotas((*NAMES[:3], *names)), room), room) == wanted
    enterprises = [e.total for e in wanted or [] if isinstance(e, ChannelQuotaSet)][3:]
    assert (enterprises, sum(enterprises)) == ([20, 20, 15, 3], 58)


@pytest.mark.req("AL-010")
def test_the_matrix_of_annex_one() -> None:
    cells = kinds(given(BATCH, *FIXED).when(quotas()).events)
    assert [cell[1:] for cell in cells] == [
        (21, 319, 340),
        (12, 188, 200),
        (15, 225, 240),
        (1, 19, 20),
        (1, 19, 20),
        (1, 14, 15),
        (0, 3, 3),
    ]
    assert [sum(column) for column in zip(*(cell[1:] for cell in cells), strict=True)] == [51, 787, 838]
    assert all(townships + villages == total for _, townships, villages, total in cells)

    # A column or a row that does not give the printed total is refused.
    printed = LN2018.entries["quota.channels"].value
    one_more = [{**printed[0], "townships": 22, "villages": 318}, *printed[1:]]
    column = replace(quotas(), context=ctx(rules=with_values(LN2018, quota__channels=one_more)))
    refused = given(BATCH, *FIXED).when(column).rejected("totals_differ", rule="quota.channels").refusal
    assert refused is not None
    assert ("52" in refused.sentence, "51" in refused.sentence) == (True, True)
    given(BATCH, *FIXED).when(quotas(totals=(339, *TOTALS[1:]))).rejected("totals_differ", rule="quota.channels")
    given(BATCH, *FIXED).when(quotas(NAMES[:6], TOTALS[:6])).rejected("channels_incomplete", rule="quota.channels")


def test_what_was_derived_stands_beside_what_is_printed() -> None:
    events = given(BATCH, *FIXED).when(quotas()).events or []
    found = [(e.derived, e.deviation, e.of) for e in events if isinstance(e, ChannelKindQuotaSet)]
    assert found == [(n, 0, 838) for n in (21, 12, 15, 1, 1, 1, 0)]


def test_channels_come_all_at_once_after_the_split() -> None:
    given(BATCH, *PROPOSED).when(quotas()).rejected("split_not_fixed")
    given(BATCH, *FIXED).when(quotas(NAMES[:6], TOTALS[:6])).rejected("channels_incomplete")
    given(BATCH, *FIXED).when(quotas(("鞍钢", "鞍 钢", *NAMES[:5]), TOTALS)).rejected("channels_incomplete")
    given(BATCH, *FIXED).when(quotas(("某某", *NAMES[1:]), TOTALS)).rejected(
        "quota_channel_unknown", field="quotas.channel"
    )


@pytest.mark.req("AL-012")
def test_the_341st_place_is_refused() -> None:
    first = given(BATCH, *SET).when(assign("U01", 20, 300)).events or []
    given(BATCH, *SET, *first).when(assign("U02", 1, 19)).types("UnitQuotaSet")
    given(BATCH, *SET, *first).when(assign("U02", 1, 20)).rejected(
        "quota_exceeded", rule="quota.unit", field="villages", accepted="0 至 19"
    )
    given(BATCH, *SET, *first).when(assign("U02", 2, 19)).rejected("quota_exceeded", field="townships")
    given(BATCH, *SET).when(assign("U02", -1, 19)).rejected("quota_exceeded", field="townships")


def test_a_new_quota_of_a_unit_takes_the_place_of_the_old() -> None:
    first = given(BATCH, *SET).when(assign("U01", 21, 319)).events or []
    (event,) = given(BATCH, *SET, *first).when(assign("U01", 20, 319)).events or []
    assert isinstance(event, UnitQuotaSet)
    assert (event.townships, event.villages, event.channel) == (20, 319, ORGANS)


def test_a_channel_speaks_for_its_own_units_only() -> None:
    given(BATCH, *SET).when(assign("U01", 1, 1, by=OTHER_CHANNEL)).rejected("foreign_channel", kind="forbidden")
    given(BATCH, *SET).when(assign("U99", 1, 1, channel=None)).rejected("unit_unknown", kind="unknown")
    given(BATCH, *FIXED).when(assign("U01", 1, 1)).rejected("channel_without_quota")


@pytest.mark.req("AL-014")
def test_a_quota_without_a_basis_is_refused() -> None:
    given(BATCH, *SET).when(assign("U01", 1, 1, basis=" ")).rejected("basis_missing", rule="quota.weights")
    (event,) = given(BATCH, *SET).when(assign("U01", 1, 1, basis="编制 100")).events or []
    assert isinstance(event, UnitQuotaSet)
    assert event.basis == "编制 100"


def test_what_no_unit_has_yet() -> None:
    first = given(BATCH, *SET).when(assign("U01", 20, 300)).events or []
    left = BATCH.fold(BATCH.initial, [*SET, *first]).unassigned(ORGANS)
    assert (left.townships, left.villages) == (1, 19)
