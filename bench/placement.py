"""Plans: the certified pipeline beside scipy's bare sparse solve, by CPU time, and what else is promised of a plan.

Invariant: every contender solves the same arcs, and the totals are compared before any time is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from statistics import median
from time import process_time
from typing import TypeVar

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from bench.planted import planted
from bench.problems import Problem, even, near
from bench.rounds import Result, measured
from services.allocation.assignment.checker import check
from services.allocation.assignment.optimum import least
from services.allocation.assignment.prices import Prices
from services.allocation.assignment.repair import repair
from services.allocation.assignment.solve import Solution, solve
from services.allocation.assignment.waivers import remedy

SCIPY = "scipy min_weight_full_bipartite_matching"
BARE = "paizhu, the solve alone"
WHOLE = "paizhu, ordered, solved, duals, ties, checked"
WANTED = {BARE: 1 / 0.3, WHOLE: 1 / 0.8}
BATCH = 9_025
LARGE = 100_000
SEED = 2018
TOLERANCE = (25, 10_000)
SHUFFLES = 20

T = TypeVar("T")


def timed(run: Callable[[], T]) -> tuple[float, T]:
    """The CPU seconds of this process that it took, and what came out."""
    begun = process_time()
    found = run()
    return process_time() - begun, found


def whole(problem: Problem) -> Solution:
    """From arcs in no order to a checked plan."""
    arcs = problem.arcs()
    solution = solve(arcs, seed=SEED)
    check(arcs, solution.owner, solution.u, solution.v)
    return solution


def beside_scipy(problem: Problem, rounds: int) -> Result:
    """Rows placed per CPU second by each contender."""
    size, arcs = len(problem.rows), problem.arcs()
    matrix = csr_array((arcs.cost.astype(np.float64), (arcs.row_of, arcs.column_of)), shape=(size, size))
    idle = np.zeros(size, np.bool_)
    totals: dict[str, int] = {}

    def scipy() -> float:
        seconds, (rows, columns) = timed(lambda: min_weight_full_bipartite_matching(matrix))
        totals[SCIPY] = int(matrix[rows, columns].sum())
        return size / seconds

    def bare() -> float:
        return size / timed(lambda: least(arcs.row_of, arcs.column_of, arcs.cost, size, idle))[0]

    def certified() -> float:
        seconds, solution = timed(lambda: whole(problem))
        totals[WHOLE] = solution.total
        return size / seconds

    result = measured(
        f"plans, {problem.name}, {size:,} rows and columns, {len(arcs.cost) / size:.0f} arcs each, CPU time",
        "rows",
        rounds,
        {SCIPY: scipy, BARE: bare, WHOLE: certified},
    )
    if len(set(totals.values())) != 1:
        raise RuntimeError(f"the contenders disagree: {totals}")
    return result


def told(what: str, figure: str, wanted: str, reached: bool) -> str:
    """One promise and what became of it."""
    return f"  {what:<46} {figure:>30}  wanted {wanted}: {'reached' if reached else 'MISSED'}"


def promises(problem: Problem) -> Iterator[str]:
    """What is promised of one plan beyond its cost: a line each."""
    yield f"a plan, {problem.name}, {len(problem.rows):,} rows"
    arcs = problem.arcs()
    plan = solve(arcs, seed=SEED)
    taken = median(timed(lambda: check(arcs, plan.owner, plan.u, plan.v))[0] for _ in range(9)) * 1000
    yield told("the checker", f"{taken:.1f} ms", "10 ms", taken < 10)
    moved = sum(int((whole(problem.shuffled(n)).owner != plan.owner).sum()) for n in range(SHUFFLES))
    yield told(f"{SHUFFLES} shuffles of the input", f"move {moved}", "0", moved == 0)
    former = {arcs.rows[row]: arcs.columns[column] for row, column in enumerate(plan.owner.tolist())}
    for count in (1, 10, 90):
        yield _changed(f"recalls of {count}, another sent", problem.recalled(count), former, held=True)
    for count in (1, 10, 90):
        yield _changed(f"recalls of {count}, place left empty", problem.left(count), former, held=False)
    seconds, found = timed(lambda: Prices(arcs, plan).next_best())
    some = sum(change is not None for change in found.values())
    yield told(f"exact next best of {len(found):,} ({some:,} have one)", f"{seconds:.1f} s", "60 s", seconds < 60)


def _changed(what: str, problem: Problem, former: dict[str, str], *, held: bool) -> str:
    arcs = problem.arcs()
    plain = solve(arcs, seed=SEED)
    again = [former.get(row) not in (None, arcs.columns[at]) for row, at in zip(arcs.rows, plain.owner, strict=True)]
    found = repair(arcs, former, seed=SEED, tolerance=TOLERANCE)
    above = 100 * (found.total - found.optimum) / found.optimum
    figure = f"move {len(found.moves)}, plain {sum(again)}, +{above:.3f} %"
    if not held:
        return f"  {what:<46} {figure:>30}"
    return told(what, figure, "3 % of plain, +0.25 %", len(found.moves) <= 0.03 * sum(again) and above <= 0.25)


def impossible() -> Iterator[str]:
    """Planted shortages, and the waivers found for each."""
    for short in (1, 17, 90):
        arcs, blocked = planted(BATCH, short)
        seconds, found = timed(lambda arcs=arcs, blocked=blocked: remedy(arcs, blocked, seed=SEED))
        figure = f"{len(found.waivers)} waivers, {seconds:.1f} s"
        exact = len(found.waivers) == short and not found.stranded and [want.short for want in found.wants] == [short]
        yield told(f"an impossible plan, {short} places short", figure, f"{short} waivers", exact)


def run(rounds: int) -> Iterator[Result | str]:
    """Both kinds of problem, then the large one in few rounds; tables and lines as they come."""
    for make in (even, near):
        yield beside_scipy(make(BATCH), rounds)
        yield "\n".join(promises(make(BATCH)))
    yield "\n".join(["a plan that cannot be", *impossible()])
    yield beside_scipy(even(LARGE), min(rounds, 2))
