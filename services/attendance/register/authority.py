"""Who may act on a register. The profile names an organ; this is how an actor is found to be it.

Invariant: the organ must be the one of the very place; covering it from above is not enough to act for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kernel.messages import Actor
from kernel.reader import Reader
from kernel.refusal import Refusal
from kernel.rules import Rules
from programmes.readers.attendance import ENTERED_BY, REGISTRAR, Sealer
from services.attendance.register.refusals import NOT_REGISTRAR, SELF_REGISTRATION
from services.attendance.register.state import Register

ROLES: Mapping[str, frozenset[str]] = {
    "township_committee": frozenset({"township"}),
    "village_party_organisation": frozenset({"village"}),
    "host_leader": frozenset({"township", "county_org", "city_org"}),
    "county_org": frozenset({"county_org"}),
}
"""Organ of a profile to the roles of its tokens. ``host_leader`` is besides a person in a post
(``leave.approver``)."""

NAMES: Mapping[str, str] = {
    "township_committee": "派驻地乡镇党委",
    "village_party_organisation": "派驻村党组织",
    "host_leader": "挂职所在单位主要领导",
    "county_org": "派驻地县委组织部",
}


def registrar(register: Register, rules: Rules, actor: Actor) -> None:
    """Check that ``actor`` may keep the register of this posting (AT-014).

    Source: the Jinzhou measures 一.2: the township committee for posts at the township, the village's party
    organisation for posts at the village; the cadre never.

    Raises:
        Rejected: ``self_registration`` or ``not_registrar``; ``rule_unknown`` where the programme has nobody keep it.
    """
    rule = "attendance.register"
    if actor.is_(register.person) or actor.role == "cadre":
        raise SELF_REGISTRATION(rule=rule)
    organ = rules.entry(REGISTRAR, register.kind)
    if not is_organ(organ, register, actor):
        raise NOT_REGISTRAR(target=register.target, names=NAMES[organ], rule=rule)


def enterer(register: Register, rules: Rules, actor: Actor) -> str | None:
    """For whom ``actor`` enters what the registrar keeps on paper (AT-031): None where it is the registrar's own.

    Raises:
        Rejected: as ``registrar``, unless the profile lets this organ's clerks enter for registrars of its area.
    """
    named = rules.find(ENTERED_BY)
    if named is None or keeps(register, rules, actor) or not any(is_organ(o, register, actor) for o in named.value):
        registrar(register, rules, actor)
        return None
    return f"{NAMES[rules.entry(REGISTRAR, register.kind)]}（{register.target}）"


def keeps(register: Register, rules: Rules, actor: Actor) -> bool:
    """Whether ``actor`` may keep the register of this posting."""
    named = rules.find(REGISTRAR)
    organ = named.value.get(register.kind) if named is not None else None  # type: ignore[call-overload]
    return organ is not None and is_organ(organ, register, actor)


def organ_of(setting: Reader[Sealer], register: Register, rules: Rules, actor: Actor, refusal: Refusal[Any]) -> None:
    """Check that ``actor`` is the organ that the profile names at ``setting``.

    Raises:
        Rejected: ``refusal``, which is told the ``organ`` and the ``target``.
    """
    organ = rules.value(setting)
    if not is_organ(organ, register, actor):
        raise refusal(organ=NAMES[organ], target=register.target)


def is_organ(organ: str, register: Register, actor: Actor) -> bool:
    """True where ``actor`` acts for ``organ`` at the place of the register (AT-014)."""
    return actor.role in ROLES[organ] and actor.covers(register.target) and not actor.is_(register.person)
