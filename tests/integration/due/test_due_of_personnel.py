"""The printed last days of personnel: the ledger of 2015, the report for duty of 2002, the schemes of 2017."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kernel.messages import Actor
from kernel.testing import actor
from programmes import loader
from programmes.readers import ledger
from tests.kit.desk import Desk, organ
from tests.kit.personnel import cast, others, villages
from tests.kit.personnel.candidates import HOST, PROVINCE, SX2015
from tests.kit.personnel.pool import COMMITTEE, ELSEWHERE, OFFICE, QS2017, TOWNSHIP, Pool
from tests.kit.personnel.told import told
from tests.kit.spoiled import signed

CITY, OTHER_CITY = actor("city_org", areas=("1409",), person="p-head"), organ("city_org", "1407")
VILLAGE = "140928100200"


def due(desk: Desk, by: Actor, kind: str, on: str, state: str = "open", scope: str = "own") -> list[tuple[Any, ...]]:
    """What ``by`` is shown: subject, last day, day it was met, days overdue or late, clause."""
    rows = desk.query(by, "due", kind=kind, as_of=on, state=state, scope=scope)
    return [
        (
            row["subject"],
            row["due_on"],
            row["met_on"],
            row["delay"] if row["overdue"] is None else row["overdue"],
            row["clause"],
        )
        for row in rows
    ]


def test_a_printed_day_before_the_first_cadre_of_all_is_nobodys_last_day(open_desk: Callable[..., Desk]) -> None:
    desk = villages.opened(open_desk)
    own = loader.load(SX2015).published()
    path = ledger.FILED_BY.path
    earlier = {**own["rules"][path], "value": "2015-07-08"}
    desk.hear(
        "allocation", "ProfilePublished", "2015-06-24", **signed(own, version=2, rules={**own["rules"], path: earlier})
    )
    villages.kinds(desk, *villages.of_kind((VILLAGE,), registered_poor=True))
    villages.assign(desk, (1,), (VILLAGE,))
    (first,) = {row["placed_on"] for row in desk.log.rows("select placed_on::text from postings")}
    assert first > "2015-07-08"
    assert due(desk, CITY, "ledger_filing", "2015-08-01") == [("1409", None, None, 0, "五.2")]


def test_a_city_that_has_cadres_files_its_ledger_by_the_printed_day(open_desk: Callable[..., Desk]) -> None:
    desk = villages.opened(open_desk)
    villages.kinds(desk, *villages.of_kind((VILLAGE,), registered_poor=True))
    (posting,) = villages.assign(desk, (1,), (VILLAGE,))
    villages.take_up(desk, posting)
    about = ("1409", "2015-07-15")
    assert due(desk, CITY, "ledger_filing", "2015-07-09") == []
    assert due(desk, CITY, "ledger_filing", "2015-07-15") == [(*about, None, 0, "五.2")]
    assert due(desk, CITY, "ledger_filing", "2015-07-16") == [(*about, None, 1, "五.2")]
    assert due(desk, OTHER_CITY, "ledger_filing", "2015-07-16") == []
    kept = ("host_county", "name", "host_village", "host_post", "unit_and_post", "mobile")
    (line,) = desk.query(PROVINCE, "ledger", programme=SX2015)
    row = {**{key: line[key] for key in kept}, "remark": "", "term": "24个月", "tier": "省", "row_no": "1"}
    row["village_kind"] = "建档立卡贫困村"
    entering = {"programme": SX2015, "county": HOST.areas[0], "rows": [row], "first_row": 2}
    desk.receipt(HOST, "EnterLedgerRows", "2015-07-18", **entering)
    of = {"programme": SX2015, "city": "1409"}
    filing = {**of, "paper": 2, "electronic": 1}
    for command, data in (("SignLedger", of), ("SealLedger", of), ("FileLedger", filing)):
        desk.receipt(CITY, command, "2015-07-18", **data)
    assert due(desk, CITY, "ledger_filing", "2015-07-18") == []
    assert due(desk, CITY, "ledger_filing", "2015-07-18", state="met") == [(*about, "2015-07-18", 3, "五.2")]
    # A second edition is no second filing of the printed day.
    desk.receipt(HOST, "EnterLedgerRows", "2015-08-03", **{**entering, "rows": [{**row, "remark": "更正"}]})
    for command, data in (("SignLedger", of), ("SealLedger", of), ("FileLedger", filing)):
        desk.receipt(CITY, command, "2015-08-03", **data)
    assert due(desk, CITY, "ledger_filing", "2015-08-04", state="met") == [(*about, "2015-07-18", 3, "五.2")]
    assert desk.replays()


def test_a_city_brings_its_persons_to_the_host_by_the_printed_day(open_desk: Callable[..., Desk]) -> None:
    desk = told(open_desk)
    seats = [others.seat(n, seat) for n, seat in ((1, 1), (2, 2))]
    desk.receipt(cast.SENDING_CITY, "NominateLegs", "2002-06-27", programme="LN2002", city="2113", legs=seats)
    first, second = (f"LN2002.5.out.county.{seat}.1" for seat in (1, 2))
    for leg in (first, second):
        desk.hear("allocation", "SecondmentPostAgreed", "2002-07-05", leg=leg, post="副区长")
    owed = "secondment_report"
    assert [row[:4] for row in due(desk, cast.SENDING_CITY, owed, "2002-07-16")] == [
        (first, "2002-07-15", None, 1),
        (second, "2002-07-15", None, 1),
    ]
    assert due(desk, organ("city_org", "2102"), owed, "2002-07-16") == []
    desk.receipt(cast.SENDING_CITY, "ReportForDuty", "2002-07-15", legs=[first])
    desk.receipt(cast.SENDING_CITY, "ReportForDuty", "2002-07-17", legs=[second])
    met = [row[:4] for row in due(desk, cast.SENDING_CITY, owed, "2002-07-17", state="met")]
    assert met == [(first, "2002-07-15", "2002-07-15", 0), (second, "2002-07-15", "2002-07-17", 2)]


def test_a_township_that_selects_files_its_scheme_by_the_printed_day(open_desk: Callable[..., Desk]) -> None:
    pool = Pool(open_desk)
    pool.announce()
    desk, owed = pool.desk, "reserve_scheme"
    assert [row[:4] for row in due(desk, COMMITTEE, owed, "2017-10-20")] == [(TOWNSHIP, "2017-10-20", None, 0)]
    assert [row[:4] for row in due(desk, COMMITTEE, owed, "2017-10-21")] == [(TOWNSHIP, "2017-10-20", None, 1)]
    assert due(desk, organ("township", ELSEWHERE[:9]), owed, "2017-10-21") == []
    assert [row[0] for row in due(desk, OFFICE, owed, "2017-10-21", scope="area")] == [TOWNSHIP]
    desk.receipt(COMMITTEE, "FileReserveScheme", "2017-10-20", programme=QS2017, township=TOWNSHIP, scheme="方案")
    assert due(desk, COMMITTEE, owed, "2017-10-21") == []
    assert [row[:4] for row in due(desk, COMMITTEE, owed, "2017-10-21", state="met")] == [
        (TOWNSHIP, "2017-10-20", "2017-10-20", 0)
    ]
