"""Erasure and reading on a real log: what is recorded, what is shown afterwards, and what cannot be got round."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import psycopg2
import pytest

from kernel.errors import Busy
from kernel.testing import actor
from tests.kit.databases import rows_of
from tests.kit.desk import Desk
from tests.kit.personnel import cast, erasing
from tests.kit.personnel.posted import posted

FIRST, SECOND = cast.FIRST, cast.SECOND
AUDITOR = actor("auditor", person="a-1", areas=("21",))
DAY = "2026-11-02"
EXPORT = "0a" * 32


@pytest.fixture(scope="module")
def office(sealed_office: Desk) -> Desk:
    """All of it holds under both profiles."""
    return sealed_office


@pytest.fixture(scope="module")
def people(office: Desk) -> list[dict[str, Any]]:
    return posted(office)


def accesses(office: Desk, **params: Any) -> list[dict[str, Any]]:
    return office.query(AUDITOR, "access_log", **params)


def test_every_reading_is_recorded_once_a_question_without_the_data(office: Desk, people: list[dict[str, Any]]) -> None:
    before, counts = accesses(office), office.counts()
    rows = office.query(cast.COUNTY, "ledger", programme="LN2018")
    assert [row["name"][:4] for row in rows] == ["合成人员"] * 2
    office.query(cast.UNIT_OFFICE, "form", nomination=people[0]["nomination"])
    (ledger, form) = accesses(office)[len(before) :]
    about = ("reader", "role", "purpose", "persons", "fields", "count")
    assert [ledger[name] for name in about] == [
        cast.COUNTY.person,
        "county_org",
        "ledger",
        [row["person"] for row in rows],
        ["name", "mobile", "sending_unit_and_post"],
        2,
    ]
    assert [form[name] for name in about] == [
        cast.UNIT_OFFICE.person, "unit", "form", [people[0]["person"]], ["form", "id_number_tail", "mobile"], 1,
    ]  # fmt: skip
    assert office.counts()["PersonalDataRead"] == counts.get("PersonalDataRead", 0) + 2
    streams = rows_of(office.database.owner_url, "select distinct stream from log.events where stream like 'access/%'")
    assert all(re.fullmatch(r"access/\d{4}-\d\d-\d\d", stream) for (stream,) in streams)
    assert [one["position"] for one in accesses(office, person=people[1]["person"])] == [ledger["position"]]
    assert office.replays()


def test_what_shows_nothing_personal_is_not_recorded(office: Desk, people: list[dict[str, Any]]) -> None:
    before = accesses(office)
    assert office.query(cast.UNIT_OFFICE, "ledger", programme="LN2018")[0]["name"] == "＊＊＊"
    office.query(cast.OTHER_COUNTY, "ledger", programme="LN2018")
    assert office.asked(cast.OTHER_COUNTY, "form", nomination=people[0]["nomination"])["kind"] == "unknown"
    assert accesses(office) == before


@pytest.mark.parametrize("question", ["ledger", "form"])
def test_what_cannot_be_recorded_is_not_shown(
    office: Desk, people: list[dict[str, Any]], question: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(item: object) -> None:
        raise Busy("away", accepted="later")

    monkeypatch.setattr(office.opened.handler.log, "append", away)
    asked = {"programme": "LN2018"} if question == "ledger" else {"nomination": people[0]["nomination"]}
    assert office.asked(replace(cast.COUNTY, person="p-new"), question, **asked)["kind"] == "busy"


@pytest.mark.parametrize("role", ["province_org", "city_org", "county_org", "unit", "system", "system_admin"])
def test_only_an_auditor_reads_who_read(office: Desk, people: list[dict[str, Any]], role: str) -> None:
    assert office.asked(actor(role, areas=("21",)), "access_log")["kind"] == "forbidden"


@pytest.mark.parametrize("role", ["province_org", "auditor", "system", "system_admin"])
def test_only_a_security_administrator_has_to_do_with_erasure(
    office: Desk, people: list[dict[str, Any]], role: str
) -> None:
    by, person = actor(role, areas=("21",)), people[0]["person"]
    assert office.refused(by, "RequestErasure", DAY, person=person, reason="x")["kind"] == "forbidden"
    assert office.asked(by, "personal_data", person=person)["kind"] == "forbidden"
    assert office.asked(FIRST, "ledger", programme="LN2018")["kind"] == "forbidden"


@pytest.fixture(scope="module")
def erased(office: Desk, people: list[dict[str, Any]]) -> dict[str, Any]:
    """The first of the two, erased in all steps."""
    about = {"person": people[0]["person"]}
    for by in (FIRST, SECOND):
        assert office.asked(by, "personal_data", **about)["code"] == "erasure_not_requested"
    assert office.refused(FIRST, "RequestErasure", DAY, person="nobody", reason="x")["kind"] == "unknown"
    assert office.command(FIRST, "RequestErasure", DAY, **about, reason="目的已实现") == {"ErasureRequested": 1}
    assert office.refused(FIRST, "ApproveErasure", DAY, **about)["code"] == "second_person_required"
    assert office.asked(FIRST, "personal_data", **about)["code"] == "approval_missing"
    assert office.command(SECOND, "ApproveErasure", DAY, **about) == {"ErasureApproved": 1}
    assert office.asked(SECOND, "personal_data", **about)["code"] == "not_the_requester"
    hold = {**about, "hold": "案-1"}
    assert office.command(SECOND, "PlaceLegalHold", DAY, **hold, basis="审计未结") == {"LegalHoldPlaced": 1}
    assert office.asked(FIRST, "personal_data", **about)["code"] == "legal_hold"
    assert office.refused(FIRST, "ErasePerson", DAY, **about, export=EXPORT)["code"] == "legal_hold"
    assert office.refused(FIRST, "LiftLegalHold", DAY, **hold)["code"] == "hold_lift_not_requested"
    assert office.command(SECOND, "RequestHoldLift", DAY, **hold, reason="审计已结") == {"HoldLiftRequested": 1}
    assert office.refused(SECOND, "LiftLegalHold", DAY, **hold)["code"] == "second_person_required"
    (asked,) = office.query(SECOND, "legal_holds", person=about["person"])
    assert (asked["lift_requester"], asked["lift_reason"], asked["lifted_on"]) == ("s-2", "审计已结", None)
    assert office.command(FIRST, "LiftLegalHold", DAY, **hold) == {"LegalHoldLifted": 1}
    assert office.refused(FIRST, "ErasePerson", DAY, **about, export=EXPORT)["code"] == "export_missing"
    handed, digest = erasing.handed(office, about["person"])
    assert handed["personal"]["name"].startswith("合成人员")
    assert handed["personal"]["id_number"] in {cast.id_number(1), cast.id_number(2)}
    assert [form["fields"]["name"] for form in handed["forms"]] == [handed["personal"]["name"]]
    assert accesses(office)[-1]["purpose"] == "personal_data"
    # Until the key is gone the ledger shows the person as ever.
    assert "已销毁" not in {row["name"] for row in office.query(cast.COUNTY, "ledger", programme="LN2018")}
    assert office.refused(FIRST, "ErasePerson", DAY, **about, export="0" * 64)["code"] == "export_unknown"
    handed, last = erasing.handed(office, about["person"])
    assert office.refused(FIRST, "ErasePerson", DAY, **about, export=digest)["code"] == "export_unknown"
    assert office.command(FIRST, "ErasePerson", DAY, **about, export=last) == {"PersonErased": 1}
    return {**people[0], "was": handed["personal"], "export": last, "versions": handed["versions"]}


def test_the_hand_over_says_who_entered_what_and_when(office: Desk, erased: dict[str, Any]) -> None:
    assert [(one["part"], one["entered_by"], one["entered_on"]) for one in erased["versions"]] == [
        ("personal", cast.PROVINCE.person, "2018-04-18"), ("form", cast.PROVINCE.person, "2018-04-18"),
    ]  # fmt: skip
    assert erased["versions"][0]["content"] == erased["was"]
    assert erased["versions"][1]["content"]["name"] == erased["was"]["name"]
    stored = office.stored("PersonalDataExported")[-1]
    assert (stored["export"], stored["versions"]) == (erased["export"], 2)


def test_an_erased_person_is_shown_as_erased_everywhere_and_the_others_as_before(
    office: Desk, erased: dict[str, Any], people: list[dict[str, Any]]
) -> None:
    rows = {row["person"]: row for row in office.query(cast.COUNTY, "ledger", programme="LN2018")}
    gone, stays = rows[erased["person"]], rows[people[1]["person"]]
    assert (gone["name"], gone["mobile"], gone["unit_and_post"]) == ("已销毁", "已销毁", "某厅")
    assert stays["name"].startswith("合成人员")
    (form,) = office.query(cast.COUNTY, "form", nomination=erased["nomination"])
    assert (form["fields"]["name"], form["fields"]["family"]) == ("已销毁", [])
    assert set(form["fields"]) == {"name", "family", "intended_unit_and_post"}
    persons = {row["person"]: row["erased_on"] for row in office.query(cast.PROVINCE, "persons")}
    assert persons == {erased["person"]: DAY, people[1]["person"]: None}
    (state,) = office.query(AUDITOR, "erasures", person=erased["person"])
    assert (state["status"], state["requester"], state["approver"], state["export"]) == (
        "erased", "s-1", "s-2", erased["export"],
    )  # fmt: skip
    assert [hold["lifted_on"] for hold in office.query(AUDITOR, "legal_holds")] == [DAY]


def test_who_is_shown_nothing_of_an_erased_person_has_read_nothing(
    office: Desk, erased: dict[str, Any], people: list[dict[str, Any]]
) -> None:
    by = replace(cast.COUNTY, person="p-late")
    (form,) = office.query(by, "form", nomination=erased["nomination"])
    assert form["fields"]["name"] == "已销毁"
    assert accesses(office, reader="p-late") == []
    rows = office.query(by, "ledger", programme="LN2018")
    assert {row["person"] for row in rows if row["name"] == "已销毁"} == {erased["person"]}
    (read,) = accesses(office, reader="p-late")
    assert (read["purpose"], read["persons"], read["count"]) == ("ledger", [people[1]["person"]], 1)


def test_erased_stays_erased(office: Desk, erased: dict[str, Any]) -> None:
    about = {"person": erased["person"]}
    assert office.asked(FIRST, "personal_data", **about)["kind"] == "unknown"
    for name, more in (("RequestErasure", {"reason": "x"}), ("ErasePerson", {"export": EXPORT})):
        assert office.refused(FIRST, name, DAY, **about, **more)["code"] == "person_erased"
    with pytest.raises(psycopg2.Error, match="destroyed") as refused:
        rows_of(
            office.database.url,
            f"insert into vault.keys (subject, wrapped) values ('{erased['person']}', '\\x{'00' * 61}') returning 1",
        )
    assert refused.value.pgcode == "PZ001"
    # The same id number is still known, so nobody enters the person again by mistake.
    number = next(n for n in (1, 2) if cast.id_number(n) == erased["was"]["id_number"])
    again = office.refused(cast.PROVINCE, "NominateCadre", DAY, programme="LN2018", nominee=cast.row(number))
    assert again["code"] == "person_registered_before"


def test_the_events_stay_and_replay_gives_the_same(office: Desk, erased: dict[str, Any]) -> None:
    counts = office.counts()
    assert (counts["PersonRegistered"], counts["PersonErased"]) == (2, 1)
    assert office.replays()
    ((lines,),) = rows_of(office.database.owner_url, "select string_agg(line, ' ') from log.events")
    for secret in (erased["was"]["name"], erased["was"]["id_number"], erased["was"]["mobile"]):
        assert secret not in lines


@pytest.mark.parametrize("word", ["合成人员0005", "合成家属0005", "合成子女0005"])
def test_a_text_kept_in_clear_names_neither_the_nominee_nor_the_family(
    office: Desk, people: list[dict[str, Any]], word: str
) -> None:
    row = cast.row(5, decision=f"党委会研究推荐{word}")
    refused = office.refused(cast.PROVINCE, "NominateCadre", "2018-04-18", programme="LN2018", nominee=row)
    assert (refused["code"], refused["field"]) == ("name_in_text", "decision")
    assert word not in str(refused)
