"""The personal archive of a first secretary and of a reserve: it only grows, and says who filed what (X-030)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from services.personnel.schemas import COMMANDS
from tests.kit.desk import Desk
from tests.kit.personnel import candidates, villages
from tests.kit.personnel.candidates import HOST, OFFICES, PROVINCE, SX2015, UNIT, VILLAGE
from tests.kit.personnel.pool import OFFICE, QS2017, Pool

ITEMS = {"ArchivePaperFiled", "ArchivePaperWithdrawn"}


@pytest.mark.req("X-030")
def test_papers_of_a_posting_are_filed_and_withdrawn_by_one_more_item(open_desk: Callable[..., Desk]) -> None:
    desk = villages.opened(open_desk)
    villages.kinds(desk, *villages.of_kind((VILLAGE,), registered_poor=True))
    (posting,) = villages.assign(desk, (1,), (VILLAGE,))
    villages.take_up(desk, posting)
    paper: dict[str, Any] = {"posting": posting, "kind": "年度考核材料", "document": "考核表 2015-1"}
    early = desk.refused(HOST, "FilePostingPaper", "2015-07-13", **paper)
    assert (early["code"], early["field"]) == ("date_before_ground", "occurred_on")
    other = desk.refused(HOST, "FilePostingPaper", "2015-12-31", **{**paper, "kind": "工资表"})
    assert (other["code"], other["field"]) == ("archive_kind_unknown", "kind")
    assert other["accepted"] == "年度考核材料、任期考察材料"
    assert desk.refused(candidates.CITY, "FilePostingPaper", "2015-12-31", **paper)["code"] == "not_your_business"
    nobody = desk.refused(OFFICES["SX02"], "FilePostingPaper", "2015-12-31", **paper)
    assert nobody["kind"] in ("forbidden", "unknown")
    assert desk.command(HOST, "FilePostingPaper", "2015-12-31", **paper) == {"ArchivePaperFiled": 1}
    again = desk.refused(OFFICES[UNIT], "FilePostingPaper", "2016-01-04", **paper)
    assert (again["code"], again["field"]) == ("filed_before", "document")
    out = {"posting": posting, "document": "考核表 2015-1", "reason": "材料有误"}
    assert desk.command(HOST, "WithdrawPostingPaper", "2016-01-05", **out) == {"ArchivePaperWithdrawn": 1}
    assert desk.refused(HOST, "WithdrawPostingPaper", "2016-01-06", **out)["code"] == "not_in_archive"
    # What was withdrawn stays, and is not filed again under its number.
    assert desk.refused(HOST, "FilePostingPaper", "2016-01-06", **paper)["code"] == "filed_before"
    (row,) = desk.query(PROVINCE, "personal_archive", programme=SX2015)
    assert (row["subject"], row["kind"], row["filed_on"], row["withdrawn_on"], row["reason"]) == (
        posting, "年度考核材料", "2015-12-31", "2016-01-05", "材料有误",
    )  # fmt: skip
    assert desk.query(OFFICES[UNIT], "personal_archive", programme=SX2015) == [row]
    assert desk.query(OFFICES["SX02"], "personal_archive", programme=SX2015) == []
    assert not {kind.__name__ for kind in COMMANDS if "Delete" in kind.__name__ or "Remove" in kind.__name__} & ITEMS
    assert desk.replays()


@pytest.mark.req("X-030")
def test_a_reserve_has_an_archive_and_a_programme_that_asks_none_of_a_posting_files_none(
    open_desk: Callable[..., Desk],
) -> None:
    pool = Pool(open_desk)
    pool.announce()
    reserve = pool.active(1)
    paper = {"kind": "考察材料", "document": "考察 1"}
    assert pool.take(OFFICE, "FileReservePaper", "2018-01-10", reserve, **paper) == {"ArchivePaperFiled": 1}
    wrong = pool.refused(OFFICE, "FileReservePaper", "2018-01-10", reserve, kind="任期考察材料", document="考察 2")
    assert wrong["code"] == "archive_kind_unknown"
    gone = {"document": "考察 1", "reason": "另行补充"}
    assert pool.take(OFFICE, "WithdrawReservePaper", "2018-02-01", reserve, **gone) == {"ArchivePaperWithdrawn": 1}
    (row,) = pool.desk.query(OFFICE, "personal_archive", programme=QS2017)
    assert (row["subject"], row["document"], row["withdrawn_on"]) == (reserve, "考察 1", "2018-02-01")
