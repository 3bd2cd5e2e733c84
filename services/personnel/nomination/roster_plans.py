"""Importing nominees: rows of a roster become persons and nominations, the good ones or all of them (PE-001 to PE-005).

Invariant: a row enters whole or not at all, in the order of the file; a refused row comes back with its number and
everything that is wrong with it, each with field, code, sentence and clause, and leaves no trace. Where no row is good
nothing was done, and the whole is refused. Nothing is told of persons others have (``entry_plans.admitted``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

from msgspec import structs

from kernel.frozen import maker_of
from kernel.grounds import rules_of
from kernel.messages import OWN, Cells, Command, Key, Rejected
from kernel.refusals import NOT_YOUR_BUSINESS
from kernel.rules import Rules
from kernel.service import Room, Step
from kernel.text import digits
from programmes.readers.nomination import FORM
from programmes.roles import MANAGERS, PROVINCE, UNITS
from programmes.roster import BESIDE, chosen
from services.personnel.nomination import nomination, roster
from services.personnel.nomination.nomination import Entry, Judged, Nominate, Nominated
from services.personnel.nomination.refusals import UNIT_WITHOUT_QUOTA
from services.personnel.persons import entry_plans, form
from services.personnel.persons.form import Finding, noted
from services.personnel.persons.refusals import UNIT_NOT_NOTED

OPTIONAL = ("synthetic",)
_LONGEST: Final = 400
_NOT_OF_THE_FORM: Final = frozenset((*BESIDE, *OPTIONAL))
_BESIDE_PERSON = tuple(key for key in BESIDE if key not in ("id_number", "mobile"))
_UNITS = "select unit, name from units where unit = any(%s) or name = any(%s)"
_VACATED = "select posting from postings where programme = %s and unit = any(%s) and left_on is not null"


class ImportNominees(Command, title="导入推荐人选", roles=PROVINCE | MANAGERS | UNITS, concerns=OWN):
    """Enter the rows of a roster: the import columns and the fields of the form by key.

    ``accept`` "good" enters the good rows and returns the refused ones, "all" enters all or none. ``decision`` stands
    for rows that have none of their own. Rows are told by the number they have where they came from: the first one is
    ``first_row``, 2 in a workbook with a header.
    """

    programme: Key
    rows: tuple[Cells, ...]
    accept: Literal["good", "all"] = "all"
    first_row: int = 1
    decision: str = ""
    synthetic: bool = False


class NominateCadre(Command, title="推荐人选", roles=PROVINCE | MANAGERS | UNITS, concerns=OWN):
    """Enter one nominee: a row as in ``ImportNominees``."""

    programme: Key
    nominee: Cells
    decision: str = ""
    synthetic: bool = False


@dataclass(frozen=True, slots=True)
class _Row:
    """A row as read: the person, the text of the other cells, what is wrong, and in which fields it was not read."""

    person: entry_plans.Read
    beside: Mapping[str, str]
    findings: list[Finding]
    unread: frozenset[str]


@dataclass(slots=True)
class _Facts:
    """What admitting rows needs: per unit the roster as it grows, and what its order must carry."""

    rules: Rules
    units: Mapping[str, str]
    orders: dict[str, Nominate]
    rosters: dict[str, roster.Roster | None]
    before: Mapping[str, roster.Roster | None]
    scope: str | None


_Taken = tuple[str, entry_plans.Read, entry_plans.Admitted, Entry, list[Nominated]]
"""A row that is taken: its unit, the person, how the person enters, what is nominated, and the events of it."""


@dataclass(frozen=True, slots=True)
class Examined:
    """What came of looking at the rows, ``read`` of them: those that are good, and the refused ones by number."""

    read: int
    taken: list[_Taken]
    refused: list[tuple[int, Rejected]]
    facts: _Facts


def import_nominees(command: ImportNominees, room: Room) -> Iterable[Step]:
    """See ``ImportNominees``."""
    return entering(command, room, examined(command, room))


def nominate_cadre(command: NominateCadre, room: Room) -> Iterable[Step]:
    """See ``NominateCadre``."""
    return entering(command, room, examined(command, room))


def examined(
    command: ImportNominees | NominateCadre, room: Room, progress: Callable[[int], None] = lambda done: None
) -> Examined:
    """Every row as it would be decided, each on what the ones before it left; ``progress`` is told how many were read.

    Raises:
        Rejected: ``profile_missing``, ``rule_unknown``.
    """
    rows, first_row = _given(command)
    rules = rules_of(replace(command, context=replace(command.context, rules=room.rules(command.programme))))
    vault: entry_plans.Vault = room.tools["vault"]
    fields = form.contract(rules)
    reading = (_read(row, command, fields, vault) for row in rows)
    people = []
    for row in entry_plans.until_too_much(reading, lambda row: row.findings):
        people.append(row)
        progress(len(people))
    facts = _facts(command, rules, people, room)
    # Who has no right to nominate for the unit has nothing looked up for it.
    units = [_unit(read, command, facts) for read in people]
    looked = [read.person.identified and state is not None for read, (_, state) in zip(people, units, strict=True)]
    actor = command.context.actor
    others = entry_plans.known(room, (read.person for read, look in zip(people, looked, strict=True) if look), actor)
    refused: list[tuple[int, Rejected]] = []
    taken: list[_Taken] = []
    seen: dict[str, int] = {}
    for number, (read, look, (unit, reached)) in enumerate(zip(people, looked, units, strict=True), first_row):
        state = None if reached is None else facts.rosters[unit]  # as the rows before left it
        how = entry_plans.Admitted()
        if look:
            with noted(read.findings):
                how = entry_plans.admitted(read.person, seen, others, command.programme, actor, vault)
            seen.setdefault(read.person.digest, number)
        entry = _entry(number, number - first_row + 1, read, command, facts, how)
        if state is not None:
            wrong = nomination.faults(state, entry, facts.orders[unit], rules)
            read.findings.extend(Finding.of(one) for one in wrong if one.field not in read.unread)
        if read.findings or state is None:
            refused.append((number, entry_plans.refusal(read.findings)))
            continue
        events = nomination.admitted(state, entry, facts.orders[unit], rules)
        for event in events:
            facts.rosters[unit] = roster.evolve(facts.rosters[unit], event)
        taken.append((unit, read.person, how, entry, events))
    return Examined(len(people), taken, refused, facts)


def entering(command: ImportNominees | NominateCadre, room: Room, found: Examined) -> list[Step]:
    """The steps that enter what was found good.

    Raises:
        Rejected: every finding of every row, where all must be good and one is not, or none is.
    """
    rows, _ = _given(command)
    good = isinstance(command, ImportNominees) and command.accept == "good"
    if found.read < len(rows) or (found.refused and not (good and found.taken)):
        whole = entry_plans.all_refused(found.refused, len(rows), found.read, "rows", "行")
        raise found.refused[0][1] if len(rows) == 1 else whole
    for number, refusal in found.refused:
        room.refuse(number, refusal)
    steps = list(_steps(command, found.taken, found.facts, room.tools["vault"]))
    found.taken.clear()  # what is sealed is not needed in clear any more
    return steps


def _given(command: ImportNominees | NominateCadre) -> tuple[Sequence[Cells], int]:
    """The rows of a command and the number of the first."""
    return (command.rows, command.first_row) if isinstance(command, ImportNominees) else ((command.nominee,), 1)


def _steps(command: Command, taken: Sequence[_Taken], facts: _Facts, vault: entry_plans.Vault) -> Iterator[Step]:
    secrets: list[tuple[str, Any]] = [(entry.person, person.personal) for _, person, _, entry, _ in taken]
    secrets += [(entry.person, person.form) for _, person, _, entry, _ in taken]
    sealed = vault.seal_all(secrets)
    persons = [(entry.person, person, how) for _, person, how, entry, _ in taken]
    yield from entry_plans.registrations(persons, command.context, facts.rules.programme, sealed[: len(taken)])
    entries: dict[str, list[Entry]] = {}
    made: dict[str, list[Nominated]] = {}
    for (unit, _, _, entry, events), blob in zip(taken, sealed[len(taken) :], strict=True):
        entries.setdefault(unit, []).append(replace(entry, sealed=blob))
        made.setdefault(unit, []).extend(
            structs.replace(event, sealed=blob) if isinstance(event, roster.FormSubmitted) else event
            for event in events
        )
    for unit, own in entries.items():
        judged = Judged(facts.before[unit], tuple(made[unit]))
        order = replace(facts.orders[unit], entries=tuple(own), judged=judged)
        yield Step(f"roster/{facts.rules.programme}.{unit}", order)


def _read(
    row: Cells, command: ImportNominees | NominateCadre, fields: Sequence[form.Field], vault: entry_plans.Vault
) -> _Row:
    cells = {key: value for key, value in row.items() if key not in _NOT_OF_THE_FORM}
    synthetic = row.get("synthetic", command.synthetic)
    person, findings = entry_plans.read(cells, row.get("id_number"), row.get("mobile"), synthetic, fields, vault)
    missing = [name for name in BESIDE if name not in row and not (name == "decision" and command.decision)]
    found = [Finding(name, "field_missing", f"缺少“{BESIDE[name]}”一列。", name, None) for name in missing]
    beside: dict[str, str] = {}
    for key in _BESIDE_PERSON:
        beside[key], wrong = form.cell(row.get(key), key, BESIDE[key])
        if not wrong and (len(beside[key]) > _LONGEST or not beside[key].isprintable()):
            # These cells stand in events, in clear and on one line.
            wrong = [Finding(key, "field_value", f"“{BESIDE[key]}”应为一行文本。", f"一行，{_LONGEST} 字以内", None)]
        found += wrong
    unread = frozenset(finding.field for finding in (*found, *findings))
    return _Row(person, beside, [*found, *findings], unread)


def _unit(read: _Row, command: ImportNominees | NominateCadre, facts: _Facts) -> tuple[str, roster.Roster | None]:
    """The unit the row names, with its roster; without, and with a finding, where none is or it is not the actor's."""
    unit = facts.units.get(read.beside["unit"])
    if unit is None:
        if "unit" not in read.unread:
            read.findings.append(Finding.of(UNIT_NOT_NOTED()))
        return "", None
    state, actor = facts.rosters[unit], command.context.actor
    managed = actor.manages(unit) or (state is not None and actor.manages(state.channel))
    if not managed and not (actor.role == "province_org" and facts.scope and actor.covers(facts.scope)):
        organ = f"{unit} 或其所属领域"
        read.findings.append(Finding.of(NOT_YOUR_BUSINESS(act="推荐人选", organ=organ, field="unit", rule=None)))
        return unit, None
    if state is None:
        read.findings.append(Finding.of(UNIT_WITHOUT_QUOTA()))
    return unit, state


def _facts(command: ImportNominees | NominateCadre, rules: Rules, rows: Sequence[_Row], room: Room) -> _Facts:
    printed = sorted({row.beside["unit"] for row in rows})
    units = {row[key]: row["unit"] for row in room.find(_UNITS, printed, printed) for key in ("name", "unit")}
    known = sorted(set(units.values()))
    streams = {unit: f"roster/{command.programme}.{unit}" for unit in known}
    rosters = room.load_all(streams.values())
    found = {unit: rosters[stream] for unit, stream in streams.items()}
    channels = {unit: f"channel/{command.programme}.{one.channel}" for unit, one in found.items() if one is not None}
    schemes = room.load_all(channels.values())
    # A place is open again when the one who stood on it has left the post; the posting itself says so.
    vacated = room.load_all(f"posting/{row['posting']}" for row in room.find(_VACATED, command.programme, known))
    left = sorted(
        (one.placed.occurred_on, one.placed.person)
        for one in vacated.values()
        if one and (one.ended_on or one.changeover)
    )
    gone = {person: placed_on for placed_on, person in left}
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
    return _Facts(
        rules, units, orders, found, dict(found), room.load(f"programme/{command.programme}").scope(command.programme)
    )


def _entry(
    number: int,
    place: int,
    read: _Row,
    command: ImportNominees | NominateCadre,
    facts: _Facts,
    how: entry_plans.Admitted,
) -> Entry:
    cells = read.beside
    decision = cells["decision"] or command.decision
    with noted(read.findings):
        entry_plans.nameless(decision, read.person, "decision")
    return _made(
        row=number,
        nomination=command.context.new_id(f"nomination/{place}"),
        person=how.again.person if how.again else command.context.new_id(place),
        kind=chosen("kind", cells["kind"]),
        origin=chosen("origin", cells["origin"]),
        decision=decision,
        # What is no whole number counts as no copies at all.
        copies=int(cells["copies"]) if digits(cells["copies"]) and len(cells["copies"]) < 10 else 0,
        recipient=cells["recipient"],
        post=read.person.form.get("intended_unit_and_post", ""),
        form=facts.rules.value(FORM),
        sealed="",
    )


_made = maker_of(Entry)
