"""What results of assessments are used for: a reference to one, and excellence where conditions are equal.

Source: 晋组通字〔2015〕41号 五.5, 「考核结果作为评选先进、提拔使用、晋升级别的重要依据」,
「对任职期间表现优秀的在同等条件下优先使用」; the Jinzhou measures 二.5. Evaluation gives honours by it and
personnel promotes by it, each on the results it knows.
Invariant: being excellent decides nothing by itself: it is named only beside the statement that conditions were equal.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kernel.grounds import not_before
from kernel.messages import Command
from kernel.rules import Rules
from programmes.readers.assessment import BASIS, EXCELLENT
from programmes.refusals import NOT_EQUAL, NOT_EXCELLENT, RESULT_MISSING


@dataclass(frozen=True, slots=True)
class Result:
    """A result of an assessment: its kind (rating, grade, inspection), whether it is excellent, and its day."""

    kind: str
    excellent: bool
    on: date


def may_rest_on(
    command: Command, rules: Rules, given: str, found: Result | None, known: list[str], *, equal: str, preferred: bool
) -> None:
    """Check what an honour or a promotion rests on (EV-005, EV-040): ``given`` is the reference, ``found`` its result.

    ``preferred`` where the person goes before others as excellent, ``equal`` says in what their conditions were equal.

    Raises:
        Rejected: ``result_missing`` where the profile asks for a reference and there is none, or the one given is no
            result of this cadre of a kind that counts; ``not_equal``, ``not_excellent``, ``date_before_ground``;
            ``rule_unknown`` for a preference that the profile does not know.
    """
    basis = rules.find(BASIS)
    counts = found is not None and (basis is None or found.kind in basis.value)
    if not counts and (given or basis is not None):
        raise RESULT_MISSING(given=given or "无", known=known or "先作出考核结果", rule=BASIS.path)
    if found is not None:
        not_before(command, found.on, "考核结果", BASIS.path)
    if preferred:
        names = rules.value(EXCELLENT)
        if not equal.strip():
            raise NOT_EQUAL(rule=EXCELLENT.path)
        if found is None or not found.excellent:
            raise NOT_EXCELLENT(excellent=names, rule=EXCELLENT.path)
