"""Rounds: contenders measured in turn, again and again, so that whatever slows the machine slows them all.

Invariant: a figure shown is a median over the rounds; a ratio is the median of the ratios round by round.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Result:
    """What was measured: rates by contender, in units a second, one for each round."""

    title: str
    unit: str
    rates: Mapping[str, list[float]]

    def rate(self, name: str) -> float:
        """The median rate of a contender."""
        return median(self.rates[name])

    def ratio(self, name: str, counterpart: str) -> float:
        """How many times the counterpart's rate: the median over the rounds."""
        return median(a / b for a, b in zip(self.rates[name], self.rates[counterpart], strict=True))


def measured(title: str, unit: str, rounds: int, contenders: Mapping[str, Callable[[], float]]) -> Result:
    """Run every contender once a round. A contender returns its own rate. One round before the first is not counted."""
    rates: dict[str, list[float]] = {name: [] for name in contenders}
    for number in range(rounds + 1):
        for name, run in contenders.items():
            rate = run()
            if number:
                rates[name].append(rate)
    return Result(title, unit, rates)


def table(result: Result, counterpart: str, targets: Mapping[str, float]) -> str:
    """The result as text: a line a contender, its ratio to ``counterpart`` and, where there is one, its target."""
    width = max(len(name) for name in result.rates)
    lines = [f"{result.title}  ({len(result.rates[counterpart])} rounds, medians, {result.unit}/s)"]
    for name, rates in result.rates.items():
        line = f"  {name:<{width}}  {result.rate(name):>10,.0f}  {min(rates):>9,.0f} to {max(rates):<9,.0f}"
        if name != counterpart:
            ratio, target = result.ratio(name, counterpart), targets.get(name)
            line += f"  {ratio:6.2f} x"
            if target is not None:
                line += f"  wanted {target:g} x: {'reached' if ratio >= target else 'MISSED'}"
        lines.append(line)
    return "\n".join(lines)
