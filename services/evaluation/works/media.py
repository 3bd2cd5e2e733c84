"""What newspapers and bulletins tell of cadres: each item is an occurrence, whoever it is about (X-041).

Source: the article on the Jinzhou measures, 三.2, 「已宣传选派干部典型50余人次」: times, not persons.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from kernel.grounds import rules_of
from kernel.messages import Command, Event, Key, Line
from kernel.part import Part
from programmes.readers import works
from programmes.roles import CITIES, COUNTIES
from services.evaluation.scopes import scope
from services.evaluation.works.refusals import MEDIA_ITEM_KNOWN
from services.evaluation.works.work import ForWork, OfWork, on_post

Items = frozenset[tuple[str, str]]
"""By medium and title what was told of one posting."""


class MediaItemRecorded(OfWork, title="记录宣传报道"):
    """A ``medium`` told of the cadre under ``title``; ``item`` is the number of the occurrence."""

    rule: ClassVar[str | None] = works.MEDIA.path

    item: Key
    medium: Line
    title: Line


class RecordMediaItem(Command, title="记录宣传报道", roles=CITIES | COUNTIES, concerns=("posting",)):
    """Record an item that tells of a cadre; one that tells of several is recorded for each."""

    posting: Key
    medium: Line
    title: Line


class MediaFor(ForWork):
    """``RecordMediaItem``, told whose it is."""

    medium: Line
    title: Line


def record(items: Items, command: MediaFor) -> Sequence[MediaItemRecorded]:
    """The occurrence. Raises Rejected: ``media_item_known``, ``work_too_early``, ``rule_unknown``."""
    rules_of(command).value(works.MEDIA)
    on_post(command, field="posting", rule=works.MEDIA.path)
    if (command.medium, command.title) in items:
        raise MEDIA_ITEM_KNOWN(medium=command.medium, title=command.title)
    return (MediaItemRecorded.carrying(command, item=f"{command.posting}.media.{len(items) + 1}"),)


def recorded(items: Items, event: Event) -> Items:
    """The state after MediaItemRecorded."""
    return items | {(event.medium, event.title)} if isinstance(event, MediaItemRecorded) else items


MEDIA: Part[Items] = Part("work-media/{posting}", frozenset(), decides=(record,), evolve=recorded, scope=scope)
"""What was told of one posting."""
