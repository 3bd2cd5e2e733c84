"""A planned changeover as events: when the incumbent leaves, who comes, what the two signed (PE-108)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from kernel.messages import Area, Event, Key, Line, Text


class ChangeoverPlanned(Event, title="计划接替"):
    """The incumbent serves until the day before ``takes_over``; from now on the unit may nominate a successor."""

    rule = "changeover.decided_by"
    areas = ("target",)

    programme: Key
    posting: Key
    person: Key
    unit: Key
    target: Area
    takes_over: date
    reason: Text
    organ: Line
    document: Line


class SuccessorAppointed(Event, title="确定接替人选"):
    """``appointed`` takes over from ``takes_over`` as the posting ``successor``; until then the incumbent serves."""

    rule = "changeover.decided_by"
    areas = ("target",)

    programme: Key
    posting: Key
    person: Key
    target: Area
    kind: Literal["township", "village"]
    unit: Key
    channel: Key
    successor: Key
    nomination: Key
    appointed: Key
    takes_over: date

    def claims(self) -> tuple[str, ...]:
        """A nomination follows on one posting, so that two appointments at once cannot give its person two."""
        return (f"successor:{self.nomination}",)


class SuccessorLapsed(Event, title="接替人选落空"):
    """Who was to follow as ``posting`` does not come and is free of it: ``cause`` is that the person was posted
    elsewhere, or erased. Whoever withdraws does so by an event of its own."""

    rule = "changeover.decided_by"
    areas = ("target",)

    programme: Key
    posting: Key
    person: Key
    unit: Key
    target: Area
    cause: Literal["elsewhere", "erased"]


class HandoverSigned(Event, title="签署交接记录"):
    """Incumbent and successor signed what was handed over: papers, works in hand, money."""

    rule = "changeover.record"
    areas = ("target",)

    programme: Key
    posting: Key
    successor: Key
    target: Area
    papers: Line
    works: Line
    money: Line


@dataclass(frozen=True, slots=True)
class Changeover:
    """The changeover of a posting: as planned; the posting that follows, its person and since when; when the record
    was signed."""

    planned: ChangeoverPlanned
    successor: str | None = None
    appointed: str | None = None
    signed_on: date | None = None
    appointed_on: date | None = None


def evolve(
    changeover: Changeover | None, event: ChangeoverPlanned | SuccessorAppointed | HandoverSigned
) -> Changeover | None:
    """The changeover after ``event``."""
    if isinstance(event, ChangeoverPlanned):
        return Changeover(event)
    if changeover is None:
        return None
    if isinstance(event, SuccessorAppointed):
        # Who signed before does not come.
        return Changeover(changeover.planned, event.successor, event.appointed, appointed_on=event.occurred_on)
    return replace(changeover, signed_on=event.occurred_on)
