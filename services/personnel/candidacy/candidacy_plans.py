"""Which candidacies a command concerns, and how applicants are entered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kernel.grounds import rules_of
from kernel.messages import Command, Rejected
from kernel.refusals import NOT_YOUR_BUSINESS
from kernel.rules import Rules
from kernel.service import Room, Step
from programmes.readers.nomination import FORM
from programmes.signing import in_post
from services.personnel.candidacy.application import Apply, FileApplications
from services.personnel.candidacy.candidacy import PROCEDURE
from services.personnel.candidacy.further import TakeFurther, TakeStep
from services.personnel.candidacy.qualification import QualifyApplicant
from services.personnel.candidacy.refusals import CANDIDACY_UNKNOWN, REPLACES_TWO
from services.personnel.candidacy.route import (
    Approve,
    ApproveNominees,
    FileNominee,
    FileNominees,
    Recommend,
    RecommendNominees,
    Replace,
)
from services.personnel.persons import entry_plans, form
from services.personnel.persons.person import Identify
from services.personnel.persons.refusals import UNIT_NOT_NOTED
from services.personnel.persons.unit import Unit


def file_applications(command: FileApplications, room: Room) -> Iterable[Step]:
    """A person and a candidacy for each applicant. All or none.

    Raises:
        Rejected: ``unit_not_noted``, ``rule_unknown`` for a programme without a form or a procedure, and every finding
            of every applicant as one refusal.
    """
    rules = rules_of(replace(command, context=replace(command.context, rules=room.rules(command.programme))))
    unit = room.load(f"unit/{command.unit}")
    if unit is None:
        raise UNIT_NOT_NOTED()
    # Who is not the unit has nobody looked up.
    if not command.context.actor.manages(command.unit):
        raise NOT_YOUR_BUSINESS(act="受理个人报名", organ=command.unit, field="unit", rule=PROCEDURE.path)
    vault: entry_plans.Vault = room.tools["vault"]
    fields, actor = form.contract(rules), command.context.actor
    reading = (entry_plans.read(a.form, a.id_number, a.mobile, a.synthetic, fields, vault) for a in command.applicants)
    read = list(entry_plans.until_too_much(reading, lambda one: one[1]))
    others = entry_plans.known(room, (person for person, _ in read if person.identified), actor)
    seen: dict[str, int] = {}
    hows: list[entry_plans.Admitted] = []
    refused: list[tuple[int, Rejected]] = []
    for number, (person, findings) in enumerate(read, 1):
        how = entry_plans.Admitted()
        if person.identified:
            with form.noted(findings):
                how = entry_plans.admitted(person, seen, others, command.programme, actor, vault)
            seen.setdefault(person.digest, number)
        for field in ("application", "consent"):
            with form.noted(findings):
                entry_plans.nameless(getattr(command.applicants[number - 1], field), person, field)
        hows.append(how)
        if findings:
            refused.append((number, entry_plans.refusal(findings)))
    if refused:
        raise entry_plans.all_refused(refused, len(command.applicants), len(read), "applicants", "人")
    persons = [
        (how.again.person if how.again else command.context.new_id(number), person, how)
        for number, ((person, _), how) in enumerate(zip(read, hows, strict=True), 1)
    ]
    sealed = vault.seal_all(
        [*((key, one.personal) for key, one, _ in persons), *((key, one.form) for key, one, _ in persons)]
    )
    keys = [key for key, _, _ in persons]
    yield from entry_plans.registrations(persons, command.context, command.programme, sealed[: len(keys)])
    yield from _applications(command, room, unit, keys, sealed[len(keys) :], rules)


def _applications(
    command: FileApplications, room: Room, unit: Unit, persons: list[str], sealed: list[str], rules: Rules
) -> Iterator[Step]:
    """The step of each applicant, told the unit's channel and level."""
    province = room.load(f"programme/{command.programme}").scope(command.programme)
    for number, (applicant, person, blob) in enumerate(zip(command.applicants, persons, sealed, strict=True)):
        key = f"{command.programme}.{person}"
        order = Apply(
            context=command.context,
            programme=command.programme,
            candidacy=key,
            person=person,
            unit=unit.unit,
            channel=unit.channel,
            level=unit.level,
            province=province,
            application=applicant.application,
            on_behalf=applicant.on_behalf,
            consent=applicant.consent,
            form=rules.value(FORM),
            sealed=blob,
            at=f"applicants[{number + 1}]",
        )
        yield Step(f"candidacy/{key}", order)


def qualify_applicant(command: QualifyApplicant, room: Room) -> Iterable[Step]:
    """The check, and that it is settled who the person is."""
    yield Step(f"candidacy/{command.candidacy}", command)
    yield from _identified(command, room, command.candidacy)


def recommend_nominees(command: RecommendNominees, room: Room) -> Iterable[Step]:
    """The recommendation of each, and whom it replaces. Raises Rejected: ``candidacy_unknown``, ``replaces_two``."""
    for number, key in enumerate(command.nominees, 1):
        _in_post(command, room, key, f"nominees[{number}]", "recommend")
        order = Recommend(context=command.context, decision=command.decision, at=f"nominees[{number}]")
        yield Step(f"candidacy/{key}", order)
        yield from _identified(command, room, key)
    places = [one.nominee for one in command.instead]
    if len(set(places)) < len(places):
        raise REPLACES_TWO()
    for one in command.instead:
        nominee = room.load(f"candidacy/{one.nominee}")
        if nominee is None or one.nominee not in command.nominees:
            raise CANDIDACY_UNKNOWN()
        filed = nominee.filed
        instead = Replace(context=command.context, nomination=one.nominee, person=filed.person, unit=filed.unit)
        yield Step(f"candidacy/{one.failed}", instead)


def approve_nominees(command: ApproveNominees, room: Room) -> Iterable[Step]:
    """The approval of each."""
    for number, key in enumerate(command.nominees, 1):
        _in_post(command, room, key, f"nominees[{number}]", "approve")
        order = Approve(context=command.context, document=command.document, at=f"nominees[{number}]")
        yield Step(f"candidacy/{key}", order)


def file_nominees(command: FileNominees, room: Room) -> Iterable[Step]:
    """The filing of each."""
    for number, key in enumerate(command.nominees, 1):
        _in_post(command, room, key, f"nominees[{number}]", "file")
        order = FileNominee(context=command.context, document=command.document, at=f"nominees[{number}]")
        yield Step(f"candidacy/{key}", order)
        yield from _identified(command, room, key)


def take_step(command: TakeStep, room: Room) -> Iterable[Step]:
    """The step of each."""
    for number, key in enumerate(command.nominees, 1):
        _in_post(command, room, key, f"nominees[{number}]", "record", command.step)
        order = TakeFurther(
            context=command.context,
            step=command.step,
            document=command.document,
            handed_in=command.handed_in,
            at=f"nominees[{number}]",
        )
        yield Step(f"candidacy/{key}", order)
        yield from _identified(command, room, key)


def _in_post(command: Command, room: Room, key: str, at: str, act: str, name: str = "") -> None:
    """Who takes the step holds the post that the profile may name for it. Raises Rejected: as ``signing.in_post``."""
    state = room.load(f"candidacy/{key}")
    rules = room.rules(state.filed.programme) if state is not None else None
    if rules is None:
        return  # the decision says what is missing
    step = PROCEDURE.named(name, rules) if name else PROCEDURE.of_act(act, rules, state.done, state.subject)
    in_post(step, state.subject, rules, command.context, room.load, PROCEDURE.path, at)


def _identified(command: Command, room: Room, key: str) -> Iterator[Step]:
    """Nobody goes on before it is settled who the person is."""
    state = room.load(f"candidacy/{key}")
    if state is not None:
        yield Step(f"person/{state.filed.person}", Identify(context=command.context, field="candidacy"))
