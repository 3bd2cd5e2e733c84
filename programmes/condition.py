"""A condition: a fact about a person or a document, held against a threshold that the programme's profile gives.

    LENGTH = Condition(REPORT_LENGTH, AT_LEAST, REPORT_TOO_SHORT)

    LENGTH.require(rules, count(command.report))

Acceptance cases stand as data beside the tests (``tests/unit/programmes/conditions``): one row a case, the fact,
whether it meets the condition, and the clause (in the manner of OpenFisca's YAML tests).
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from kernel.reader import Reader
from kernel.refusal import Refusal
from kernel.rules import Rules

Comparison = Callable[[Any, Any], bool]
"""(fact, threshold) -> whether the fact meets it."""

AT_LEAST: Final[Comparison] = operator.ge
AT_MOST: Final[Comparison] = operator.le
EXACTLY: Final[Comparison] = operator.eq


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a condition turned out. ``met`` is None where the fact is not known: unknown stays unknown."""

    met: bool | None
    threshold: Any
    notice: str | None
    clause: str | None
    assumed: bool


@dataclass(frozen=True, slots=True)
class Condition:
    """What must hold of a fact.

    ``reader`` reads the threshold from the profile; the refusal is told ``fact`` and ``threshold``.
    """

    reader: Reader[Any]
    compare: Comparison
    refusal: Refusal[Any]

    @property
    def path(self) -> str:
        """Where the threshold stands in the profile."""
        return self.reader.path

    def judge(self, rules: Rules, fact: Any) -> Verdict:
        """The verdict on ``fact``. Raises Rejected: ``rule_unknown`` where the profile gives no threshold."""
        rule = rules.rule(self.reader)
        met = None if fact is None else self.compare(fact, rule.value)
        return Verdict(met, rule.value, rule.notice, rule.clause, rule.assumed)

    def require(self, rules: Rules, fact: Any, **told: Any) -> None:
        """Check that ``fact`` is known and meets the condition; ``told`` are further facts of the refusal.

        Raises:
            Rejected: its refusal, or ``rule_unknown``.
        """
        threshold = rules.value(self.reader)
        if fact is None or not self.compare(fact, threshold):
            raise self.refusal(fact="未知" if fact is None else fact, threshold=threshold, **told)
