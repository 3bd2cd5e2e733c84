"""The contract with cities: which events are public, and which of their fields may leave.

An allow-list on purpose: a new event, or a new field of an old one, stays inside until somebody writes it down here.
Invariant: ids and codes only. No name, no free text a person wrote about a person, no ciphertext (X-032).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final


def _fields(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_PLACE = "programme posting target person unit kind role tier weak"
_LEG = "programme pair leg level person sending host"
_SHEET = "posting target month version"

PUBLIC: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "allocation.NoticeIssued": _fields("notice number title issuers addressees issued_on based_on scope"),
        "allocation.ProfilePublished": _fields("programme title version base scope sha256"),
        "allocation.TargetOpened": _fields("programme target kind tier weak synthetic"),
        "allocation.PlacementConfirmed": _fields(f"{_PLACE} channel"),
        "allocation.PlacementWithdrawn": _fields("programme target kind posting person unit notice"),
        "allocation.TargetClosed": _fields("programme target kind tier cause notice into"),
        "allocation.DivisionChanged": _fields("kind codes code name document"),
        "allocation.TargetFollowed": _fields("programme target kind tier weak follows posting person unit on_post"),
        "allocation.BindingFollowed": _fields("unit target to_unit to_target"),
        "allocation.VillageAssigned": _fields("programme target posting person unit channel tier"),
        "allocation.BindingCreated": _fields("unit target"),
        "allocation.LedgerFedBack": _fields("programme city edition rows"),
        "allocation.LedgerAcknowledged": _fields("programme city edition"),
        "allocation.TargetVacated": _fields("target posting cause"),
        "allocation.TargetHandedOver": _fields("target posting successor person unit"),
        "allocation.SuccessorDue": _fields("target unit"),
        "allocation.CoverageGapFound": _fields("target"),
        "allocation.SwapPairDefined": _fields(
            "programme pair level mode poor_city poor_area developed_city developed_area city_each county_each"
            " township_each"
        ),
        "allocation.SecondmentPostProposed": _fields(f"{_LEG} post"),
        "allocation.SecondmentPostAgreed": _fields(f"{_LEG} post"),
        "allocation.SwapConfirmed": _fields("programme pair level sending host"),
        "allocation.SwapUnbalanced": _fields("programme pair leg direction level sending host"),
        "allocation.SwapRestored": _fields("programme pair leg level sending host"),
        "allocation.SwapEnded": _fields("programme pair sending host ended_on"),
        "personnel.HandoverItemDone": _fields("programme posting target item"),
        "personnel.PostAppointmentRecorded": _fields("programme posting person unit target post"),
        "personnel.CadreOnPost": _fields(_PLACE),
        "personnel.CadreRecalled": _fields("programme posting person unit target case trigger"),
        "personnel.CadreWithdrawn": _fields("programme posting person unit target"),
        "personnel.PostAdjusted": _fields("programme posting person unit target"),
        "personnel.SuccessorAppointed": _fields("programme posting person target successor appointed takes_over"),
        "personnel.SuccessorLapsed": _fields("programme posting person unit target"),
        "personnel.TermExtended": _fields("programme posting person unit target until"),
        "personnel.PostRemoved": _fields("programme posting person target"),
        "personnel.ReplacementDue": _fields("programme posting unit target kind"),
        "personnel.PostingMoved": _fields("programme posting person unit target before"),
        "personnel.PostingUnitChanged": _fields("programme posting person unit target before"),
        "personnel.ReturnedToUnit": _fields("programme posting leg person unit target sending host"),
        "personnel.SwapLegNominated": _fields(f"{_LEG} direction seat"),
        "personnel.NominationSubmitted": _fields("programme submission city legs copies recipient discussed_on late"),
        "personnel.SecondmentReported": _fields(f"{_LEG} direction substitute late term_from term_ends"),
        "personnel.AppointmentRecorded": _fields("programme leg person sending host post"),
        "personnel.SecondmentWithdrawn": _fields(f"{_LEG} direction"),
        "personnel.TermEnded": _fields("programme leg posting person sending host"),
        "personnel.FiledInArchive": _fields("programme person leg kind document sending host"),
        "personnel.ArchiveItemWithdrawn": _fields("programme person leg document sending host"),
        "personnel.CadrePromoted": _fields("programme person leg sending host"),
        "attendance.AttendanceRegistered": _fields("posting target day registrar"),
        "attendance.LeaveRequested": _fields("posting target leave first last"),
        "attendance.LeaveApproved": _fields("posting target leave first last"),
        "attendance.AttendanceCompiled": _fields(f"{_SHEET} days leave_days"),
        "attendance.AttendanceSigned": _fields(f"{_SHEET} signer post"),
        "attendance.AttendanceSealed": _fields(f"{_SHEET} organ days leave_days"),
        "attendance.AttendanceCorrected": _fields(f"{_SHEET} replaces days leave_days"),
        "attendance.MonthlyAttendanceAssessed": _fields(f"{_SHEET} days leave_days required met assumed"),
        "evaluation.DevelopmentIdeaAccepted": _fields("posting target in_time"),
        "evaluation.RecallTriggerRaised": _fields("case trigger posting person target due requires"),
        "evaluation.InterviewHeld": _fields("case trigger posting person target"),
        "evaluation.RecallRecordFiled": _fields("case posting target"),
        "evaluation.SecondmentAssessed": _fields("programme leg person sending host"),
        "evaluation.SecondmentReportReviewed": _fields("leg person sending host"),
    }
)

# Fields that hold a list of objects, with what of each object may leave.
LISTED: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {"allocation.LedgerFedBack.rows": _fields("target kind posting person unit channel")}
)

# Where the areas of the event say more than who may hear of it: a submission names the host areas of its legs, but is
# the business of the city that submits.
ONLY_TO: Final[Mapping[str, str]] = MappingProxyType({"personnel.NominationSubmitted": "city"})

# Public since version 0.3: of events of these types that were recorded before, the feeds hold no item. A type that is
# made public later is named here. Which fields of a released type leave never changes: items are held to their events.
LATER: Final = frozenset(
    {"allocation.SecondmentPostProposed", "allocation.VillageAssigned", "personnel.ArchiveItemWithdrawn"}
)

_SIDES: Final = frozenset({"sending", "developed_city"})
_PROVINCE: Final = len("21")


def is_public(source: str, kind: str) -> bool:
    """True where events of this type may leave."""
    return f"{source}.{kind}" in PUBLIC


def masked(source: str, kind: str, data: Mapping[str, Any]) -> dict[str, Any]:
    """What of an event's ``data`` may leave. Raises KeyError for a type that is not public."""
    event = f"{source}.{kind}"
    return {name: _value(f"{event}.{name}", data[name]) for name in PUBLIC[event] if name in data}


def _value(path: str, value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_value(path, item) for item in value]
    if isinstance(value, Mapping):
        return {name: value[name] for name in LISTED.get(path, ()) if name in value}
    return value


def concerned(
    source: str, kind: str, areas: tuple[str, ...], data: Mapping[str, Any], cities: tuple[str, ...]
) -> list[str]:
    """The cities an event concerns, sorted, each once.

    Args:
        areas: the division codes in the event's envelope; one of two digits stands for every city of that province,
            but as one side of an exchange it is a department of the province and nobody else.
        cities: the cities there are, as 4-digit codes.
    """
    event = f"{source}.{kind}"
    only = ONLY_TO.get(event)
    codes = areas if only is None else (str(data.get(only, "")),)
    if _SIDES.intersection(PUBLIC.get(event, ())):
        codes = tuple(code for code in codes if len(code) > _PROVINCE)
    return [city for city in sorted(cities) if any(city.startswith(code[:4]) for code in codes if code)]
