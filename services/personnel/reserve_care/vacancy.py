"""Vacancies in the committees of a village: reserves are looked at first, anybody else needs a reason (PE-093).

A preference, never a filter: the order is the profile's, and whoever is put forward against it is taken with a reason
that is kept and listed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from kernel.grounds import not_before, rules_of
from kernel.messages import Area, Command, Event, Key, Line, Order
from kernel.part import Part
from programmes.readers.reserve import VACANCY_ORDER
from programmes.roles import TOWNSHIPS, VILLAGES
from programmes.texts import impersonal
from services.personnel.reserve_care.refusals import VACANCY_OPEN, VACANCY_REASON_MISSING, VACANCY_UNKNOWN
from services.personnel.reserves.reserve import DIGITS
from services.personnel.scopes import programme_of

Occasion = Literal["re_election", "during_term"]


class OpenVacancy(Command, title="登记班子职位出缺", roles=TOWNSHIPS | VILLAGES, concerns=("village",)):
    """Record that a post of a village's committees falls vacant; ``number`` tells it from others of the village."""

    programme: Key
    village: Area
    number: Key
    post: Line
    occasion: Occasion


class PutForward(Command, title="提出补缺人选", roles=TOWNSHIPS | VILLAGES, concerns=("village",)):
    """Put somebody forward for a vacancy: a reserve by ``person``, or anybody else, with ``reason``."""

    programme: Key
    village: Area
    number: Key
    person: Key = ""
    reason: str = ""


class PutForwardKnown(Order):
    """The same, told whose active reserve the person is ("" where of none)."""

    programme: Key
    village: Area
    number: Key
    person: str
    reason: str
    reserve_of: str


class VacancyOpened(Event, title="班子职位出缺"):
    """A post is vacant. ``order`` says whose reserves come first: of the village, of the township, of the county."""

    rule = VACANCY_ORDER.path
    areas: ClassVar[tuple[str, ...]] = ("village",)

    programme: Key
    village: Area
    number: Key
    post: Line
    occasion: Occasion
    order: tuple[Key, ...]


class VacancyCandidateNamed(Event, title="提出补缺人选"):
    """Somebody was put forward: a reserve of the scope named first that holds, or with ``reason`` anybody else."""

    rule = VACANCY_ORDER.path
    areas: ClassVar[tuple[str, ...]] = ("village",)

    programme: Key
    village: Area
    number: Key
    person: str
    scope: str
    reason: str


@dataclass(frozen=True, slots=True)
class Vacancy:
    """A vacancy as opened."""

    opened: VacancyOpened


def open_vacancy(state: Vacancy | None, command: OpenVacancy) -> list[VacancyOpened]:
    """The vacancy. Source: 青委组〔2017〕57号 二（三）.3. Raises Rejected: ``vacancy_open``."""
    if state is not None:
        raise VACANCY_OPEN()
    order = rules_of(command).value(VACANCY_ORDER)
    return [VacancyOpened.carrying(command, post=impersonal(command.post, "post"), order=order)]


def put_forward(state: Vacancy, command: PutForwardKnown) -> list[VacancyCandidateNamed]:
    """The candidate (PE-093). Raises Rejected: ``reason_missing``, ``date_before_ground``."""
    not_before(command, state.opened.occurred_on, "职位出缺", VACANCY_ORDER.path)
    scope = scope_of(command.reserve_of, command.village, state.opened.order)
    reason = impersonal(command.reason.strip(), "reason")
    if not scope and not reason:
        raise VACANCY_REASON_MISSING()
    return [VacancyCandidateNamed.carrying(command, scope=scope, reason=reason)]


def scope_of(reserve_of: str, village: str, order: tuple[str, ...]) -> str:
    """The first scope of the order in which both villages lie; "" for who is no reserve, or of another county."""
    if not reserve_of:
        return ""
    return next((one for one in order if reserve_of[: DIGITS[one]] == village[: DIGITS[one]]), "")


def _evolve(state: Vacancy | None, event: Event) -> Vacancy | None:
    return Vacancy(event) if isinstance(event, VacancyOpened) else state


VACANCY = Part(
    "reserve-vacancy/{programme}.{village}.{number}",
    None,
    decides=(open_vacancy, put_forward),
    evolve=_evolve,
    scope=programme_of,
    absent=VACANCY_UNKNOWN,
)
"""One vacancy of a village."""
