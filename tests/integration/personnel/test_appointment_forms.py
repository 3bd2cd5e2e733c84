"""An appointment form becomes a nominee as it stands, and the registration form goes out as one again."""

from __future__ import annotations

import base64
import json
from typing import Any

from gateway.api import Api
from gateway.appointment import lrmx
from gateway.appointment.appointment import Appointment
from gateway.appointment.door import AppointmentDoor
from gateway.exchange import Reply, Request
from gateway.roster_door import route
from gateway.routes import commands
from kernel.messages import Actor
from tests.kit.desk import Desk
from tests.kit.gateway.files import Files
from tests.kit.personnel import cast

PICTURE = b"\xff\xd8\xff" + bytes(range(64))
SAID = {
    "XingMing": "合成人员0001",
    "XingBie": cast.form(1)["sex"],
    "ChuShengNianYue": "198002",
    "MinZu": "满族",
    "JiGuan": "辽宁某县",
    "ChuShengDi": "辽宁某县",
    "CanJiaGongZuoShiJian": "200208",
    "JianKangZhuangKuang": "健康",
    "XianRenZhiWu": "某单位 科员",
    "NiRenZhiWu": "村党组织第一书记 待分配",
    "JianLi": "2002.08-- 合成履历",
    "JiangChengQingKuang": "无",
    "NianDuKaoHeJieGuo": "2017 优秀",
    "ShenFenZheng": cast.id_number(1),
}
FAMILY = {"ChengWei": "配偶", "XingMing": "合成家属0001", "ChuShengRiQi": "198005", "ZhengZhiMianMao": "群众"}


def asked(by: Actor, body: bytes, **query: str) -> Reply:
    """What the door answers; it asks no service."""

    def silent(*given: Any) -> dict[str, Any]:
        raise AssertionError("a service was asked")

    api = Api(silent, lambda header: by, commands())
    api.open(*AppointmentDoor(api, lambda header: by, route(commands())).paths())
    return api.answer(Request("POST", "/api/v1/appointment-forms", {"authorization": "t"}, query, body), "correlation")


def test_what_a_department_holds_is_nominated_without_typing(office: Desk) -> None:
    about = {"programme": "LN2018", "occurred_on": "2018-04-18"}
    reply = asked(cast.UNIT_OFFICE, lrmx.written(Appointment(SAID, (FAMILY,), PICTURE)), **about)
    assert reply.status == 200, reply.body
    said = json.loads(reply.body)
    assert said["photo"] == {"media": "image/jpeg", "base64": base64.b64encode(PICTURE).decode()}
    wanted = {one["field"] for one in said["missing"]}
    assert {"unit", "kind", "origin", "mobile", "decision", "recipient", "reporting_unit_opinion"} <= wanted
    scheme = {"programme": "LN2018", "channel": cast.CHANNEL, "title": "方案", "units": ["U01"]}
    office.receipt(cast.CHANNEL_OFFICE, "FileChannelScheme", "2018-04-17", **scheme)
    row = cast.row(1)
    rest = {key: row[key] for key in [*wanted & set(row), "synthetic"]}
    nominee = {**said["cells"], **rest}
    office.receipt(cast.UNIT_OFFICE, "NominateCadre", "2018-04-18", programme="LN2018", nominee=nominee)
    (one,) = office.query(cast.PROVINCE, "nominations", programme="LN2018")
    office.receipt(
        cast.UNIT_OFFICE, "AttachPhoto", "2018-04-18", corrected=one["person"], photo=said["photo"]["base64"]
    )
    reply = Files(office).get(cast.UNIT_OFFICE, f"/api/v1/forms/{one['nomination']}/lrmx")
    assert (reply.status, reply.headers["Content-Type"]) == (200, "application/xml")
    assert isinstance(reply.body, bytes)
    again = lrmx.read(reply.body)
    assert {name: again.said[name] for name in SAID if name != "ShenFenZheng"} == {
        name: text for name, text in SAID.items() if name != "ShenFenZheng"
    }
    assert (again.family[0]["XingMing"], again.picture) == ("合成家属0001", PICTURE)


def test_who_may_not_nominate_has_nothing_read() -> None:
    body = lrmx.written(Appointment(SAID))
    about = {"programme": "LN2018", "occurred_on": "2018-04-18"}
    for by, query, status, code in (
        (cast.FIRST, about, 403, "role_not_allowed"),
        (cast.UNIT_OFFICE, {**about, "programme": "LN2002"}, 404, "programme_unknown"),
        (cast.UNIT_OFFICE, {"programme": "LN2018"}, 400, "field_missing"),
        (cast.UNIT_OFFICE, {**about, "more": "1"}, 400, "field_unknown"),
    ):
        reply = asked(by, body, **query)
        assert (reply.status, json.loads(reply.body)["code"]) == (status, code)
