"""Work groups of townships: the records they keep and how often."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from msgspec import Meta

from kernel.reader import Reader
from programmes.readers.words import Name

ROUTINE = Reader[Annotated[Mapping[Name, Literal["day", "week", "month"]], Meta(min_length=1)]](
    "group.routine", "工作组日常管理制度"
)
