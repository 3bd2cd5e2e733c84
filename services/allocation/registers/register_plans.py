"""Plans of the registers: notices, profiles, divisions, units, office holders.

What is checked here comes from outside the log: whether a profile is whole, how a notice is named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache
from typing import Any

from kernel.errors import BadInput
from kernel.rules import Rule, Rules
from kernel.service import Room, Step
from programmes.faults import Ambiguous, BrokenProfile
from programmes.notices import canonical_number
from programmes.published import verify
from programmes.readers.attendance import HOST_LEADER, REGISTRAR_POST, SIGNER
from programmes.readers.candidacy import NOMINATION
from programmes.readers.ledger import STEPS as LEDGER_STEPS
from programmes.readers.organs import OFFICES
from programmes.readers.papers import SIGNERS as PAPER_SIGNERS
from programmes.readers.procedure import Steps
from services.allocation.refusals import AREA_UNKNOWN
from services.allocation.registers.area import Register, RegisterAreas, RegisterAreaUnit
from services.allocation.registers.county_body import RecordCountyBody
from services.allocation.registers.notice import EnterNotice, PublishNotice
from services.allocation.registers.notice_delivery import AcknowledgeNotice, SendNotice
from services.allocation.registers.office import (
    Holder,
    KnownPosts,
    RecordActing,
    RecordHolder,
    RecordOfficeHolder,
    RecordStandIn,
)
from services.allocation.registers.programme import EnterProfile, PublishProfile
from services.allocation.registers.refusals import NOTICE_UNKNOWN
from services.allocation.registers.unit import RecordHelpTies
from services.allocation.words import city_of


def notice_key(command: PublishNotice) -> str:
    """The key of a notice: its canonical number, else issuer and date, else issuer and title (X-010)."""
    if command.number is not None:
        return canonical_number(command.number)
    issuer = command.issuers[0] if command.issuers else ""
    return f"{issuer}.{command.issued_on.isoformat() if command.issued_on else command.title}"


def publish_notice(command: PublishNotice, room: Room) -> Iterable[Step]:
    """One notice, under its key."""
    key = notice_key(command)
    yield Step(f"notice/{key}", EnterNotice(context=command.context, notice=key, asked=command))


def registered_notice(number: str, room: Room) -> str:
    """The canonical number of a notice that stands in the register. Raises Rejected: ``notice_unknown``."""
    key = canonical_number(number)
    if room.load(f"notice/{key}") is None:
        raise NOTICE_UNKNOWN(notice=number)
    return key


def deliver_notice(command: SendNotice | AcknowledgeNotice, room: Room) -> Iterable[Step]:
    """The stream of the notice, in whatever brackets its number is written."""
    key = canonical_number(command.notice)
    yield Step(f"notice/{key}", replace(command, notice=key))


def publish_profile(command: PublishProfile, room: Room) -> Iterable[Step]:
    """One profile, checked before it is believed.

    Raises:
        BadInput: with every fault found; nothing is recorded then.
    """
    try:
        verify(command.profile)
    except BrokenProfile as broken:
        raise of_fault(
            broken,
            f"profile.{broken.rule}",
            f"方案不完整：{broken.rule} {broken.sentence}",
            details=[
                {"field": f"profile.{f.rule}", "code": f.code, "sentence": f.sentence, "accepted": f.accepted}
                for f in broken.faults
            ],
        ) from None
    profile = command.profile
    yield Step(
        f"programme/{profile['base'] or profile['programme']}",
        EnterProfile(
            context=command.context,
            programme=profile["programme"],
            version=profile["version"],
            base=profile["base"],
            scope=profile["scope"],
            sha256=profile["sha256"],
            rules=profile["rules"],
            title=profile.get("title", ""),
        ),
    )


def register_areas(command: RegisterAreas, room: Room) -> Iterable[Step]:
    """One step a unit, in the stream of its province or city."""
    for unit in command.units:
        step = RegisterAreaUnit(context=command.context, edition=command.edition, unit=unit)
        yield Step(f"areas/{register_of(unit.root)}", step)


def record_ties(command: RecordHelpTies, room: Room) -> Iterable[Step]:
    """The ties of one unit, each a registered village."""
    must_be_registered(room, (*command.helped, *command.contacts), "helped")
    yield Step(f"unit/{command.unit}", command)


def record_holders(command: RecordOfficeHolder, room: Room) -> Iterable[Step]:
    """One step a holder, with the posts that are known at its organ."""
    known = posts_known(room)
    for holder in command.holders:
        step = RecordHolder(context=command.context, holder=holder, known=known(holder.organ))
        yield Step(f"office/{holder.organ}.{holder.post}", step)


def record_stand_in(command: RecordStandIn, room: Room) -> Iterable[Step]:
    """The stand-in, with the posts that are known at the organ."""
    acting = Holder(command.organ, command.post, command.person, command.since)
    known = posts_known(room)(command.organ)
    step = RecordActing(context=command.context, acting=acting, until=command.until, known=known)
    yield Step(f"office/{command.organ}.{command.post}", step)


def record_body(command: RecordCountyBody, room: Room) -> Iterable[Step]:
    """The body of one registered county."""
    must_be_registered(room, (command.county,), "county")
    yield Step(f"county-body/{command.programme}.{command.county}", command)


def posts_known(room: Room) -> Callable[[str], KnownPosts]:
    """The posts there are at an organ: who signs by a profile in force there, and the offices it lists beside."""
    programmes = [r["programme"] for r in room.find("select distinct programme from profiles order by programme")]

    @cache
    def known(organ: str) -> KnownPosts:
        effective = [rules for name in programmes if (rules := room.rules(name, organ))]
        signing = [rule for rules in effective if (rule := rules.find(SIGNER))]
        stepped = [rule for rules in effective for rule in _steps(rules) if any(one.post for one in rule.value)]
        listed = [more.value for rules in effective for of in (OFFICES, HOST_LEADER) if (more := rules.find(of))]
        listed += [tuple(one.post for one in rule.value if one.post) for rule in stepped]
        listed += [tuple(each.value.values()) for rules in effective if (each := rules.find(PAPER_SIGNERS))]
        listed += [tuple(kept.value.values()) for rules in effective if (kept := rules.find(REGISTRAR_POST))]
        # What is printed is cited before what is assumed, which stands in no clause.
        naming: tuple[Rule[Any], ...] = (*signing, *stepped)
        cited = next((rule for rule in naming if rule.clause), None) or next(iter(naming), None)
        names = [*(rule.value for rule in signing), *(name for of in listed for name in of)]
        return KnownPosts(tuple(dict.fromkeys(names)), *((cited.notice, cited.clause) if cited else ()))

    return known


def _steps(rules: Rules) -> Iterable[Rule[Steps]]:
    """The procedures whose steps may name a post."""
    return (found for reader in (NOMINATION, LEDGER_STEPS) if (found := rules.find(reader)))


def registers(room: Room, codes: Iterable[str]) -> dict[str, Register]:
    """The registers in which ``codes`` stand, by ``register_of``."""
    keys = sorted({register_of(code) for code in codes})
    loaded = room.load_all(f"areas/{key}" for key in keys)
    return {key: loaded[f"areas/{key}"] for key in keys}


def register_of(code: str) -> str:
    """Where a division stands: cities with their province, everything below a city with the city."""
    return code[:2] if len(code) <= 4 else city_of(code)


def must_be_registered(room: Room, codes: Iterable[str], field: str) -> None:
    """Check that every code stands in the register of divisions. Raises Rejected: ``area_unknown``."""
    codes = tuple(codes)
    held = registers(room, codes)
    for code in codes:
        if not held[register_of(code)].holds(code):
            raise AREA_UNKNOWN(area=code, field=field, accepted="已登记的区划代码")


def of_fault(
    fault: BrokenProfile | Ambiguous, field: str, sentence: str, details: list[dict[str, Any]] | None = None
) -> BadInput:
    """What a clerk wrote, refused with what is wrong with it."""
    # The codes are the fault's own: a profile is checked and a printed name looked up before there is a service that
    # could refuse, and the same fault has the same code in a file's report.
    return BadInput(sentence, code=fault.code, field=field, accepted=fault.accepted, details=details)
