"""Read models of care: what each profile asks of its postings, and every record about one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from kernel.codec import data_of, plain
from kernel.messages import Recorded
from kernel.profiles import ProfileNoted
from kernel.projection import Op, Table
from services.personnel.care import committee, team
from services.personnel.care.care import EVENTS, KNOWN

_ABOUT = ("programme", "posting", "leg", "person", "target", "sending", "host")
ASKED = Table(
    "care_asked",
    {"duty": "text", "profile": "text"},
    {"programme": "text", "scope": "text", "tiers": "json", "origin": "text", "clause": "text"},
)
"""The duties that a profile asks, of which tiers (empty: of all), and where they hold."""
RECORDS = Table(
    "care_records",
    {"position": "int"},
    {
        **dict.fromkeys(("duty", *_ABOUT, "organ"), "text"),
        "done_on": "date",
        "since": "date",
        "until": "date",
        "lacking": "text",
        "again_by": "date",
        "said": "json",
    },
    (("posting", "duty"), ("leg", "duty")),
)
"""Every record: what it says beside whose it is, from when until when it holds, what it leaves open, and by when it is
to be done again."""
BUNDLES = Table("care_bundles", {"profile": "text"}, {"programme": "text", "scope": "text", "kinds": "json"})
"""What a profile ties between unit and cadre."""
COMMITTEES = Table("committees", {"programme": "text", "village": "text"}, {"posts": "int", "members": "int"})
TEAMS = Table("work_teams", {"programme": "text", "target": "text"}, {"size": "int", "least": "int", "most": "int"})
MEMBERS = Table(
    "work_team_members",
    {"member": "text"},
    {
        **dict.fromkeys(("programme", "target", "person", "unit", "level"), "text"),
        "joined_on": "date",
        "left_on": "date",
    },
    (("person",),),
)
TABLES = (ASKED, RECORDS, BUNDLES, COMMITTEES, TEAMS, MEMBERS)


def writes(recorded: Recorded) -> Iterable[Op]:
    """The rows of an event."""
    event: Any = recorded.event
    match event:
        case ProfileNoted():
            yield from _asked(event)
        case committee.CommitteesRecorded():
            yield COMMITTEES.of(event, members=len(set(event.members)))
        case team.WorkTeamMemberJoined():
            yield TEAMS.of(event)
            yield MEMBERS.of(event, joined_on=event.occurred_on)
        case team.WorkTeamMemberLeft():
            yield TEAMS.put(event.programme, event.target, size=event.size)
            yield MEMBERS.put(event.member, left_on=event.occurred_on)
    if duty := EVENTS.get(type(event)):
        said = plain(data_of(event))
        about = {name: said.pop(name) or "" for name in _ABOUT if name in said}
        yield RECORDS.put(
            recorded.position,
            **about,
            duty=duty,
            organ=recorded.actor["organ"],
            done_on=event.occurred_on,
            since=getattr(event, "since", None),
            until=getattr(event, "until", None),
            lacking=event.lacking,
            again_by=getattr(event, "again_by", None),
            said=said,
        )


def _asked(noted: ProfileNoted) -> Iterable[Op]:
    programme, bundle = noted.base or noted.programme, noted.rules.get("bundle.kinds")
    if bundle and bundle.get("value"):
        yield BUNDLES.put(noted.programme, programme=programme, scope=noted.scope, kinds=list(bundle["value"]))
    for duty in KNOWN:
        rule = noted.rules.get(duty.path)
        if rule is None or rule.get("value") is None:
            yield ASKED.drop(duty.name, noted.programme)
            continue
        yield ASKED.put(
            duty.name,
            noted.programme,
            programme=programme,
            scope=noted.scope,
            tiers=list(rule["value"].get("tiers", ())),
            origin=rule["origin"],
            clause=rule.get("clause") or "",
        )
