"""What was planted in June 2018: the posts that differ from the default of 22 days. Synthetic, all in 锦州."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

MONTH = "2018-06"
SATURDAYS = (date(2018, 6, 9), date(2018, 6, 23))
FRIDAY = date(2018, 6, 29)


@dataclass(frozen=True, slots=True)
class Planted:
    """One post: the days missing from the default, days on leave, and whether the month is sealed and corrected."""

    missing: tuple[date, ...] = ()
    leave: tuple[date, ...] = ()
    sealed: bool = True
    corrected: bool = False


LEAVE = (date(2018, 6, 12), date(2018, 6, 13), date(2018, 6, 14))

BARE_MISS = "210726102207"
BOUNDARY = "210726103203"
ONE_LESS = "210726103217"
UNSEALED = "210726104209"
CORRECTED = "210726105207"
ON_LEAVE = "210726106204"
WITHOUT_IDEA = "210727101208"
LAST_DAY_IDEA = "210727102213"

PLANTED: dict[str, Planted] = {
    BARE_MISS: Planted(missing=(*SATURDAYS, FRIDAY)),
    BOUNDARY: Planted(missing=SATURDAYS),
    ONE_LESS: Planted(missing=SATURDAYS[1:]),
    UNSEALED: Planted(sealed=False),
    CORRECTED: Planted(missing=(*SATURDAYS, FRIDAY), corrected=True),
    ON_LEAVE: Planted(leave=LEAVE),
    WITHOUT_IDEA: Planted(),
    LAST_DAY_IDEA: Planted(),
}


def default_days() -> tuple[date, ...]:
    """The 20 working days of June 2018 and two Saturdays. The 18th was the Dragon Boat holiday."""
    first = date(2018, 6, 1)
    month = [first + timedelta(n) for n in range(30)]
    holiday = date(2018, 6, 18)
    return tuple(day for day in month if (day.weekday() < 5 and day != holiday) or day in SATURDAYS)


def days_of(target: str) -> tuple[date, ...]:
    """The days registered for the post on ``target``."""
    planted = PLANTED.get(target, Planted())
    return tuple(day for day in default_days() if day not in planted.missing and day not in planted.leave)
