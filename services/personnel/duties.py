"""The duties that personnel keeps: what must be recorded about whom, by whom, and who lacks it.

One line a duty in ``KNOWN``, its deciding function in the part of its subject, its question in ``QUERIES``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kernel.part import Part
from kernel.service import Query
from programmes.duty import Duty

KNOWN: tuple[Duty, ...] = ()
PARTS: tuple[Part[Any], ...] = ()
QUERIES: Mapping[str, Query] = {}
