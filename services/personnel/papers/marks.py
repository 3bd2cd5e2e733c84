"""Seals and signatures on the versions of a paper (X-014).

A seal is organ, date and version; a signature is person, post at that time and version. Either is put by who holds the
post that the profile names, or stands in (X-057). Who changes a version that bears either makes the next one.
"""

from __future__ import annotations

from typing import Annotated

from kernel.grounds import not_before, rules_of
from kernel.messages import Area, Command, Key, Order, Pattern
from kernel.rules import Rules
from programmes.readers.papers import KINDS, SIGNERS, Kept
from programmes.roles import CITIES, COUNTIES, PROVINCE, TOWNSHIPS
from programmes.signing import Signed, Signing, signed
from services.personnel.papers.paper import FORM, Paper, PaperRecorded, PaperSealed, PaperSigned
from services.personnel.papers.refusals import (
    MARKED_BEFORE,
    PAPER_KIND_UNKNOWN,
    PAPER_RECORDED,
    PAPER_UNKNOWN,
    VERSION_SEALED,
    VERSION_UNKNOWN,
)

ORGANS = PROVINCE | CITIES | COUNTIES | TOWNSHIPS
Digest = Annotated[str, Pattern("[0-9a-f]{64}", accepted="SHA-256，64 位小写十六进制数字")]


class RecordPaper(Command, title="登记材料", roles=ORGANS, concerns=("area",)):
    """Record the first version of a paper of the organ of ``area``; ``counterpart`` is the other area it concerns."""

    programme: Key
    document: Key
    kind: Key
    area: Area
    sha256: Digest
    counterpart: Area | None = None


class RevisePaper(Command, title="修订材料", roles=ORGANS, concerns=("document",)):
    """Change a paper. ``version`` is the present one, or the next: that is due once the present one is sealed."""

    programme: Key
    document: Key
    version: int
    sha256: Digest


class SealPaper(Command, title="材料盖章", roles=ORGANS, concerns=("document",)):
    """Put the organ's seal on the present version."""

    programme: Key
    document: Key
    version: int


class SignPaper(Command, title="材料签字", roles=ORGANS, concerns=("document",)):
    """Sign the present version, in the post held on the command's date."""

    programme: Key
    document: Key
    version: int


class SealAs(SealPaper, Order):
    """The order as it reaches the paper, told of the office in which the actor seals."""

    signing: Signing | None


class SignAs(SignPaper, Order):
    """The order as it reaches the paper, told of the office in which the actor signs."""

    signing: Signing | None


def kept(kind: str, rules: Rules) -> Kept:
    """What the programme says of a kind of paper. Raises Rejected: ``paper_kind_unknown``, ``rule_unknown``."""
    known = rules.value(KINDS)
    found = next((one for one in known if one.kind == kind), None)
    if found is None:
        raise PAPER_KIND_UNKNOWN(kinds=[f"{one.kind}（{one.printed}）" for one in known])
    return found


def record(state: Paper | None, command: RecordPaper) -> list[PaperRecorded]:
    """The first version. Rejected: a kind the programme does not have, a form, which nominations have, or one known."""
    of_kind = kept(command.kind, rules_of(command))
    if state is not None or of_kind.kind == FORM:
        raise PAPER_RECORDED(version=1 if state is None else state.version)
    return [PaperRecorded.carrying(command, version=1, expected=of_kind.copies or 0)]


def revise(state: Paper | None, command: RevisePaper) -> list[PaperRecorded]:
    """The changed version (X-014).

    Raises:
        Rejected: ``paper_unknown``; ``version_sealed`` where the present version bears a seal or a signature and is to
            be changed; ``version_unknown`` for any other than the present one and the next.
    """
    found = _paper(state, command)
    if found.bound and command.version <= found.version:
        raise VERSION_SEALED(version=found.version, next=found.version + 1)
    if command.version not in (found.version, found.version + 1):
        wanted = f"{found.version + 1}" if found.bound else f"{found.version} 或 {found.version + 1}"
        raise VERSION_UNKNOWN(given=command.version, version=found.version, accepted=wanted)
    not_before(command, found.since, "登记")
    area, *others = found.areas
    return [
        PaperRecorded.carrying(
            command,
            kind=found.kind,
            area=area,
            counterpart=others[0] if others else None,
            expected=found.expected,
        )
    ]


def seal(state: Paper | None, command: SealAs) -> list[PaperSealed]:
    """The seal of the actor's organ on the present version, once (X-014). Raises Rejected: as ``signed`` too."""
    found, by, organ = _present(state, command), _signed(command, "盖章"), command.context.actor.organ
    if (found.version, "seal", organ) in found.marks:
        raise MARKED_BEFORE(version=found.version, act="盖章")
    return [PaperSealed.carrying(command, by, area=found.areas[0], organ=organ)]


def sign(state: Paper | None, command: SignAs) -> list[PaperSigned]:
    """The signature of who acts, in the post of that day, once (X-014). Raises Rejected: as ``signed`` too."""
    found, by = _present(state, command), _signed(command, "签字")
    if (found.version, "signature", by.signer) in found.marks:
        raise MARKED_BEFORE(version=found.version, act="签字")
    return [PaperSigned.carrying(command, by, area=found.areas[0], organ=command.context.actor.organ)]


def _signed(command: SealAs | SignAs, act: str) -> Signed:
    return signed(command.signing, command.context, act, "document", SIGNERS.path)


def _paper(state: Paper | None, command: Command) -> Paper:
    rules_of(command)
    if state is None or state.kind == FORM:
        raise PAPER_UNKNOWN()
    return state


def _present(state: Paper | None, command: SealPaper | SignPaper) -> Paper:
    found = _paper(state, command)
    if command.version != found.version:
        raise VERSION_UNKNOWN(given=command.version, version=found.version, accepted=found.version)
    not_before(command, found.since, "登记")
    return found
