"""Overrides: a proposal that differs from the recorded plan says why.

Invariant: a plan binds nobody; whoever departs from it does so with a reason that stands in the proposal. What a plan
said of a cadre who is placed by now counts no more.
"""

from __future__ import annotations

from dataclasses import dataclass

from services.allocation.planning.refusals import OVERRIDE_WITHOUT_REASON

PROPOSE = "placement.propose"


@dataclass(frozen=True, slots=True)
class Planned:
    """What the newest plan says: the target of the person proposed, the person of the target, "" for neither."""

    plan: str = ""
    target: str = ""
    person: str = ""

    def differs(self, person: str, target: str) -> bool:
        """True where the plan gives the person another target, or the target another person who still waits."""
        return self.target not in ("", target) or self.person not in ("", person)


NOTHING = Planned()


def must_say_why(planned: Planned, person: str, target: str, override: str) -> None:
    """Check that the proposal follows the plan or ``override`` gives a reason.

    Raises:
        Rejected: ``override_without_reason``, naming what the plan says.
    """
    if not planned.differs(person, target) or override.strip():
        return
    elsewhere = planned.target not in ("", target)
    said = f"{person} 去 {planned.target}" if elsewhere else f"{target} 由 {planned.person} 担任"
    raise OVERRIDE_WITHOUT_REASON(plan=planned.plan, said=said)
