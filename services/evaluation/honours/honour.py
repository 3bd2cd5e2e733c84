"""An honour given to a cadre on post, on the ground of a result (EV-005, EV-040).

Source: 晋组通字〔2015〕41号 五.5, the Jinzhou measures 二.5.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from kernel.grounds import rules_of
from kernel.messages import Area, Command, Event, Key, Line, Order
from kernel.part import Part
from kernel.refusals import NOT_YOUR_BUSINESS
from programmes.readers.assessment import BASIS
from programmes.results import Result, may_rest_on
from programmes.roles import CITIES, COUNTIES, PROVINCE, TOWNSHIPS, UNITS
from services.evaluation.honours.refusals import HONOUR_GIVEN
from services.evaluation.schemes.appraisee import Appraisee
from services.evaluation.scopes import scope

GIVERS = PROVINCE | CITIES | COUNTIES | TOWNSHIPS | UNITS


class HonourGiven(Event, title="评先评优"):
    """The cadre was honoured on the ground of ``result``; ``preferred`` where the person went before others as
    excellent, on conditions that were ``equal``."""

    rule: ClassVar[str | None] = BASIS.path
    areas: ClassVar[tuple[str, ...]] = ("target",)

    programme: Key
    honour: Key
    posting: Key
    person: Key
    target: Area
    title: Line
    result: Key | None
    preferred: bool
    equal: str
    organ: Line
    document: Line


class GiveHonour(Command, title="评先评优", roles=GIVERS, concerns=("posting",)):
    """Honour a cadre; ``result`` is the rating, grade or inspection it rests on, ``document`` where it stands."""

    posting: Key
    title: Line
    document: Line
    result: str = ""
    preferred: bool = False
    equal: str = ""


class Give(Order):
    """The same, told whom it is about, what the reference leads to, and which results there are."""

    title: Line
    document: Line
    result: str
    preferred: bool
    equal: str
    post: Appraisee
    found: Result | None
    known: tuple[str, ...]


Honours = frozenset[tuple[str, str]]
"""The honours of one posting, each by document and title."""


def give(honours: Honours, command: Give) -> Sequence[HonourGiven]:
    """The honour.

    Raises:
        Rejected: ``not_your_business``, ``honour_given``, and as ``may_rest_on``: ``result_missing``, ``not_equal``,
            ``not_excellent``, ``date_before_ground``.
    """
    rules, post, actor = rules_of(command), command.post, command.context.actor
    unit = post.sender(command.context.occurred_on)
    if not (actor.covers(post.target) or (unit and actor.manages(unit))):
        organ = f"{post.target} 所在地的组织或派出单位"
        raise NOT_YOUR_BUSINESS(act="评先评优", organ=organ, field="posting", rule=BASIS.path)
    may_rest_on(
        command,
        rules,
        command.result,
        command.found,
        list(command.known),
        equal=command.equal,
        preferred=command.preferred,
    )
    if (command.document, command.title) in honours:
        raise HONOUR_GIVEN(title=command.title, document=command.document)
    about = post.opened
    return (
        HonourGiven.carrying(
            command,
            programme=about.programme,
            honour=f"{about.posting}.honour.{len(honours) + 1}",
            posting=about.posting,
            person=about.person,
            target=post.target,
            result=command.result or None,
            organ=actor.organ,
        ),
    )


def given(honours: Honours, event: Event) -> Honours:
    """The state after HonourGiven."""
    return honours | {(event.document, event.title)} if isinstance(event, HonourGiven) else honours


HONOURS: Part[Honours] = Part("honours/{posting}", frozenset(), scope=scope, decides=(give,), evolve=given)
"""The honours of one posting."""
