"""The ladder of 2015 through personnel and evaluation: each step stands in a row, and the adjustment rests on one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from services.evaluation.wiring import SERVICE as EVALUATION
from services.personnel.wiring import SERVICE as PERSONNEL
from tests.kit.desk import Desk, organ
from tests.kit.personnel import villages
from tests.kit.personnel.candidates import HOST, PROVINCE, SX2015
from tests.kit.province import Province

VILLAGE = "140928100200"
NEIGHBOUR = organ("county_org", "140927")
ENDING = {"ground": "consequence", "organ": "县委组织部", "document": "调整通知 1", "reason": "造成不良后果"}


@pytest.mark.req("EV-006")
def test_the_steps_stand_in_rows_and_an_adjustment_without_the_record_is_refused(
    open_desk: Callable[..., Desk],
) -> None:
    both = Province(partial(open_desk, province="14"), PERSONNEL, EVALUATION)
    personnel, evaluation = both["personnel"], both["evaluation"]
    evaluation.hear_profiles(SX2015, on="2015-06-24")
    villages.opened(lambda service, province: personnel)
    (posting,) = villages.assign(personnel, (1,), (VILLAGE,))
    villages.take_up(personnel, posting)
    both.pass_on()
    finding = {"posting": posting, "finding": "工作不认真"}
    both.receipt(HOST, "GiveCriticism", "2016-03-01", **finding)
    early = both.refused(HOST, "AdjustCadre", "2016-05-20", posting=posting, **ENDING)
    assert (early["code"], early["clause"]) == ("consequence_missing", "五.5")
    both.receipt(HOST, "RecordConsequence", "2016-05-23", **finding, document="情况通报 1")
    rows = evaluation.query(PROVINCE, "sanctions", programme=SX2015)
    assert [(row["step"], row["consequence"], row["taken_on"], row["target"]) for row in rows] == [
        ("criticism", "", "2016-03-01", VILLAGE),
        ("consequence", f"{posting}.1", "2016-05-23", VILLAGE),
    ]
    assert len(evaluation.query(PROVINCE, "sanctions", as_of="2016-05-22")) == 1
    assert evaluation.query(NEIGHBOUR, "sanctions", programme=SX2015) == []
    both.receipt(HOST, "AdjustCadre", "2016-05-30", posting=posting, consequence=f"{posting}.1", **ENDING)
    assert evaluation.stored("ConductClosed")[-1]["cause"] == "PostAdjusted"
    assert evaluation.replays()
