"""Read models of the help for villages: plans, progress, poor villages, households on file."""

from __future__ import annotations

from collections.abc import Iterable

from kernel.messages import Recorded
from kernel.projection import Op, Table
from services.evaluation.assistance import assistance, households

_WHOSE = {"posting": "text", "person": "text"}
PLANS = Table(
    "assistance_plans",
    {"programme": "text", "target": "text", "household_group": "text", "version": "int"},
    {**_WHOSE, "households": "int", "content": "text", "filed_on": "date", "tag": "text"},
)
"""``household_group`` is empty for the plan of the village itself."""
PROGRESS = Table(
    "assistance_progress",
    {"position": "int"},
    {
        "programme": "text",
        "target": "text",
        **_WHOSE,
        "household_group": "text",
        "text": "text",
        "logged_on": "date",
        "tag": "text",
    },
    (("target",),),
)
POOR = Table(
    "poor_villages", {"programme": "text", "target": "text", "since": "date"}, {"county": "text", "poor": "bool"}
)
"""Whether a village is registered as poor from a day on; what was told of it before stays."""
HOUSEHOLDS = Table(
    "households_filed",
    {"programme": "text", "target": "text", "year": "text", "version": "int"},
    {"households": "int", "document": "text", "filed_on": "date"},
)
TABLES = (PLANS, PROGRESS, POOR, HOUSEHOLDS)


def rows(recorded: Recorded) -> Iterable[Op]:
    """The rows an event writes."""
    event = recorded.event
    match event:
        case assistance.AssistancePlanFiled():
            told = {"household_group": event.group or "", "households": event.households or 0, "tag": event.tag or ""}
            yield PLANS.of(event, **told, filed_on=event.occurred_on)
        case assistance.AssistanceProgressLogged():
            told = {"household_group": event.group or "", "logged_on": event.occurred_on, "tag": event.tag or ""}
            yield PROGRESS.of(event, position=recorded.position, **told)
        case households.PoorVillagesNoted():
            for one in event.marks:
                yield POOR.put(event.programme, one.target, event.occurred_on, county=event.county, poor=one.poor)
        case households.HouseholdsFiled():
            yield HOUSEHOLDS.of(event, filed_on=event.occurred_on)
