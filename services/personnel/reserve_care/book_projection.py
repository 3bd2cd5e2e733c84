"""Read models of the care of reserves: the records of a card, helpers, training, the library's keepers, vacancies."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from kernel.projection import Op, Table
from services.personnel.reserve_care import helpers, library, opinion, training, vacancy
from services.personnel.reserve_care.records import NAMES

_PERSON = {"programme": "text", "person": "text"}
RECORDS = Table(
    "reserve_records",
    {**_PERSON, "kind": "text", "number": "int"},
    {"village": "text", "listed": "bool", "said": "json", "done_on": "date"},
)
"""The rows of a card; ``said`` are the own fields of the record."""
TALKS = Table(
    "reserve_talks", {**_PERSON, "year": "int"}, {"village": "text", "talks": "int", "met": "bool", "talked_on": "date"}
)
HELPERS = Table(
    "reserve_helpers",
    {**_PERSON, "helper": "text"},
    {
        **dict.fromkeys(("village", "group_name", "sealed"), "text"),
        "talk_months": "int",
        "talk_assumed": "bool",
        **dict.fromkeys(("assigned_on", "released_on"), "date"),
    },
)
TRAINED = Table(
    "reserve_trained",
    {**_PERSON, "period": "int"},
    {"village": "text", **dict.fromkeys(("since", "until", "met_on"), "date")},
)
PLANS = Table(
    "reserve_training_plans",
    {"programme": "text", "county": "text", "year": "int"},
    {"sessions": "json", "persons": "int", "funds_fen": "int", "filed_on": "date"},
)
KEEPERS = Table(
    "reserve_keepers", {"programme": "text", "area": "text"}, {"level": "text", "keeper": "text", "named_on": "date"}
)
REPORTS = Table(
    "reserve_reports",
    {"programme": "text", "township": "text", "report": "text", "version": "int"},
    {"persons": "json", "late": "bool", "due": "date", "filed_on": "date"},
)
VACANCIES = Table(
    "reserve_vacancies",
    {"programme": "text", "village": "text", "number": "text"},
    {"post": "text", "occasion": "text", "ranking": "json", "opened_on": "date"},
)
CANDIDATES = Table(
    "reserve_vacancy_candidates",
    {"programme": "text", "village": "text", "number": "text", "person": "text", "named_on": "date"},
    {"scope": "text", "reason": "text"},
)
OPINIONS = Table(
    "reserve_quarter_opinions",
    {**_PERSON, "quarter": "text", "level": "text"},
    {"village": "text", "version": "int", "opinion": "text", "given_on": "date"},
)
TABLES = (OPINIONS, RECORDS, TALKS, HELPERS, TRAINED, PLANS, KEEPERS, REPORTS, VACANCIES, CANDIDATES)
_SHARED = ("programme", "village", "person", "number", "listed", "occurred_on")


def _recorded(kind: str) -> Callable[[Any], Iterable[Op]]:
    """The row of an event that is a record of ``kind``."""

    def write(e: Any) -> Iterable[Op]:
        own = {name: getattr(e, name) for name in e.__struct_fields__ if name not in _SHARED}
        said = {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in own.items()}
        listed = getattr(e, "listed", True)
        yield RECORDS.put(
            e.programme, e.person, kind, e.number, village=e.village, listed=listed, said=said, done_on=e.occurred_on
        )

    return write


def _talked(e: helpers.SecretaryTalked) -> Iterable[Op]:
    yield TALKS.of(e, talks=e.number, talked_on=e.occurred_on)


def _opined(e: opinion.ReserveOpinionNoted) -> Iterable[Op]:
    yield OPINIONS.of(e, given_on=e.occurred_on)


def _assigned(e: helpers.HelperAssigned) -> Iterable[Op]:
    yield HELPERS.of(e, group_name=e.group, assigned_on=e.occurred_on, released_on=None)


def _released(e: helpers.HelperReleased) -> Iterable[Op]:
    yield HELPERS.of(e, released_on=e.occurred_on)


def _met(e: training.TrainingObligationMet) -> Iterable[Op]:
    yield TRAINED.of(e, met_on=e.occurred_on)


def _planned(e: training.TrainingPlanFiled) -> Iterable[Op]:
    yield PLANS.of(e, sessions=list(e.sessions), filed_on=e.occurred_on)


def _kept(e: library.ReserveKeeperNamed) -> Iterable[Op]:
    yield KEEPERS.of(e, named_on=e.occurred_on)


def _scheme(e: library.ReserveSchemeFiled) -> Iterable[Op]:
    yield REPORTS.of(e, report="scheme", version=1, persons=[], filed_on=e.occurred_on)


def _roster(e: library.ReserveRosterSubmitted) -> Iterable[Op]:
    yield REPORTS.of(e, report="roster", persons=list(e.persons), filed_on=e.occurred_on)


def _vacant(e: vacancy.VacancyOpened) -> Iterable[Op]:
    yield VACANCIES.of(e, ranking=list(e.order), opened_on=e.occurred_on)


def _named(e: vacancy.VacancyCandidateNamed) -> Iterable[Op]:
    yield CANDIDATES.of(e, named_on=e.occurred_on)


WRITES: Mapping[type, Callable[[Any], Iterable[Op]]] = {
    **{event: _recorded(name) for event, name in NAMES.items()},
    training.ReserveTrainingRecorded: _recorded("training"),
    helpers.HelperTalked: _recorded("helper_talk"),
    helpers.SecretaryTalked: _talked,
    opinion.ReserveOpinionNoted: _opined,
    helpers.HelperAssigned: _assigned,
    helpers.HelperReleased: _released,
    training.TrainingObligationMet: _met,
    training.TrainingPlanFiled: _planned,
    library.ReserveKeeperNamed: _kept,
    library.ReserveSchemeFiled: _scheme,
    library.ReserveRosterSubmitted: _roster,
    vacancy.VacancyOpened: _vacant,
    vacancy.VacancyCandidateNamed: _named,
}
