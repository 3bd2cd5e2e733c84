"""Attendance and evaluation understand the golden lines of the services they follow."""

from __future__ import annotations

import pytest

from kernel.codec import canonical, data_of
from kernel.handler import Handler
from kernel.log.memory import MemoryLog
from kernel.service import Service
from programmes import loader
from services.attendance.wiring import SERVICE as ATTENDANCE
from services.evaluation.reserves.acts_plans import ACTS
from services.evaluation.wiring import SERVICE as EVALUATION
from tests.kit.golden import GOLDEN, received
from tests.kit.log.probe import Clock

EXPECTED: dict[str, dict[str, str | None]] = {
    "attendance": {
        "allocation.ProfilePublished": "ProfileNoted",
        "allocation.CalendarNoticeRegistered": "CalendarNoticeNoted",
        "allocation.OfficeHolderRecorded": "OfficeHolderNoted",
        "allocation.StandInRecorded": "StandInNoted",
        "allocation.OfficeLeft": "OfficeLeftNoted",
        "evaluation.QuarterReviewHeld": "QuarterReviewNoted",
        "personnel.WorkTeamMemberJoined": "RegisterOpened",
        "personnel.WorkTeamMemberLeft": "RegisterClosed",
        "personnel.ManagedAsDispatched": "ManagedNoted",
        "personnel.CadreOnPost": "RegisterOpened",
        "personnel.PostAppointmentRecorded": "AppointmentNoted",
        "personnel.PostingMoved": "RegisterMoved",
        "personnel.CadreRecalled": "RegisterClosed",
        "personnel.CadreWithdrawn": "RegisterClosed",
        "personnel.PostAdjusted": "RegisterClosed",
        "personnel.TermEnded": "RegisterClosed",
        "personnel.SecondmentReported": "RegisterOpened",
        "personnel.SecondmentWithdrawn": "RegisterClosed",
    },
    "evaluation": {
        "allocation.ProfilePublished": "ProfileNoted",
        "allocation.VillageKindsRecorded": "PoorVillagesNoted",
        "attendance.AttendanceSealed": "DossierItemAdded",
        "personnel.ManagedAsDispatched": "ManagedNoted",
        "personnel.CadreOnPost": "RecallClockStarted",
        "personnel.PostingMoved": "RecallClockMoved",
        "personnel.PostingUnitChanged": None,  # of a posting that is not assessed here
        "personnel.CadreRecalled": "RecallClockStopped",
        "personnel.CadreWithdrawn": "RecallClockStopped",
        "personnel.PostAdjusted": "RecallClockStopped",
        "personnel.TermEnded": None,
        "personnel.SecondmentReported": "SecondmentNoted",
        **{f"personnel.{act}": "ReserveActNoted" for act in ACTS},
        "personnel.PostedCadrePromoted": "PromotionNoted",
        "personnel.CadrePromoted": "PromotionNoted",
    },
}
CASES = [
    (service, name, EXPECTED[service.name][name])
    for service in (ATTENDANCE, EVALUATION)
    for name in EXPECTED[service.name]
]
ENDS = ("personnel.CadreRecalled", "personnel.CadreWithdrawn", "personnel.PostAdjusted", "personnel.PostingMoved")
"""What needs somebody on post."""
ENDS_OF_LEGS = ("personnel.TermEnded", "personnel.SecondmentWithdrawn")
"""What needs somebody on secondment."""


def after(service: Service, *lines: str) -> MemoryLog:
    """The log of ``service`` after the real profiles and the golden lines named."""
    log = MemoryLog(service.name, service.events, service.project, Clock())
    handler = Handler(service, log, secret=b"synthetic")
    position = {"allocation": 0, "attendance": 0, "personnel": 0, "evaluation": 0}
    profiles = () if lines[0] == "allocation.ProfilePublished" else ("LN2018", "JZ", "LN2002")
    for programme in profiles:
        position["allocation"] += 1
        published = received("allocation.ProfilePublished", position["allocation"])
        published.recorded.data.update(loader.load(programme).published())
        handler.react([published])
    for name in lines:
        source = name.split(".")[0]
        position[source] += 1
        handler.react([received(name, position[source])])
    return log


@pytest.mark.parametrize(("service", "name", "kind"), CASES, ids=lambda value: str(getattr(value, "name", value)))
def test_a_golden_line_becomes_an_own_event(service: Service, name: str, kind: str | None) -> None:
    joined = "personnel.WorkTeamMemberJoined"
    before = (joined,) if name == "personnel.WorkTeamMemberLeft" else ("personnel.CadreOnPost",) if name in ENDS else ()
    if name in ENDS_OF_LEGS and service is ATTENDANCE:
        before = ("personnel.SecondmentReported",)
    last = list(after(service, *before, name).read())[-1]
    assert last.event is not None
    if kind is None:
        assert last.type == "ProfileNoted"
        return
    line = received(name)
    assert (last.type, last.occurred_on) == (kind, line.occurred_on)
    carried = {key: value for key, value in data_of(last.event).items() if key in line.data and key != "case"}
    if service is ATTENDANCE and name in ENDS_OF_LEGS:
        assert data_of(last.event)["posting"] == line.data["leg"]
        return
    assert carried
    assert canonical(carried) == canonical({key: line.data[key] for key in carried})


@pytest.mark.parametrize("service", [ATTENDANCE, EVALUATION], ids=lambda service: service.name)
def test_every_reaction_has_its_golden_line(service: Service) -> None:
    assert set(service.reactions) == set(EXPECTED[service.name])
    for name in EXPECTED[service.name]:
        source, kind = name.split(".")
        assert (GOLDEN / source / f"{kind}.v1.json").is_file()
