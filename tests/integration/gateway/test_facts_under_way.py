"""A fact of one service that is acknowledged and still on the bus: nobody else denies it, whatever the bus does."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from gateway.api import Api
from gateway.exchange import Request
from gateway.routes import commands
from gateway.underway import Underway
from kernel.codec import recorded
from kernel.service import Received
from kernel.testing import actor
from services.attendance.wiring import SERVICE as ATTENDANCE
from services.evaluation.wiring import SERVICE as EVALUATION
from services.personnel.wiring import SERVICE as PERSONNEL
from tests.kit.allocation import said
from tests.kit.desk import Desk
from tests.kit.personnel import cast

SYSTEM = actor("system", areas=("21",), person="system")
FIRST, SECOND = (f"LN2018.21072710{village}.1" for village in ("1208", "2207"))


class Province:
    """Three services behind a gateway, and the bus between them, which carries when it is told to.

    Of allocation there is what the others have heard; it is always up to date.
    """

    def __init__(self, open_desk: Callable[..., Desk]) -> None:
        services = {"personnel": PERSONNEL, "attendance": ATTENDANCE, "evaluation": EVALUATION}
        self.desks = {name: open_desk(service) for name, service in services.items()}
        self.waits: Callable[[], None] = lambda: None
        self.now = 0.0
        self.count = 0
        self.api = Api(Underway(self, self, lambda: self.now, self._sleep), lambda header: cast.COUNTY, commands())

    def __call__(self, service: str, method: str, request: Mapping[str, Any]) -> dict[str, Any]:
        if service == "allocation":
            return {"lines": [], "head": 0, "taken_in": {name: d.log.head()[0] for name, d in self.desks.items()}}
        answer: dict[str, Any] = getattr(self.desks[service].opened.door, method)(request)
        return answer

    def _sleep(self, seconds: float) -> None:
        self.now += seconds
        self.waits()

    def carry(self) -> None:
        """Everything that is on the bus arrives."""
        for source, desk in self.desks.items():
            for name, follower in self.desks.items():
                if name != source:
                    lines = desk.log.lines(follower.log.taken_in().get(source, 0), 1000)
                    follower.opened.handler.react([Received(source, recorded(line)) for line in lines])

    def command(self, name: str, on: str, **data: Any) -> tuple[int, dict[str, Any]]:
        """Status and body of the answer to the county."""
        self.count += 1
        headers = {"content-type": "application/json", "idempotency-key": f"k-{self.count}"}
        body = json.dumps({"occurred_on": on, "data": data}).encode()
        reply = self.api.answer(Request("POST", f"/api/v1/commands/{name}", headers, {}, body), "k")
        return reply.status, json.loads(reply.body)


@pytest.fixture(scope="module")
def province(open_desk: Callable[..., Desk]) -> Province:
    """Two cadres whose ideas are overdue, and a bus on which nothing lies."""
    made = Province(open_desk)
    personnel, evaluation = made.desks["personnel"], made.desks["evaluation"]
    for desk in made.desks.values():
        desk.hear_profiles("LN2018", "JZ")
    personnel.hear_of("allocation", said.unit_registered(cast.UNIT))
    for posting in (FIRST, SECOND):
        target = posting.split(".")[1]
        personnel.hear_of("allocation", said.placement(target, f"p-{posting}", cast.UNIT))
        sent, met = ["party_relation", "escort"], ["host_contact", "board_lodging"]
        personnel.receipt(cast.UNIT_OFFICE, "RecordHandover", "2018-04-28", postings=[posting], items=sent)
        personnel.receipt(cast.COUNTY, "RecordHandover", "2018-05-02", postings=[posting], items=met)
    made.carry()
    raised = evaluation.command(SYSTEM, "RaiseDueTriggers", "2019-05-02", as_of="2019-05-02")
    assert raised == {"RecallTriggerRaised": 2}
    made.carry()
    return made


def recalled(province: Province, posting: str) -> tuple[int, dict[str, Any]]:
    """The answer to a recall that follows the interview at once."""
    case = {"posting": posting, "case": f"{posting}.T1"}
    assert province.command("RecallCadre", "2019-05-03", **case)[1]["code"] == "interview_missing"
    assert province.command("HoldInterview", "2019-05-06", note="1号", **case)[0] == 200
    return province.command("RecallCadre", "2019-05-13", **case)


def test_a_recall_at_once_after_the_interview_is_decided_when_the_interview_has_come(province: Province) -> None:
    province.waits = province.carry
    status, body = recalled(province, FIRST)
    assert (status, body["events"]) == (200, {"CadreRecalled": 1, "ReplacementDue": 1})
    province.carry()


def test_while_the_bus_carries_nothing_the_interview_is_awaited_and_never_denied(province: Province) -> None:
    province.waits = lambda: None
    status, body = recalled(province, SECOND)
    position = province.desks["evaluation"].log.head()[0]
    assert (status, body["code"]) == (503, "facts_under_way")
    assert f"服务 personnel 尚待evaluation 的第 {position} 号事件" in body["detail"]
    stored = province.desks["personnel"].stored("CadreRecalled")
    assert [event["posting"] for event in stored if event["posting"] == SECOND] == []
    province.carry()
    case = {"posting": SECOND, "case": f"{SECOND}.T1"}
    assert province.command("RecallCadre", "2019-05-13", **case)[0] == 200
