"""What is owed of leave: it is granted or refused before it begins, and filed where the notice has it filed."""

from __future__ import annotations

from typing import Final

from programmes.obligation import Obligation
from programmes.readers.attendance import APPROVER
from programmes.roles import CITIES, COUNTIES, TOWNSHIPS
from services.attendance.register.authority import ROLES

_ASKED: Final = "(select l.*, r.programme from leaves l join registers r using (posting))"
_GRANTERS: Final = {**dict.fromkeys(("12", "9"), TOWNSHIPS), "6": COUNTIES, "4": CITIES}
"""By the figures of the place: a village's leave is looked at by its township."""
_STANDS: Final = "s.decision <> 'cancelled' or s.ended_on > now.day"
"""A leave that was not taken owes nothing from that day; one that ended early was granted, and its filing is owed."""

OBLIGATIONS: Final = (
    Obligation(
        "leave_decided",
        "准假",
        APPROVER,
        _GRANTERS,
        per="length(s.target)::text",
        source=_ASKED,
        where=_STANDS,
        subject="s.posting",
        period="s.leave",
        area="s.target",
        since="s.requested_on",
        due="s.first_day",
        met="s.decided_on",
    ),
    Obligation(
        "leave_filed",
        "准假备案",
        APPROVER,
        {str(organ): roles for organ, roles in ROLES.items()},
        per="s.file_with",
        source=_ASKED,
        where=_STANDS,
        subject="s.posting",
        period="s.leave",
        area="s.target",
        since="s.decided_on",
        met="s.filed_on",
    ),
)
