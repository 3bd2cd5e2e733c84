"""Attendance put together: which command goes to which stream, who may give it, what follows from foreign events."""

from __future__ import annotations

from collections.abc import Iterable

from kernel.decider import Decider
from kernel.profiles import PROGRAMME
from kernel.service import Handles, Room, Service, Step, to
from programmes.roles import ROLE_NAMES
from services.attendance.decider import decide, evolve
from services.attendance.inspection import fault
from services.attendance.leave import leave
from services.attendance.offices.office import Office
from services.attendance.offices.office import decide as decide_office
from services.attendance.offices.office import evolve as evolve_office
from services.attendance.projections import TABLES, project
from services.attendance.queries import QUERIES
from services.attendance.reactions import REACTIONS
from services.attendance.register import register
from services.attendance.schemas import TYPES
from services.attendance.sheets import correction, seal, sheet
from services.attendance.years import year

SIGNING_POST = "party_secretary"
_TOWNSHIP_DIGITS = 9

REGISTRARS = frozenset({"village", "township"})
APPROVERS = frozenset({"township", "county_org", "city_org"})

_register = to(lambda command: f"register/{command.posting}")


def scope(posting: str) -> tuple[str | None, str | None]:
    """(programme, target) of a posting's key, nothing for a text that is none."""
    match posting.split("."):
        case [programme, target, _]:
            return programme, target
    return None, None


def sign(command: sheet.SignMonth, room: Room) -> Iterable[Step]:
    """The signature is put to the register together with who is secretary of its township on that day."""
    township = (scope(command.posting)[1] or "")[:_TOWNSHIP_DIGITS]
    yield Step(
        f"register/{command.posting}",
        sheet.SignAs(
            context=command.context,
            posting=command.posting,
            month=command.month,
            secretary=room.load(f"office/{township}.{SIGNING_POST}").on(command.context.occurred_on),
            post=SIGNING_POST,
        ),
    )


COMMANDS = (
    Handles(register.RegisterDays, _register, REGISTRARS, "考勤登记"),
    Handles(leave.RequestLeave, _register, frozenset({"cadre"}), "请假"),
    Handles(leave.ApproveLeave, _register, APPROVERS, "准假"),
    Handles(leave.RefuseLeave, _register, APPROVERS, "不准假"),
    Handles(sheet.CompileMonth, _register, REGISTRARS, "月考勤汇总"),
    Handles(sheet.SignMonth, sign, frozenset({"township"}), "考勤签字认定"),
    Handles(seal.SealMonth, _register, frozenset({"township"}), "考勤表盖章"),
    Handles(correction.CorrectMonth, _register, REGISTRARS, "考勤更正"),
    Handles(fault.RecordCertificationFault, _register, fault.SUPERIORS, "认定问题登记"),
    Handles(year.AssessYear, _register, frozenset({"county_org"}), "年度考勤核定"),
)

SERVICE = Service(
    name="attendance",
    role_names=ROLE_NAMES,
    events=TYPES,
    deciders={
        "programme": PROGRAMME,
        "office": Decider(Office(), decide_office, evolve_office),
        "register": Decider(None, decide, evolve, scope),
    },
    commands={handles.command.__name__: handles for handles in COMMANDS},
    reactions=REACTIONS,
    tables=TABLES,
    project=project,
    queries=QUERIES,
)
