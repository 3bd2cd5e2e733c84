"""The duties that personnel keeps: what must be recorded about whom, by whom, and who lacks it.

One line a duty in ``KNOWN``, its deciding function in the part of its subject, its question in ``QUERIES``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kernel.listing import queries
from kernel.part import Part
from kernel.service import Query
from programmes.duty import Duty, duties
from services.personnel.care import training
from services.personnel.nomination import mobilisation
from services.personnel.nomination.mobilisation import MOBILISATION
from services.personnel.postings import handbook, removal
from services.personnel.postings.handbook import CLOSING, HANDBOOK
from services.personnel.postings.removal import POST_REMOVAL
from services.personnel.readers import EVERYWHERE, MANAGERS, PLACELESS, REACH, SENDERS, TERRITORY
from services.personnel.scopes import programme_and_target, programme_of

KNOWN: tuple[Duty, ...] = (HANDBOOK, CLOSING, MOBILISATION, training.MOBILISATION, POST_REMOVAL)
PARTS: tuple[Part[Any], ...] = (
    duties("posting-record/{posting}", KNOWN, handbook.issue, removal.remove, scope=programme_and_target),
    duties("unit-record/{programme}.{unit}", KNOWN, mobilisation.mobilise, scope=programme_of),
    duties("programme-record/{programme}", KNOWN, handbook.close, training.mobilise, scope=programme_of),
)
QUERIES: Mapping[str, Query] = queries(
    handbooks_lacking=HANDBOOK.lacking(
        "未领工作手册", handbook.CONFIRMED, EVERYWHERE | TERRITORY, areas=("target",), reach=REACH
    ),
    posts_to_remove=POST_REMOVAL.lacking(
        "应免未免所挂职务",
        removal.TERM_OVER,
        EVERYWHERE | TERRITORY,
        areas=("target",),
        reach=REACH,
        dated=("due_on <= %s",),
    ),
    mobilisations_lacking=MOBILISATION.lacking(
        "未登记宣传动员",
        mobilisation.COLLECTING,
        EVERYWHERE | SENDERS | MANAGERS,
        units=("unit", "channel"),
        reach=PLACELESS,
    ),
)
