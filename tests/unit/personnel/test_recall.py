"""From the post back to the unit."""

from __future__ import annotations

from typing import Any

import pytest

from kernel.messages import Context
from kernel.rules import Rule, Rules
from kernel.testing import Given
from services.personnel.postings.posting import CadreRecalled, ReplacementDue
from services.personnel.postings.recall import NoteRecallCase, RecallCadre, TakeBack
from services.personnel.postings.returning import ReturnedToUnit
from tests.kit.personnel.cast import CHANNEL, COUNTY, OTHER_COUNTY, SYSTEM, TARGET, UNIT, UNIT_OFFICE, ctx
from tests.kit.personnel.cast import POSTING as KEY
from tests.kit.personnel.handover import AREA, after, items, placed


def on_post() -> Given:
    return after(
        placed(),
        items("2018-05-02", UNIT_OFFICE, "party_relation", "escort"),
        items("2018-05-02", COUNTY, "host_contact", "board_lodging"),
    )


def interviewed() -> Given:
    return after(
        on_post(),
        NoteRecallCase(context=ctx("2019-05-06", SYSTEM, area=AREA), case="case-1", trigger="T1", posting=KEY),
    )


def recall(by: Any = COUNTY, case: str = "case-1", context: Context | None = None) -> RecallCadre:
    return RecallCadre(context=context or ctx("2019-05-13", by, area=AREA), posting=KEY, case=case)


@pytest.mark.req("PE-106")
def test_a_recall_is_never_without_the_demand_for_a_replacement() -> None:
    about: dict[str, Any] = {
        "occurred_on": recall().context.occurred_on,
        "programme": "LN2018",
        "posting": KEY,
        "target": TARGET,
        "person": "p-1",
        "unit": UNIT,
    }
    done = interviewed().when(recall())
    done.then(
        CadreRecalled(**about, case="case-1", trigger="T1"),
        ReplacementDue(**about, channel=CHANNEL, kind="village"),
    )
    assert done.state.status == "recalled"


def test_no_recall_before_the_interview_of_that_case() -> None:
    on_post().when(recall()).rejected("interview_missing", rule="recall.interview", field="case")
    interviewed().when(recall(case="case-2")).rejected("interview_missing", accepted="case-1")


def test_only_the_host_county_recalls_and_only_who_is_on_post() -> None:
    interviewed().when(recall(by=OTHER_COUNTY)).rejected("not_your_business", kind="forbidden")
    after(interviewed(), recall()).when(recall()).rejected("not_on_post")


def test_no_recall_where_no_rule_or_an_assumed_one_provides_for_it() -> None:
    outside = ctx("2019-05-13", COUNTY, area="210381")
    interviewed().when(recall(context=outside)).rejected("recall_not_provided", rule="recall.measures")
    measures = {"recall.measures": Rule("recall.measures", ["interview"], "assumed", "N", "1")}
    assumed = Context("c", COUNTY, outside.occurred_on, rules=Rules("LN2018", "1", measures))
    interviewed().when(recall(context=assumed)).rejected("recall_not_provided")


def test_the_return_follows_the_recall_once() -> None:
    back = TakeBack(context=ctx("2019-05-14", UNIT_OFFICE, area=AREA))
    interviewed().when(back).rejected("not_recalled")
    recalled = after(interviewed(), recall())
    recalled.when(back).then(
        ReturnedToUnit(
            occurred_on=back.context.occurred_on, programme="LN2018", person="p-1", posting=KEY, leg=None, unit=UNIT,
            target=TARGET, sending=None, host=None,
        )
    )  # fmt: skip
    after(recalled, back).when(back).rejected("not_recalled")
    recalled.when(TakeBack(context=ctx("2019-05-14", OTHER_COUNTY, area=AREA))).rejected(
        "not_your_business", accepted=f"派出单位（{UNIT}）或派驻县（{TARGET[:6]}）"
    )


def test_a_case_told_twice_is_noted_once() -> None:
    again = NoteRecallCase(context=ctx("2019-05-06", SYSTEM, area=AREA), case="case-1", trigger="T1", posting=KEY)
    interviewed().when(again).then()


def test_nothing_is_dated_before_the_fact_it_rests_on() -> None:
    on_the_day = recall(context=ctx("2019-05-06", COUNTY, area=AREA))
    interviewed().when(on_the_day).types("CadreRecalled", "ReplacementDue")
    interviewed().when(recall(context=ctx("2019-05-05", COUNTY, area=AREA))).rejected(
        "date_before_ground", rule="recall.interview", field="occurred_on", accepted="2019-05-06 起"
    )
    after(interviewed(), recall()).when(TakeBack(context=ctx("2019-05-12", COUNTY, area=AREA))).rejected(
        "date_before_ground", rule="return.unit", accepted="2019-05-13 起"
    )
    early = placed().state.placed.occurred_on.replace(day=1)
    placed().when(items(early.isoformat(), COUNTY, "host_contact")).rejected(
        "date_before_ground", rule="handover.items"
    )
