"""Why there is no plan: which rules, in which counties, how many waivers at least, and who may sign them.

Invariant: a refusal applies nothing; it names figures, so that whoever may sign knows what would be enough.
"""

from __future__ import annotations

from kernel.messages import Rejected
from services.allocation.assignment.arcs import Arcs
from services.allocation.plan_arcs import Pairs


def refusal(pairs: Pairs, arcs: Arcs) -> Rejected:
    """The refusal of a situation in which not everybody who must be placed can be."""
    raise NotImplementedError
