"""The exact assignment of targets to units: least total rank of nearness, kinds apart (AL-016).

A flow problem: units with places on one side, free targets on the other, an arc a pair at the cost of its rank. The
solver's answer is proven optimal or it is no answer. Units and targets are put in order first, so the result does not
depend on the order in which they come.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from ortools.graph.python import min_cost_flow

from services.allocation.nearness import Ties


@dataclass(frozen=True, slots=True)
class Sender:
    """A unit, how many it can send to one kind of target, and its ties."""

    unit: str
    channel: str
    places: int
    ties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Assigned:
    """A target given to a unit: its rank, the tie that gives it, and why nothing nearer was free ("" at rank 0)."""

    target: str
    unit: str
    channel: str
    rank: int
    tie: str | None
    reason: str


class NotOptimal(Exception):
    """The solver gave no proven optimum; nothing may be proposed on its answer."""


@dataclass(frozen=True)
class Problem:
    """Targets of one kind and the units that send to them. ``bound`` maps a target to the only unit it may get."""

    targets: tuple[str, ...]
    senders: tuple[Sender, ...]
    ranks: Mapping[str, int]
    bound: Mapping[str, str]

    @classmethod
    def of(
        cls,
        targets: Iterable[str],
        senders: Iterable[Sender],
        ranks: Mapping[str, int],
        bound: Mapping[str, str] | None = None,
    ) -> Problem:
        """The problem in its one order: targets by code, units by id; units without places are left out."""
        own = sorted((s for s in senders if s.places > 0), key=lambda s: s.unit)
        return cls(tuple(sorted(targets)), tuple(own), ranks, bound or {})

    @cached_property
    def near(self) -> list[Ties]:
        """The ties of each sender."""
        return [Ties(sender.ties, self.ranks) for sender in self.senders]

    @cached_property
    def costs(self) -> list[list[int]]:
        """Rank by sender and target."""
        return [[ties.nearest(target).rank for target in self.targets] for ties in self.near]

    def solve(self) -> list[Assigned]:
        """Assign as many targets as there are places, at the least total rank; in the order of the targets.

        Raises:
            NotOptimal: where the solver does not prove its answer.
        """
        owners = self._flow()
        return [
            Assigned(
                target,
                self.senders[owner].unit,
                self.senders[owner].channel,
                self.costs[owner][at],
                self.near[owner].nearest(target).tie,
                self._reason(owner, at, owners),
            )
            for at, target in enumerate(self.targets)
            if (owner := owners.get(at)) is not None
        ]

    def _flow(self) -> dict[int, int]:
        if not self.targets or not self.senders:
            return {}
        flow = min_cost_flow.SimpleMinCostFlow()
        count, first = len(self.senders), len(self.senders)
        arcs: list[tuple[int, int, int]] = []
        for sender, costs in enumerate(self.costs):
            for at, cost in enumerate(costs):
                if self.bound.get(self.targets[at], self.senders[sender].unit) != self.senders[sender].unit:
                    continue
                flow.add_arc_with_capacity_and_unit_cost(sender, first + at, 1, cost)
                arcs.append((sender, at, cost))
        for sender in range(count):
            flow.set_node_supply(sender, self.senders[sender].places)
        for at in range(len(self.targets)):
            flow.set_node_supply(first + at, -1)
        status = flow.solve_max_flow_with_min_cost()
        if status != flow.OPTIMAL:
            raise NotOptimal(f"min-cost flow ended with status {status}")
        return {at: sender for arc, (sender, at, _) in enumerate(arcs) if flow.flow(arc)}

    def _reason(self, owner: int, at: int, owners: Mapping[int, int]) -> str:
        rank = self.costs[owner][at]
        if rank == min(self.ranks.values()):
            return ""
        if self.targets[at] in self.bound:
            return "结对单位补派"
        nearer = [n for n, cost in enumerate(self.costs[owner]) if cost < rank]
        if not nearer:
            return "联系点附近没有更近的派驻点"
        own = sum(owners.get(n) == owner for n in nearer)
        takers = sorted({self.senders[owners[n]].unit for n in nearer if n in owners and owners[n] != owner})
        shown = "、".join(takers[:3]) + ("等" if len(takers) > 3 else "")
        parts = [f"更近的派驻点 {len(nearer)} 个"]
        if own:
            parts.append(f"{own} 个已分给本单位")
        if takers:
            parts.append(f"其余按总距离最小分给 {shown}")
        return "，".join(parts)


def solve(
    targets: Iterable[str],
    senders: Sequence[Sender],
    ranks: Mapping[str, int],
    bound: Mapping[str, str] | None = None,
) -> list[Assigned]:
    """The assignment of one kind; see ``Problem.solve``."""
    return Problem.of(targets, senders, ranks, bound).solve()
