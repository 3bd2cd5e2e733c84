"""What a profile asks of a duty: who records it, what comes first, how many copies, by when."""

from __future__ import annotations

from collections.abc import Set
from datetime import date

from kernel.reader import Check, Reader
from programmes.readers.words import Number, Role, Row
from programmes.roles import COUNTIES, MANAGERS, PROVINCE, UNITS, all_called


class Terms(Row, frozen=True):
    """What is asked of a duty: without ``by`` whoever may give the command does it; ``due`` is the last day."""

    by: tuple[Role, ...] = ()
    after: tuple[str, ...] = ()
    copies: Number | None = None
    due: date | None = None

    def late(self, on: date) -> bool:
        """Whether ``on`` is behind the last day."""
        return self.due is not None and on > self.due


def _only_by(roles: Set[str]) -> Check[Terms]:
    # What a duty does not look at is refused: a profile that asks for it would be told that it holds.
    def holds(asked: Terms) -> bool:
        return (
            bool(asked.by) and set(asked.by) <= roles and not asked.after and asked.copies is None and asked.due is None
        )

    return Check(holds, f"只写 by，为{all_called(roles)}中的角色（{'、'.join(sorted(roles))}）")


HANDBOOK = Reader[Terms]("duty.handbook", "发放工作手册", _only_by(PROVINCE))
MANAGEMENT_RULES = Reader[Terms]("duty.management_rules", "管理办法备案", _only_by(COUNTIES))
MOBILISATION = Reader[Terms]("duty.mobilisation", "宣传动员", _only_by(MANAGERS | UNITS))
