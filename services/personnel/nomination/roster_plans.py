"""Importing nominees: rows of a roster become persons and nominations, the good ones or all of them (PE-001 to PE-005).

Invariant: a row enters whole or not at all, in the order of the file; a refused row comes back with its number, field,
code, sentence and clause, and leaves no trace.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from kernel.grounds import rules_of
from kernel.messages import Command, Key, Rejected
from kernel.refusals import NOT_YOUR_BUSINESS
from kernel.rules import Rules
from kernel.service import Room, Step
from programmes.readers.nomination import FORM
from programmes.roles import MANAGERS, PROVINCE, UNITS
from services.personnel.nomination import nomination, roster
from services.personnel.nomination.nomination import Entry, Nominate
from services.personnel.persons import entry_plans, form
from services.personnel.persons.form import Finding
from services.personnel.persons.refusals import UNIT_NOT_NOTED
from services.personnel.persons.registered_plans import Registered

COLUMNS = ("id_number", "mobile", "origin", "unit", "kind", "copies", "decision", "recipient")
OPTIONAL = ("synthetic",)
KIND_NAMES = {"乡镇": "township", "村": "village"}
_UNITS = "select unit, name from units where unit = any(%s) or name = any(%s)"
_VACATED = "select posting from postings where programme = %s and unit = any(%s) and status in ('recalled', 'returned')"


class ImportNominees(Command, title="导入推荐人选", roles=PROVINCE | MANAGERS | UNITS):
    """Enter the rows of a roster: the import columns and the fields of the form by key.

    ``accept`` "good" enters the good rows and returns the refused ones, "all" enters all or none. ``decision`` stands
    for rows that have none of their own.
    """

    programme: Key
    rows: tuple[Mapping[str, Any], ...]
    accept: Literal["good", "all"] = "all"
    decision: str = ""
    synthetic: bool = False


class NominateCadre(Command, title="推荐人选", roles=PROVINCE | MANAGERS | UNITS):
    """Enter one nominee: a row as in ``ImportNominees``."""

    programme: Key
    nominee: Mapping[str, Any]
    decision: str = ""
    synthetic: bool = False


@dataclass(slots=True)
class _Facts:
    """What admitting rows needs: per unit the roster as it grows, and what its order must carry."""

    rules: Rules
    units: Mapping[str, str]
    orders: dict[str, Nominate]
    rosters: dict[str, roster.Roster | None]


def import_nominees(command: ImportNominees, room: Room) -> Iterable[Step]:
    """See ``ImportNominees``."""
    return _enter(command, command.rows, command.accept == "good", room)


def nominate_cadre(command: NominateCadre, room: Room) -> Iterable[Step]:
    """See ``NominateCadre``."""
    return _enter(command, (command.nominee,), False, room)


def _enter(
    command: ImportNominees | NominateCadre, rows: Sequence[Mapping[str, Any]], good: bool, room: Room
) -> list[Step]:
    rules = rules_of(replace(command, context=replace(command.context, rules=room.rules(command.programme))))
    vault: entry_plans.Vault = room.tools["vault"]
    fields = form.contract(rules)
    people = [_read(row, command, fields, vault) for row in rows]
    others = entry_plans.known(room, (person for person, findings in people if not findings))
    facts = _facts(command, rules, rows, room)
    refused: list[tuple[int, Rejected]] = []
    taken: list[tuple[str, entry_plans.Read, Entry]] = []
    seen: dict[str, int] = {}
    for number, (row, (person, findings)) in enumerate(zip(rows, people, strict=True), 1):
        try:
            if findings:
                raise entry_plans.refusal(findings)
            again = entry_plans.admitted(person, seen, others, command.programme)
            unit, entry = _entry(number, row, command, person, facts, again)
            for event in nomination.admit(facts.rosters[unit], entry, facts.orders[unit], rules):
                facts.rosters[unit] = roster.evolve(facts.rosters[unit], event)
        except Rejected as wrong:
            refused.append((number, wrong))
        else:
            seen[person.digest] = number
            taken.append((unit, person, entry))
    if refused and not good:
        raise _all_refused(refused, len(rows))
    for number, refusal in refused:
        room.refuse(number, refusal)
    return list(_steps(command, taken, facts, others, vault))


def _steps(
    command: Command,
    taken: Sequence[tuple[str, entry_plans.Read, Entry]],
    facts: _Facts,
    others: Registered,
    vault: entry_plans.Vault,
) -> Iterator[Step]:
    secrets: list[tuple[str, Any]] = [(entry.person, person.personal) for _, person, entry in taken]
    secrets += [(entry.person, person.form) for _, person, entry in taken]
    sealed = vault.seal_all(secrets)
    persons = [(entry.person, person) for _, person, entry in taken]
    yield from entry_plans.registrations(persons, command.context, facts.rules.programme, sealed[: len(taken)], others)
    entries: dict[str, list[Entry]] = {}
    for (unit, _, entry), blob in zip(taken, sealed[len(taken) :], strict=True):
        entries.setdefault(unit, []).append(replace(entry, sealed=blob))
    for unit, own in entries.items():
        order = facts.orders[unit]
        yield Step(f"roster/{facts.rules.programme}.{unit}", replace(order, entries=tuple(own)))


def _read(
    row: Mapping[str, Any],
    command: ImportNominees | NominateCadre,
    fields: Sequence[form.Field],
    vault: entry_plans.Vault,
) -> tuple[entry_plans.Read, list[Finding]]:
    cells = {key: value for key, value in row.items() if key not in COLUMNS and key not in OPTIONAL}
    synthetic = row.get("synthetic", command.synthetic)
    person, findings = entry_plans.read(cells, row.get("id_number"), row.get("mobile"), synthetic, fields, vault)
    missing = [name for name in COLUMNS if name not in row and not (name == "decision" and command.decision)]
    return person, [Finding(name, "field_missing", f"缺少“{name}”一列。", name, None) for name in missing] + findings


def _facts(
    command: ImportNominees | NominateCadre, rules: Rules, rows: Sequence[Mapping[str, Any]], room: Room
) -> _Facts:
    printed = sorted({str(row.get("unit") or "").strip() for row in rows})
    units = {row[key]: row["unit"] for row in room.find(_UNITS, printed, printed) for key in ("name", "unit")}
    known = sorted(set(units.values()))
    streams = {unit: f"roster/{command.programme}.{unit}" for unit in known}
    rosters = room.load_all(streams.values())
    found = {unit: rosters[stream] for unit, stream in streams.items()}
    channels = {unit: f"channel/{command.programme}.{one.channel}" for unit, one in found.items() if one is not None}
    schemes = room.load_all(channels.values())
    # A place is open again when the one who stood on it has left the post; the posting itself says so.
    vacated = room.load_all(f"posting/{row['posting']}" for row in room.find(_VACATED, command.programme, known))
    gone = frozenset(one.placed.person for one in vacated.values() if one and one.status in ("recalled", "returned"))
    orders = {
        unit: Nominate(
            context=command.context,
            unit=unit,
            entries=(),
            scheme_filed=schemes.get(channels.get(unit, "")) is not None,
            vacated=gone,
        )
        for unit in known
    }
    return _Facts(rules, units, orders, found)


def _entry(
    number: int,
    row: Mapping[str, Any],
    command: ImportNominees | NominateCadre,
    person: entry_plans.Read,
    facts: _Facts,
    again: str | None,
) -> tuple[str, Entry]:
    unit = facts.units.get(str(row["unit"] or "").strip())
    if unit is None:
        raise UNIT_NOT_NOTED()
    state, actor = facts.rosters[unit], command.context.actor
    managed = actor.manages(unit) or (state is not None and actor.manages(state.channel))
    if not managed and actor.role != "province_org":
        raise NOT_YOUR_BUSINESS(act="推荐人选", organ=f"{unit} 或其所属领域", field="unit", rule=None)
    kind = str(row["kind"] or "").strip()
    return unit, Entry(
        row=number,
        nomination=command.context.new_id(f"nomination/{number}"),
        person=again or command.context.new_id(number),
        kind=KIND_NAMES.get(kind, kind),
        origin=str(row["origin"] or "").strip(),
        decision=entry_plans.nameless(str(row.get("decision") or command.decision).strip(), person, "decision"),
        copies=_count(row["copies"]),
        recipient=str(row["recipient"] or "").strip(),
        post=person.form["intended_unit_and_post"],
        form=facts.rules.value(FORM),
        sealed="",
    )


def _count(cell: Any) -> int:
    # A spreadsheet gives 5 as 5.0; anything that is no whole number counts as no copies at all.
    text = str(cell).strip().removesuffix(".0")
    return int(text) if text.isdecimal() else 0


def _all_refused(refused: Sequence[tuple[int, Rejected]], rows: int) -> Rejected:
    number, first = refused[0]
    if rows == 1:
        return first
    details = [
        {"row": row, "field": error.field, "code": error.code, "sentence": error.sentence, "accepted": error.accepted}
        for row, error in refused
    ]
    sentence = f"第 {number} 行：{first.sentence}（共 {len(refused)} 行不合格，全部未收。）"
    return Rejected(
        first.code,
        sentence,
        rule=first.rule,
        field=f"rows[{number}].{first.field}",
        accepted=first.accepted,
        kind=first.kind,
        details=details,
    )
