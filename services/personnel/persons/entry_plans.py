"""Reading persons at the edge: cells of a row become checked values, and personal values are sealed at once.

Invariant: nothing of a person leaves this module in clear but what the vault sealed and the keyed digest of the id
number; a finding names row and field, never a value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from kernel import breath
from kernel.messages import Actor, Command, Context, Rejected
from kernel.personal import is_identity, is_mobile
from kernel.service import Room, Step
from kernel.text import code
from kernel.text import person as name_of
from programmes.roster import BESIDE
from programmes.rows import all_refused as all_refused
from services.personnel.persons import form
from services.personnel.persons.form import Finding
from services.personnel.persons.person import EnterAgain, RegisterPerson, duplicate, may_enter_again
from services.personnel.persons.refusals import (
    DUPLICATE_IN_FILE,
    ID_NUMBER_INVALID,
    IDENTITY_DISAGREES,
    MOBILE_INVALID,
    NAME_IN_TEXT,
    PERSON_DAMAGED,
)
from services.personnel.persons.registered_plans import Record, Registered, registered

R = TypeVar("R")
PERSONAL = ("name", "photo")
COMPARED = ("name", "sex", "birth_month", "mobile")
"""What tells a person apart: where a roster gives it otherwise than registered, who has the person is asked."""
TOO_MUCH = 2000
"""Findings after which rows are read no further: nobody goes through more of them before handing in again."""
FAMILY = {"relation", "name", "age", "political_status", "unit_and_post"}


class Vault(Protocol):
    """What the plans need of ``kernel.vault.Vault``."""

    def digests(self, text: str) -> tuple[str, ...]: ...

    def seal_all(self, items: Iterable[tuple[str, Any]]) -> list[str]: ...

    def differing(self, subject: str, sealed: str, fields: Mapping[str, Any]) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True)
class Read:
    """A person as read: ``form`` as in ``form.read``, ``digests`` of the id number, the one to be kept first."""

    id_number: str
    mobile: str
    digests: tuple[str, ...]
    form: Mapping[str, Any]
    synthetic: bool

    @property
    def digest(self) -> str:
        """The digest by which the person will be known."""
        return self.digests[0]

    @property
    def identified(self) -> bool:
        """True where the id number is in order, so that others may be compared with it."""
        return is_identity(self.id_number)

    @property
    def personal(self) -> dict[str, Any]:
        """The fields of the person, to be sealed under the person's key."""
        own = {key: self.form[key] for key in PERSONAL}
        own |= {key: self.form[key] for key in COMPARED if key in self.form}
        return {**own, "id_number": self.id_number, "mobile": self.mobile, "family": self.form["family"]}


def read(
    cells: Mapping[str, Any],
    id_number: Any,
    mobile: Any,
    synthetic: Any,
    fields: Sequence[form.Field],
    vault: Vault,
    agreeing: Sequence[str] = ("birth_month", "sex"),
) -> tuple[Read, list[Finding]]:
    """A person from form cells, id number and mobile number, with what is wrong with them.

    ``agreeing`` are the fields that must say what the id number says. Of the division it begins with nothing is held
    against it: the code may be of another year, or of none (``kernel.personal.is_identity``).
    """
    values, findings = form.read(with_family(cells), fields)
    (own, found), (phone, more) = number("id_number", id_number), number("mobile", mobile)
    findings += [*found, *more]
    in_order = is_identity(own)
    if not found and not in_order:
        findings.append(Finding.of(ID_NUMBER_INVALID()))
    if not more and not is_mobile(phone):
        findings.append(Finding.of(MOBILE_INVALID()))
    if in_order:
        unread = {finding.field for finding in findings}
        said = disagreements(own, values)
        findings += [one for one in said if one.field in agreeing and one.field not in unread]
    return Read(own, phone, vault.digests(own), values, synthetic in (True, "true", "是", 1)), findings


def disagreements(id_number: str, fields: Mapping[str, Any]) -> list[Finding]:
    """What the form says otherwise than the id number: the month of birth (figures 7 to 12), the sex (figure 17)."""
    birth, sex = f"{id_number[6:10]}-{id_number[10:12]}", "男" if int(id_number[16]) % 2 else "女"
    return [
        Finding.of(IDENTITY_DISAGREES(field=key, printed=printed))
        for key, printed, said in (("birth_month", "出生年月", birth), ("sex", "性别", sex))
        if fields.get(key) not in (None, "", said)
    ]


def number(column: str, cell: Any) -> tuple[str, list[Finding]]:
    """The number of a person as it is kept, and what is wrong with the cell."""
    if type(cell) is str and cell.isascii() and cell.isalnum():  # nearly every one
        return cell.upper(), []
    written, findings = form.cell(cell, column, BESIDE[column])
    return code(written).upper(), findings


def known(room: Room, people: Iterable[Read], actor: Actor) -> Registered:
    """Those of ``people`` who are registered already. How many were looked up, and whose they are not, is counted."""
    people = list(people)
    found = registered(room, (digest for person in people for digest in person.digests))
    others = sum(found.foreign(person.digests, actor) for person in people)
    room.tools["looks"].count(actor, len(people), others)
    return found


@dataclass(frozen=True, slots=True)
class Admitted:
    """Under which id a person is entered: ``again`` that of a registered one, or a new one beside who is ``known``.

    ``turn`` is for which time the number is held.
    """

    again: Record | None = None
    known: str = ""
    turn: int = 1


def admitted(
    person: Read, seen: Mapping[str, int], others: Registered, programme: str, actor: Actor, vault: Vault
) -> Admitted:
    """How a person enters: whose number nobody holds, anew; one whom the actor has, under the same id.

    Of everybody else's persons nothing is told: they enter as if nobody held the number, as a record of its own that
    names the holder, and who has the person settles the rest. So does the province where its roster says otherwise
    than what is registered.

    Raises:
        Rejected: ``duplicate_in_file`` for one of an earlier row, which ``seen`` tells by digest; as
            ``person.may_enter_again``, over engagements of the actor's own, the province is told of all;
            ``person_damaged`` for one of the actor's own for whom nothing can be sealed.
    """
    if person.digest in seen:
        raise DUPLICATE_IN_FILE(seen=seen[person.digest])
    records = others.find(person.digests)
    if not records:
        return Admitted(turn=others.turn(person.digest))
    holder, province = records[0], actor.role == "province_org"
    shown = [record for record in records if not (province and record.other)]
    told = [one for record in shown for one in record.own if province or one.of(actor)]
    may_enter_again(told, programme)
    own = province or holder.had_by(actor)
    if holder.erased and own:
        raise duplicate()
    free = all(one.over and (one.served or one.programme != programme) for one in holder.engagements)
    if own and free and holder.damaged:
        raise PERSON_DAMAGED()
    if own and free and not (province and vault.differing(holder.person, holder.sealed, compared(person.personal))):
        return Admitted(again=holder)
    return Admitted(known=holder.person)


def compared(personal: Mapping[str, Any]) -> dict[str, Any]:
    """Those of the sealed fields by which persons are told apart."""
    return {key: personal[key] for key in COMPARED if key in personal}


def nameless(text: str, person: Read, field: str) -> str:
    """``text``, which is kept in clear, if it names neither the person nor one of the family.

    Raises:
        Rejected: ``name_in_text``.
    """
    names = (person.form.get("name"), *(member.get("family_name", "") for member in person.form["family"]))
    return unnamed(text, names, field)


def unnamed(text: str, names: Iterable[str | None], field: str) -> str:
    """``text``, which is kept in clear, if it holds none of ``names``. Raises Rejected: ``name_in_text``."""
    written = name_of(text)
    if any(name and name in written for name in names):
        raise NAME_IN_TEXT(field=field)
    return text


def refusal(findings: Sequence[Finding]) -> Rejected:
    """All findings of one person as one refusal, the first at its head."""
    first = findings[0]
    more = f"（另有 {len(findings) - 1} 项）" if len(findings) > 1 else ""
    return Rejected(
        first.code,
        first.sentence + more,
        rule=first.rule,
        kind=first.kind,
        field=first.field,
        accepted=first.accepted,
        details=[{"field": f.field, "code": f.code, "sentence": f.sentence, "accepted": f.accepted} for f in findings],
    )


def until_too_much(rows: Iterable[R], findings: Callable[[R], Sequence[Finding]]) -> Iterator[R]:
    """The rows as they are read, up to the one that makes ``TOO_MUCH`` findings."""
    found = 0
    for row in rows:
        yield row
        breath.take()
        found += len(findings(row))
        if found >= TOO_MUCH:
            return


def registrations(
    persons: Sequence[tuple[str, Read, Admitted]], context: Context, programme: str, sealed: Sequence[str]
) -> Iterator[Step]:
    """The steps that enter (id, person, how) whose fields were sealed in the same order."""
    for (person, entered, how), blob in zip(persons, sealed, strict=True):
        command: Command
        if how.again is not None:
            past = how.again.engagements
            command = EnterAgain(context=context, person=person, programme=programme, sealed=blob, engagements=past)
        else:
            command = RegisterPerson(
                context=context,
                person=person,
                sealed=blob,
                id_digest=entered.digest,
                synthetic=entered.synthetic,
                known=how.known,
                turn=how.turn,
            )
        yield Step(f"person/{person}", command)


def with_family(cells: Mapping[str, Any]) -> Mapping[str, Any]:
    """The cells, a list of family members under ``family`` laid out into the columns of the form."""
    members = cells.get("family")
    if not isinstance(members, list) or not all(isinstance(m, Mapping) and set(m) <= FAMILY for m in members):
        return cells
    rest = {key: value for key, value in cells.items() if key != "family"}
    return {**rest, **{f"family_{key}": [member.get(key) for member in members] for key in FAMILY}}
