"""Which ledger a command concerns, and what its rows say held against the register and the forms.

Invariant: a row is taken where what it says of a person is what the register and the form say; a row that is refused
comes back with its number and everything that is wrong with it, and then nothing was done.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from kernel.grounds import rules_of
from kernel.messages import Cells, Rejected
from kernel.rules import Rules
from kernel.service import Room, Step
from programmes.offices import seat
from programmes.procedure import Subject
from programmes.readers.ledger import COLUMNS
from programmes.readers.organs import POSTS
from programmes.readers.swap import TERM
from programmes.roster import CHOICES, word
from programmes.signing import in_post
from programmes.texts import impersonal
from services.personnel.ledger import sheet_plans as sheet
from services.personnel.ledger.book import LEDGER, admit
from services.personnel.ledger.filing import FileLedger, SealLedger, SignAs, SignLedger
from services.personnel.ledger.ledger_queries import LATEST_FORM
from services.personnel.ledger.refusals import (
    LEDGER_DIFFERS,
    LEDGER_FORM_MISSING,
    LEDGER_NOBODY,
    LEDGER_ROW_TWICE,
    OF_A_PERSON,
)
from services.personnel.ledger.rows import Entered, EnterLedgerRows, EnterRows, StrikeLedgerRow, StrikeRow
from services.personnel.ledger.sheet_plans import Columns, Row, term
from services.personnel.ledger.submission import Submit, SubmitLedger, SubmittedRow
from services.personnel.ledger.villages import NEITHER
from services.personnel.persons import entry_plans
from services.personnel.persons.form import Finding, noted

_PLACED: Final = f"""
select o.target, o.posting, o.person, o.role, o.tier, o.unit, u.name as unit_name, p.sealed, n.sealed as form
  from postings o join persons p on p.person = o.person
  left join units u on u.unit = o.unit
  left join {LATEST_FORM.format("o")} n on true
 where o.programme = %s and o.target = any(%s) and o.status in ('placed', 'in_transfer', 'on_post') order by o.posting
"""
_FORMED: Final = """
select n.nomination, n.person, n.unit, n.kind, v.sealed as form, u.name as unit_name, p.sealed
  from nominations n join persons p on p.person = n.person left join units u on u.unit = n.unit
  join versions v on v.person = n.person and v.nomination = n.nomination and v.part = 'form'
 where n.programme = %s and n.channel = %s and n.status = 'passed' order by n.nomination
"""
_CORRECTED: Final = """
select sealed from versions where person = %s and programme = %s and part = 'correction' order by entered_on, position
"""
_PERSONAL: Final = ("name", "mobile")
Found = Mapping[str, Any]


def enter_rows(command: EnterLedgerRows, room: Room) -> Iterable[Step]:
    """The rows of one county, each with the posting of the village it names (X-022).

    Raises:
        Rejected: all findings of all rows (``ledger_nobody``, ``ledger_differs``, ``ledger_row_twice``, and as
            ``sheet.read``); ``not_your_business`` before any row is read.
    """
    rules = _rules(command, room)
    city = command.county[:4]
    ledger = room.load(f"ledger/{command.programme}.{city}")
    admit(ledger, replace(command, context=replace(command.context, rules=rules)), "enter", city, command.county)
    rows = _read(command.rows, lambda cells: COLUMNS, rules, (command.county,))
    placed = {row["target"]: row for row in room.find(_PLACED, command.programme, sheet.places(rows))}
    room.load_all(f"posting/{row['posting']}" for row in placed.values())
    kinds = room.load(f"villages/{command.programme}.{command.county}").kinds
    months = rules.value(TERM)
    entered: list[Entered] = []
    for row in rows:
        found = placed.get(row.target)
        if found is None:
            if row.target:
                row.findings.append(Finding.of(LEDGER_NOBODY(field=row.place, rule=COLUMNS.path)))
            continue
        kind = kinds[row.target].kind if row.target in kinds else NEITHER
        own = {"host_post": found["role"], "tier": found["tier"], "village_kind": kind, "term": term(months)}
        _compare(row, found, own, COLUMNS, rules, room)
        with noted(row.findings):
            remark = impersonal(row.cells["remark"], "remark")
            entry_plans.unnamed(remark, (row.cells["name"],), "remark")
            about = {name: found[name] for name in ("posting", "person", "target", "role", "tier")}
            entered.append(Entered(**about, village_kind=kind, months=months, remark=remark))
    _refuse(rows, len(command.rows), command.first_row)
    order = EnterRows(
        context=command.context, programme=command.programme, city=city, county=command.county, rows=tuple(entered)
    )
    return (Step(f"ledger/{command.programme}.{city}", order),)


def strike_row(command: StrikeLedgerRow, room: Room) -> Iterable[Step]:
    """The ledger of the city the county lies in."""
    city = command.county[:4]
    return (Step(f"ledger/{command.programme}.{city}", StrikeRow(**vars(command), city=city)),)


def sign_ledger(command: SignLedger, room: Room) -> Iterable[Step]:
    """The ledger, told who holds the post that signs it."""
    post = LEDGER.of_act("sign", _rules(command, room)).post or ""
    organ, held = seat(post, command.city)
    office = room.load(f"office/{organ}.{held}")
    yield Step(f"ledger/{command.programme}.{command.city}", SignAs(**vars(command), office=office, post=post))


def seal_ledger(command: SealLedger, room: Room) -> Iterable[Step]:
    """The ledger, where who seals holds the post that the profile may name."""
    return _in_post(command, "seal", room)


def file_ledger(command: FileLedger, room: Room) -> Iterable[Step]:
    """The ledger, where who files holds the post that the profile may name."""
    return _in_post(command, "file", room)


def _in_post(command: SealLedger | FileLedger, act: str, room: Room) -> Iterable[Step]:
    """Raises Rejected: as ``signing.in_post``."""
    rules, subject = _rules(command, room), Subject({"city": command.city})
    step = LEDGER.of_act(act, rules)
    in_post(step, subject, rules, command.context, room.load, LEDGER.path, "city")
    return (Step(f"ledger/{command.programme}.{command.city}", command),)


def submit_ledger(command: SubmitLedger, room: Room) -> Iterable[Step]:
    """The rows of a channel, each with the form of the person it names, and the forms without a row (PE-006).

    Raises:
        Rejected: all findings of all rows (``ledger_form_missing``, ``ledger_differs``, ``ledger_row_twice``, and as
            ``sheet.read``).
    """
    rules = _rules(command, room)
    stream = f"submitted-ledger/{command.programme}.{command.channel}"
    sent = room.load(stream).nominations
    forms = [row for row in room.find(_FORMED, command.programme, command.channel) if row["nomination"] not in sent]
    room.load_all(f"roster/{command.programme}.{unit}" for unit in sorted({row["unit"] for row in forms}))
    scope = room.load(f"programme/{command.programme}").scope(command.programme)
    rows = _read(command.rows, sheet.columns_of, rules, (scope,))
    wanted = [{name: row.cells[name] for name in _PERSONAL} for row in rows]
    holders = room.tools["vault"].holders([(row["person"], row["sealed"]) for row in forms], wanted)
    by_person = {row["person"]: row for row in forms}
    submitted: list[SubmittedRow] = []
    for row, given, holder in zip(rows, command.rows, holders, strict=False):
        form = by_person.get(holder or "")
        if form is None or form["kind"] != row.kind:
            if not {*_PERSONAL} & {finding.field for finding in row.findings}:
                row.findings.append(Finding.of(LEDGER_FORM_MISSING()))
            continue
        _compare(row, form, {"host_post": rules.entry(POSTS, row.kind)}, sheet.columns_of(given), rules, room)
        submitted.append(SubmittedRow(form["nomination"], form["person"], row.target, row.kind))
    _refuse(rows, len(command.rows), command.first_row)
    named = {row.nomination for row in submitted}
    bare = tuple(row["nomination"] for row in forms if row["nomination"] not in named)
    order = Submit(
        context=command.context,
        programme=command.programme,
        channel=command.channel,
        rows=tuple(submitted),
        bare=bare,
    )
    return (Step(stream, order),)


def _rules(command: EnterLedgerRows | SignLedger | SealLedger | FileLedger | SubmitLedger, room: Room) -> Rules:
    return rules_of(replace(command, context=replace(command.context, rules=room.rules(command.programme))))


def _read(
    given: Sequence[Cells], columns: Callable[[Cells], Columns], rules: Rules, counties: Sequence[str]
) -> list[Row]:
    """The rows as far as they are read; a second one of the same place says so."""
    reading = (sheet.read(cells, columns(cells), rules, counties) for cells in given)
    return list(entry_plans.until_too_much(reading, lambda row: row.findings))


def _compare(row: Row, found: Found, own: Mapping[str, str], columns: Columns, rules: Rules, room: Room) -> None:
    """Note every cell that says otherwise than the register, the form or the posting does."""
    vault = room.tools["vault"]
    differing = {*vault.differing(found["person"], found["sealed"], {name: row.cells[name] for name in _PERSONAL})}
    if not _is_post(found, row.cells["unit_and_post"], rules.programme, room):
        differing.add("unit_and_post")
    written = {**row.cells, "term": sheet.term_of(row.cells.get("term", ""))}
    differing |= {name for name, value in own.items() if name in row.cells and written[name] != value}
    unread = {finding.field for finding in row.findings}
    for field in rules.value(columns):
        if field.key in differing - unread:
            key = str(field.key)
            known = OF_A_PERSON if key not in own else word(key, own[key]) if key in CHOICES else own[key]
            differs = LEDGER_DIFFERS(printed=field.printed, known=known, field=key, rule=columns.path)
            row.findings.append(Finding.of(differs))


def _is_post(found: Found, written: str, programme: str, room: Room) -> bool:
    """Whether the form, as it was corrected, gives this unit and post; the unit's name where there is no form."""
    if not found["form"]:
        return written in (found["unit_name"], found["unit"])
    corrected = [row["sealed"] for row in room.find(_CORRECTED, found["person"], programme)]

    def gives(blob: str, value: str) -> bool:
        return not room.tools["vault"].differing(found["person"], blob, {"sending_unit_and_post": value})

    # A correction of other fields differs from no value of this one.
    last = next((blob for blob in reversed(corrected) if not gives(blob, "")), found["form"])
    return gives(last, written)


def _refuse(rows: Sequence[Row], given: int, first_row: int) -> None:
    """Refuse all rows for what is wrong with any, a place named twice among it. Raises Rejected."""
    seen: dict[str, int] = {}
    refused: list[tuple[int, Rejected]] = []
    for number, row in enumerate(rows, first_row):
        if row.target in seen:
            twice = LEDGER_ROW_TWICE(row=seen[row.target], field=row.place, rule="ledger.check")
            row.findings.append(Finding.of(twice))
        if row.target:
            seen.setdefault(row.target, number)
        if row.findings:
            refused.append((number, entry_plans.refusal(row.findings)))
    if refused or len(rows) < given:
        raise entry_plans.all_refused(refused, given, len(rows), "rows", "行")
