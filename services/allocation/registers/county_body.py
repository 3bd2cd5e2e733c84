"""The body a county may have for its dispatched cadres: recorded where there is one, and nowhere missed.

Invariant: secretary and office are those the profile names for such a body; a county without one is no gap (X-005).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from kernel.grounds import rules_of
from kernel.messages import Area, Command, Event, Key, Line
from kernel.part import Part
from programmes.readers.organs import BODY
from programmes.refusals import NOT_A_COUNTY
from programmes.roles import CITIES, COUNTIES
from services.allocation.words import programme_and_area


class RecordCountyBody(Command, title="登记选派干部工作机构", roles=CITIES | COUNTIES, concerns=("county",)):
    """Record the county's body under the name it was given."""

    programme: Key
    county: Area
    name: Line


class CountyBodyRecorded(Event, title="登记选派干部工作机构"):
    """The county has a body; ``secretary`` is the post that leads it, ``office`` the organ where its office is."""

    rule = BODY.path
    areas: ClassVar[tuple[str, ...]] = ("county",)

    programme: str
    county: Area
    name: str
    secretary: str
    office: str


def decide(state: str | None, command: RecordCountyBody) -> Sequence[CountyBodyRecorded]:
    """``state`` is the name on record. Source: 锦州市选派到乡村工作干部管理办法（试行） 一.1."""
    if len(command.county) != 6:
        raise NOT_A_COUNTY(county=command.county)
    body = rules_of(command).value(BODY)
    if state == command.name:
        return []
    return [CountyBodyRecorded.carrying(command, secretary=body.secretary, office=body.office)]


def evolve(state: str | None, event: Any) -> str | None:
    """The name on record."""
    return event.name if isinstance(event, CountyBodyRecorded) else state


COUNTY_BODY: Part[str | None] = Part(
    "county-body/{programme}.{county}", None, decides=(decide,), evolve=evolve, scope=programme_and_area
)
