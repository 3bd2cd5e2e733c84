"""The duties of a notice as tags: each piece of work, log, plan or report stands under one of them (PE-042).

Source: 晋组通字〔2015〕41号 四, five groups (五个着力). The six helps (六个一) are named there and not listed: what is
of them is work like any other.
"""

from __future__ import annotations

from kernel.rules import Rules
from programmes.readers.care import DUTY_GROUPS
from programmes.refusals import DUTY_GROUP_UNKNOWN


def must_be_tagged(rules: Rules, tag: str | None, field: str) -> None:
    """Check that ``tag`` is one of the duties of the notice, and is missing where the notice names none.

    Raises:
        Rejected: ``duty_group_unknown``, with the field that holds the tag.
    """
    groups = rules.find(DUTY_GROUPS)
    if tag not in (groups.value if groups else (None,)):
        accepted = groups.value if groups else "不标注"
        raise DUTY_GROUP_UNKNOWN(tag=tag or "未标注", field=field, groups=accepted)
