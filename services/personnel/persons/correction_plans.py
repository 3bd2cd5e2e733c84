"""Reading a correction: cells become checked values, what stands already is left out, and the rest is sealed (PE-109).

Invariant: who has the person corrects, or the province; to everybody else there is no such person. Nothing is told of
who else holds a number, but to who has that person.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from kernel.grounds import rules_of
from kernel.messages import Actor
from kernel.personal import is_identity, is_mobile
from kernel.rules import Rules
from kernel.service import Room, Step
from kernel.vault import Destroyed
from services.personnel.persons import entry_plans, form, history
from services.personnel.persons.correction import Correct, CorrectPerson, PassNumber, stands
from services.personnel.persons.form import Finding
from services.personnel.persons.person import Person, duplicate
from services.personnel.persons.refusals import (
    ID_NUMBER_INVALID,
    MOBILE_INVALID,
    NAME_IN_TEXT,
    PERSON_DAMAGED,
    PERSON_UNKNOWN,
)
from services.personnel.persons.registered_plans import engagements_of

_ROW = "select record_of, sealed, erased_on from persons where person = %s"
_RECORDS = "select person, id_digest from persons where record_of = %s order by person"
_WAITING = """
select person from persons where known = %s and id_digest = %s and identity in ('open', 'other') order by person
"""
_FIELD = "changes"


@dataclass(frozen=True, slots=True)
class _Known:
    """Who is corrected: the records that are the person's, the programme of the latest engagement, all that was said
    of the person, and the personal fields with the form of a leg among them."""

    state: Person
    records: Sequence[Mapping[str, Any]]
    programme: str
    versions: Sequence[history.Said]
    personal: Mapping[str, Any]
    nomination: str


def correct_person(command: CorrectPerson, room: Room) -> Iterable[Step]:
    """The person's stream; where the id number moves, the other records too that are known by the old one.

    Raises:
        Rejected: ``person_unknown``; what is wrong with the new values, as on a form; ``identity_disagrees``;
            ``name_in_text``; ``person_registered_before`` where the own person of the actor holds the number;
            ``key_destroyed``, ``person_damaged``.
    """
    actor = command.context.actor
    known = _known(command.corrected, actor, room)
    rules = rules_of(replace(command, context=replace(command.context, rules=room.rules(known.programme))))
    values = _read(command, rules)
    given = {**history.form(known.versions, known.nomination), **known.personal.get("form", {}), **known.personal}
    changed = {name: value for name, value in values.items() if given.get(name) != value}
    now = {name: value for name, value in changed.items() if stands(known.state, name, command)}
    personal = _amended(known.personal, now)
    if findings := entry_plans.disagreements(personal["id_number"], {**given, **now}):
        raise entry_plans.refusal([replace(one, field=f"{_FIELD}.{one.field}") for one in findings])
    _nameless(command, (known.personal, personal))
    number = _number(personal, known, actor, room) if "id_number" in now else {}
    changes, sealed = room.tools["vault"].seal_all([(command.corrected, changed), (command.corrected, personal)])
    order = Correct(
        context=command.context,
        person=command.corrected,
        programme=known.programme,
        fields=tuple(sorted(changed)),
        reason=command.reason,
        source=command.source,
        changes=changes,
        sealed=sealed,
        **number,
    )
    yield Step(f"person/{command.corrected}", order)
    if number:
        yield from _others(order, known, room)


def had(person: str, actor: Actor, room: Room) -> tuple[Person, Mapping[str, Any], Sequence[Mapping[str, Any]], str]:
    """A person whom the actor has, or who is in a programme of the province: (state, row, records, latest programme).

    Raises:
        Rejected: ``person_unknown``, whether there is no such person or the actor has nothing to do with it.
    """
    state = room.load(f"person/{person}")
    found = room.find(_ROW, person)
    if state is None or not found:
        raise PERSON_UNKNOWN()
    (row,) = found
    records = room.find(_RECORDS, row["record_of"])
    ids = [record["person"] for record in records]
    room.load_all(f"person/{one}" for one in ids)
    engaged = engagements_of(room, ids)
    if not engaged or not (engaged[-1][1].of(actor) or _holds(engaged[-1][1].programme, actor, room)):
        raise PERSON_UNKNOWN()
    return state, row, records, engaged[-1][1].programme


def _known(person: str, actor: Actor, room: Room) -> _Known:
    state, row, records, programme = had(person, actor, room)
    if row["erased_on"]:
        raise Destroyed()
    rows = room.find(history.VERSIONS, [person])
    blobs = [(person, row["sealed"]), *((person, version["sealed"]) for version in rows)]
    personal, *contents = room.tools["vault"].open_all(blobs, gone=None, broken=None)
    if personal is None:
        raise PERSON_DAMAGED()
    versions = history.said(rows, contents)
    forms = [one.nomination for one in versions if one.part == "form"]
    return _Known(state, records, programme, versions, personal, forms[-1] if forms else "")


def _holds(programme: str, actor: Actor, room: Room) -> bool:
    """True for the province of a programme, which may correct everybody in it."""
    book = room.load(f"programme/{programme}")
    scope = book.scope(programme) if book is not None else None
    return actor.role == "province_org" and scope is not None and actor.covers(scope)


def _read(command: CorrectPerson, rules: Rules) -> dict[str, Any]:
    """The new values by field. Raises Rejected with everything that is wrong with them."""
    cells = dict(entry_plans.with_family(command.changes))
    numbers = {name: cells.pop(name) for name in ("id_number", "mobile") if name in cells}
    family = any(name.startswith("family_") for name in cells)
    fields = [
        one
        for one in form.contract(rules)
        if (one.key in cells or (family and one.repeats))
        and one.key not in form.SEAT_FIELDS
        and not one.kind.startswith("opinion")
    ]
    values, findings = form.read(cells, fields)
    if not family:
        del values["family"]
    for name, cell in numbers.items():
        values[name], found = entry_plans.number(name, cell)
        findings += found
        if not found and name == "id_number" and not is_identity(values[name]):
            findings.append(Finding.of(ID_NUMBER_INVALID()))
        if not found and name == "mobile" and not is_mobile(values[name]):
            findings.append(Finding.of(MOBILE_INVALID()))
    if findings:
        raise entry_plans.refusal([replace(one, field=f"{_FIELD}.{one.field}") for one in findings])
    return values


def _amended(personal: Mapping[str, Any], changed: Mapping[str, Any]) -> dict[str, Any]:
    own = {name: value for name, value in changed.items() if name in history.PERSONAL}
    if "form" not in personal:
        return {**personal, **own}
    return {
        **personal,
        **own,
        "form": {**personal["form"], **{n: v for n, v in changed.items() if n in personal["form"]}},
    }


def _nameless(command: CorrectPerson, both: Iterable[Mapping[str, Any]]) -> None:
    """Check that reason and source name neither the person nor one of the family, before or after."""
    for personal in both:
        names = [personal.get("name"), *(one.get("family_name") for one in personal.get("family", ()))]
        for field in ("reason", "source"):
            if any(name and name in getattr(command, field) for name in names):
                raise NAME_IN_TEXT(field=field)


def _number(personal: Mapping[str, Any], known: _Known, actor: Actor, room: Room) -> dict[str, Any]:
    """By which digest the new number is known, for which time it is held, and who else holds it."""
    digests = room.tools["vault"].digests(personal["id_number"])
    read = entry_plans.Read(personal["id_number"], personal["mobile"], digests, {}, synthetic=False)
    others = entry_plans.known(room, [read], actor)
    own = {record["person"] for record in known.records}
    holders = [record for record in others.find(digests) if record.person not in own]
    if not holders:
        return {"id_digest": read.digest, "turn": others.turn(read.digest)}
    if actor.role == "province_org" or holders[0].had_by(actor):
        raise duplicate(f"{_FIELD}.id_number")
    return {"id_digest": read.digest, "known": holders[0].known or holders[0].person}


def _others(order: Correct, known: _Known, room: Room) -> Iterator[Step]:
    """Of the old number: the person's other records move along; who else was entered with it holds it from now on."""
    old, turn = known.state.number
    for record in known.records:
        if record["person"] != order.person and record["id_digest"] == old:
            yield _passed(order, record["person"], order.id_digest, order.turn, order.known or order.person, True)
    if known.state.known:
        return
    waiting = [row["person"] for row in room.find(_WAITING, order.person, old)]
    room.load_all(f"person/{one}" for one in waiting)
    for one in waiting:
        yield _passed(order, one, old, turn + 1, "" if one == waiting[0] else waiting[0], False)


def _passed(order: Correct, person: str, digest: str, turn: int, known: str, same: bool) -> Step:
    passed = PassNumber(context=order.context, person=person, id_digest=digest, turn=turn, known=known, same=same)
    return Step(f"person/{person}", passed)
