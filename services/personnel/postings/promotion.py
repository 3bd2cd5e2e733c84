"""Promotion of a cadre on a post, on the ground of a result of the assessment (EV-005, EV-040).

Source: 晋组通字〔2015〕41号 五.5, the Jinzhou measures 二.5. Personnel knows results by what evaluation said of them;
the promotion of a swapped cadre stands with the legs.
"""

from __future__ import annotations

from kernel.grounds import not_before, rules_of
from kernel.messages import Command, Key, Line, Order
from kernel.refusals import NOT_YOUR_BUSINESS
from programmes.readers.assessment import BASIS
from programmes.results import Result, may_rest_on
from programmes.roles import MANAGERS, PROVINCE, UNITS
from programmes.texts import impersonal
from services.personnel.postings.posting import Posting
from services.personnel.postings.promoted import PostedCadrePromoted, ResultNoted
from services.personnel.postings.refusals import PROMOTED_ALREADY


class NoteResult(Order):
    """Evaluation says what an assessment of the cadre came to."""

    posting: Key
    result: Key
    kind: Key
    excellent: bool


class PromotePostedCadre(Command, title="提拔使用选派干部", roles=PROVINCE | MANAGERS | UNITS, concerns=("posting",)):
    """Promote a cadre to ``post``; ``result`` is the rating, grade or inspection it rests on, ``equal`` says in what
    conditions were equal where the person is ``preferred`` as excellent."""

    posting: Key
    post: Line
    result: str = ""
    preferred: bool = False
    equal: str = ""


def note_result(state: Posting, command: NoteResult) -> list[ResultNoted]:
    """The result, once."""
    if command.result in state.results:
        return []
    return [ResultNoted.carrying(command, state.placed, posting=command.posting, kind=command.kind)]


def promote(state: Posting, command: PromotePostedCadre) -> list[PostedCadrePromoted]:
    """The promotion.

    Raises:
        Rejected: ``not_your_business``, ``promoted_already``, ``date_before_ground``, and as ``may_rest_on``:
            ``result_missing``, ``not_equal``, ``not_excellent``.
    """
    placed, actor = state.placed, command.context.actor
    if not (actor.covers(placed.target) or actor.manages(placed.unit) or actor.manages(placed.channel)):
        organ = f"{placed.unit}、{placed.channel}或 {placed.target} 所在地的组织部门"
        raise NOT_YOUR_BUSINESS(act="提拔使用", organ=organ, field="posting", rule=BASIS.path)
    not_before(command, state.on_post_since or placed.occurred_on, "到岗", BASIS.path)
    noted = state.results.get(command.result)
    may_rest_on(
        command,
        rules_of(command),
        command.result,
        Result(noted.kind, noted.excellent, noted.occurred_on) if noted else None,
        [*state.results],
        equal=command.equal,
        preferred=command.preferred,
    )
    if state.promoted:
        raise PROMOTED_ALREADY()
    return [
        PostedCadrePromoted.carrying(
            command,
            placed,
            posting=command.posting,
            result=command.result or None,
            post=impersonal(command.post, "post"),
            equal=impersonal(command.equal, "equal"),
        )
    ]
