"""The revenue of a project in the industrial park: half to the village, half to the park, in fen (EV-035).

Source: the Jinzhou measures 二.3, 「产生的收益按“飞地”政策由园区和驻乡村干部所在乡村对半分配」.
Invariant: the two shares add up to the revenue.
"""

from __future__ import annotations

from collections.abc import Sequence

from kernel.grounds import not_before, rules_of
from kernel.messages import Command, Key, Line
from kernel.part import Part, each
from programmes.readers import works
from programmes.roles import COUNTIES
from services.evaluation.scopes import scope
from services.evaluation.works import project, publicity
from services.evaluation.works.project import Projects, RevenueShared
from services.evaluation.works.refusals import PROJECT_NOT_IN_PARK, REVENUE_NONE, REVENUE_SHARED
from services.evaluation.works.work import ForWork


class ShareRevenue(Command, title="分配产业园收益", roles=COUNTIES, concerns=("posting",)):
    """Share a revenue of a project in the park; ``fen`` is all of it, ``document`` where it is accounted for."""

    posting: Key
    project: Key
    fen: int
    document: Line


class ShareFor(ForWork):
    """``ShareRevenue``, told whose it is."""

    project: Key
    fen: int
    document: Line


def share(state: Projects, command: ShareFor) -> Sequence[RevenueShared]:
    """The two shares (EV-035); the odd fen, which cannot be parted, goes to whom the setting names.

    Raises:
        Rejected: ``project_unknown``, ``project_not_in_park``, ``revenue_none``, ``revenue_shared``,
            ``date_before_ground``, ``rule_unknown``.
    """
    rules, found = rules_of(command), publicity.known(state, command.project)
    part = rules.value(works.VILLAGE_SHARE)
    not_before(command, found.registered.occurred_on, "项目登记", works.VILLAGE_SHARE.path)
    if not found.registered.park:
        raise PROJECT_NOT_IN_PARK()
    if command.fen <= 0:
        raise REVENUE_NONE(fen=command.fen)
    if command.document in found.documents:
        raise REVENUE_SHARED(document=command.document)
    village, odd = divmod(command.fen * part.parts, part.of)
    assumed = False
    if odd:
        rules.value(works.ODD_FEN)
        setting = rules.find(works.ODD_FEN)
        village, assumed = village + 1, setting is not None and setting.assumed
    return (RevenueShared.carrying(command, village_fen=village, park_fen=command.fen - village, assumed=assumed),)


PROJECTS: Part[Projects] = Part(
    "work-projects/{posting}",
    Projects(),
    decides=(
        publicity.register,
        publicity.publicise,
        publicity.receive,
        publicity.answer,
        publicity.close,
        share,
    ),
    evolve=each(
        project.registered,
        project.posted,
        project.objected,
        project.answered,
        project.closed,
        project.shared,
    ),
    scope=scope,
)
"""The projects of one posting."""
