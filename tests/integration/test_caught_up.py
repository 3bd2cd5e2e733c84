"""Each service, when it begins to follow more than its version before did, has in the end what it would have had."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import orjson
import pytest

from kernel.codec import recorded
from kernel.following import Following
from kernel.service import Received, Service
from services import SERVICES
from services.allocation.wiring import SERVICE as ALLOCATION
from services.attendance.wiring import SERVICE as ATTENDANCE
from services.evaluation.wiring import SERVICE as EVALUATION
from services.personnel.wiring import SERVICE as PERSONNEL
from tests.kit.desk import Desk
from tests.kit.province import FIRST, PROVINCE, VILLAGES, on_post, small

KNOWN = {service.name: service for service in (ALLOCATION, PERSONNEL, ATTENDANCE, EVALUATION)}


@pytest.fixture(scope="module")
def story(open_desk: Callable[..., Desk]) -> dict[str, list[Received]]:
    """What the four services recorded of a batch with officers, a calendar and cadres, by service."""
    province = small(open_desk)
    terms = {"organ": FIRST[:9], "post": "party_secretary", "since": "2016-01-01"}
    province.receipt(PROVINCE, "RecordOfficeHolder", "2018-04-17", holders=[{**terms, "person": "p-secretary"}])
    stands = {"organ": FIRST[:9], "post": "party_secretary", "person": "p-deputy"}
    province.receipt(PROVINCE, "RecordStandIn", "2018-04-18", **stands, since="2018-05-01", until="2018-05-20")
    year = {"scope": "21", "year": 2018, "notice": "国办发明电〔2017〕12号", "holidays": ["2018-05-01"]}
    province.receipt(PROVINCE, "RegisterCalendarNotice", "2018-04-18", **year)
    for n, village in enumerate(VILLAGES[:3], 1):
        on_post(province, n, village)
    left = {key: terms[key] for key in ("organ", "post")}
    province.receipt(PROVINCE, "LeaveOffice", "2018-05-30", **left, person="p-secretary", left_on="2018-05-30")
    return {
        name: [Received(name, recorded(line)) for line in desk.log.lines(0, 10_000)]
        for name, desk in province.desks.items()
    }


def said(desk: Desk) -> list[bytes]:
    """What a log says of which foreign fact, whenever it took that in."""
    lines = [orjson.loads(line) for line in desk.log.lines(0, 10_000)]
    return sorted(orjson.dumps([x["causation"], x["stream"], x["type"], x["occurred_on"], x["data"]]) for x in lines)


@pytest.mark.parametrize("name", SERVICES)
def test_who_follows_more_than_before_has_in_the_end_what_it_would_have_had(
    name: str, story: dict[str, list[Received]], open_desk: Callable[..., Desk]
) -> None:
    now: Service = KNOWN[name]
    before = replace(now, reactions={kind: reaction for kind, reaction in now.reactions.items() if kind in now.heard})
    always, late = open_desk(now), open_desk(before)
    for source in now.sources:
        for desk in (always, late):
            desk.opened.handler.react(story[source])
    if name == "personnel":
        assert len(said(late)) < len(said(always))
    late.opened.handler.service = now
    follows = Following(late.opened.handler)
    for source in now.sources:
        upto = late.log.taken_in()[source]
        types = follows.unheard(source, upto)
        follows.react([received for received in story[source] if received.recorded.type in types])
        follows.heard(source, upto)
    assert said(late) == said(always)
    assert late.replays()


@pytest.mark.parametrize("name", SERVICES)
def test_what_a_version_before_followed_is_followed(name: str) -> None:
    assert KNOWN[name].heard <= set(KNOWN[name].reactions)
