"""What becomes of a posting where a division or a unit changes: another code, another sender (X-056)."""

from __future__ import annotations

from kernel.messages import Area, Event, Key, Line


class PostingMoved(Event, title="任职地区划变更抄录"):
    """The posting goes on at ``target``, which was ``before``, by ``document``."""

    areas = ("target", "before")

    programme: Key
    posting: Key
    person: Key
    unit: Key
    target: Area
    before: Area
    document: Line


class PostingUnitChanged(Event, title="派出单位变更抄录"):
    """The posting is one of ``unit`` under ``channel``; its unit was ``before``, by ``document``."""

    areas = ("target",)

    programme: Key
    posting: Key
    person: Key
    unit: Key
    channel: Key
    target: Area
    before: Key
    document: Line
