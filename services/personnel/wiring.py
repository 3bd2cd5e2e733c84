"""The service as data: who may give which command, to which streams it goes, what is followed, what can be asked."""

from __future__ import annotations

from collections.abc import Iterable

from kernel.profiles import PROGRAMME
from kernel.service import Handles, Service, to
from kernel.vault.postgres import tools
from programmes.roles import ROLE_NAMES
from services.personnel import plans
from services.personnel.deciders import DECIDERS
from services.personnel.legs.archive import FileInArchive, PromoteCadre
from services.personnel.legs.pairing import NominateLegs
from services.personnel.legs.secondment import EndTerms, RecordAppointment, ReportForDuty, WithdrawLeg
from services.personnel.legs.submission import SubmitNomination
from services.personnel.nomination import roster_plans
from services.personnel.nomination.channel import FileChannelScheme
from services.personnel.nomination.check import CheckNominee, CheckNominees, RecordCommunication, RequestRenomination
from services.personnel.nomination.roster_plans import ImportNominees, NominateCadre
from services.personnel.persons.person import duplicate
from services.personnel.postings.handover import RecordHandover
from services.personnel.postings.recall import RecallCadre
from services.personnel.postings.returning import RecordReturn
from services.personnel.privacy import privacy_plans
from services.personnel.privacy.legal_hold import LiftLegalHold, PlaceLegalHold
from services.personnel.privacy.privacy import ApproveErasure, ErasePerson, RequestErasure
from services.personnel.projections import TABLES, project
from services.personnel.queries import QUERIES
from services.personnel.reactions import REACTIONS
from services.personnel.reserves.joint_meeting import RecordJointMeeting
from services.personnel.reserves.reserve import OpenFallback, RecommendReserve
from services.personnel.schemas import TYPES

CHANNEL = frozenset({"channel", "enterprise"})
CITY = frozenset({"city_org"})
COUNTY = frozenset({"county_org"})
MANAGERS = CHANNEL | CITY | COUNTY
"""Whoever manages sending units: a city's or county's department is the channel of the units there."""
SENDERS = MANAGERS | {"unit"}
TOWNSHIP = frozenset({"township"})
VILLAGE = frozenset({"village"})
SECURITY = frozenset({"security_admin"})


def _leg(command: WithdrawLeg | FileInArchive | PromoteCadre) -> str:
    return f"leg/{command.leg}"


_HANDLES: Iterable[Handles] = (
    Handles(FileChannelScheme, plans.file_channel_scheme, MANAGERS, "报备选派工作方案"),
    Handles(ImportNominees, roster_plans.import_nominees, SENDERS | {"province_org"}, "导入推荐人选"),
    Handles(NominateCadre, roster_plans.nominate_cadre, SENDERS | {"province_org"}, "推荐人选"),
    Handles(CheckNominee, plans.of_roster, MANAGERS, "资格条件初审"),
    Handles(CheckNominees, plans.check_nominees, MANAGERS, "逐一初审多名人选"),
    Handles(RecordCommunication, plans.of_roster, MANAGERS, "记录沟通"),
    Handles(RequestRenomination, plans.of_roster, MANAGERS, "提出重新推荐"),
    Handles(RecordHandover, plans.record_handover, SENDERS, "记录工作对接"),
    Handles(RecallCadre, to(lambda c: f"posting/{c.posting}"), COUNTY, "召回调换"),
    Handles(RecordReturn, plans.record_return, SENDERS | {"province_org"}, "记录返回原单位"),
    Handles(NominateLegs, plans.nominate_legs, CITY, "提名互派人选", areas=("city",)),
    Handles(SubmitNomination, plans.submit_nomination, CITY, "报送互派人选", areas=("city",)),
    Handles(ReportForDuty, plans.report_for_duty, CITY, "组织报到"),
    Handles(RecordAppointment, plans.record_appointment, CITY | COUNTY, "办理任职手续"),
    Handles(WithdrawLeg, to(_leg), CITY, "退出互派"),
    Handles(EndTerms, plans.end_terms, frozenset({"system", "province_org"}), "挂职期满"),
    Handles(FileInArchive, to(_leg), CITY, "存入本人档案"),
    Handles(PromoteCadre, to(_leg), CITY, "提拔使用"),
    Handles(OpenFallback, plans.open_fallback, TOWNSHIP | COUNTY, "认定没有合适人选", areas=("village",)),
    Handles(RecommendReserve, plans.recommend_reserve, VILLAGE | TOWNSHIP, "推荐后备人选", areas=("village",)),
    Handles(
        RecordJointMeeting,
        to(lambda c: f"joint-meeting/{c.programme}.{c.county}"),
        COUNTY,
        "召开联席会议",
        areas=("county",),
    ),
    Handles(RequestErasure, privacy_plans.of_person, SECURITY, "申请销毁个人信息"),
    Handles(ApproveErasure, privacy_plans.of_person, SECURITY, "批准销毁个人信息"),
    Handles(ErasePerson, privacy_plans.of_person, SECURITY, "销毁个人信息"),
    Handles(PlaceLegalHold, privacy_plans.of_person, SECURITY, "登记依法保存要求"),
    Handles(LiftLegalHold, privacy_plans.of_person, SECURITY, "解除依法保存要求"),
)


SERVICE = Service(
    name="personnel",
    role_names=ROLE_NAMES,
    events=TYPES,
    deciders={**DECIDERS, "programme": PROGRAMME},
    commands={handles.command.__name__: handles for handles in _HANDLES},
    reactions=REACTIONS,
    tables=TABLES,
    project=project,
    queries=QUERIES,
    tools=tools,
    claims={"id": duplicate},
)
