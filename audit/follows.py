"""What must follow from whose event: the reactions that always leave a trace in the log that takes the event in.

Most reactions note the foreign fact as an own event the first time they hear of it; a repetition may change nothing.
What a service began to follow later it has caught up with since (``kernel.following``), so nothing is excepted.
Those that may find nothing to do (a leg without a posting, a programme without triggers) are not listed here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

SUBJECT: Final[Mapping[str, tuple[str, ...]]] = {
    "allocation.ProfilePublished": ("programme", "version"),
    "allocation.UnitRegistered": ("unit",),
    "allocation.UnitQuotaSet": ("programme", "unit"),
    "allocation.PlacementConfirmed": ("posting",),
    "allocation.VillageAssigned": ("posting",),
    "allocation.SecondmentPostAgreed": ("leg",),
    "allocation.OfficeHolderRecorded": ("organ", "post", "person", "since"),
    "allocation.StandInRecorded": ("organ", "post", "person", "since"),
    "allocation.OfficeLeft": ("organ", "post", "person", "since"),
    "allocation.UnitOfficerRecorded": ("organ", "post", "person", "since"),
    "allocation.UnitStandInRecorded": ("organ", "post", "person", "since"),
    "allocation.UnitOfficeLeft": ("organ", "post", "person", "since"),
    "allocation.CalendarNoticeRegistered": ("year", "notice"),
    "personnel.InitialCheckPassed": ("programme", "unit", "person"),
    "personnel.NomineeCleared": ("programme", "unit", "person"),
    "personnel.CadreOnPost": ("posting",),
    "personnel.SwapLegNominated": ("leg",),
    "personnel.WorkTeamMemberJoined": ("member",),
    "personnel.SecondmentReported": ("leg",),
    "evaluation.InterviewHeld": ("posting", "case"),
    "evaluation.SecondmentReportReviewed": ("leg",),
}
"""By event the fields that say what it is about: heard of the same a second time, a service may have nothing to do."""

_UNIT_OFFICES: Final = (
    "allocation.UnitOfficerRecorded",
    "allocation.UnitStandInRecorded",
    "allocation.UnitOfficeLeft",
)
_OFFICES: Final = (
    "allocation.OfficeHolderRecorded",
    "allocation.StandInRecorded",
    "allocation.OfficeLeft",
    "allocation.CalendarNoticeRegistered",
)
FOLLOWS: Final[Mapping[str, frozenset[str]]] = {
    "allocation": frozenset(
        {
            "personnel.InitialCheckPassed",
            "personnel.NomineeCleared",
            "personnel.CadreOnPost",
            "personnel.SwapLegNominated",
            "personnel.WorkTeamMemberJoined",
        }
    ),
    "personnel": frozenset(
        {
            "allocation.ProfilePublished",
            "allocation.UnitRegistered",
            "allocation.UnitQuotaSet",
            "allocation.PlacementConfirmed",
            "allocation.VillageAssigned",
            "allocation.SecondmentPostAgreed",
            *_OFFICES,
            *_UNIT_OFFICES,
            "evaluation.InterviewHeld",
            "evaluation.SecondmentReportReviewed",
        }
    ),
    "attendance": frozenset({"allocation.ProfilePublished", *_OFFICES, "personnel.CadreOnPost"}),
    "evaluation": frozenset({"allocation.ProfilePublished", "personnel.SecondmentReported"}),
}
"""By service the events that always leave a trace in its log."""


def subject(kind: str, data: Mapping[str, Any]) -> str:
    """What an event of SUBJECT is about, as a text. Raises KeyError where a field is missing."""
    return "\n".join([kind, *(str(data[name]) for name in SUBJECT[kind])])
