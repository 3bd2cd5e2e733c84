"""Which postings a command concerns."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from kernel.grounds import in_force
from kernel.messages import Context
from kernel.service import Room, Step
from programmes.readers.nomination import ITEMS
from programmes.readers.swap import TERM
from services.personnel.postings.appointment import AppointCadres, AppointTo, TakeUp, TakeUpPosts
from services.personnel.postings.changeover_plans import follows, incumbent_of, relieving
from services.personnel.postings.extension import EndPostingTerm
from services.personnel.postings.handbook import CONFIRMED, HANDBOOK, CloseHandbookIssue, IssueHandbook, IssueHandbooks
from services.personnel.postings.handover import HandOver, RecordHandover
from services.personnel.postings.moved import ChangeSender
from services.personnel.postings.refusals import HANDBOOKS_LACKING, POSTING_NOT_NOTED
from services.personnel.postings.removal import RemovePost, RemovePosts

_DUE = "select posting from postings where programme = %s and status = 'on_post' and term_ends <= %s order by posting"


_OVER = ("returned", "left", "deceased", "cancelled")


def sent_by(unit: str, now: str, channel: str, document: str, context: Context, room: Room) -> Iterable[Step]:
    """The postings of ``unit``, but those that are over, as postings of ``now`` under ``channel``."""
    rows = room.find(
        "select posting from postings where unit = %s and status <> all(%s) order by posting", unit, list(_OVER)
    )
    for row in rows:
        order = ChangeSender(context=context, posting=row["posting"], unit=now, channel=channel, document=document)
        yield Step(f"posting/{row['posting']}", order)


def record_handover(command: RecordHandover, room: Room) -> Iterable[Step]:
    """The items, on each posting; whoever follows on an incumbent relieves the incumbent with the last of them."""
    for posting in command.postings:
        state, before = room.load(f"posting/{posting}"), incumbent_of(posting, room)
        order = HandOver(context=command.context, items=command.items)
        if state is not None and before is not None:
            incumbent, changeover = before
            order = replace(order, takes_over=changeover.planned.takes_over)
            days = {**state.items, **dict.fromkeys(command.items, command.context.occurred_on)}
            rules = in_force(room.rules(state.placed.programme, state.placed.target), state.placed.programme)
            on = max(days.values())
            if days.keys() >= set(rules.value(ITEMS)) and on >= changeover.planned.takes_over:
                yield relieving(command.context, incumbent, posting, on)
        yield Step(f"posting/{posting}", order)


def appoint_cadres(command: AppointCadres, room: Room) -> Iterable[Step]:
    """The appointment, on each posting; of whoever follows on an incumbent, told from when."""
    for posting in command.postings:
        before = incumbent_of(posting, room)
        takes_over = before[1].planned.takes_over if before else None
        yield Step(f"posting/{posting}", AppointTo(context=command.context, takes_over=takes_over))


def take_up_posts(command: TakeUpPosts, room: Room) -> Iterable[Step]:
    """Taking up the post, on each posting, told what was excepted for the cadre; who follows relieves the incumbent."""
    for posting in command.postings:
        state = room.load(f"posting/{posting}")
        placed = state.placed if state is not None else None
        candidacy = room.load(f"candidacy/{placed.programme}.{placed.person}") if placed else None
        excepted = candidacy is not None and "party_status" in candidacy.excepted
        order = TakeUp(context=command.context, party_status=command.party_status, excepted=excepted)
        before = incumbent_of(posting, room)
        if before is not None:
            incumbent, changeover = before
            order = replace(order, takes_over=changeover.planned.takes_over)
            if command.context.occurred_on >= changeover.planned.takes_over:
                yield relieving(command.context, incumbent, posting, command.context.occurred_on)
        yield Step(f"posting/{posting}", order)


def issue_handbooks(command: IssueHandbooks, room: Room) -> Iterable[Step]:
    """The record of each posting, told who stands on it."""
    for posting, state in room.load_all(f"posting/{posting}" for posting in command.postings).items():
        if state is None:
            raise POSTING_NOT_NOTED()
        order = IssueHandbook(context=command.context, placed=state.placed, receipt=command.receipt)
        yield Step(posting.replace("posting/", "posting-record/", 1), order)


def remove_posts(command: RemovePosts, room: Room) -> Iterable[Step]:
    """The record of each posting, told when it ended."""
    for posting, state in room.load_all(f"posting/{posting}" for posting in command.postings).items():
        if state is None:
            raise POSTING_NOT_NOTED()
        about = {"placed": state.placed, "ended_on": state.ended_on, "document": command.document}
        yield Step(posting.replace("posting/", "posting-record/", 1), RemovePost(context=command.context, **about))


def terms_over(context: Context, programme: str, as_of: date, room: Room) -> Iterable[Step]:
    """Every posting of the programme whose term is over. Raises Rejected: ``rule_unknown`` where it has no term."""
    in_force(room.rules(programme), programme).value(TERM)
    for row in room.find(_DUE, programme, as_of):
        state = room.load(f"posting/{row['posting']}")
        order = EndPostingTerm(context=context, as_of=as_of, follows=follows(state, room))
        yield Step(f"posting/{row['posting']}", order)


def close_handbook_issue(command: CloseHandbookIssue, room: Room) -> Iterable[Step]:
    """The programme's record. Raises Rejected: ``handbooks_lacking`` with the postings that lack one."""
    rows = room.find(f"select posting from {HANDBOOK.absent(CONFIRMED)} where programme = %s", command.programme)
    if lacking := sorted(row["posting"] for row in rows):
        raise HANDBOOKS_LACKING(count=len(lacking), postings=lacking[:10])
    return (Step(f"programme-record/{command.programme}", command),)
