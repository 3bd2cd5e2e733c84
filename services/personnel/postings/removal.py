"""The post is taken back: once a term is over, the county removes the cadre from the post promptly (PE-033).

Source: 晋组通字〔2015〕41号 三.6. Invariant: nobody is removed before the posting has ended.
"""

from __future__ import annotations

from datetime import date

from kernel.grounds import not_before, rules_of
from kernel.messages import Area, Command, Event, Key, Line, Order
from kernel.refusals import NOT_YOUR_BUSINESS
from programmes.duty import Duty, Records
from programmes.readers import duties
from programmes.roles import COUNTIES
from programmes.texts import impersonal
from services.personnel.postings.posting import PlacementNoted
from services.personnel.postings.refusals import POST_STILL_HELD


class PostRemoved(Event, title="免去所挂职务"):
    """The county removed the cadre from the post, by ``document``."""

    rule = "duty.post_removal"
    areas = ("target",)

    programme: Key
    posting: Key
    person: Key
    target: Area
    document: Line


class RemovePosts(Command, title="免去所挂职务", roles=COUNTIES, concerns=("postings",)):
    """Record that the cadres of these postings, which have ended, were removed from their posts."""

    postings: tuple[Key, ...]
    document: Line


class RemovePost(Order):
    """One of them, told when the posting ended."""

    placed: PlacementNoted
    ended_on: date | None
    document: Line


POST_REMOVAL = Duty("post_removal", "免去所挂职务", PostRemoved, "posting", duties.POST_REMOVAL)
TERM_OVER = """
select programme, posting, person, unit, target, coalesce(ended_on, term_ends) + 1 as due_on
  from postings where term_ends is not null
"""
"""Postings that have a term, each with the day after it is over: from then on the removal is overdue."""


def remove(done: Records, command: RemovePost) -> list[PostRemoved]:
    """The removal, once. Raises Rejected: ``post_still_held``, ``date_before_ground``, and as ``Duty.check``."""
    placed, path = command.placed, POST_REMOVAL.path
    POST_REMOVAL.check(command, done, rules_of(command))
    if not command.context.actor.covers(placed.target):
        organ = f"{placed.target[:6]} 组织部"
        raise NOT_YOUR_BUSINESS(act="免去所挂职务", organ=organ, field="postings", rule=path)
    if command.ended_on is None:
        raise POST_STILL_HELD(posting=placed.posting)
    not_before(command, command.ended_on, "任职结束", path)
    return [PostRemoved.carrying(command, placed, document=impersonal(command.document, "document"))]
