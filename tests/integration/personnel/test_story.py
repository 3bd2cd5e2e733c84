"""Personnel on PostgreSQL, from the profile to the promotion: what is refused, what stands, and that nothing leaks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson
import pytest

from tests.kit.allocation import said
from tests.kit.databases import rows_of
from tests.kit.desk import Desk
from tests.kit.personnel import cast


@pytest.fixture(scope="module")
def nominated(office: Desk) -> list[dict[str, Any]]:
    """Three good rows and two bad ones, imported."""
    early = office.refused(cast.UNIT_OFFICE, "NominateCadre", "2018-04-17", programme="LN2018", nominee=cast.row(1))
    assert early["code"] == "scheme_missing"
    filed = office.command(
        cast.CHANNEL_OFFICE, "FileChannelScheme", "2018-04-17", programme="LN2018", channel=cast.CHANNEL, title="方案",
        units=["U01"],
    )  # fmt: skip
    assert filed == {"ChannelSchemeFiled": 1}
    township = "乡镇党委第一副书记 待分配"
    rows = [
        cast.row(1, kind="乡镇", intended_unit_and_post=township),
        cast.row(2, unit="某厅", copies=5.0),
        cast.row(3, copies=4),
        cast.row(4, id_number=cast.id_number(2), birth_month="1980-03"),
        cast.row(5),
    ]
    receipt = office.receipt(
        cast.PROVINCE, "ImportNominees", "2018-04-18", programme="LN2018", rows=rows, accept="good"
    )
    assert receipt["events"] == {"PersonRegistered": 3, "CadreNominated": 3, "FormSubmitted": 3}
    refused = [(r["item"], r["field"], r["code"], r["clause"]) for r in receipt["result"]["refused"]]
    assert refused == [(3, "copies", "copies_incomplete", "五.1"), (4, "id_number", "duplicate_in_file", "附件2")]
    return office.query(cast.PROVINCE, "nominations", programme="LN2018")


def test_the_roster_stands_with_its_places(nominated: list[dict[str, Any]]) -> None:
    assert [(n["place"], n["status"]) for n in nominated] == [
        ("township-1", "nominated"),
        ("village-1", "nominated"),
        ("village-2", "nominated"),
    ]


def test_all_or_none_refuses_every_row(office: Desk, nominated: list[dict[str, Any]]) -> None:
    rows = [cast.row(8), cast.row(2), cast.row(9, mobile="1391234", unit="U99")]
    problem = office.refused(cast.PROVINCE, "ImportNominees", "2018-04-18", programme="LN2018", rows=rows)
    assert (problem["code"], problem["field"]) == ("no_open_place", "rows[1].kind")
    assert [(d["row"], d["code"]) for d in problem["details"]] == [
        (1, "no_open_place"),
        (2, "person_registered_before"),
        (2, "no_open_place"),
        (3, "mobile_invalid"),
        (3, "unit_not_noted"),
    ]


@pytest.fixture(scope="module")
def checked(office: Desk, nominated: list[dict[str, Any]]) -> None:
    """One fails; the place opens by talk and request, and a successor passes."""
    failing, *passing = [n for n in nominated if n["kind"] == "village"] + [
        n for n in nominated if n["kind"] != "village"
    ]
    marks = {"programme": "LN2018", "unit": "U01"}
    for one in passing:
        office.receipt(
            cast.CHANNEL_OFFICE, "CheckNominee", "2018-04-23", **marks, nomination=one["nomination"], result="passed"
        )
    about = {**marks, "nomination": failing["nomination"]}
    office.receipt(cast.CHANNEL_OFFICE, "CheckNominee", "2018-04-23", **about, result="failed", conditions=["健康"])
    again = {"programme": "LN2018", "nominee": cast.row(6)}
    assert office.refused(cast.UNIT_OFFICE, "NominateCadre", "2018-04-23", **again)["code"] == "communication_missing"
    assert (
        office.refused(cast.CHANNEL_OFFICE, "RequestRenomination", "2018-04-24", **about)["code"]
        == "communication_missing"
    )
    assert office.command(cast.CHANNEL_OFFICE, "RecordCommunication", "2018-04-24", **about)
    assert office.command(cast.CHANNEL_OFFICE, "RequestRenomination", "2018-04-24", **about)
    assert office.command(cast.UNIT_OFFICE, "NominateCadre", "2018-04-24", **again)["CadreNominated"] == 1
    (one,) = office.query(cast.CHANNEL_OFFICE, "nominations", status="nominated")
    assert one["place"] == failing["place"]
    office.receipt(
        cast.CHANNEL_OFFICE, "CheckNominee", "2018-04-24", **marks, nomination=one["nomination"], result="passed"
    )


@pytest.fixture(scope="module")
def posted(office: Desk, checked: None) -> dict[str, Any]:
    """A village nominee, placed, handed over by both sides, on post."""
    one = next(n for n in office.query(cast.PROVINCE, "nominations", status="passed", kind="village"))
    place(office, one, 1, "2018-04-27")
    hand_over(office, 1, "2018-04-28", "2018-05-02")
    return one


def place(office: Desk, nominee: Mapping[str, Any], number: int, on: str) -> None:
    office.hear_of("allocation", said.placement(cast.TARGET, nominee["person"], "U01", on=on, number=number))


def hand_over(office: Desk, number: int, begun: str, done: str) -> None:
    postings = [f"LN2018.{cast.TARGET}.{number}"]
    sent = office.command(
        cast.UNIT_OFFICE, "RecordHandover", begun, postings=postings, items=["party_relation", "escort"]
    )
    assert sent == {"HandoverItemDone": 2}
    hosts = {"postings": postings, "items": ["host_contact", "board_lodging"]}
    assert office.refused(cast.OTHER_COUNTY, "RecordHandover", done, **hosts)["kind"] == "forbidden"
    assert office.command(cast.COUNTY, "RecordHandover", done, **hosts) == {
        "HandoverItemDone": 2,
        "CadreOnPost": 1,
    }


def test_the_ledger_shows_names_to_managing_organs_only(office: Desk, posted: dict[str, Any]) -> None:
    (row,) = office.query(cast.COUNTY, "ledger", programme="LN2018")
    assert row["name"].startswith("合成人员")
    assert row["mobile"].startswith("139")
    assert (row["host_county"], row["host_post"], row["unit_and_post"]) == ("义县", "村党组织第一书记", "某单位 科员")
    assert row["host_village"].startswith("刘龙台镇")
    (masked,) = office.query(cast.UNIT_OFFICE, "ledger", programme="LN2018")
    assert (masked["name"], masked["mobile"]) == ("＊＊＊", "＊＊＊")
    assert office.query(cast.OTHER_COUNTY, "ledger", programme="LN2018") == []


def test_the_form_opens_for_who_manages_the_person_with_the_place_in_it(
    office: Desk, posted: dict[str, Any], nominated: list[dict[str, Any]]
) -> None:
    (placed,) = office.query(cast.COUNTY, "form", nomination=posted["nomination"])
    assert placed["version"] == 2
    assert placed["fields"]["intended_unit_and_post"].endswith("村党组织第一书记")
    assert "刘龙台镇" in placed["fields"]["intended_unit_and_post"]
    assert [member["family_age"] for member in placed["fields"]["family"]] == ["38", "9"]
    (waiting,) = office.query(cast.UNIT_OFFICE, "form", nomination=nominated[0]["nomination"])
    assert (waiting["version"], waiting["fields"]["intended_unit_and_post"]) == (1, "乡镇党委第一副书记 待分配")
    for stranger in (cast.OTHER_COUNTY, cast.ENTERPRISE_OFFICE):
        problem = office.asked(stranger, "form", nomination=posted["nomination"])
        assert problem["kind"] == "unknown"


@pytest.fixture(scope="module")
def replaced(office: Desk, posted: dict[str, Any]) -> None:
    """Recalled after the interview, back at the unit, and the same unit's successor on post."""
    recall = {"posting": cast.POSTING, "case": "T1-1"}
    groundless = office.refused(cast.COUNTY, "RecallCadre", "2019-05-03", **recall)
    assert (groundless["code"], groundless["clause"]) == ("interview_missing", "二.2")
    office.hear(
        "evaluation", "InterviewHeld", "2019-05-06", case="T1-1", trigger="T1", posting=cast.POSTING,
        person=posted["person"], target=cast.TARGET,
    )  # fmt: skip
    given = office.command(cast.COUNTY, "RecallCadre", "2019-05-13", **recall)
    assert given == {"CadreRecalled": 1, "ReplacementDue": 1}
    assert office.command(cast.UNIT_OFFICE, "RecordReturn", "2019-05-14", posting=cast.POSTING) == {"ReturnedToUnit": 1}
    nominee = {"programme": "LN2018", "nominee": cast.row(7)}
    assert office.command(cast.UNIT_OFFICE, "NominateCadre", "2019-05-15", **nominee)["CadreNominated"] == 1
    (one,) = office.query(cast.CHANNEL_OFFICE, "nominations", status="nominated")
    assert one["place"] == posted["place"]
    place(office, one, 2, "2019-05-20")
    hand_over(office, 2, "2019-06-03", "2019-06-03")


@pytest.mark.req("PE-106")
def test_a_recall_demands_a_replacement_and_the_unit_fills_it(office: Desk, replaced: None) -> None:
    (figures,) = office.query(cast.PROVINCE, "figures", programme="LN2018")
    assert (figures["on_post"], figures["recalls"], figures["replacements"], figures["returns"]) == (1, 1, 1, 1)
    (due,) = office.query(cast.COUNTY, "replacements", programme="LN2018")
    assert (due["unit"], due["due_on"], due["successor"]) == ("U01", "2019-05-13", f"LN2018.{cast.TARGET}.2")


def seat(n: int, host: str = "210213", sending: str = "211381", direction: str = "out") -> dict[str, Any]:
    return {
        "pair": 5, "direction": direction, "level": "county", "seat": 1, "sending": sending, "host": host,
        "id_number": cast.id_number(n), "mobile": cast.mobile(n), "form": cast.form(n), "synthetic": True,
    }  # fmt: skip


@pytest.fixture(scope="module")
def promoted(office: Desk, replaced: None) -> None:
    """A leg lost and filled again, the other one served, assessed, filed and promoted."""
    about = {"programme": "LN2002", "city": "2113"}
    foreign = office.refused(
        cast.SENDING_CITY, "NominateLegs", "2002-06-27", **about, legs=[seat(20, sending="210213")]
    )
    assert (foreign["code"], foreign["field"]) == ("not_your_business", "legs[1].sending")
    named = office.command(cast.SENDING_CITY, "NominateLegs", "2002-06-27", **about, legs=[seat(20)])
    assert named == {"PersonRegistered": 1, "SwapLegNominated": 1, "SwapConditionsJudged": 1}
    handed = {**about, "copies": 4, "discussed_on": "2002-06-26", "discussion": "常委会纪要 12"}
    sent = office.command(cast.SENDING_CITY, "SubmitNomination", "2002-06-28", **handed)
    assert sent == {"NominationSubmitted": 1, "NomineesCounted": 1}
    assert office.refused(cast.SENDING_CITY, "SubmitNomination", "2002-06-28", **handed)["code"] == "nothing_to_submit"
    first = serve(office, 1, "2002-07-15")
    assert office.command(cast.SENDING_CITY, "WithdrawLeg", "2002-11-04", leg=first, reason="健康")
    assert office.command(cast.SENDING_CITY, "RecordReturn", "2002-11-04", leg=first) == {"ReturnedToUnit": 1}
    # What the notice of 2003 says of the return is said of the end of the term: nothing of 2002 rests on it.
    told = office.log.rows("select line from log.events where type = 'ReturnedToUnit' order by position")
    line = orjson.loads(told[-1]["line"])
    assert (line["notice"], line["clause"]) == ("辽组通字〔2002〕13号", "三")
    again = office.command(cast.SENDING_CITY, "NominateLegs", "2002-11-11", **about, legs=[seat(21)])
    assert again == {"PersonRegistered": 1, "SwapLegNominated": 1, "SwapConditionsJudged": 1}
    later = office.command(cast.SENDING_CITY, "SubmitNomination", "2002-11-11", **handed)
    assert later == {"NominationSubmitted": 1, "NomineesCounted": 1}
    second = serve(office, 2, "2002-11-18")
    ended = office.command(cast.SYSTEM, "EndTerms", "2003-07-15", programme="LN2002", as_of="2003-07-15")
    assert ended == {"TermEnded": 1}
    filing = {"leg": second, "document": "考核材料 1"}
    assert office.refused(cast.SENDING_CITY, "FileInArchive", "2003-07-16", **filing)["code"] == "review_missing"
    office.hear("evaluation", "SecondmentReportReviewed", "2003-06-25", leg=second, person="p")
    assert office.command(cast.SENDING_CITY, "FileInArchive", "2003-07-16", **filing) == {"FiledInArchive": 1}
    grounds = {"leg": second, "grounds": ["outstanding", "recognised", "work_need"], "evaluation": second}
    assert office.command(cast.SENDING_CITY, "PromoteCadre", "2003-07-18", **grounds) == {"CadrePromoted": 1}


def serve(office: Desk, number: int, on: str) -> str:
    leg = f"LN2002.5.out.county.1.{number}"
    assert office.refused(cast.SENDING_CITY, "ReportForDuty", on, legs=[leg])["code"] == "post_not_agreed"
    office.hear("allocation", "SecondmentPostAgreed", "2002-07-05", programme="LN2002", pair=5, leg=leg, post="副区长")
    assert office.command(cast.SENDING_CITY, "ReportForDuty", on, legs=[leg]) == {"SecondmentReported": 1}
    assert office.refused(cast.SENDING_CITY, "RecordAppointment", on, legs=[leg])["kind"] == "forbidden"
    assert office.command(cast.HOST_CITY, "RecordAppointment", on, legs=[leg]) == {"AppointmentRecorded": 1}
    return leg


def test_the_year_of_a_leg_and_its_substitute(office: Desk, promoted: None) -> None:
    first, second = office.query(cast.SENDING_CITY, "legs", programme="LN2002")
    assert (first["status"], first["submission"], second["submission"]) == (
        "returned",
        "LN2002.2113.1",
        "LN2002.2113.2",
    )
    assert (second["substitute"], second["late"]) == (True, False)
    assert (second["term_from"], second["term_ends"], second["ended_on"]) == ("2002-07-15", "2003-07-15", "2003-07-15")
    (figures,) = office.query(cast.PROVINCE, "figures", programme="LN2002")
    assert (figures["reported"], figures["withdrawn"], figures["ended"], figures["promotions"]) == (2, 1, 1, 1)
    assert office.query(cast.HOST_CITY, "promotions", programme="LN2002") == []


def test_nothing_personal_stands_in_clear_anywhere(office: Desk, promoted: None) -> None:
    """Every table of the database as text, against every name and number that was entered."""
    tables = rows_of(
        office.database.owner_url,
        "select schemaname || '.' || tablename from pg_tables where schemaname in ('log', 'read', 'vault')",
    )
    text = "\n".join(
        str(row) for (table,) in tables for row in rows_of(office.database.owner_url, f"select t::text from {table} t")
    )
    assert "CadreNominated" in text
    for n in range(30):
        for secret in (cast.id_number(n), cast.mobile(n), f"合成人员{n:04d}", f"合成家属{n:04d}", f"{n:064x}"):
            assert secret not in text
    assert "合成履历" not in text


def test_replay_gives_the_same_read_models(office: Desk, promoted: None) -> None:
    assert office.replays()
