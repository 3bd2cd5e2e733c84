"""Up to the list: who is selected, what the receiving city says, what a city proposes within its places.

Source: notice of 13 May 2003, 三（一） to 三（三） (EV-016 to EV-019).
Invariant: a list never holds more than there are places, in the province and of the city.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from kernel.grounds import must_cover, not_before, rules_of
from kernel.messages import Area, Command, Few, Key, Order, Text
from kernel.reader import Reader
from kernel.rules import Rules
from programmes.procedure import NO_COPIES, NOTHING
from programmes.readers.commendation import COLLECTIVE_CRITERIA, COLLECTIVES, PERSON_CRITERIA, PERSONS
from programmes.refusals import NOT_A_CITY
from programmes.roles import CITIES, DIGITS, PROVINCE
from services.evaluation.assessment.characters import count
from services.evaluation.honours.commendation import (
    KINDS,
    STEPS,
    AdvancedCityChosen,
    CommendationProposed,
    CommendationQuotaAllotted,
    CommendationSelected,
    Kind,
    Nominee,
    ReceivingCityConsulted,
    Round,
    subject_of,
)
from services.evaluation.honours.refusals import (
    COMMENDATION_QUOTA,
    COMMENDATION_UNKNOWN,
    CRITERION_EMPTY,
    NOT_YET_ASSESSED,
    SELECTED_ALREADY,
)


class AllotCommendations(Command, title="分配表彰推荐名额", roles=PROVINCE, concerns=("city",)):
    """Say how many counties and persons a city may propose."""

    programme: Key
    city: Area
    counties: int
    persons: int


class SelectForCommendation(Command, title="评选先进县和优秀个人", roles=CITIES, concerns=("subject",)):
    """Select a county, by its code, or a person, by the leg, with a text on each criterion."""

    programme: Key
    kind: Kind
    subject: Key
    criteria: Mapping[Key, Text]


class GiveCommendationOpinion(Command, title="接收市对表彰人选的意见", roles=CITIES, concerns=("subject",)):
    """Say, as the receiving city, what one thinks of a selected subject."""

    programme: Key
    subject: Key
    opinion: Text


class ProposeCommendations(Command, title="提出表彰推荐名单", roles=CITIES, concerns=("subjects",)):
    """Propose selected subjects, all of them or none."""

    programme: Key
    subjects: Few[Key]


class ChooseAdvancedCity(Command, title="评定先进市", roles=PROVINCE | CITIES, concerns=("subject",)):
    """Choose an advanced city, with a text on each criterion."""

    programme: Key
    subject: Key
    criteria: Mapping[Key, Text]


class Select(Order):
    """``SelectForCommendation`` or ``ChooseAdvancedCity``, told whose it is and when a person was assessed."""

    programme: Key
    kind: Kind
    subject: Key
    criteria: Mapping[Key, Text]
    act: str
    person: Key | None
    sending: Area
    host: Area
    assessed_on: date | None


def allot(state: Round, command: AllotCommendations) -> Sequence[CommendationQuotaAllotted]:
    """The places of a city; all cities together have no more than there are.

    Raises:
        Rejected: ``not_a_city``, ``foreign_area``, ``commendation_quota``, ``rule_unknown``.
    """
    rules = rules_of(command)
    if len(command.city) != DIGITS["city"]:
        raise NOT_A_CITY(city=command.city)
    must_cover(command.context.actor, command.city, field="city", rule=COLLECTIVES.path)
    others = [one for one in state.allotted.values() if one.city != command.city]
    for kind, field, mine, rest in (
        ("county", "counties", command.counties, sum(one.counties for one in others)),
        ("person", "persons", command.persons, sum(one.persons for one in others)),
    ):
        quota, path = places(kind, rules)
        if mine < 0 or mine + rest > quota:
            raise COMMENDATION_QUOTA(
                whose="全省", kind=KINDS[kind], quota=quota, given=mine + rest, field=field, rule=path
            )
    return (CommendationQuotaAllotted.carrying(command),)


def select(state: Round, command: Select) -> Sequence[CommendationSelected | AdvancedCityChosen]:
    """The selection, a person's after the assessment; a city is chosen by the province alone (EV-017, EV-018).

    Raises:
        Rejected: ``selected_already``, ``criterion_empty``, ``not_yet_assessed``, ``commendation_quota`` for a city too
            many, ``date_before_ground``, and as ``Procedure.admit``: ``not_your_business``, ``step_not_for``.
    """
    rules, step = rules_of(command), STEPS.of_act(command.act, rules_of(command))
    subject = subject_of(command.kind, command.sending, command.host)
    STEPS.admit(command, step.step, subject, NOTHING, rules, field="subject")
    if found := state.nominees.get(command.subject):
        raise SELECTED_ALREADY(subject=command.subject, on=found.chosen.occurred_on)
    lengths = _criteria(command, rules)
    if command.act == "choose":
        _within(state, command.kind, 1, "", rules)
        return (AdvancedCityChosen.carrying(command, step=step.step, criteria=lengths),)
    if command.kind == "person":
        if command.assessed_on is None:
            raise NOT_YET_ASSESSED(what="考核", act=step.title, rule=STEPS.path)
        not_before(command, command.assessed_on, "考核", STEPS.path)
    return (CommendationSelected.carrying(command, step=step.step, criteria=lengths),)


def consult(state: Round, command: GiveCommendationOpinion) -> Sequence[ReceivingCityConsulted]:
    """The receiving city's opinion. Raises Rejected: ``commendation_unknown``, and as ``Procedure.admit``."""
    found, step = admitted(state, command, command.subject, "consult")
    about, organ = found.chosen, command.context.actor.organ
    return (ReceivingCityConsulted.carrying(command, sending=about.sending, host=about.host, step=step, organ=organ),)


def propose(state: Round, command: ProposeCommendations) -> Sequence[CommendationProposed]:
    """The list, after the receiving city was asked and within the places (EV-016, EV-019).

    Raises:
        Rejected: ``commendation_unknown``, ``commendation_quota``, and as ``Procedure.admit``: ``duty_out_of_order``
            before the consultation, ``duty_done``.
    """
    rules, events, more = rules_of(command), [], dict.fromkeys(KINDS, 0)
    for subject in dict.fromkeys(command.subjects):
        found, step = admitted(state, command, subject, "propose", "subjects")
        about = found.chosen
        more[about.kind] += 1
        _within(state, about.kind, more[about.kind], about.sending[:4], rules)
        events.append(CommendationProposed.carrying(about, occurred_on=command.context.occurred_on, step=step))
    return events


def admitted(
    state: Round,
    command: Command,
    subject: str,
    act: str,
    field: str = "subject",
    copies: Mapping[str, int] = NO_COPIES,
) -> tuple[Nominee, str]:
    """The nominee, and the step ``act`` is. Raises Rejected: ``commendation_unknown``, and as ``Procedure.admit``."""
    found, rules = state.nominees.get(subject), rules_of(command)
    if found is None:
        raise COMMENDATION_UNKNOWN(subject=subject, field=field)
    about, step = found.chosen, STEPS.of_act(act, rules)
    parties = subject_of(about.kind, about.sending, about.host)
    STEPS.admit(command, step.step, parties, found.done, rules, field=field, copies=copies)
    return found, step.step


def places(kind: str, rules: Rules) -> tuple[int, str]:
    """How many places there are of a kind, and where that stands. Raises Rejected: ``rule_unknown``."""
    if kind == "person":
        return rules.value(PERSONS), PERSONS.path
    collectives = rules.value(COLLECTIVES)
    return collectives.cities if kind == "city" else collectives.counties, COLLECTIVES.path


def _within(state: Round, kind: str, more: int, city: str, rules: Rules) -> None:
    quota, path = places(kind, rules)
    given = state.listed(kind) + more
    if given > quota:
        raise COMMENDATION_QUOTA(whose="全省", kind=KINDS[kind], quota=quota, given=given, field="subject", rule=path)
    if own := state.allotted.get(city):
        quota, given = own.persons if kind == "person" else own.counties, state.listed(kind, city) + more
        if given > quota:
            raise COMMENDATION_QUOTA(
                whose=f"{city} ", kind=KINDS[kind], quota=quota, given=given, field="subject", rule=path
            )


def _criteria(command: Select, rules: Rules) -> Mapping[str, int]:
    reader: Reader[tuple[str, ...]] = PERSON_CRITERIA if command.kind == "person" else COLLECTIVE_CRITERIA
    wanted, lengths = rules.value(reader), {name: count(text) for name, text in command.criteria.items()}
    if missing := [name for name in wanted if not lengths.get(name)]:
        raise CRITERION_EMPTY(wanted=wanted, missing=missing, rule=reader.path)
    if len(lengths) != len(wanted):
        raise CRITERION_EMPTY(wanted=wanted, missing="无", rule=reader.path)
    return lengths
