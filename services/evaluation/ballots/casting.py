"""Holding a ballot: it is opened on a part of a cadre's year, slips are put on record, cast and counted (EV-001).

Source: 晋组通字〔2015〕41号 五.5, 「民主评议」. Who may hold one, and for which parts, stands in the profile.
Invariant: a slip counts once, and one that was not handed out never. Slips are issued at once and the box is entered at
once, so that no order among them is kept anywhere; after the count nothing is added.
"""

from __future__ import annotations

from collections.abc import Sequence

from kernel.grounds import not_before, rules_of
from kernel.messages import Command, Key, Order
from kernel.part import Part, each
from programmes.readers import assessment
from programmes.roles import COUNTIES, TOWNSHIPS, all_called
from services.evaluation.ballots import ballot
from services.evaluation.ballots.ballot import (
    Ballot,
    BallotCounted,
    BallotOpened,
    BallotsCast,
    Commitment,
    Counted,
    Slip,
    SlipsIssued,
)
from services.evaluation.ballots.refusals import (
    BALLOT_COUNTED,
    BALLOT_EMPTY,
    BALLOT_NOT_FOR,
    BALLOT_OPEN,
    BALLOT_UNKNOWN,
    BOX_ENTERED,
    MARK_UNKNOWN,
    SLIP_ISSUED_TWICE,
    SLIP_UNKNOWN,
    SLIP_USED,
    SLIPS_ISSUED,
)
from services.evaluation.ballots.tally import commitment
from services.evaluation.grades.score import by_role, in_year, part_of
from services.evaluation.schemes.appraisee import Appraisee
from services.evaluation.schemes.refusals import SCHEME_ORGAN
from services.evaluation.schemes.scheme import AssessmentSchemeSet
from services.evaluation.scopes import scope


class OpenBallot(Command, title="组织民主评议", roles=COUNTIES | TOWNSHIPS, concerns=("posting",)):
    """Begin a ballot on one part of a cadre's year."""

    posting: Key
    year: int
    part: Key


class IssueSlips(Command, title="发出评议票", roles=COUNTIES | TOWNSHIPS, concerns=("posting",)):
    """Put on record the commitments of slips before they are drawn; the serials stay with the slips."""

    posting: Key
    year: int
    part: Key
    commitments: tuple[Commitment, ...]


class CastBallots(Command, title="收回评议票", roles=COUNTIES | TOWNSHIPS, concerns=("posting",)):
    """Enter the ballots of the box."""

    posting: Key
    year: int
    part: Key
    slips: tuple[Slip, ...]


class CountBallot(Command, title="民主评议计票", roles=COUNTIES | TOWNSHIPS, concerns=("posting",)):
    """Close the ballot and count it; the part it was held for has its score by that."""

    posting: Key
    year: int
    part: Key


class Open(Order):
    """``OpenBallot``, told whom it is about and which scheme is in force on its day."""

    year: int
    part: Key
    post: Appraisee
    scheme: AssessmentSchemeSet


def open_ballot(state: Ballot | None, command: Open) -> Sequence[BallotOpened]:
    """The beginning, once a part and year.

    Raises:
        Rejected: ``scheme_organ``, ``part_unknown``, ``ballot_not_for``, ``ballot_open``, ``not_on_post_then``.
    """
    post, scheme = command.post, command.scheme
    by_role(command.context.actor, post, rules_of(command), assessment.BALLOT_BY)
    part = part_of(scheme, command.part)
    if not (part.masses and scheme.marks):
        raise BALLOT_NOT_FOR(part=part.part)
    in_year(command, post, command.year)
    if state is not None:
        raise BALLOT_OPEN(part=part.part, on=state.opened.occurred_on)
    posting = post.opened.posting
    return (
        BallotOpened.carrying(
            command,
            programme=scheme.programme,
            ballot=ballot.key_of(posting, command.year, part.part),
            posting=posting,
            person=post.opened.person,
            target=post.target,
            scheme=scheme.version,
            marks=scheme.marks,
            full=scheme.full,
        ),
    )


def issue(state: Ballot, command: IssueSlips) -> Sequence[SlipsIssued]:
    """The slips, all before any is drawn.

    Raises:
        Rejected: ``slips_issued``, ``slip_issued_twice``, and as ``count`` of a ballot that does not run.
    """
    _running(state, command)
    if state.issued:
        raise SLIPS_ISSUED(issued=len(state.issued))
    known = set[str]()
    for number, slip in enumerate(command.commitments):
        if slip in known:
            raise SLIP_ISSUED_TWICE(number=number)
        known.add(slip)
    # In the order of their values: that in which they were printed, or drawn, is nobody's business.
    slips, about = tuple(sorted(command.commitments)), state.opened
    named = {"ballot": about.ballot, "target": about.target}
    return (SlipsIssued(occurred_on=command.context.occurred_on, commitments=slips, issued=len(known), **named),)


def cast(state: Ballot, command: CastBallots) -> Sequence[BallotsCast]:
    """What the box held, all of it at once: slips entered one after the other would tell in which order they came.

    Raises:
        Rejected: ``box_entered``, ``slip_unknown``, ``slip_used``, ``mark_unknown``, and as ``count`` of a ballot
            that does not run.
    """
    _running(state, command)
    if state.cast:
        raise BOX_ENTERED(entered=len(state.cast))
    marks, seen = [one.mark for one in state.opened.marks], set[str]()
    for number, slip in enumerate(command.slips):
        if commitment(slip.serial) not in state.issued:
            raise SLIP_UNKNOWN(number=number)
        if slip.serial in seen:
            raise SLIP_USED(number=number)
        if slip.mark not in marks:
            raise MARK_UNKNOWN(number=number, mark=slip.mark, marks=marks)
        seen.add(slip.serial)
    slips = tuple(sorted(command.slips, key=lambda slip: slip.serial))
    named = {"ballot": state.opened.ballot, "target": state.opened.target}
    return (BallotsCast(occurred_on=command.context.occurred_on, slips=slips, cast=len(seen), **named),)


def count(state: Ballot, command: CountBallot) -> Sequence[BallotCounted]:
    """The count, once.

    Raises:
        Rejected: ``ballot_empty``; of a ballot that does not run ``ballot_unknown``, ``ballot_counted``,
            ``scheme_organ``, ``date_before_ground``.
    """
    _running(state, command)
    if not state.cast:
        raise BALLOT_EMPTY()
    about, made = state.opened, state.count()
    return (
        BallotCounted.carrying(
            about,
            occurred_on=command.context.occurred_on,
            issued=len(state.issued),
            cast=len(state.cast),
            counts=tuple(Counted(mark, number) for mark, number in made.counts.items()),
            commitments=made.commitments,
            root=made.root,
            score=made.score({one.mark: one.worth for one in about.marks}),
        ),
    )


def _running(state: Ballot, command: IssueSlips | CastBallots | CountBallot) -> None:
    actor, about = command.context.actor, state.opened
    by, path = rules_of(command).value(assessment.BALLOT_BY), assessment.BALLOT_BY.path
    if actor.role not in by or not actor.covers(about.target):
        organ = f"{about.target} 所在地的{all_called(by)}"
        raise SCHEME_ORGAN(act=assessment.BALLOT_BY.title, organ=organ, field="posting", rule=path)
    not_before(command, about.occurred_on, "民主评议开始", path)
    if state.counted_on is not None:
        raise BALLOT_COUNTED(on=state.counted_on)


BALLOT: Part[Ballot | None] = Part(
    "ballot/{posting}.{year}.{part}",
    None,
    scope=scope,
    absent=BALLOT_UNKNOWN,
    decides=(open_ballot, issue, cast, count),
    evolve=each(ballot.opened, ballot.issued, ballot.returned, ballot.counted),
)
"""One ballot."""
