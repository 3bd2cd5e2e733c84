"""Who signs and seals: the holder of the post that the profile names, as the office is recorded (X-057).

Invariant: nothing in a token says who signs; person and day are held against the office, so a right ends the day the
post is left and a stand-in's on the last day of the named time. Of a unit or channel the same holds where the profile
names its post; where it names none, it is the one their role acts in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from kernel.errors import PaizhuError
from kernel.messages import Actor, Context
from kernel.rules import Rules
from programmes.offices import Office, called_post, seat
from programmes.procedure import Subject, acts
from programmes.readers.papers import SIGNERS, Organ
from programmes.readers.procedure import Step
from programmes.refusals import NOT_IN_OFFICE, OFFICE_UNRECORDED
from programmes.roles import LEVELS, post_of


@dataclass(frozen=True, slots=True)
class Signed:
    """Who signed, in which post, and for whom a stand-in did."""

    signer: str
    post: str
    stands_in_for: str | None = None


@dataclass(frozen=True, slots=True)
class Signing:
    """The office in which something is signed: ``post`` as the profile names it, at the division ``organ``."""

    post: str
    organ: str
    office: Office

    @classmethod
    def at(cls, named: str, area: str, load: Callable[[str], Any]) -> Signing:
        """The office of the post ``named`` for what lies in ``area``; ``load`` gives a stream of the own log."""
        organ, post = seat(named, area)
        return cls(named, organ, load(f"office/{organ}.{post}"))

    def by(self, context: Context, act: str, field: str, rule: str) -> Signed:
        """Who signs on the day of the command (X-057).

        Raises:
            Rejected: ``office_unrecorded`` where nobody is recorded for that day; ``not_in_office``, with who is, for
                anybody else than the holder and who stands in.
        """
        day, post = context.occurred_on, called_post(self.post)
        acting = self.office.acting(day)
        if not acting:
            raise OFFICE_UNRECORDED(organ=self.organ, post=post, on=day, act=act, field=field, rule=rule)
        officer = self.office.officer(context.actor, day)
        own = (*context.actor.areas, *context.actor.units)
        if officer is None or self.organ not in own:
            signers = [one.person for one in acting]
            raise NOT_IN_OFFICE(organ=self.organ, post=post, on=day, act=act, signers=signers, field=field, rule=rule)
        return Signed(officer.person, self.post, officer.stands_in_for)


_SENDERS: Final[Mapping[str, Organ]] = {"unit": "unit", "channel": "channel", "enterprise": "channel"}
"""By role the party it signs for that is no division."""


def own_office(
    rules: Rules,
    actor: Actor,
    areas: Sequence[str],
    load: Callable[[str], Any],
    parties: Mapping[str, str] = MappingProxyType({}),
) -> Signing | None:
    """The office in which ``actor`` signs what lies in ``areas``, or as the unit or channel of ``parties``; None for a
    unit or channel of which the profile names no post.

    Raises:
        Rejected: ``rule_unknown`` where the profile names no post for the level of a division.
    """
    level = LEVELS.get(actor.role)
    if level is None:
        party = _SENDERS[actor.role]
        named, organ = rules.value(SIGNERS).get(party), parties.get(party)
        return Signing.at(named, organ, load) if named and organ else None
    own = next((code for code in actor.areas if any(area.startswith(code) for area in areas)), actor.areas[0])
    return Signing.at(rules.entry(SIGNERS, level), own, load)


def in_post(
    step: Step, subject: Subject, rules: Rules, context: Context, load: Callable[[str], Any], path: str, field: str
) -> None:
    """Check that who takes a step holds the post that the profile names for it on that day, or stands in.

    The office is that of the first party in ``of`` that is known. Raises Rejected: as ``Signing.by``, with the clause
    of the step.
    """
    organ = next((subject.parties[name] for name in step.of if subject.parties.get(name)), None)
    if step.post is None or organ is None or not acts(step, context.actor, subject, rules):
        return  # whose step it is not is told so by the decision
    try:
        Signing.at(step.post, organ, load).by(context, step.title, field, path)
    except PaizhuError as refusal:
        raise refusal.cited(rules.basis(path)[0], step.clause) from None


def signed(signing: Signing | None, context: Context, act: str, field: str, rule: str) -> Signed:
    """Who signs: as ``Signing.by``; without a post of the profile the person who acts, in the post of the role."""
    if signing is None:
        return Signed(context.actor.person, post_of(context.actor.role))
    return signing.by(context, act, field, rule)
