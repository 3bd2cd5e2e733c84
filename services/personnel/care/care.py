"""The matters of a running posting: each a duty with its own verb, in the order in which they are listed."""

from __future__ import annotations

from programmes.duty import Duty
from services.personnel.care import assigned, relations, security, support, training

OWED: tuple[Duty, ...] = (
    training.PRE_POST,
    training.INDUCTION,
    relations.PARTY_RELATION,
    security.INSURANCE,
    security.CHECKUP,
    support.MANAGED,
    support.MENTORED,
)
"""What every posting owes whose profile asks for it."""
KNOWN: tuple[Duty, ...] = (
    *OWED,
    training.SKILLS,
    relations.UNIT_WORK,
    support.RESIDENCE,
    support.BUNDLE,
    assigned.ASSIGNED,
)
"""These, and what is recorded as it comes."""
DECIDES = (
    training.before_post,
    training.induct,
    training.train,
    relations.move,
    relations.except_work,
    security.insure,
    security.check_up,
    support.name_managers,
    support.assign_mentor,
    support.record_residence,
    support.record_bundle,
    assigned.assign,
)
"""What is decided on a posting's own stream."""
EVENTS = {duty.event: duty.name for duty in KNOWN}
