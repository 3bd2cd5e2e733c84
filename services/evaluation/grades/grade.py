"""The grade of a year: the village's county gives its opinion, then the sending unit grades, never the county (EV-003).

Source: 晋组通字〔2015〕41号 五.5, 「第一书记参加派出单位年度考核,由所在县(市、区)委组织部提出意见」. Who takes which
step, and after which other, stands in the profile at ``procedure.annual_grade``.
"""

from __future__ import annotations

from collections.abc import Sequence

from kernel.grounds import rules_of
from kernel.messages import Command, Key, Line, Order, Text
from programmes.procedure import Procedure, Subject
from programmes.readers import assessment
from programmes.roles import COUNTIES, UNITS
from services.evaluation.grades.refusals import GRADE_UNKNOWN
from services.evaluation.grades.score import in_year
from services.evaluation.grades.year import AnnualGradeSet, CountyOpinionGiven, Year
from services.evaluation.schemes.appraisee import Appraisee

STEPS = Procedure(assessment.ANNUAL_GRADE)


class GiveCountyOpinion(Command, title="提出年度考核意见", roles=COUNTIES | UNITS, concerns=("posting",)):
    """Tell the unit what the county thinks of a cadre's year."""

    posting: Key
    year: int
    opinion: Text


class SetAnnualGrade(Command, title="确定年度考核等次", roles=COUNTIES | UNITS, concerns=("posting",)):
    """Grade a cadre's year."""

    posting: Key
    year: int
    grade: Line


class Opine(Order):
    """``GiveCountyOpinion``, told whom it is about."""

    year: int
    opinion: Text
    post: Appraisee


class Grade(Order):
    """``SetAnnualGrade``, told whom it is about."""

    year: int
    grade: Line
    post: Appraisee


def opine(year: Year, command: Opine) -> Sequence[CountyOpinionGiven]:
    """The opinion. Raises Rejected: ``not_on_post_then``, ``date_before_ground``, and as ``Procedure.admit``."""
    post, step = command.post, _admitted(year, command, "opine")
    about, organ = post.opened, command.context.actor.organ
    return (
        CountyOpinionGiven.carrying(
            command,
            programme=about.programme,
            posting=about.posting,
            person=about.person,
            target=post.target,
            unit=post.sender(command.context.occurred_on) or None,
            step=step,
            organ=organ,
        ),
    )


def grade(year: Year, command: Grade) -> Sequence[AnnualGradeSet]:
    """The grade, by the unit, after the opinion (EV-003).

    Raises:
        Rejected: ``duty_out_of_order`` without the county's opinion, ``not_your_business`` for anybody but the unit,
            ``grade_unknown``, ``not_on_post_then``, ``date_before_ground``, and as ``Procedure.admit``.
    """
    post, step = command.post, _admitted(year, command, "grade")
    rules, about = rules_of(command), post.opened
    if command.grade not in (grades := rules.value(assessment.GRADES)):
        raise GRADE_UNKNOWN(grade=command.grade, grades=grades)
    best = rules.find(assessment.EXCELLENT)
    return (
        AnnualGradeSet.carrying(
            command,
            programme=about.programme,
            grade_id=f"{about.posting}.{command.year}.grade",
            posting=about.posting,
            person=about.person,
            target=post.target,
            by=post.sender(command.context.occurred_on),
            step=step,
            excellent=best is not None and command.grade in best.value,
            organ=command.context.actor.organ,
        ),
    )


def _admitted(year: Year, command: Opine | Grade, act: str) -> str:
    rules, post = rules_of(command), command.post
    step = STEPS.of_act(act, rules)
    unit = post.sender(command.context.occurred_on)
    subject = Subject({"target": post.target, **({"unit": unit} if unit else {})})
    STEPS.admit(command, step.step, subject, year.done, rules, field="posting")
    in_year(command, post, command.year)
    return step.step
