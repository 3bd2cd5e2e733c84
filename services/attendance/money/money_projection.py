"""Read models of money, in fen."""

from __future__ import annotations

from collections.abc import Iterable

from kernel.messages import Recorded
from kernel.profiles import ProfileNoted
from kernel.projection import Op, Table
from programmes.readers.money import WORK_FUNDS
from services.attendance.money.allowance import AllowanceComputed
from services.attendance.money.payment import PaymentRecorded, WorkFundsGranted
from services.attendance.money.quarter import AllowancePaid

ALLOWANCES = Table(
    "allowances",
    {"posting": "text", "month": "text"},
    {
        **dict.fromkeys(("programme", "person", "target", "unit"), "text"),
        **dict.fromkeys(("version", "days", "fen"), "int"),
        "certified": "bool",
        "assumed": "bool",
        "computed_on": "date",
    },
)
PAID = Table(
    "allowances_paid",
    {"posting": "text", "quarter": "text"},
    {"programme": "text", "target": "text", "months": "int", "fen": "int", "source": "text", "paid_on": "date"},
)
PAYMENTS = Table(
    "payments",
    {"position": "int"},
    {
        **dict.fromkeys(("programme", "posting", "target", "source", "purpose"), "text"),
        **dict.fromkeys(("document", "organ", "allowance"), "text"),
        "fen": "int",
        "paid_on": "date",
    },
)
WORK = Table(
    "work_funds",
    {"position": "int"},
    {
        **dict.fromkeys(("programme", "posting", "target", "kind", "source", "organ"), "text"),
        "year": "int",
        "fen": "int",
        "granted_on": "date",
    },
    (("posting", "year"),),
)
ASKED = Table("funds_asked", {"profile": "text"}, {"programme": "text", "scope": "text"})
"""The profiles that ask for work funds."""
TABLES = (ALLOWANCES, PAID, PAYMENTS, WORK, ASKED)


def writes(recorded: Recorded) -> Iterable[Op]:
    """The rows of an event."""
    event, on = recorded.event, recorded.occurred_on
    match event:
        case AllowanceComputed():
            yield ALLOWANCES.of(event, computed_on=on)
        case AllowancePaid():
            yield PAID.of(event, paid_on=on)
        case PaymentRecorded():
            yield PAYMENTS.of(event, position=recorded.position, paid_on=on)
        case WorkFundsGranted():
            yield WORK.of(event, position=recorded.position, granted_on=on)
        case ProfileNoted():
            if event.rules.get(WORK_FUNDS.path, {}).get("value"):
                yield ASKED.put(event.programme, programme=event.base or event.programme, scope=event.scope)
            else:
                yield ASKED.drop(event.programme)
