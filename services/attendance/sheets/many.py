"""Sheets of many at once: one act, and each posting its own events (AT-031)."""

from __future__ import annotations

from typing import Annotated, Literal

from kernel.messages import Command, Key, Most
from programmes.roles import COUNTIES, TOWNSHIPS, VILLAGES
from services.attendance.register.state import MonthKey

Postings = Annotated[tuple[Key, ...], Most(2_000)]
Accept = Literal["all", "good"]


class CompileMonths(Command, title="批量汇总月考勤", roles=VILLAGES | TOWNSHIPS | COUNTIES, concerns=("postings",)):
    """Add up a month of many; ``accept`` "good" takes those that can be and returns the others, "all" all or none."""

    month: MonthKey
    postings: Postings
    accept: Accept = "all"


class SignMonths(Command, title="批量考勤签字认定", roles=TOWNSHIPS, concerns=("postings",)):
    """Sign the newest sheet of a month of many."""

    month: MonthKey
    postings: Postings
    accept: Accept = "all"


class SealMonths(Command, title="批量考勤表盖章", roles=TOWNSHIPS, concerns=("postings",)):
    """Seal the newest sheet of a month of many."""

    month: MonthKey
    postings: Postings
    accept: Accept = "all"


Many = CompileMonths | SignMonths | SealMonths
