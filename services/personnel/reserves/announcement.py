"""The township's announcement, which opens the selection of reserves in all its villages (PE-074)."""

from __future__ import annotations

from typing import ClassVar

from kernel.grounds import rules_of
from kernel.messages import Area, Command, Event, Key, Line
from kernel.part import Part
from programmes.procedure import NOTHING, Records, Subject
from programmes.readers.reserve import SELECTION as STEPS
from programmes.roles import TOWNSHIPS
from services.personnel.reserves.candidate import SELECTION
from services.personnel.scopes import programme_of


class AnnounceReserveSelection(Command, title="发布后备干部选拔公告", roles=TOWNSHIPS, concerns=("township",)):
    """Announce a selection of reserves in the township; ``notice`` is the number or title of what was posted."""

    programme: Key
    township: Area
    notice: Line


class ReserveSelectionAnnounced(Event, title="发布后备干部选拔公告"):
    """The township announced the selection; from this day persons may be recommended in its villages."""

    rule = STEPS.path
    areas: ClassVar[tuple[str, ...]] = ("township",)

    programme: Key
    township: Area
    step: Key
    notice: Line


def announce(done: Records, command: AnnounceReserveSelection) -> list[ReserveSelectionAnnounced]:
    """The announcement; every later round has its own. Source: 青委组〔2017〕57号 二（一）.3. Raises as ``admit``."""
    rules, subject = rules_of(command), Subject({"township": command.township})
    name = SELECTION.of_act("announce", rules).step
    step = SELECTION.admit(command, name, subject, NOTHING, rules, field="township")
    return [ReserveSelectionAnnounced.carrying(command, step=step.step)]


def evolve(done: Records, event: Event) -> Records:
    """The first announcement: what came after it is not undone by a later one."""
    if isinstance(event, ReserveSelectionAnnounced):
        return {event.step: event.occurred_on, **done}
    return done


ANNOUNCEMENT = Part(
    "reserve-announcement/{programme}.{township}", NOTHING, decides=(announce,), evolve=evolve, scope=programme_of
)
"""The announcements of one township."""
