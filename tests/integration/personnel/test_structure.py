"""The structure of the corps as of a day: from events, for who may read the persons, in figures alone."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.kit.allocation import said
from tests.kit.desk import Desk
from tests.kit.personnel import cast

SECOND = "210727101209"


@pytest.fixture(scope="module")
def serving(office: Desk) -> list[dict[str, Any]]:
    """Two cadres of one unit, on post from May and from June; the second is corrected as of September."""
    scheme = {"programme": "LN2018", "channel": cast.CHANNEL, "title": "方案", "units": ["U01"]}
    office.receipt(cast.CHANNEL_OFFICE, "FileChannelScheme", "2018-04-17", **scheme)
    rows = [cast.row(1), cast.row(14, education_in_service="研究生")]
    office.receipt(cast.UNIT_OFFICE, "ImportNominees", "2018-04-18", programme="LN2018", rows=rows)
    people = office.query(cast.PROVINCE, "nominations", programme="LN2018")
    for one, target, on in zip(people, (cast.TARGET, SECOND), ("2018-05-02", "2018-06-04"), strict=True):
        posting = f"LN2018.{target}.1"
        office.hear_of("allocation", said.placement(target, one["person"], cast.UNIT))
        about: dict[str, Any] = {"postings": [posting]}
        office.receipt(cast.UNIT_OFFICE, "RecordHandover", on, **about, items=["party_relation", "escort"])
        office.receipt(cast.COUNTY, "RecordHandover", on, **about, items=["host_contact", "board_lodging"])
    office.receipt(
        cast.UNIT_OFFICE, "CorrectPerson", "2018-09-01", corrected=people[1]["person"],
        changes={"education_in_service": ""}, reason="学历认定有误", source="学历认证报告",
    )  # fmt: skip
    return people


def asked(office: Desk, by: Any, as_of: str) -> dict[str, Any]:
    (figures,) = office.query(by, "structure", programme="LN2018", as_of=as_of)
    return figures


@pytest.mark.req("PE-043")
def test_the_same_day_gives_the_same_figures_and_each_day_its_own(office: Desk, serving: list[dict[str, Any]]) -> None:
    june = asked(office, cast.PROVINCE, "2018-06-04")
    assert json.dumps(june) == json.dumps(asked(office, cast.PROVINCE, "2018-06-04"))
    assert june == {
        "programme": "LN2018", "as_of": "2018-06-04", "serving": 2,
        "age": {"38": 2}, "sex": {"女": 1, "男": 1}, "level": {"province": 2}, "unit_kind": {cast.CHANNEL: 2},
        "education": {"大学本科": 1, "硕士研究生": 1}, "pool": {"未知": 2},
    }  # fmt: skip
    days = {day: asked(office, cast.PROVINCE, day) for day in ("2018-05-01", "2018-05-02", "2018-06-03", "2018-09-01")}
    assert [one["serving"] for one in days.values()] == [0, 1, 1, 2]
    assert days["2018-09-01"]["education"] == {"大学本科": 2}


@pytest.mark.req("PE-043")
def test_figures_alone_leave_and_the_reading_is_recorded(office: Desk, serving: list[dict[str, Any]]) -> None:
    shown = json.dumps(asked(office, cast.COUNTY, "2018-06-04"), ensure_ascii=False)
    for n in (1, 14):
        assert not [text for text in (cast.form(n)["name"], cast.id_number(n), cast.mobile(n)) if text in shown]
    read = office.stored("PersonalDataRead")[-1]
    assert (read["purpose"], read["count"]) == ("structure", 2)
    assert read["fields"] == ["birth_month", "sex", "education_full_time", "education_in_service"]
    for stranger in (cast.OTHER_COUNTY, cast.ENTERPRISE_OFFICE):
        assert asked(office, stranger, "2018-06-04")["serving"] == 0
    assert (
        office.asked(cast.UNIT_OFFICE, "structure", programme="LN2018", as_of="2018-06-04")["code"]
        == "role_not_allowed"
    )
