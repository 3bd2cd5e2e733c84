"""Nominating for the places of a unit's roster (PE-001 to PE-003, PE-005, PE-015).

Invariant: a nomination carries the decision of the unit's party committee, the printed number of forms and the right
recipient, comes after the channel's scheme, and takes a place that is open.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from kernel.errors import Rejected
from kernel.grounds import rules_of
from kernel.messages import Order
from kernel.reader import Reader
from kernel.rules import Rules
from kernel.text import digits
from programmes.condition import EXACTLY, Condition
from programmes.readers.nomination import (
    FORM_COPIES,
    FORM_RECIPIENT,
    FORM_RECIPIENT_BY_TIER,
    ORIGINS_ALLOWED,
    SCHEME_REQUIRED,
)
from programmes.readers.organs import POSTS
from programmes.readers.quota import CHANNELS
from programmes.refusals import COPIES_INCOMPLETE
from programmes.roster import word
from programmes.texts import impersonal
from services.personnel.nomination.refusals import (
    CHANNEL_UNKNOWN,
    COMMUNICATION_MISSING,
    DECISION_MISSING,
    NO_OPEN_PLACE,
    POST_MISMATCH,
    SCHEME_MISSING,
    UNIT_WITHOUT_QUOTA,
)
from services.personnel.nomination.roster import (
    KINDS,
    CadreNominated,
    FormSubmitted,
    Nominee,
    NomineeReplaced,
    Roster,
    Vacated,
    evolve,
)
from services.personnel.persons.refusals import CHOICE_UNKNOWN, RECIPIENT_WRONG

PROVINCE = ("province_org", "省委组织部")
OrganByKind = Reader[Mapping[Any, str]]
"""Reads the organ for each kind of channel."""
# The organisation department of a city or county is the channel of the units there, under the code of its division.
AREA_KINDS = {4: "city", 6: "county"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One nominee as handed in, the form sealed already; ``form`` is the id of the form, ``row`` where it stood."""

    row: int
    nomination: str
    person: str
    kind: str
    origin: str
    decision: str
    copies: int
    recipient: str
    post: str
    form: str
    sealed: str


Nominated = CadreNominated | FormSubmitted | NomineeReplaced


@dataclass(frozen=True, slots=True)
class Judged:
    """What came of all entries of a unit, judged on ``state`` and what each left: they need no second look there."""

    state: Roster | None
    events: tuple[Nominated, ...]


class Nominate(Order):
    """Nominate for one unit. ``scheme_filed``: its channel has filed; ``vacated``: persons who left their post."""

    unit: str
    entries: tuple[Entry, ...]
    scheme_filed: bool
    vacated: Vacated = field(default_factory=dict)
    judged: Judged | None = None


def nominate(state: Roster | None, command: Nominate) -> list[CadreNominated | FormSubmitted | NomineeReplaced]:
    """All entries in order, each on what the ones before it left. Rejected by the first that does not fit."""
    if command.judged is not None and command.judged.state is state:
        return list(command.judged.events)
    events: list[Nominated] = []
    for entry in command.entries:
        made = admit(state, entry, command, rules_of(command))
        for event in made:
            state = evolve(state, event)
        events += made
    return events


def admit(
    state: Roster | None, entry: Entry, command: Nominate, rules: Rules
) -> list[CadreNominated | FormSubmitted | NomineeReplaced]:
    """The events of one entry. Rejected with the first rule it breaks (``faults``)."""
    if state is None:
        raise UNIT_WITHOUT_QUOTA()
    for fault in faults(state, entry, command, rules):
        raise fault
    return admitted(state, entry, command, rules)


def admitted(
    state: Roster, entry: Entry, command: Nominate, rules: Rules
) -> list[CadreNominated | FormSubmitted | NomineeReplaced]:
    """The events of an entry in which ``faults`` found nothing."""
    place = _place(state, entry.kind, command.vacated)
    events: list[CadreNominated | FormSubmitted | NomineeReplaced] = [
        CadreNominated.carrying(
            command,
            entry,
            programme=state.programme,
            unit=state.unit,
            channel=state.channel,
            kind="township" if entry.kind == "township" else "village",
            place=place,
        ),
        FormSubmitted.carrying(
            command,
            entry,
            programme=state.programme,
            version=1,
            recipient=_recipient(state, entry, command, rules),
        ),
    ]
    failed = state.failed_on(place)
    if failed is not None:
        events.append(_replaced(state, entry, failed, command))
    return events


def faults(state: Roster, entry: Entry, command: Nominate, rules: Rules) -> Iterator[Rejected]:
    """Every rule the entry breaks, in order: whoever hands in a roster is to hear of all of them at once."""
    for check in _CHECKS:
        try:
            check(state, entry, command, rules)
        except Rejected as refusal:
            yield refusal


def _replaced(state: Roster, entry: Entry, failed: Nominee, command: Nominate) -> NomineeReplaced:
    return NomineeReplaced.carrying(
        command,
        state,
        entry,
        replaces=failed.nomination,
        replaced=failed.person,
        unit=state.unit,
        kind="township" if entry.kind == "township" else "village",
        place=failed.place,
        failed_conditions=failed.conditions,
    )


def channel_kind(channel: str, rules: Rules) -> str:
    """The kind of a channel: committee or enterprise (PE-003), or city or county where it is a division code.

    Raises:
        Rejected: ``channel_unknown`` where the programme has no such channel.
    """
    if digits(channel) and len(channel) in AREA_KINDS:
        return AREA_KINDS[len(channel)]
    known = rules.value(CHANNELS)
    for row in known:
        if row.channel == channel:
            return row.kind
    raise CHANNEL_UNKNOWN(channel=channel, channels=[row.channel for row in known])


def by_channel(kind: str, provincial: OrganByKind, local: OrganByKind) -> OrganByKind:
    """The reader of the rule for channels of ``kind``: the printed ``provincial`` one, or the ``local`` one."""
    return local if kind in AREA_KINDS.values() else provincial


def _scheme(state: Roster, entry: Entry, command: Nominate, rules: Rules) -> None:
    """The channel has filed its scheme, where the profile asks for one (PE-015)."""
    asked = rules.find(SCHEME_REQUIRED)
    if asked is not None and asked.value and not command.scheme_filed:
        raise SCHEME_MISSING(channel=state.channel)


def _origin(state: Roster, entry: Entry, command: Nominate, rules: Rules) -> None:
    """Picked by the organisation or come of their own will (PE-001)."""
    _one_of(rules.value(ORIGINS_ALLOWED), entry.origin, "origin", ORIGINS_ALLOWED.path)


def _kind(state: Roster, entry: Entry, command: Nominate, rules: Rules) -> None:
    _one_of(KINDS, entry.kind, "kind", POSTS.path)


def _one_of(choices: Iterable[str], given: str, field: str, rule: str) -> None:
    """One of the printed ways (PE-001)."""
    choices = tuple(choices)
    if given not in choices:
        raise CHOICE_UNKNOWN(field=field, rule=rule, choices=[word(field, choice) for choice in choices])


def _decision(state: Roster, entry: Entry, command: Nominate, rules: Rules) -> None:
    """The party committee decided (PE-001)."""
    if not entry.decision.strip():
        raise DECISION_MISSING()
    impersonal(entry.decision, "decision")


def _recipient(state: Roster, entry: Entry, command: Nominate, rules: Rules) -> str:
    """Who gets the form (PE-002, PE-003): the own channel, or the province at once."""
    kind = channel_kind(state.channel, rules)
    rule = by_channel(kind, FORM_RECIPIENT, FORM_RECIPIENT_BY_TIER)
    if rules.entry(rule, kind) == "channel":
        if entry.recipient != state.channel:
            raise RECIPIENT_WRONG(what="登记表", recipient=state.channel, rule=rule.path)
        return state.channel
    if entry.recipient not in PROVINCE:
        raise RECIPIENT_WRONG(what="登记表", recipient=PROVINCE[0], rule=rule.path)
    return PROVINCE[0]


COPIES = Condition(FORM_COPIES, EXACTLY, COPIES_INCOMPLETE)


def _copies(state: Roster, entry: Entry, command: Nominate, rules: Rules) -> None:
    """As many copies as asked (PE-002)."""
    COPIES.require(rules, entry.copies, what="登记表", rule=COPIES.path)


def _post(state: Roster, entry: Entry, command: Nominate, rules: Rules) -> None:
    if entry.kind not in KINDS:
        return
    own = rules.entry(POSTS, entry.kind)
    others = [post for kind, post in rules.value(POSTS).items() if kind != entry.kind]
    if own not in entry.post and any(post in entry.post for post in others):
        raise POST_MISMATCH(posts=own)


def _open(state: Roster, entry: Entry, command: Nominate, rules: Rules) -> None:
    if entry.kind in KINDS:
        _place(state, entry.kind, command.vacated)


_CHECKS = (_scheme, _origin, _kind, _decision, _recipient, _copies, _post, _open)


def _place(state: Roster, kind: str, vacated: Vacated) -> str:
    place = state.open_place(kind, vacated)
    if place is not None:
        return place
    if state.waiting(kind):
        raise COMMUNICATION_MISSING(before="与推荐单位或人选本人沟通并提出重新推荐", act="推荐新人选", field="unit")
    raise NO_OPEN_PLACE(unit=state.unit, places=state.quota.get(kind, 0))
