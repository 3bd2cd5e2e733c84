"""What is known of a person is corrected: the number moves, the document of before says what it said, nothing leaks."""

from __future__ import annotations

from typing import Any

import pytest
from stdnum.cn import ric

from tests.kit.databases import rows_of
from tests.kit.desk import Desk
from tests.kit.personnel import cast

WRONG, RIGHT, NAMESAKE = 25, 1, 3
REASON = {"reason": "填表时末位抄错", "source": "户籍证明 2019-03"}


@pytest.fixture(scope="module")
def entered(office: Desk) -> dict[str, Any]:
    """A person was nominated under the number of another, who is nominated beside under it."""
    scheme = {"programme": "LN2018", "channel": cast.CHANNEL, "title": "方案", "units": ["U01"]}
    office.receipt(cast.CHANNEL_OFFICE, "FileChannelScheme", "2018-04-17", **scheme)
    row = cast.row(1, id_number=cast.id_number(WRONG))
    office.receipt(cast.UNIT_OFFICE, "NominateCadre", "2018-04-18", programme="LN2018", nominee=row)
    (one,) = office.query(cast.PROVINCE, "nominations", programme="LN2018")
    return one


def correct(person: str, **changes: Any) -> dict[str, Any]:
    return {"corrected": person, "changes": changes, **REASON}


def form(office: Desk, nomination: str, as_of: str = "") -> dict[str, Any]:
    (shown,) = office.query(cast.UNIT_OFFICE, "form", nomination=nomination, as_of=as_of)
    return shown


@pytest.fixture(scope="module")
def corrected(office: Desk, entered: dict[str, Any]) -> str:
    """The number is corrected a year later, by the unit; name and post some days after."""
    right = cast.id_number(RIGHT)
    given = office.command(
        cast.UNIT_OFFICE, "CorrectPerson", "2019-03-04", **correct(entered["person"], id_number=right)
    )
    assert given == {"PersonCorrected": 1}
    given = office.command(
        cast.UNIT_OFFICE, "CorrectPerson", "2019-03-08",
        **correct(entered["person"], name="更名人员", sending_unit_and_post="某单位 主任科员"),
    )  # fmt: skip
    assert given == {"PersonCorrected": 1}
    return right


@pytest.mark.req("PE-109")
def test_a_corrected_number_moves_and_the_form_of_last_year_says_what_it_said(
    office: Desk, entered: dict[str, Any], corrected: str
) -> None:
    key = entered["nomination"]
    then, now = form(office, key, as_of="2018-12-31"), form(office, key)
    assert (then["id_number_tail"], now["id_number_tail"]) == (cast.id_number(WRONG)[-4:], corrected[-4:])
    assert (then["fields"]["name"], now["fields"]["name"]) == ("合成人员0001", "更名人员")
    assert (then["version"], form(office, key, as_of="2019-03-07")["version"], now["version"]) == (1, 1, 2)
    assert now["fields"]["sending_unit_and_post"] == "某单位 主任科员"
    assert now["fields"]["career"] == then["fields"]["career"]
    # The old number is free: whoever really has it is entered as the first holder. The new one is taken.
    other = cast.row(NAMESAKE, id_number=cast.id_number(WRONG), birth_month="1980-02", sex="女")
    given = office.command(cast.UNIT_OFFICE, "NominateCadre", "2019-03-11", programme="LN2018", nominee=other)
    assert given == {"PersonRegistered": 1, "CadreNominated": 1, "FormSubmitted": 1}
    assert [one["turn"] for one in office.stored("PersonRegistered")] == [1, 2]
    taken = cast.row(49, id_number=corrected)
    problem = office.refused(cast.UNIT_OFFICE, "NominateCadre", "2019-03-11", programme="LN2018", nominee=taken)
    assert (problem["code"], problem["details"][0]["field"]) == ("person_registered_before", "id_number")
    again = office.refused(
        cast.UNIT_OFFICE, "CorrectPerson", "2019-03-12", **correct(entered["person"], id_number=cast.id_number(WRONG))
    )
    assert (again["code"], again["field"]) == ("person_registered_before", "changes.id_number")


@pytest.mark.req("PE-109")
def test_a_correction_has_reason_and_source_and_holds_nothing_in_clear(
    office: Desk, entered: dict[str, Any], corrected: str
) -> None:
    number, names = office.stored("PersonCorrected")[:2]
    assert (number["fields"], names["fields"]) == (["id_number"], ["name", "sending_unit_and_post"])
    assert (number["reason"], number["source"]) == (REASON["reason"], REASON["source"])
    lines = " ".join(line for (line,) in rows_of(office.database.url, "select line from log.events"))
    assert not [text for text in ("更名人员", corrected, cast.id_number(WRONG), "主任科员") if text in lines]
    for field, text in (("reason", f"原号 {corrected}"), ("source", "更名人员户口簿")):
        told = {**correct(entered["person"], mobile=cast.mobile(77)), field: text}
        assert office.refused(cast.UNIT_OFFICE, "CorrectPerson", "2019-04-01", **told)["field"] == field


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"name": "更名人员"}, "nothing_corrected", "changes"),
        ({"mobile": "139"}, "mobile_invalid", "changes.mobile"),
        ({"nickname": "小"}, "field_unknown", "changes.nickname"),
        ({"reporting_unit_opinion": "不同意"}, "field_unknown", "changes.reporting_unit_opinion"),
        ({"sex": "男"}, "identity_disagrees", "changes.sex"),
        ({"birth_month": "1981-03"}, "identity_disagrees", "changes.birth_month"),
        ({"family_name": "甲"}, "field_missing", "changes.family_relation"),
    ],
)
def test_what_is_wrong_with_a_correction_is_refused(
    office: Desk, entered: dict[str, Any], corrected: str, changes: dict[str, Any], code: str, field: str
) -> None:
    problem = office.refused(cast.UNIT_OFFICE, "CorrectPerson", "2019-04-01", **correct(entered["person"], **changes))
    assert (problem["code"], problem["field"]) == (code, field)


def test_nobody_else_is_told_that_there_is_such_a_person(office: Desk, entered: dict[str, Any], corrected: str) -> None:
    for stranger in (cast.ENTERPRISE_OFFICE, cast.COUNTY, cast.HOST_CITY):
        for person in (entered["person"], "p-nobody"):
            problem = office.refused(stranger, "CorrectPerson", "2019-04-01", **correct(person, name="某甲"))
            assert (problem["code"], problem["kind"]) == ("person_unknown", "unknown")
    early = office.refused(cast.PROVINCE, "CorrectPerson", "2018-04-17", **correct(entered["person"], name="某甲"))
    assert early["code"] == "date_before_ground"


@pytest.mark.req("PE-109")
def test_a_late_fact_changes_what_was_so_and_not_what_came_after(
    office: Desk, entered: dict[str, Any], corrected: str
) -> None:
    person, key = entered["person"], entered["nomination"]
    office.receipt(
        cast.PROVINCE, "CorrectPerson", "2019-05-01", **correct(person, health="良好", mobile=cast.mobile(9))
    )
    # Entered later, of a day before: as of that day it is so; what was corrected for a later day stays.
    office.receipt(cast.PROVINCE, "CorrectPerson", "2018-06-01", **correct(person, health="一般", ethnicity="汉族"))
    by_day = {day: form(office, key, as_of=day) for day in ("2018-05-31", "2018-06-01", "2019-05-01")}
    assert [one["fields"]["health"] for one in by_day.values()] == ["健康", "一般", "良好"]
    assert [one["fields"]["ethnicity"] for one in by_day.values()] == ["满族", "汉族", "汉族"]
    assert [one["mobile"] for one in by_day.values()] == [cast.mobile(1), cast.mobile(1), cast.mobile(9)]


@pytest.mark.req("PE-109")
def test_who_was_entered_under_the_wrong_number_beside_gets_it(office: Desk, corrected: str) -> None:
    """The city registered its person under the number of another, who was entered by the unit beside that record."""
    legs = {"programme": "LN2002", "city": "2113"}
    seat: dict[str, Any] = {
        "pair": 5, "direction": "out", "level": "county", "seat": 1, "sending": "211381", "host": "210213",
        "id_number": cast.id_number(30), "mobile": cast.mobile(30), "form": cast.form(30), "synthetic": True,
    }  # fmt: skip
    office.receipt(cast.SENDING_CITY, "NominateLegs", "2002-06-27", **legs, legs=[seat])
    (leg,) = office.query(cast.SENDING_CITY, "legs", programme="LN2002")
    beside = cast.row(30, kind="township", intended_unit_and_post="乡镇党委第一副书记 待分配")
    office.receipt(cast.UNIT_OFFICE, "NominateCadre", "2018-04-19", programme="LN2018", nominee=beside)
    (waiting,) = [one for one in office.query(cast.PROVINCE, "persons") if one["identity"] == "open"]
    assert waiting["known"] == leg["person"]
    right = {"id_number": cast.id_number(54), "family_relation": "父亲", "family_name": "某甲", "family_age": "70",
             "family_political_status": "群众", "family_unit_and_post": "无"}  # fmt: skip
    given = office.command(cast.SENDING_CITY, "CorrectPerson", "2018-05-02", **correct(leg["person"], **right))
    assert given == {"PersonCorrected": 1, "IdentityNumberPassed": 1}
    (holder,) = office.query(cast.PROVINCE, "persons", person=waiting["person"])
    assert (holder["known"], holder["identity"]) == ("", "")
    assert office.stored("IdentityNumberPassed")[-1]["turn"] == 2


def test_replay_gives_the_same_read_models(office: Desk, corrected: str) -> None:
    assert office.replays()


@pytest.mark.req("PE-008")
@pytest.mark.parametrize(
    ("said", "field"), [({"sex": "女"}, "sex"), ({"birth_month": "1980-04"}, "birth_month"), ({}, "")]
)
def test_a_number_of_another_sex_or_month_of_birth_is_refused_and_its_division_is_not(
    office: Desk, corrected: str, said: dict[str, str], field: str
) -> None:
    """99 is no division of any year; the day and the check digit decide."""
    front = "99" + cast.id_number(64)[2:17]
    row = cast.row(64, id_number=front + str(ric.calc_check_digit(front + "0")), **said)
    problem = office.refused(cast.UNIT_OFFICE, "NominateCadre", "2019-06-01", programme="LN2018", nominee=row)
    assert (problem["code"], problem["field"]) == (("identity_disagrees", field) if said else ("no_open_place", "kind"))
    assert [one["code"] for one in problem["details"]][-1] == "no_open_place"
