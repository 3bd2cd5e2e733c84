"""The ledger of 2015 on real postings: the county writes, the city collects and files, and both are checked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from kernel.testing import actor
from services.allocation.registers.office import Holder, RecordActing, RecordHolder
from tests.kit import shanxi
from tests.kit.desk import Desk
from tests.kit.personnel import candidates, villages
from tests.kit.personnel.candidates import COUNTY, HOST, OFFICES, PROVINCE, SX2015, UNIT

CITY = actor("city_org", areas=("1409",), person="p-head")
DEPUTY = actor("city_org", areas=("1409",), person="p-deputy")
NEIGHBOUR = actor("county_org", areas=("140927",))
FIRST, SECOND, THIRD, FOURTH = (f"14092810020{n}" for n in range(4))
ON = "2015-07-13"
OF: dict[str, Any] = {"programme": SX2015, "city": "1409"}


@pytest.fixture
def desk(open_desk: Callable[..., Desk]) -> Desk:
    """Two first secretaries on post, one assigned; four villages on which somebody must stand, and a fifth."""
    return peopled(villages.opened(open_desk))


def peopled(desk: Desk) -> Desk:
    mandatory = villages.of_kind((FIRST, SECOND, THIRD, FOURTH), registered_poor=True)
    villages.kinds(desk, *mandatory, *villages.of_kind(("140928100205",)))
    first, second, _ = villages.assign(desk, (1, 2, 3), (FIRST, SECOND, THIRD))
    villages.take_up(desk, first, second)
    return desk


def lines(desk: Desk) -> dict[str, dict[str, Any]]:
    """What the county writes of the cadres on post, by village."""
    kept = ("host_county", "name", "host_village", "host_post", "unit_and_post", "mobile")
    more = {"remark": "", "term": "24个月", "tier": "省", "village_kind": "建档立卡贫困村"}
    return {
        row["target"]: {**{key: row[key] for key in kept}, "row_no": str(row["row_no"]), **more}
        for row in desk.query(PROVINCE, "ledger", programme=SX2015)
    }  # fmt: skip


def entering(*rows: dict[str, Any]) -> dict[str, Any]:
    return {"programme": SX2015, "county": COUNTY, "rows": list(rows), "first_row": 2}


def written(desk: Desk) -> None:
    """The county has written a row for each cadre on post."""
    desk.receipt(HOST, "EnterLedgerRows", ON, **entering(*lines(desk).values()))


def faults(desk: Desk, *rows: dict[str, Any]) -> list[tuple[int, str, str]]:
    problem = desk.refused(HOST, "EnterLedgerRows", ON, **entering(*rows))
    return [(one["row"], one["field"], one["code"]) for one in problem["details"]]


def wrong(desk: Desk) -> list[tuple[str, str]]:
    """What the check report names: finding and village."""
    return [(row["finding"], row["village"]) for row in desk.query(CITY, "ledger_check", **OF)]


def test_a_row_says_what_the_register_says(desk: Desk) -> None:
    first, second = lines(desk).values()
    changed = {
        "name": second["name"], "mobile": second["mobile"], "host_post": "支部书记", "unit_and_post": "他单位 科员",
        "term": "12个月", "tier": "市", "village_kind": "其他村",
    }  # fmt: skip
    assert faults(desk, {**first, **changed}) == [
        *((2, name, "ledger_differs") for name in ("name", "host_post", "unit_and_post", "mobile")),
        *((2, name, "ledger_differs") for name in ("term", "tier", "village_kind")),
    ]
    assert faults(desk, first, {**second, "host_village": "砚城镇城内村"}) == [(3, "host_village", "ledger_nobody")]
    assert faults(desk, first, {**first, "row_no": "2"}) == [(3, "host_village", "ledger_row_twice")]
    assert faults(desk, {**first, "tier": "中央"}) == [(2, "tier", "choice_unknown")]
    assert faults(desk, {**first, "host_county": "岢岚县"}) == [(2, "host_county", "ledger_county_wrong")]
    assert faults(desk, {**first, "remark": f"{first['name']}同志"}) == [(2, "remark", "name_in_text")]
    assert desk.query(CITY, "ledger_rows", **OF) == []


@pytest.mark.req("X-022")
def test_the_county_writes_the_city_returns_and_never_edits(desk: Desk) -> None:
    rows = lines(desk)
    for stranger, kind in ((CITY, "forbidden"), (NEIGHBOUR, "forbidden"), (PROVINCE, "forbidden")):
        assert desk.refused(stranger, "EnterLedgerRows", ON, **entering(rows[FIRST]))["kind"] == kind
    edit = desk.refused(CITY, "EnterLedgerRows", ON, **entering(rows[FIRST]))
    assert (edit["code"], edit["clause"], edit["field"]) == ("not_your_business", "三.4", "county")
    assert desk.command(HOST, "EnterLedgerRows", ON, **entering(*rows.values())) == {"LedgerRowEntered": 2}
    assert desk.command(HOST, "EnterLedgerRows", ON, **entering(*rows.values())) == {}
    bare = [{**row, "term": "24"} for row in rows.values()]
    assert desk.command(HOST, "EnterLedgerRows", ON, **entering(*bare)) == {}
    other = desk.refused(HOST, "EnterLedgerRows", ON, **entering({**rows[FIRST], "term": "12"}))
    assert other["accepted"] == "24个月；登记有误的，先更正登记"
    posting = f"{SX2015}.{FIRST}.1"
    remark = {**OF, "posting": posting, "remark": "请核对备注"}
    assert desk.refused(HOST, "ReturnLedgerRow", ON, **remark)["kind"] == "forbidden"
    assert desk.command(CITY, "ReturnLedgerRow", ON, **remark) == {"LedgerRowReturned": 1}
    (returned,) = desk.query(HOST, "ledger_rows", posting=posting)
    assert (returned["returned"], returned["edition"]) == ("请核对备注", 1)
    open_still = desk.refused(CITY, "SignLedger", ON, **OF)
    assert (open_still["code"], posting in open_still["sentence"]) == ("ledger_row_returned", True)
    again = entering({**rows[FIRST], "remark": "挂职期满另行安排"})
    assert desk.command(HOST, "EnterLedgerRows", ON, **again) == {"LedgerRowEntered": 1}
    (written,) = desk.query(CITY, "ledger_rows", posting=posting)
    assert (written["returned"], written["edition"], written["remark"]) == ("", 2, "挂职期满另行安排")
    assert desk.query(NEIGHBOUR, "ledger_rows", **OF) == []


@pytest.mark.req("X-057")
def test_the_old_head_signs_no_ledger_and_who_stands_in_does_to_the_last_day(desk: Desk) -> None:
    written(desk)
    on = candidates.at("2015-07-01", PROVINCE)
    new = Holder(*villages.CITY_HEAD, "p-new", date(2015, 7, 14))
    acting = Holder(*villages.CITY_HEAD, DEPUTY.person, date(2015, 7, 15), date(2015, 7, 16))
    orders = (
        RecordHolder(context=on, holder=new, known=villages.KNOWN),
        RecordActing(context=on, acting=acting, until=date(2015, 7, 16), known=villages.KNOWN),
    )
    villages.heads(desk, *orders)
    old = desk.refused(CITY, "SignLedger", "2015-07-14", **OF)
    assert (old["code"], old["accepted"]) == ("ledger_not_signer", "p-new")
    for day in ("2015-07-14", "2015-07-17"):
        assert desk.refused(DEPUTY, "SignLedger", day, **OF)["code"] == "ledger_not_signer"
    assert desk.command(DEPUTY, "SignLedger", "2015-07-16", **OF) == {"LedgerSigned": 1}
    (signed,) = desk.stored("LedgerSigned")
    assert (signed["signer"], signed["post"], signed["stands_in_for"]) == (DEPUTY.person, "city_org_head", "p-new")


def test_where_the_profile_gives_seal_and_filing_to_the_head_nobody_else_of_the_city_takes_them(
    open_desk: Callable[..., Desk],
) -> None:
    head = 'post = "city_org_head"'
    desk = peopled(villages.opened(open_desk, shanxi.with_spans(sealed=head, filed=head)))
    written(desk)
    on = candidates.at("2015-07-01", PROVINCE)
    acting = Holder(*villages.CITY_HEAD, DEPUTY.person, date(2015, 7, 15))
    villages.heads(desk, RecordActing(context=on, acting=acting, until=date(2015, 7, 15), known=villages.KNOWN))
    desk.command(CITY, "SignLedger", "2015-07-14", **OF)
    copies = {"paper": 2, "electronic": 1}
    for act, more, done in (("SealLedger", {}, "LedgerSealed"), ("FileLedger", copies, "LedgerFiled")):
        for day in ("2015-07-14", "2015-07-16"):
            other = desk.refused(DEPUTY, act, day, **OF, **more)
            assert (other["code"], other["clause"], other["accepted"]) == ("not_in_office", "五.2", "p-head")
        assert desk.command(DEPUTY, act, "2015-07-15", **OF, **more) == {done: 1}


@pytest.mark.req("X-021")
def test_signed_by_the_head_sealed_filed_and_the_statistics_are_counted_from_the_rows(desk: Desk) -> None:
    written(desk)
    early = desk.refused(CITY, "SealLedger", "2015-07-14", **OF)
    assert (early["code"], early["clause"]) == ("duty_out_of_order", "五.2")
    deputy = desk.refused(DEPUTY, "SignLedger", "2015-07-14", **OF)
    assert (deputy["code"], deputy["accepted"], deputy["clause"]) == ("ledger_not_signer", "p-head", "五.2")
    assert desk.command(CITY, "SignLedger", "2015-07-14", **OF) == {"LedgerSigned": 1}
    assert desk.command(DEPUTY, "SealLedger", "2015-07-14", **OF) == {"LedgerSealed": 1}
    short = desk.refused(CITY, "FileLedger", "2015-07-15", **OF, paper=1, electronic=1)
    assert (short["code"], short["clause"], short["accepted"]) == ("ledger_copies", "五.2", "纸质 2 份、电子版 1 份")
    assert desk.command(CITY, "FileLedger", "2015-07-15", **OF, paper=2, electronic=1) == {"LedgerFiled": 1}
    (ledger,) = desk.query(PROVINCE, "ledgers", programme=SX2015)
    assert (ledger["signer"], ledger["post"], ledger["recipient"]) == (
        "p-head",
        "city_org_head",
        "省委组织部组织指导处",
    )
    assert (ledger["paper"], ledger["electronic"], ledger["edition"], ledger["late"]) == (2, 1, 1, False)
    assert ledger["postings"] == [row["posting"] for row in desk.query(CITY, "city_ledger", **OF)]
    whole, county = desk.query(PROVINCE, "ledger_statistics", **OF)
    assert (whole["place"], county["place"]) == ("忻州市", "五寨县")
    for counted in (whole, county):
        figures = {key: counted[key] for key in ("rows", "tier_province", "tier_city", "village_kind_registered_poor")}
        assert figures == {"rows": 2, "tier_province": 2, "tier_city": 0, "village_kind_registered_poor": 2}
    # A row more is a row more in both, and there is nothing to type a figure into.
    third = f"{SX2015}.{THIRD}.1"
    villages.take_up(desk, third, on="2015-07-18")
    row = lines(desk)[THIRD]
    assert desk.command(HOST, "EnterLedgerRows", "2015-07-18", **entering(row)) == {"LedgerRowEntered": 1}
    assert [one["rows"] for one in desk.query(PROVINCE, "ledger_statistics", **OF)] == [3, 3]
    (changed,) = desk.query(PROVINCE, "ledgers", programme=SX2015)
    assert (changed["signer"], changed["sealed_on"], changed["filed_on"]) == ("", None, "2015-07-15")


@pytest.mark.req("X-023")
def test_every_mandatory_village_has_a_row_or_an_open_vacancy_and_every_row_somebody_on_post(desk: Desk) -> None:
    villages.take_up(desk, f"{SX2015}.{THIRD}.1", on="2015-07-13")
    assert [village for _, village in wrong(desk)] == ["砚城镇东关村", "砚城镇南关村", "砚城镇西关村", "砚城镇城内村"]
    written(desk)
    assert wrong(desk) == [("missing", "砚城镇城内村")]  # assigned to nobody; the fifth village is of neither kind
    # Whoever is only assigned has no row to give; an end of the posting leaves the row without anybody on post.
    gone = {"ground": "transfer", "organ": "县委组织部", "document": "调令 1", "posting": f"{SX2015}.{THIRD}.1"}
    assert desk.command(HOST, "WithdrawCadre", "2015-08-01", **gone)["CadreWithdrawn"] == 1
    assert wrong(desk) == [("not_on_post", "砚城镇西关村"), ("missing", "砚城镇城内村")]
    struck = {"programme": SX2015, "county": COUNTY, "posting": f"{SX2015}.{THIRD}.1", "reason": "调离"}
    assert desk.refused(CITY, "StrikeLedgerRow", "2015-08-02", **struck)["kind"] == "forbidden"
    assert desk.command(HOST, "StrikeLedgerRow", "2015-08-02", **struck) == {"LedgerRowStruck": 1}
    assert wrong(desk) == [("missing", "砚城镇城内村")]  # the place that somebody left is open
    (posting,) = villages.assign(desk, (4,), (FOURTH,))
    assert wrong(desk) == [("missing", "砚城镇城内村")]  # assigned, and still without a row
    villages.take_up(desk, posting, on="2015-08-10")
    assert desk.command(HOST, "EnterLedgerRows", "2015-08-10", **entering(lines(desk)[FOURTH])) == {
        "LedgerRowEntered": 1
    }
    assert wrong(desk) == []
    assert desk.query(NEIGHBOUR, "ledger_check", programme=SX2015) == []


def test_names_are_for_who_manages_and_each_reading_leaves_its_event(desk: Desk) -> None:
    written(desk)
    before = desk.counts()["PersonalDataRead"]
    rows = desk.query(actor("city_org", areas=("1409",), person="p-reader"), "city_ledger", **OF)
    assert {row["name"] for row in rows} == {"合成人员0001", "合成人员0002"}
    assert desk.counts()["PersonalDataRead"] == before + 1
    (last,) = [one for one in desk.stored("PersonalDataRead") if one["reader"] == "p-reader"]
    assert (last["purpose"], last["count"]) == ("city_ledger", 2)
    for stranger in (OFFICES[UNIT], actor("auditor", areas=("14",)), actor("township", areas=(FIRST[:9],))):
        assert desk.asked(stranger, "city_ledger", **OF)["kind"] == "forbidden"
    assert candidates.PROVINCE.covers("1409")
    assert desk.replays()
