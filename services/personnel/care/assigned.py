"""The work a host gives to a cadre: each task stands under one of the duties of the notice, where it names some.

Sources: 辽组通字〔2002〕13号 三 (PE-058); 晋组通字〔2015〕41号 四 (PE-042).
"""

from __future__ import annotations

from dataclasses import dataclass

from kernel.grounds import not_before, rules_of
from kernel.messages import Area, Command, Event, Few, Key, Line, Order
from kernel.refusals import NOT_YOUR_BUSINESS
from kernel.rules import Rules
from programmes.duty import Duty
from programmes.duty_groups import must_be_tagged
from programmes.readers import care
from programmes.texts import impersonal
from services.personnel.care.record import admit
from services.personnel.care.refusals import DUTIES_MISSING, POSTING_NOT_RUNNING
from services.personnel.legs.leg import Leg
from services.personnel.postings.posting import Posting


@dataclass(frozen=True, slots=True)
class Task:
    """A task, under the duty ``group`` of the notice; None where the notice names none."""

    task: Line
    group: Key | None = None


class DutiesAssigned(Event, title="交办工作"):
    """The host gave the cadre of a ``posting`` (at ``target``) or a ``leg`` (``sending`` to ``host``) this work."""

    rule = "duty.duties_assigned"
    areas = ("target", "sending", "host")

    programme: Key
    person: Key
    posting: Key | None
    leg: Key | None
    target: Area | None
    sending: Area | None
    host: Area | None
    duties: tuple[Task, ...]

    @property
    def lacking(self) -> str:
        """Nothing is open once there is work."""
        return ""


class AssignDuties(Command, title="交办工作", roles=care.HOSTS, concerns=("posting", "leg")):
    """Record the work given to the cadre of a ``posting`` or of a ``leg``."""

    duties: Few[Task]
    posting: Key | None = None
    leg: Key | None = None


class GiveWork(Order):
    """The work, of the posting or leg of the stream."""

    duties: tuple[Task, ...]


class GiveLegWork(Order):
    """The work of a leg."""

    duties: tuple[Task, ...]


ASSIGNED = Duty("duties_assigned", "交办工作", DutiesAssigned, "posting", care.DUTIES_ASSIGNED, repeats=True)


def assign(state: Posting, command: GiveWork) -> list[DutiesAssigned]:
    """The work of a posting (PE-042). Rejected: as ``admit`` and ``tagged``."""
    admit(ASSIGNED, state, command)
    duties = tagged(rules_of(command), command.duties)
    return [DutiesAssigned.carrying(command, state.placed, duties=duties, leg=None, sending=None, host=None)]


def assign_leg(state: Leg, command: GiveLegWork) -> list[DutiesAssigned]:
    """The work of a secondment, by its host (PE-058).

    Raises:
        Rejected: ``not_your_business``, ``posting_not_running``, ``date_before_ground``; as ``Duty.check``, ``tagged``.
    """
    leg, on = state.nominated, command.context.occurred_on
    ASSIGNED.check(command, {}, rules_of(command))
    if not command.context.actor.covers(leg.host):
        raise NOT_YOUR_BUSINESS(act=ASSIGNED.title, organ=f"接收地区（{leg.host}）", field="leg", rule=ASSIGNED.path)
    if state.status != "reported" or (state.term_ends is not None and on > state.term_ends):
        over = "未报到或已结束"
        raise POSTING_NOT_RUNNING(duty=ASSIGNED.title, rule=ASSIGNED.path, state=over, accepted="在挂的人选")
    not_before(command, state.since, "报到", ASSIGNED.path)
    duties = tagged(rules_of(command), command.duties)
    return [DutiesAssigned.carrying(command, leg, duties=duties, posting=None, target=None)]


def tagged(rules: Rules, tasks: tuple[Task, ...]) -> tuple[Task, ...]:
    """The tasks, each under one of the duties of the notice (PE-042).

    The six helps are named and not listed (M10): an item of theirs is a task like any other, a free checklist.

    Raises:
        Rejected: ``duties_missing``, ``duty_group_unknown``, ``personal_number_in_text``.
    """
    if not tasks:
        raise DUTIES_MISSING()
    for number, one in enumerate(tasks):
        impersonal(one.task, f"duties.{number}.task")
        must_be_tagged(rules, one.group, f"duties.{number}.group")
    return tasks
