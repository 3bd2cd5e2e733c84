"""The photo of a person: a sealed file outside the log, its digest in the event, shown to whom the form is shown."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

import pytest

from tests.kit.databases import rows_of, run
from tests.kit.desk import Desk
from tests.kit.offices import Offices
from tests.kit.personnel import cast, erasing

PICTURE = b"\xff\xd8\xff" + bytes(range(256)) * 40
TEXT = base64.b64encode(PICTURE).decode()


@pytest.fixture(scope="module")
def nominee(office: Desk) -> dict[str, Any]:
    scheme = {"programme": "LN2018", "channel": cast.CHANNEL, "title": "方案", "units": ["U01"]}
    office.receipt(cast.CHANNEL_OFFICE, "FileChannelScheme", "2018-04-17", **scheme)
    office.receipt(cast.UNIT_OFFICE, "NominateCadre", "2018-04-18", programme="LN2018", nominee=cast.row(1))
    (one,) = office.query(cast.PROVINCE, "nominations", programme="LN2018")
    return one


@pytest.mark.req("PE-008")
def test_the_file_lies_sealed_beside_the_log_and_the_event_has_its_digest(
    office: Desk, nominee: dict[str, Any]
) -> None:
    about = {"corrected": nominee["person"], "photo": TEXT}
    stranger = office.refused(cast.ENTERPRISE_OFFICE, "AttachPhoto", "2018-04-20", **about)
    assert (stranger["code"], stranger["kind"]) == ("person_unknown", "unknown")
    for wrong in ("不是照片", base64.b64encode(b"GIF89a").decode(), {"a": 1}, TEXT * 200):
        problem = office.refused(cast.UNIT_OFFICE, "AttachPhoto", "2018-04-20", **{**about, "photo": wrong})
        assert (problem["code"], problem["field"]) == ("photo_invalid", "photo")
    assert office.command(cast.UNIT_OFFICE, "AttachPhoto", "2018-04-20", **about) == {"PhotoAttached": 1}
    (event,) = office.stored("PhotoAttached")
    assert (event["media"], event["size"]) == ("image/jpeg", len(PICTURE))
    ((sealed,),) = rows_of(office.database.url, "select sealed from attachments.files")
    assert hashlib.sha256(sealed.encode()).hexdigest() == event["sha256"]
    assert hashlib.sha256(PICTURE).hexdigest() != event["sha256"]
    assert TEXT[:40] not in sealed + str(rows_of(office.database.url, "select line from log.events"))


def test_it_is_shown_to_whom_the_form_is_and_not_when_it_was_changed(office: Desk, nominee: dict[str, Any]) -> None:
    key = nominee["nomination"]
    (shown,) = office.query(cast.UNIT_OFFICE, "photo", nomination=key)
    assert (shown["base64"], shown["attached_on"]) == (TEXT, "2018-04-20")
    assert office.stored("PersonalDataRead")[-1]["fields"] == ["photo"]
    for by, more in ((cast.OTHER_COUNTY, ""), (cast.UNIT_OFFICE, "2018-04-19")):
        assert office.asked(by, "photo", nomination=key, as_of=more)["code"] == "photo_not_shown"
    assert office.replays()
    stored = rows_of(office.database.owner_url, "select sha256, sealed from attachments.files")
    run(office.database.owner_url, "update attachments.files set sealed = sealed || 'A'")
    assert office.asked(cast.UNIT_OFFICE, "photo", nomination=key)["code"] == "photo_not_shown"
    run(office.database.owner_url, f"update attachments.files set sealed = '{stored[0][1]}'")


@pytest.mark.req("PE-008")
def test_it_stands_on_the_form_of_its_person_and_another_one_is_another_version(
    office: Desk, nominee: dict[str, Any]
) -> None:
    about = {"programme": "LN2018", "nomination": nominee["nomination"]}

    def form(on: str) -> dict[str, Any]:
        (shown,) = office.query(cast.UNIT_OFFICE, "form", nomination=nominee["nomination"], as_of=on)
        return shown

    assert (form("2018-04-19")["photo"], form("2018-04-19")["version"]) == (None, 1)
    assert (form("2018-04-20")["photo"]["base64"], form("2018-04-20")["version"]) == (TEXT, 1)
    assert office.stored("PersonalDataRead")[-1]["fields"] == ["form", "id_number_tail", "mobile", "photo"]
    offices = Offices(office)
    offices.sender_holds("U01", cast.CHANNEL, "party_secretary", cast.UNIT_OFFICE.person, "2018-01-01")
    offices.sender_holds(cast.CHANNEL, "", "org_head", cast.CHANNEL_OFFICE.person, "2018-01-01")
    office.receipt(cast.UNIT_OFFICE, "SealOpinion", "2018-04-20", **about, stage="reporting")
    later = base64.b64encode(PICTURE + b"later").decode()
    office.receipt(cast.UNIT_OFFICE, "AttachPhoto", "2018-04-21", corrected=nominee["person"], photo=later)
    assert (form("2018-04-20")["photo"]["base64"], form("2018-04-20")["version"]) == (TEXT, 1)
    assert (form("2018-04-21")["photo"]["base64"], form("2018-04-21")["version"]) == (later, 2)
    # What was sealed is the form with the photo before: the opinions begin anew.
    anew = office.refused(cast.CHANNEL_OFFICE, "SealOpinion", "2018-04-23", **about, stage="reviewing")
    assert anew["code"] == "duty_out_of_order"
    office.receipt(cast.UNIT_OFFICE, "SealOpinion", "2018-04-21", **about, stage="reporting")
    assert office.command(cast.CHANNEL_OFFICE, "SealOpinion", "2018-04-23", **about, stage="reviewing") == {
        "OpinionSealed": 1
    }
    sealed = [(one["version"], one["revision"]) for one in office.stored("OpinionSealed")]
    assert sealed == [(1, 0), (2, 1), (2, 1)]


def test_with_the_key_the_photo_is_gone_and_it_was_handed_over_before(office: Desk, nominee: dict[str, Any]) -> None:
    content = erasing.erase(office, nominee["person"])
    assert TEXT in [one["content"]["base64"] for one in content["photos"]]
    (shown,) = office.query(cast.UNIT_OFFICE, "photo", nomination=nominee["nomination"])
    assert shown["base64"] == "已销毁"
