"""The handbook of the programme: handed to every confirmed cadre, who signs for it (PE-012).

Invariant: the issue is closed only when nobody is left without one.
"""

from __future__ import annotations

from kernel.grounds import not_before, rules_of
from kernel.messages import Area, Command, Event, Key, Line, Order
from programmes.duty import Duty, Records
from programmes.readers import duties
from programmes.refusals import DUTY_DONE
from programmes.roles import PROVINCE
from services.personnel.postings.posting import LIVE, PlacementNoted


class HandbookIssued(Event, title="发放工作手册"):
    """A cadre signed for the handbook; ``receipt`` names the list that was signed."""

    rule = "duty.handbook"
    areas = ("target",)

    programme: Key
    posting: Key
    person: Key
    target: Area
    receipt: Line


class HandbookIssueClosed(Event, title="工作手册发放结束"):
    """Every confirmed cadre of the programme has one."""

    rule = "duty.handbook"

    programme: Key


class IssueHandbooks(Command, title="发放工作手册", roles=PROVINCE, concerns=("postings",)):
    """Record that the cadres of these postings signed for the handbook."""

    postings: tuple[Key, ...]
    receipt: Line


class IssueHandbook(Order):
    """One of them."""

    placed: PlacementNoted
    receipt: Line


class CloseHandbookIssue(Command, title="结束工作手册发放", roles=PROVINCE, concerns=("programme",)):
    """Close the issue of a programme."""

    programme: Key


HANDBOOK = Duty("handbook", "发放工作手册", HandbookIssued, "posting", duties.HANDBOOK)
CLOSING = Duty("handbook_closing", "结束工作手册发放", HandbookIssueClosed, "programme")
CONFIRMED = f"select programme, posting, person, unit, target from postings where status in {LIVE}"


def issue(done: Records, command: IssueHandbook) -> list[HandbookIssued]:
    """The handbook, once. Raises Rejected: ``date_before_ground``, and as ``Duty.check``."""
    HANDBOOK.check(command, done, rules_of(command))
    not_before(command, command.placed.occurred_on, "确定人选", HANDBOOK.path)
    return [HandbookIssued.carrying(command, command.placed)]


def close(done: Records, command: CloseHandbookIssue) -> list[HandbookIssueClosed]:
    """The end of the issue; that nobody lacks one was looked at in the plan.

    Raises:
        Rejected: ``profile_missing``, ``rule_unknown`` where the programme asks for no handbook, and ``duty_done``
            where its issue is closed.
    """
    HANDBOOK.asked(rules_of(command))
    if closed := done.get(CLOSING.name):
        raise DUTY_DONE(duty=CLOSING.title, on=closed[-1], field="programme", rule=HANDBOOK.path)
    return [HandbookIssueClosed.carrying(command)]
