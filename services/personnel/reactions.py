"""What this service takes in of others: each foreign fact becomes an own event first. Read tolerantly."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kernel.messages import Context
from kernel.profiles import note_profile
from kernel.service import Reaction, Received, Room, Step
from programmes import noted_calendar, offices
from programmes.readers.organs import POSTS
from services.personnel.candidacy.route import Determine
from services.personnel.care.care_plans import joining, leave_work_team
from services.personnel.care.team import LeaveWorkTeam
from services.personnel.ledger.villages import NoteVillageKinds, VillageKind
from services.personnel.legs.archive import NoteAssessment
from services.personnel.legs.secondment import NoteSecondmentPost
from services.personnel.nomination.roster import NoteUnitQuota
from services.personnel.persons.unit import NoteUnit
from services.personnel.postings.changeover_plans import lapsing
from services.personnel.postings.handover import NotePlacement
from services.personnel.postings.holding_plans import engaged, giving
from services.personnel.postings.moved import MovePosting
from services.personnel.postings.placement_withdrawal import NoteWithdrawal
from services.personnel.postings.posting_plans import sent_by
from services.personnel.postings.promotion import NoteResult
from services.personnel.postings.recall import NoteRecallCase
from services.personnel.postings.withdrawal import NoteConsequence
from services.personnel.reserve_care import opinion_plans


def unit_registered(received: Received, context: Context, room: Room) -> Iterable[Step]:
    """A sending unit and its channel."""
    data = received.data
    yield Step(
        f"unit/{data['unit']}",
        NoteUnit(
            context=context,
            unit=data["unit"],
            name=data.get("name", data["unit"]),
            channel=data["channel"],
            level=data.get("level", ""),
        ),
    )


def unit_quota_set(received: Received, context: Context, room: Room) -> Iterable[Step]:
    """The places of a unit."""
    facts = received.fields("programme", "unit", "channel", "townships", "villages")
    yield Step(f"roster/{facts['programme']}.{facts['unit']}", NoteUnitQuota(context=context, **facts))


def placement_confirmed(received: Received, context: Context, room: Room) -> Iterable[Step]:
    """A placement: opens the hand-over, unless the person holds something else (AL-047); whom somebody waited for as
    a successor does not come."""
    data = received.data
    lapsed = list(lapsing(room, data["person"], data["posting"], context, "elsewhere"))
    yield from lapsed
    note = NotePlacement(
        context=context,
        **received.fields("programme", "target", "kind", "role", "posting", "person", "unit", "channel"),
        tier=data.get("tier", ""),
        weak=bool(data.get("weak", False)),
        engaged=None if lapsed else engaged(room, data["person"], data["posting"]),
    )
    yield from giving(note, room)


def placement_withdrawn(received: Received, context: Context, room: Room) -> Iterable[Step]:
    """A placement withdrawn before arrival: the person is free again."""
    posting = received.data["posting"]
    yield Step(f"posting/{posting}", NoteWithdrawal(context=context, posting=posting))


def unit_changed(received: Received, context: Context, room: Room) -> Iterable[Step]:
    """A unit renamed, or under another channel: noted, and its postings come under that channel."""
    facts = received.fields("unit", "name", "channel")
    known = room.load(f"unit/{facts['unit']}")
    level = received.data.get("level") or (known.level if known else "")
    yield Step(f"unit/{facts['unit']}", NoteUnit(context=context, **facts, level=level))
    document = received.data["document"]
    yield from sent_by(facts["unit"], facts["unit"], facts["channel"], document, context, room)


def unit_merged(received: Received, context: Context, room: Room) -> Iterable[Step]:
    """A unit merged into another: its postings are the other one's."""
    facts = received.fields("unit", "into", "document")
    into = room.load(f"unit/{facts['into']}")
    if into is not None:
        yield from sent_by(facts["unit"], into.unit, into.channel, facts["document"], context, room)


def target_followed(received: Received, context: Context, room: Room) -> Iterable[Step]:
    """A place with another code takes its cadre along, and whoever is to follow there."""
    for posting in (received.data.get("posting"), received.data.get("next_posting")):
        if posting:
            order = MovePosting(context=context, posting=posting, **received.fields("target", "document"))
            yield Step(f"posting/{posting}", order)


def village_assigned(received: Received, context: Context, room: Room) -> Iterable[Step]:
    """A host county assigned the village: who goes where is determined, and the posting begins (AL-039, PE-028)."""
    facts = received.fields("programme", "target", "posting", "person", "unit", "channel", "tier")
    rules = room.rules(facts["programme"], facts["target"])
    about = {name: facts[name] for name in ("target", "posting", "unit")}
    lapsed = list(lapsing(room, facts["person"], facts["posting"], context, "elsewhere"))
    yield from lapsed
    determine = Determine(context=context, **about, lapsed=bool(lapsed))
    yield Step(f"candidacy/{facts['programme']}.{facts['person']}", determine)
    note = NotePlacement(
        context=context,
        **facts,
        kind="village",
        role=rules.entry(POSTS, "village") if rules else "",
        weak=False,
        engaged=None if lapsed else engaged(room, facts["person"], facts["posting"]),
    )
    yield from giving(note, room)


def secondment_post_agreed(received: Received, context: Context, room: Room) -> Iterable[Step]:
    """The post agreed for a leg."""
    yield Step(f"leg/{received.data['leg']}", NoteSecondmentPost(context=context, post=received.data["post"]))


def interview_held(received: Received, context: Context, room: Room) -> Iterable[Step]:
    """The interview of a recall case."""
    facts = received.fields("case", "trigger", "posting")
    yield Step(f"posting/{facts['posting']}", NoteRecallCase(context=context, **facts))


def consequence_recorded(received: Received, context: Context, room: Room) -> Iterable[Step]:
    """The record of bad consequences that an adjustment may rest on (EV-006)."""
    facts = received.fields("posting", "consequence")
    yield Step(f"posting/{facts['posting']}", NoteConsequence(context=context, **facts))


def rating_set(received: Received, context: Context, room: Room) -> Iterable[Step]:
    """The result of a year, which a promotion may rest on (EV-040)."""
    facts = received.fields("posting", "excellent")
    yield _result(context, **facts, result=received.data["rating"], kind="rating")


def annual_grade_set(received: Received, context: Context, room: Room) -> Iterable[Step]:
    """The unit's grade of a year (EV-005)."""
    facts = received.fields("posting", "excellent")
    yield _result(context, **facts, result=received.data["grade_id"], kind="grade")


def term_inspection_done(received: Received, context: Context, room: Room) -> Iterable[Step]:
    """The inspection at the end of a term (EV-005)."""
    facts = {"posting": received.data["posting"], "excellent": False}
    yield _result(context, **facts, result=received.data["inspection"], kind="inspection")


def _result(context: Context, posting: str, excellent: bool, result: str, kind: str) -> Step:
    order = NoteResult(context=context, posting=posting, result=result, kind=kind, excellent=excellent)
    return Step(f"posting/{posting}", order)


def secondment_report_reviewed(received: Received, context: Context, room: Room) -> Iterable[Step]:
    """The reviewed assessment of a leg, cited by the digest of its report, or by the event where it has none."""
    assessment = received.data.get("report_sha256") or received.id
    yield Step(f"leg/{received.data['leg']}", NoteAssessment(context=context, assessment=str(assessment)))


def village_kinds_recorded(received: Received, context: Context, room: Room) -> Iterable[Step]:
    """Which villages of a county are mandatory."""
    facts = received.fields("programme", "county")
    told = received.data["villages"]
    villages = tuple(VillageKind(one["target"], one["weak_party"], one["registered_poor"]) for one in told)
    order = NoteVillageKinds(context=context, **facts, villages=villages)
    yield Step(f"villages/{facts['programme']}.{facts['county']}", order)


def work_team_formed(received: Received, context: Context, room: Room) -> Iterable[Step]:
    """The team of a village as its city or county formed it: whoever is not in it leaves, the others join."""
    programme, target = received.data["programme"], received.data["target"]
    chosen = {member["person"]: member for member in received.data["members"]}
    about = {"context": context, "programme": programme, "target": target}
    for person in room.load(f"work-team/{programme}.{target}").members:
        if person not in chosen:
            yield from leave_work_team(LeaveWorkTeam(**about, person=person), room)
    for person, member in chosen.items():
        yield from joining(context, room, programme, target, person, member.get("unit") or "", member["level"])


REACTIONS: Mapping[str, Reaction] = {
    "allocation.ProfilePublished": note_profile,
    **noted_calendar.REACTION,
    **offices.REACTIONS,
    **offices.OF_UNITS,
    "allocation.UnitRegistered": unit_registered,
    "allocation.UnitQuotaSet": unit_quota_set,
    "allocation.WorkTeamFormed": work_team_formed,
    "allocation.PlacementConfirmed": placement_confirmed,
    "allocation.PlacementWithdrawn": placement_withdrawn,
    "allocation.UnitRenamed": unit_changed,
    "allocation.UnitMoved": unit_changed,
    "allocation.UnitMerged": unit_merged,
    "allocation.TargetFollowed": target_followed,
    "allocation.VillageAssigned": village_assigned,
    "allocation.SecondmentPostAgreed": secondment_post_agreed,
    "allocation.VillageKindsRecorded": village_kinds_recorded,
    "evaluation.InterviewHeld": interview_held,
    "evaluation.ConsequenceRecorded": consequence_recorded,
    "evaluation.RatingSet": rating_set,
    "evaluation.AnnualGradeSet": annual_grade_set,
    "evaluation.TermInspectionDone": term_inspection_done,
    "evaluation.SecondmentReportReviewed": secondment_report_reviewed,
    **opinion_plans.REACTIONS,
}

HEARD: frozenset[str] = frozenset(
    {
        "allocation.ProfilePublished",
        "allocation.UnitRegistered",
        "allocation.UnitQuotaSet",
        "allocation.PlacementConfirmed",
        "allocation.SecondmentPostAgreed",
        "evaluation.InterviewHeld",
        "evaluation.SecondmentReportReviewed",
    }
)
"""What versions before 0.3.0 followed, whose logs do not say so; nothing is added here (``kernel.following``)."""
