"""Copies of a paper: each holder that the notice names keeps its own (PE-007, X-031).

Invariant: no holder keeps more than its share, and nobody keeps one whom the notice does not name, unless it leaves
that open. A form is filed after its stamp, by five holders of whom the village is none.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kernel.grounds import not_before, rules_of
from kernel.messages import Actor, Command, Key, Line
from kernel.refusals import NOT_YOUR_BUSINESS
from programmes.readers.papers import KINDS
from programmes.roles import CITIES, COUNTIES, MANAGERS, PROVINCE, TOWNSHIPS, UNITS, all_called
from services.personnel.papers.marks import kept
from services.personnel.papers.paper import FORM, CopyFiled, Paper
from services.personnel.papers.refusals import COPIES_ALL_FILED, NOT_A_HOLDER, NOT_STAMPED, PAPER_UNKNOWN

HOLDERS: Final[Mapping[str, frozenset[str]]] = {
    "province": PROVINCE,
    "city": CITIES,
    "county": COUNTIES,
    "township": TOWNSHIPS,
    "unit": UNITS | frozenset({"enterprise"}),
    "province_org": PROVINCE,
    "sending_city_org": CITIES,
    "receiving_city_org": CITIES,
}
"""Who acts for a holder; any organ that the paper concerns does for one that is named by its title."""
_SIDES: Final = ("sending_city_org", "receiving_city_org")


class FileCopy(Command, title="材料归档", roles=PROVINCE | MANAGERS | TOWNSHIPS | UNITS, concerns=("document",)):
    """Keep copies of a paper, as the holder that the notice names."""

    programme: Key
    document: Key
    holder: Line
    copies: int = 1


def file(state: Paper | None, command: FileCopy) -> list[CopyFiled]:
    """The copies (PE-007, X-031).

    Raises:
        Rejected: ``paper_unknown``; ``not_stamped`` for a form without its stamp; ``not_a_holder``;
            ``not_your_business`` for a holder that another organ is; ``copies_all_filed``; ``date_before_ground``.
    """
    rules = rules_of(command)
    if state is None:
        raise PAPER_UNKNOWN()
    if state.kind == FORM and state.stamped_on is None:
        raise NOT_STAMPED()
    of_kind = kept(state.kind, rules)
    most = of_kind.most(command.holder)
    if most == 0:
        raise NOT_A_HOLDER(holder=command.holder, holders=of_kind.holders)
    _authorise(state, command)
    filed = state.filed.get(command.holder, 0)
    if command.copies < 1 or (most is not None and filed + command.copies > most):
        missing = [holder for holder in of_kind.holders if holder not in state.filed]
        raise COPIES_ALL_FILED(holder=command.holder, most=most, filed=filed, missing=missing or "各存档单位均已归档")
    not_before(command, state.stamped_on or state.since, "盖章或登记", KINDS.path)
    return [CopyFiled.carrying(command, kind=state.kind, organ=command.context.actor.organ)]


def _authorise(state: Paper, command: FileCopy) -> None:
    actor, roles = command.context.actor, HOLDERS.get(command.holder)
    if roles is not None and (actor.role not in roles or not _reaches(state, command.holder, actor)):
        raise NOT_YOUR_BUSINESS(act="归档", organ=all_called(roles), field="holder", rule=KINDS.path)


def _reaches(state: Paper, holder: str, actor: Actor) -> bool:
    if holder == "unit":
        return actor.manages(state.unit)
    if holder in _SIDES:
        side = _SIDES.index(holder)
        return len(state.areas) > side and actor.covers(state.areas[side])
    return any(map(actor.covers, state.areas))
