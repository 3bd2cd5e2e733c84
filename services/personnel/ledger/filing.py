"""Signature, seal and filing of a city's ledger with the statistics computed from it (X-021).

Invariant: signature, seal and filing are of one version, in this order. Source: 晋组通字〔2015〕41号 五.2: the head
of the city's department signs and the department seals; two paper copies and the electronic one by 15 July 2015.
"""

from __future__ import annotations

from kernel.grounds import rules_of
from kernel.messages import Area, Command, Key, Order
from programmes.offices import Office, called_post
from programmes.readers.ledger import COPIES, FILED_BY, RECIPIENT
from programmes.roles import CITIES
from services.personnel.ledger.book import Book, Copies, LedgerFiled, LedgerSealed, LedgerSigned, admit
from services.personnel.ledger.refusals import LEDGER_COPIES, LEDGER_NOT_SIGNER, LEDGER_ROW_RETURNED
from services.personnel.persons.refusals import RECIPIENT_WRONG


class SignLedger(Command, title="台账签字", roles=CITIES, concerns=("city",)):
    """Sign the city's ledger as it stands."""

    programme: Key
    city: Area


class SignAs(SignLedger, Order):
    """The order as it reaches the ledger: who held and holds the post that signs."""

    office: Office
    post: str


class SealLedger(Command, title="台账盖章", roles=CITIES, concerns=("city",)):
    """Seal what was signed."""

    programme: Key
    city: Area


class FileLedger(Command, title="报送台账", roles=CITIES, concerns=("city",)):
    """File what was sealed, with its statistics. Without ``recipient`` the printed one is meant."""

    programme: Key
    city: Area
    paper: int
    electronic: int
    recipient: str = ""


def sign(state: Book, command: SignAs) -> list[LedgerSigned]:
    """The signature under the present version, by who holds the post on that day or stands in (X-021, X-057).

    Raises:
        Rejected: ``ledger_not_signer`` (with who is), ``ledger_row_returned`` while a county owes a row, and as
            ``admit``.
    """
    admit(state, command, "sign", command.city)
    if owed := sorted(posting for posting, row in state.rows.items() if row.returned):
        raise LEDGER_ROW_RETURNED(count=len(owed), posting=owed[0])
    actor, on = command.context.actor, command.context.occurred_on
    officer = command.office.officer(actor, on)
    if officer is None:
        signers = [one.person for one in command.office.acting(on)]
        post = called_post(command.post)
        raise LEDGER_NOT_SIGNER(on=on, city=command.city, post=post, signers=signers or f"先登记{post}")
    return [
        LedgerSigned.carrying(
            command,
            version=state.version,
            rows=len(state.rows),
            signer=officer.person,
            stands_in_for=officer.stands_in_for,
        )
    ]


def seal(state: Book, command: SealLedger) -> list[LedgerSealed]:
    """The seal under the signature of the same version (X-021).

    Raises:
        Rejected: ``duty_out_of_order`` without a signature, and as ``admit``.
    """
    admit(state, command, "seal", command.city)
    return [LedgerSealed.carrying(command, version=state.version, organ=command.context.actor.organ)]


def file(state: Book, command: FileLedger) -> list[LedgerFiled]:
    """The filing; the first one behind the last day is marked late, none is refused for it (X-021).

    Raises:
        Rejected: ``ledger_copies``, ``recipient_wrong``, and as ``admit``.
    """
    rules = rules_of(command)
    due, asked, recipient = rules.value(FILED_BY), rules.value(COPIES), rules.value(RECIPIENT)
    admit(state, command, "file", command.city)
    if (command.paper, command.electronic) != (asked.paper, asked.electronic):
        raise LEDGER_COPIES(paper=asked.paper, electronic=asked.electronic)
    if command.recipient not in ("", recipient):
        raise RECIPIENT_WRONG(what="台账和统计表", recipient=recipient, rule=RECIPIENT.path)
    return [
        LedgerFiled.carrying(
            command,
            edition=state.edition + 1,
            postings=tuple(sorted(state.rows)),
            copies=Copies(command.paper, command.electronic),
            recipient=recipient,
            late=command.context.occurred_on > due and state.edition == 0,
        )
    ]
