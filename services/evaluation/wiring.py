"""Evaluation put together: which command goes to which stream, who may give it, what follows from foreign events."""

from __future__ import annotations

from collections.abc import Iterable

from kernel.decider import Decider
from kernel.messages import Rejected
from kernel.profiles import PROGRAMME
from kernel.service import Handles, Room, Service, Step, to
from programmes.roles import ROLE_NAMES
from services.evaluation.assessment import assessment, review
from services.evaluation.assessment.secondment import next_leg, not_replaced
from services.evaluation.clocks import case, obligation, trigger, waiting
from services.evaluation.decider import decide_clock, decide_secondment, evolve_clock, evolve_secondment
from services.evaluation.projections import TABLES, project
from services.evaluation.queries import QUERIES
from services.evaluation.reactions import REACTIONS
from services.evaluation.schemas import TYPES
from services.evaluation.villages import village

COUNTY = frozenset({"county_org"})

DUE = """
    select d.posting, c.programme, c.target from dues d join clocks c using (posting)
    where d.due <= %s and not d.met and d.raised_on is null and c.stopped_on is null
    group by d.posting, c.programme, c.target order by d.posting
"""

_clock = to(lambda command: f"clock/{command.posting}")
_secondment = to(lambda command: f"secondment/{command.leg}")


def scope(key: str) -> tuple[str | None, str | None]:
    """(programme, place) of a posting's or a village's key, nothing for a text that is none."""
    match key.split("."):
        case [programme, target] | [programme, target, _]:
            return programme, target
    return None, None


def scope_of_leg(key: str) -> tuple[str | None, str | None]:
    """The programme of a leg; its two sides may lie in two cities, so no supplement applies."""
    return key.partition(".")[0], None


def raise_due(command: trigger.RaiseDueTriggers, room: Room) -> Iterable[Step]:
    """One decision for every running clock with a day that has come."""
    if command.as_of > command.context.occurred_on:
        raise Rejected(
            "as_of_future",
            "不能按尚未到来的日期触发。",
            field="as_of",
            accepted=f"不晚于 {command.context.occurred_on}",
        )
    found = room.find(DUE, command.as_of)
    villages = room.load_all(f"village/{row['programme']}.{row['target']}" for row in found)
    for row in found:
        yield Step(
            f"clock/{row['posting']}",
            trigger.RaiseDue(
                context=command.context,
                as_of=command.as_of,
                delisted_on=villages[f"village/{row['programme']}.{row['target']}"],
            ),
        )


def delist(command: village.RecordDelisting, room: Room) -> Iterable[Step]:
    """The village leaves the list, and cases that waited for it are looked at again."""
    yield Step(f"village/{command.programme}.{command.target}", command)
    running = room.find(
        "select posting from clocks where programme = %s and target = %s and stopped_on is null order by posting",
        command.programme,
        command.target,
    )
    for row in running:
        yield Step(f"clock/{row['posting']}", trigger.ClearTrigger(context=command.context, what=village.DELISTED))


def assess(command: assessment.AssessSecondment, room: Room) -> Iterable[Step]:
    """A leg whose seat a substitute has taken is not assessed."""
    match command.leg.rsplit(".", 1):
        case [_, number] if number.isdecimal():
            not_replaced(room.load(f"secondment/{next_leg(command.leg)}"))
    yield Step(f"secondment/{command.leg}", command)


COMMANDS = (
    Handles(obligation.AcceptIdea, _clock, COUNTY, "发展思路认定"),
    Handles(obligation.AcceptIncomeChannel, _clock, COUNTY, "增收渠道认定"),
    Handles(trigger.RaiseDueTriggers, raise_due, frozenset({"system"}), "期限届满触发"),
    Handles(case.HoldInterview, _clock, COUNTY, "约谈"),
    Handles(case.FileRecallRecord, _clock, COUNTY, "召回记录归档"),
    Handles(village.RecordDelisting, delist, COUNTY, "薄弱村摘帽认定", areas=("target",)),
    Handles(assessment.AssessSecondment, assess, frozenset({"city_org"}), "挂职期满考核"),
    Handles(review.ReviewReport, _secondment, frozenset({"province_org"}), "考察材料审查"),
)

SERVICE = Service(
    name="evaluation",
    role_names=ROLE_NAMES,
    events=TYPES,
    deciders={
        "programme": PROGRAMME,
        "waiting": Decider(waiting.Waiting(), waiting.decide, waiting.evolve),
        "clock": Decider(None, decide_clock, evolve_clock, scope),
        "village": Decider(None, village.decide, village.evolve, scope),
        "secondment": Decider(None, decide_secondment, evolve_secondment, scope_of_leg),
    },
    commands={handles.command.__name__: handles for handles in COMMANDS},
    reactions=REACTIONS,
    tables=TABLES,
    project=project,
    queries=QUERIES,
)
