"""What a profile asks of a duty: who records it, what comes first, who owes it."""

from __future__ import annotations

from collections.abc import Set

from kernel.reader import Check, Reader
from programmes.readers.words import Role, Row, Tier
from programmes.roles import COUNTIES, MANAGERS, PROVINCE, UNITS, all_called


class Terms(Row, frozen=True):
    """What is asked of a duty: without ``by`` whoever may give the command does it; ``tiers`` are those that owe it,
    all where none is named."""

    by: tuple[Role, ...] = ()
    after: tuple[str, ...] = ()
    tiers: tuple[Tier, ...] = ()


def asking(roles: Set[str], *more: str, before: Set[str] = frozenset()) -> Check[Terms]:
    """``by`` names some of ``roles``, ``after`` some of ``before``, and nothing else is asked but ``more``.

    What a duty does not look at is refused: a profile that asks for it would be told that it holds. So is a duty before
    it that is not recorded of the same subject: nobody could ever do it.
    """

    def holds(asked: Terms) -> bool:
        silent = {"tiers"} - set(more)
        named = bool(asked.by) and set(asked.by) <= roles and set(asked.after) <= before
        return named and not any(getattr(asked, name) for name in silent)

    said = "、".join(("by", *(("after",) if before else ()), *more))
    roles_said = f"{'by ' if more or before else ''}为{all_called(roles)}中的角色（{'、'.join(sorted(roles))}）"
    after_said = f"，after 为 {'、'.join(sorted(before))}" if before else ""
    return Check(holds, f"只写 {said}，{roles_said}{after_said}")


HANDBOOK = Reader[Terms]("duty.handbook", "发放工作手册", asking(PROVINCE))
MANAGEMENT_RULES = Reader[Terms]("duty.management_rules", "管理办法备案", asking(COUNTIES))
MOBILISATION = Reader[Terms]("duty.mobilisation", "宣传动员", asking(MANAGERS | UNITS))
POST_REMOVAL = Reader[Terms]("duty.post_removal", "免去所挂职务", asking(COUNTIES))
