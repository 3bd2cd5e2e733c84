"""The checks of one area."""

from __future__ import annotations

from kernel.part import Part, each
from services.attendance.checks import check, sample
from services.attendance.checks.check import Checked
from services.attendance.register.state import programme_and_area

CHECKS: Part[Checked] = Part(
    "checks/{programme}.{area}",
    Checked(),
    decides=(check.check, check.inspect, sample.draw),
    evolve=each(check.checked, check.inspected, sample.drawn),
    scope=programme_and_area,
)
"""Checks, inspections and samples in one area."""
