"""Applying: of one's own will, to the personnel department of the own unit (PE-029)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from kernel.grounds import not_before, rules_of
from kernel.messages import Area, Cells, Command, Key, Line, Order, Sealing
from programmes.readers.candidacy import LEVELS
from programmes.readers.demand import REFUSED_LEVELS
from programmes.refusals import LEVEL_REFUSED
from programmes.roles import UNITS
from programmes.texts import impersonal
from services.personnel.candidacy.candidacy import (
    PROCEDURE,
    ApplicationFiled,
    Candidacy,
    subject_of,
)
from services.personnel.candidacy.refusals import CONSENT_MISSING
from services.personnel.persons.refusals import PERSON_REGISTERED_BEFORE


@dataclass(frozen=True, slots=True, kw_only=True)
class Applicant:
    """One who applies: id number, mobile and form are sealed before anything is stored.

    ``application`` names the signed application. Where another handed it in (``on_behalf``), ``consent`` names the
    recorded consent of the person.
    """

    application: Line
    on_behalf: bool = False
    consent: str = ""
    id_number: Annotated[str, Sealing]
    mobile: Annotated[str, Sealing]
    form: Cells
    synthetic: bool = False


class FileApplications(Command, title="受理个人报名", roles=UNITS, concerns=("unit",)):
    """Take in the applications of members of the unit: all or none."""

    programme: Key
    unit: Key
    applicants: tuple[Applicant, ...]


class Apply(Order):
    """One application, its form sealed already."""

    programme: Key
    candidacy: Key
    person: Key
    unit: Key
    channel: Key
    level: Key
    province: Area
    application: Line
    on_behalf: bool
    consent: str
    form: Key
    sealed: str
    at: str


def apply(state: Candidacy | None, command: Apply) -> list[ApplicationFiled]:
    """The application (PE-029).

    Raises:
        Rejected: ``level_refused`` (AL-034), ``consent_missing``, ``person_registered_before`` while an
            earlier candidacy is under way, ``date_before_ground``, and as
            ``Procedure.admit``.
    """
    rules = rules_of(command)
    if state is not None and state.running(rules):
        raise PERSON_REGISTERED_BEFORE(field=f"{command.at}.id_number")
    if state is not None:
        not_before(command, max(state.done.values()), "上一次选派", PROCEDURE.path)
    subject = subject_of(command.unit, command.channel, command.province, command.level)
    filed = any(step.act == "file" for step in PROCEDURE.steps(rules, subject))
    if command.level in rules.value(REFUSED_LEVELS) or not filed:
        raise LEVEL_REFUSED(level=command.level or "不明", field="unit", sources=rules.value(LEVELS))
    step = PROCEDURE.admit(
        command, PROCEDURE.of_act("apply", rules, subject=subject).step, subject, {}, rules, field="unit"
    )
    if command.on_behalf and not command.consent.strip():
        raise CONSENT_MISSING(field=f"{command.at}.consent")
    return [
        ApplicationFiled.carrying(
            command,
            step=step.step,
            application=impersonal(command.application, f"{command.at}.application"),
            consent=impersonal(command.consent, f"{command.at}.consent"),
        )
    ]
