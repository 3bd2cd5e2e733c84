"""Which legs a command concerns, and what each needs to know of others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from kernel.grounds import not_in_future, rules_of
from kernel.messages import Command, Rejected
from kernel.refusals import NOT_YOUR_BUSINESS
from kernel.rules import Rules
from kernel.service import Room, Step
from programmes.readers.swap import SHARES
from programmes.texts import impersonal
from services.personnel.legs import secondment
from services.personnel.legs.conditions import Conditions, Facts, judge
from services.personnel.legs.leg import Leg
from services.personnel.legs.pairing import NominateLeg, NominateLegs, Seat, seat_key
from services.personnel.legs.refusals import LEG_OF_ANOTHER_CITY, POSTING_OR_LEG, SUBMITTED_BEFORE
from services.personnel.legs.submission import Submit, SubmitNomination
from services.personnel.persons import entry_plans, form
from services.personnel.persons.person import Identify
from services.personnel.postings.posting_plans import terms_over
from services.personnel.postings.recall import TakeBack
from services.personnel.postings.returning import RecordReturn

_DUE = "select leg from legs where programme = %s and status = 'reported' and term_ends <= %s order by leg"
_OPEN = """select leg from legs where programme = %s and sending_city = %s and status = 'nominated'
           and submission = '' order by leg"""
_HANDED_IN = "select leg from legs where leg = any(%s) and submission <> ''"
_SEALED = "select person, sealed from persons where person = any(%s)"
_OF_SHARE: Mapping[str, Callable[[Mapping[str, Any]], bool]] = {
    "women": lambda person: person["sex"] == "女",
    "minorities": lambda person: person["form"]["ethnicity"] not in ("汉", "汉族"),
    "non_party": lambda person: not person["form"]["party_join_month"],
}
"""How the form tells who is of a share."""
_SUBMISSIONS = "select count(*) as made from submissions where programme = %s and city = %s"


def record_return(command: RecordReturn, room: Room) -> Iterable[Step]:
    """The posting or the leg."""
    if (command.posting is None) == (command.leg is None):
        raise POSTING_OR_LEG()
    if command.posting is not None:
        return (Step(f"posting/{command.posting}", TakeBack(context=command.context)),)
    return (Step(f"leg/{command.leg}", secondment.TakeBackLeg(context=command.context)),)


def nominate_legs(command: NominateLegs, room: Room) -> Iterable[Step]:
    """A person and a leg for each seat; the next leg of a seat whose last one was withdrawn. All or none."""
    rules = rules_of(replace(command, context=replace(command.context, rules=room.rules(command.programme))))
    vault: entry_plans.Vault = room.tools["vault"]
    fields = tuple(field for field in form.contract(rules) if field.key not in form.SEAT_FIELDS)
    actor = command.context.actor
    persons: list[tuple[str, entry_plans.Read, entry_plans.Admitted]] = []
    legs: list[Step] = []
    seen: dict[str, int] = {}
    room.load_all(f"leg/{seat_key(command.programme, seat)}.1" for seat in command.legs)
    # Of whom form and number have two months of birth, that of the form counts, its first day, and is marked (PE-051).
    reading = (
        entry_plans.read(s.form, s.id_number, s.mobile, s.synthetic, fields, vault, ("sex",)) for s in command.legs
    )
    read = list(entry_plans.until_too_much(reading, lambda one: one[1]))
    looked = [
        person.identified and actor.covers(seat.sending) for seat, (person, _) in zip(command.legs, read, strict=False)
    ]
    others = entry_plans.known(room, (person for (person, _), look in zip(read, looked, strict=True) if look), actor)
    hows: dict[int, entry_plans.Admitted] = {}
    judged: dict[int, Conditions | None] = {}
    refused: list[tuple[int, Rejected]] = []
    for number, (seat, (person, findings)) in enumerate(zip(command.legs, read, strict=False), 1):
        if looked[number - 1]:
            with form.noted(findings):
                hows[number] = entry_plans.admitted(person, seen, others, command.programme, actor, vault)
            seen.setdefault(person.digest, number)
        if not seat.sending.startswith(command.city):
            organ = f"派出市（{seat.sending}）"
            wrong = NOT_YOUR_BUSINESS(act="提名互派人选", organ=organ, field="sending", rule=None)
            findings.append(form.Finding.of(wrong))
        with form.noted(findings):
            judged[number] = _judged(seat, person, rules, complete=not findings)
        if findings:
            refused.append((number, entry_plans.refusal(findings)))
    if refused:
        raise entry_plans.all_refused(refused, len(command.legs), len(read), "legs", "人")
    for number, (seat, (person, _)) in enumerate(zip(command.legs, read, strict=True), 1):
        how = hows[number]
        persons.append((how.again.person if how.again else command.context.new_id(number), person, how))
        key = _open_leg(seat_key(command.programme, seat), room)
        legs.append(
            Step(
                f"leg/{key}",
                NominateLeg(
                    context=command.context,
                    programme=command.programme,
                    leg=key,
                    pair=seat.pair,
                    direction=seat.direction,
                    level=seat.level,
                    seat=seat.seat,
                    person=persons[-1][0],
                    sending=seat.sending,
                    host=seat.host,
                    conditions=judged[number],
                ),
            )
        )
    sealed = vault.seal_all((person, {**read.personal, "form": read.form}) for person, read, _ in persons)
    return (*entry_plans.registrations(persons, command.context, command.programme, sealed), *legs)


def _judged(seat: Seat, person: entry_plans.Read, rules: Rules, complete: bool) -> Conditions | None:
    """How the nominee meets the conditions; nothing where the form could not be read whole."""
    if not complete:
        return None
    given = {"reserve": seat.reserve_reason, "education": seat.education_reason}
    told = {}
    for name, text in given.items():
        told[name] = entry_plans.nameless(impersonal(text, f"{name}_reason"), person, f"{name}_reason")
    return judge(
        seat.level,
        Facts(
            birth_month=person.form["birth_month"],
            id_number=person.id_number,
            education=(person.form.get("education_full_time", ""), person.form.get("education_in_service", "")),
            reserve=seat.reserve,
            reasons=told,
        ),
        rules,
    )


def _open_leg(seat: str, room: Room) -> str:
    number = 1
    while (state := room.load(f"leg/{seat}.{number}")) is not None and state.lost:
        number += 1
    return f"{seat}.{number}"


def submit_nomination(command: SubmitNomination, room: Room) -> Iterable[Step]:
    """The next submission of the city, for the named legs or all that wait."""
    legs = command.legs or tuple(row["leg"] for row in room.find(_OPEN, command.programme, command.city))
    states: dict[str, Leg | None] = room.load_all(f"leg/{leg}" for leg in legs)
    for leg, state in zip(legs, states.values(), strict=True):
        if state is None or not state.nominated.sending.startswith(command.city):
            raise LEG_OF_ANOTHER_CITY(leg=leg)
    handed_in = room.find(_HANDED_IN, list(legs))
    if handed_in:
        raise SUBMITTED_BEFORE(leg=handed_in[0]["leg"])
    made = room.find(_SUBMISSIONS, command.programme, command.city)[0]["made"]
    key = f"{command.programme}.{command.city}.{made + 1}"
    substitutes = bool(legs) and all(state.substitute for state in states.values() if state is not None)
    counts = _counted([state.nominated.person for state in states.values() if state is not None], command, room)
    order = Submit(**{**vars(command), "legs": legs}, submission=key, substitutes=substitutes, counts=counts)
    return (Step(f"submission/{key}", order), *_identified(states.values(), command))


def _counted(persons: list[str], command: SubmitNomination, room: Room) -> dict[str, int] | None:
    """How many of ``persons`` are of each share that the notice asks for (AL-059)."""
    rules = room.rules(command.programme)
    shares = rules.find(SHARES) if rules else None
    if shares is None:
        return None
    sealed = [(row["person"], row["sealed"]) for row in room.find(_SEALED, persons)]
    kinds = {name: _OF_SHARE[name] for name in shares.value if name in _OF_SHARE}
    counts: dict[str, int] | None = room.tools["vault"].tally(sealed, kinds)
    return counts


def report_for_duty(command: secondment.ReportForDuty, room: Room) -> Iterable[Step]:
    """Each leg, told since when the term of its seat runs."""
    room.load_all(f"leg/{leg}" for leg in command.legs)
    for leg in command.legs:
        first = room.load(f"leg/{leg.rsplit('.', 1)[0]}.1")
        term_from = first.term_from if first is not None else None
        yield Step(
            f"leg/{leg}",
            secondment.Report(
                context=command.context, term_from=term_from, companions=command.companions, family=command.family
            ),
        )
    yield from _identified((room.load(f"leg/{leg}") for leg in command.legs), command)


def _identified(legs: Iterable[Leg | None], command: Command) -> Iterator[Step]:
    """Nobody goes on before it is settled who the person is."""
    for leg in legs:
        if leg is not None:
            yield Step(f"person/{leg.nominated.person}", Identify(context=command.context, field="legs"))


def record_appointment(command: secondment.RecordAppointment, room: Room) -> Iterable[Step]:
    """Each leg."""
    for leg in command.legs:
        yield Step(f"leg/{leg}", secondment.Appoint(context=command.context))


def end_terms(command: secondment.EndTerms, room: Room) -> Iterable[Step]:
    """Every posting and every leg whose term is over."""
    not_in_future(command.as_of, command)
    yield from terms_over(command.context, command.programme, command.as_of, room)
    for row in room.find(_DUE, command.programme, command.as_of):
        yield Step(f"leg/{row['leg']}", secondment.EndTerm(context=command.context, as_of=command.as_of))
