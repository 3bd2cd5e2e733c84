"""Conditions of who is swapped: reserve cadre in principle, age by level, bachelor in general (PE-050 to PE-053).

The thresholds are the programme's, and so is what it does not ask: of party membership nothing stands here. Invariant:
a hard condition refuses; a soft one is met, or excepted with a reason that is stored, or unknown, and never guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from kernel.messages import Area, Event, Key
from kernel.personal import birthday
from kernel.rules import Rules
from programmes.condition import AT_MOST, Condition
from programmes.education import at_least, called, level_of
from programmes.readers import swap
from programmes.readers.swap import AGE_REFERENCE, EDUCATION_MIN, RESERVE_EXPECTED
from services.personnel.legs.refusals import EXCEPTION_UNREASONED, OVER_AGE

Soft = Literal["", "met", "exception", "unknown"]
"""How a condition in principle turned out; empty where the programme does not have it."""
CITY_AGE, COUNTY_AGE, TOWNSHIP_AGE = (
    Condition(reader, AT_MOST, OVER_AGE) for reader in (swap.CITY_AGE, swap.COUNTY_AGE, swap.TOWNSHIP_AGE)
)
AGE: Final = {"city": CITY_AGE, "county": COUNTY_AGE, "township": TOWNSHIP_AGE}


class SwapConditionsJudged(Event, title="互派人选条件"):
    """How a nominee meets the conditions of the programme: as in ``Conditions``."""

    rule = "swap.age_max.county"
    areas = ("sending", "host")

    programme: Key
    leg: Key
    person: Key
    level: Key
    sending: Area
    host: Area
    age_limit: int | None
    age_reference: date | None
    age_assumed: bool
    age_by_month: bool
    reserve: Soft
    reserve_reason: str
    education: Soft
    education_reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """How one nominee meets the conditions. ``age_reference`` is the day the age was taken on, ``age_by_month`` True
    where of the birth only the month was certain, and its first day was taken."""

    age_limit: int | None = None
    age_reference: date | None = None
    age_assumed: bool = False
    age_by_month: bool = False
    reserve: Soft = ""
    reserve_reason: str = ""
    education: Soft = ""
    education_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of a nominee: ``birth_month`` YYYY-MM of the form, ``id_number``, the ``education`` entries of the
    form, whether a reserve cadre (None: not told), and the reasons of exceptions."""

    birth_month: str
    id_number: str
    education: tuple[str, ...]
    reserve: bool | None
    reasons: Mapping[str, str]


def judge(level: str, facts: Facts, rules: Rules) -> Conditions:
    """How the facts meet the conditions of the programme.

    Raises:
        Rejected: ``over_age``; ``exception_unreasoned`` for a condition in principle that is not met without a reason.
    """
    reference, limit = rules.find(AGE_REFERENCE), rules.find(AGE[level].reader) if level in AGE else None
    born, by_month = _born(facts)
    if reference is not None and limit is not None:
        AGE[level].require(rules, age(born, reference.value), rule=AGE[level].path, on=reference.value)
    reserve: Soft = ""
    studied: Soft = ""
    if rules.find(RESERVE_EXPECTED) is not None:
        reserve = _soft("reserve", "后备干部", facts.reserve, facts, RESERVE_EXPECTED.path)
    if (least := rules.find(EDUCATION_MIN)) is not None:
        asked = f"{called(least.value)}以上学历"
        studied = _soft("education", asked, schooled(facts.education, least.value), facts, EDUCATION_MIN.path)
    return Conditions(
        age_limit=limit.value if limit is not None else None,
        age_reference=reference.value if reference is not None else None,
        age_assumed=reference is not None and reference.assumed,
        age_by_month=by_month,
        reserve=reserve,
        reserve_reason=facts.reasons.get("reserve", ""),
        education=studied,
        education_reason=facts.reasons.get("education", ""),
    )


def age(born: date, on: date) -> int:
    """Full years on a day; the birthday itself counts."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def schooled(entries: Iterable[str], least: str) -> bool | None:
    """Whether one of the entries names the level ``least`` or one above; None where none of them names a level."""
    levels = [level for entry in entries if (level := level_of(entry)) is not None]
    return any(at_least(level, least) for level in levels) if levels else None


def _born(facts: Facts) -> tuple[date, bool]:
    """The day of birth as the id number has it, where the form has the same month; else the first of the form's."""
    said, month = birthday(facts.id_number), date.fromisoformat(f"{facts.birth_month}-01")
    return (said, False) if said.replace(day=1) == month else (month, True)


def _soft(name: str, asked: str, met: bool | None, facts: Facts, rule: str) -> Soft:
    if met is False and not facts.reasons.get(name):
        raise EXCEPTION_UNREASONED(asked=asked, field=f"{name}_reason", rule=rule)
    return "met" if met else "unknown" if met is None else "exception"
