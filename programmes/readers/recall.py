"""The clocks of recall: which posts have one, what it waits for, what may follow."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from kernel.reader import Reader
from programmes.readers.words import NO_TWICE, Kind, Months, Name, Row, each_once

Requirement = Literal["development_idea", "income_channel", "delisted"]
Measure = Literal["interview", "recall_and_replacement", "record"]


class Trigger(Row, frozen=True):
    """So many ``months`` after the start of the clock ``requires`` must have happened."""

    trigger: Name
    months: Months
    requires: Requirement
    only_weak: bool


Triggers = Annotated[tuple[Trigger, ...], Meta(min_length=1)]

TRIGGERS = Reader[Triggers]("recall.triggers", "召回期限", each_once("trigger"), each_once("requires"))
POSTS = Reader[tuple[Kind, ...]]("recall.posts", "召回期限", NO_TWICE)
MEASURES = Reader[Annotated[tuple[Measure, ...], Meta(min_length=1)]]("recall.measures", "召回", NO_TWICE)
