"""Money of a posting: what is paid for a day or a month, by whom, from which source.

What notices print is in yuan; daily rates, which they do not, are in fen.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from msgspec import Meta

from kernel.reader import Check, Reader
from programmes.readers.words import NO_TWICE, Name, Names, Number, Row, Tier


class Rate(Row, frozen=True):
    """``fen`` for a day on post, from ``since`` until the next rate holds."""

    since: date
    fen: Number


def _in_order(rates: tuple[Rate, ...]) -> bool:
    days = [rate.since for rate in rates]
    return days == sorted(set(days))


DAYS = Reader[Literal["days_on_post"]]("allowance.days", "按在岗天数核算补贴")
DAILY = Reader[Annotated[tuple[Rate, ...], Meta(min_length=1)]](
    "allowance.daily", "按在岗天数核算补贴", Check(_in_order, "since 依次递增")
)
MONTHLY = Reader[Number]("allowance.monthly", "按季发放补助")
PAID = Reader[Literal["quarter"]]("allowance.paid", "按季发放补助")
PAYER = Reader[Literal["city_finance", "unit"]]("allowance.payer", "核算、发放补助")
TIER = Reader[Tier]("allowance.tier", "按季发放补助")
PARTIAL_MONTH = Reader[Literal["not_paid", "paid_whole"]]("allowance.partial_month", "按季发放补助")
ALLOWANCES = Reader[Names]("allowance.kinds", "登记补贴支付", NO_TWICE)
ALLOWANCE_SOURCES = Reader[Names]("allowance.sources", "登记补贴支付", NO_TWICE)
"""Which of ``funds.sources`` an allowance is paid from."""
SOURCES = Reader[Annotated[Mapping[Name, Name], Meta(min_length=1)]]("funds.sources", "登记经费支付")
WORK_FUNDS = Reader[Names]("funds.work", "安排工作经费", NO_TWICE)
