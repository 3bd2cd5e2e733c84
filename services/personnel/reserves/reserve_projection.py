"""Read models of reserves: how far a village may look for them, who stands in the pool and how, publicities, opinions.

Personal fields are here as they are in the log: sealed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from kernel.projection import Op, Table
from services.personnel.reserves import publicity, recommendation, removal, selection, use
from services.personnel.reserves.announcement import ReserveSelectionAnnounced
from services.personnel.reserves.joint_meeting import JointMeetingHeld
from services.personnel.reserves.recommendation import ReserveCardFiled, ReserveRecommended
from services.personnel.reserves.reserve import FallbackOpened

FALLBACKS = Table(
    "fallbacks",
    {"programme": "text", "village": "text", "stage": "text", "scope": "text"},
    {"finding": "text", "opened_on": "date"},
)
RECOMMENDATIONS = Table(
    "reserve_recommendations",
    {"programme": "text", "village": "text", "person": "text"},
    {"home": "text", "channel": "text", "recommended_on": "date"},
    (("person",),),
)
MEETINGS = Table(
    "joint_meetings",
    {"programme": "text", "county": "text", "number": "int"},
    {**dict.fromkeys(("present", "absent", "further", "coordinated"), "json"), "held_on": "date"},
)
ANNOUNCEMENTS = Table(
    "reserve_announcements", {"programme": "text", "township": "text", "announced_on": "date"}, {"notice": "text"}
)
RESERVES = Table(
    "reserves",
    {"programme": "text", "person": "text"},
    {
        **dict.fromkeys(("village", "home", "status", "step", "schooling", "pool", "card"), "text"),
        **dict.fromkeys(("target", "post"), "text"),
        **dict.fromkeys(("outside_band", "election"), "bool"),
        **dict.fromkeys(("recommended_on", "active_on", "ended_on"), "date"),
    },
    (("person",), ("village",)),
)
"""A person in the pool. ``step`` is the last one taken; ``ended_on`` the day of removal or appointment."""
PUBLICITIES = Table(
    "reserve_publicities",
    {"programme": "text", "person": "text", "stage": "text", "place": "text"},
    {
        "village": "text",
        "working_days": "int",
        **dict.fromkeys(("assumed", "calendar_assumed"), "bool"),
        "objections": "json",
        **dict.fromkeys(("posted_on", "decidable", "closed_on"), "date"),
    },
)
OPINIONS = Table(
    "reserve_opinions",
    {"programme": "text", "person": "text", "source": "text"},
    {"village": "text", "target": "text", "number": "int", "position": "text", "note": "text", "heard_on": "date"},
)
"""Those to be heard on a use, each with its state: the position is empty while nothing was heard."""
REPLACEMENTS = Table(
    "reserve_replacements", {"programme": "text", "person": "text"}, {"village": "text", "due_on": "date"}
)
ENTRIES = Table("reserve_entries", {"programme": "text", "person": "text", "entered_on": "date"}, {"village": "text"})
EXITS = Table("reserve_exits", {"programme": "text", "person": "text", "left_on": "date"}, {"cause": "text"})
"""When a person came into the pool and left it, each time: who came twice was in it before, too."""
STAYS = """(
select e.programme, e.person, e.village, e.entered_on as active_on, (
  select min(x.left_on) from reserve_exits x
   where x.programme = e.programme and x.person = e.person and x.left_on >= e.entered_on) as ended_on
  from reserve_entries e
)"""
"""The times of each person in the pool, from the first day to the day it ended."""
TABLES = (
    *(FALLBACKS, RECOMMENDATIONS, MEETINGS, ANNOUNCEMENTS, RESERVES, PUBLICITIES, OPINIONS, REPLACEMENTS),
    *(ENTRIES, EXITS),
)


def _opened(e: FallbackOpened) -> Iterable[Op]:
    yield FALLBACKS.of(e, opened_on=e.occurred_on)


def _met(e: JointMeetingHeld) -> Iterable[Op]:
    there = {"present": list(e.present), "absent": list(e.absent), "further": list(e.further)}
    there["coordinated"] = list(e.coordinated)
    yield MEETINGS.put(e.programme, e.county, e.number, **there, held_on=e.occurred_on)


def _announced(e: ReserveSelectionAnnounced) -> Iterable[Op]:
    yield ANNOUNCEMENTS.of(e, announced_on=e.occurred_on)


def _recommended(e: ReserveRecommended) -> Iterable[Op]:
    yield RECOMMENDATIONS.of(e, recommended_on=e.occurred_on)
    fresh: dict[str, Any] = {"active_on": None, "ended_on": None, "target": "", "post": ""}
    yield RESERVES.of(e, status="candidate", recommended_on=e.occurred_on, **fresh)


def _carded(e: ReserveCardFiled) -> Iterable[Op]:
    yield RESERVES.of(e, card=e.sealed)


def _stepped(e: Any) -> Iterable[Op]:
    yield RESERVES.of(e)


def _activated(e: selection.ReserveActivated) -> Iterable[Op]:
    yield RESERVES.of(e, status="active", active_on=e.occurred_on)
    yield ENTRIES.of(e, entered_on=e.occurred_on)


def _ended(e: selection.ReserveProcedureEnded) -> Iterable[Op]:
    if e.procedure == "reserve":
        yield RESERVES.of(e, status="ended", ended_on=e.occurred_on)
    elif e.procedure == "reserve_use":
        yield RESERVES.of(e, target="", post="", election=False)


def _posted(e: publicity.PublicityOpened) -> Iterable[Op]:
    yield PUBLICITIES.of(e, posted_on=e.occurred_on, objections=[], closed_on=None)


def _closed(e: publicity.PublicityClosed) -> Iterable[Op]:
    yield PUBLICITIES.of(e, objections=list(e.objections), closed_on=e.occurred_on)


def _removed(e: removal.ReserveRemoved) -> Iterable[Op]:
    yield RESERVES.of(e, status="removed", ended_on=e.occurred_on)
    yield _left(e)


def _due(e: removal.ReserveReplacementDue) -> Iterable[Op]:
    yield REPLACEMENTS.of(e, due_on=e.occurred_on)


def _proposed(e: use.ReserveUseProposed) -> Iterable[Op]:
    yield RESERVES.of(e)
    for number, source in enumerate(e.opinions, 1):
        empty: dict[str, Any] = {"position": "", "note": "", "heard_on": None}
        yield OPINIONS.of(e, source=source, number=number, **empty)


def _heard(e: use.OpinionCollected) -> Iterable[Op]:
    yield OPINIONS.of(e, heard_on=e.occurred_on)


def _election(e: use.ElectionRequired) -> Iterable[Op]:
    yield RESERVES.of(e, election=True)


def _elected(e: use.ReserveElectionHeld) -> Iterable[Op]:
    yield RESERVES.of(e, election=False, **({} if e.elected else {"target": "", "post": ""}))


def _appointed(e: use.ReserveAppointed) -> Iterable[Op]:
    yield RESERVES.of(e, status="appointed", ended_on=e.occurred_on)
    yield _left(e)


def _left(e: Any) -> Op:
    return EXITS.put(e.programme, e.person, e.occurred_on, cause=type(e).__name__)


WRITES: Mapping[type, Callable[[Any], Iterable[Op]]] = {
    FallbackOpened: _opened,
    JointMeetingHeld: _met,
    ReserveSelectionAnnounced: _announced,
    recommendation.ReserveRecommended: _recommended,
    recommendation.ReserveCardFiled: _carded,
    selection.ReserveQualificationChecked: _stepped,
    selection.ReserveMarksAttested: _stepped,
    selection.ReserveMassEvaluated: _stepped,
    selection.ReserveOrganisationSelected: _stepped,
    selection.ReserveInspectionDone: _stepped,
    selection.ReserveDetermined: _stepped,
    selection.ReserveActivated: _activated,
    selection.ReserveProcedureEnded: _ended,
    publicity.PublicityOpened: _posted,
    publicity.PublicityClosed: _closed,
    removal.ReserveRemovalProposed: _stepped,
    removal.ReserveRemovalApproved: _stepped,
    removal.ReserveRemovalFiled: _stepped,
    removal.ReserveRemoved: _removed,
    removal.ReserveReplacementDue: _due,
    use.ReserveUseProposed: _proposed,
    use.ReserveUseApproved: _stepped,
    use.ReserveUseFiled: _stepped,
    use.OpinionCollected: _heard,
    use.ElectionRequired: _election,
    use.ReserveElectionHeld: _elected,
    use.ReserveAppointed: _appointed,
}
