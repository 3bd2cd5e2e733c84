"""Of whom a form is, how it stands and in which office the actor seals: what a paper must be told of other streams."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from kernel.grounds import in_force
from kernel.service import Room, Step
from kernel.text import digits
from programmes.procedure import Subject
from programmes.signing import Signing, own_office
from services.personnel.nomination.refusals import NOMINATION_UNKNOWN
from services.personnel.papers.marks import SealAs, SealPaper, SignAs, SignPaper
from services.personnel.papers.opinion import Opine, SealOpinion, Stamp, StampForm
from services.personnel.persons import history

_NOMINATION = "select person, unit, channel from nominations where programme = %s and nomination = %s"
_POSTING = """
select posting from postings where programme = %s and person = %s order by placed_on desc, posting desc limit 1
"""


def seal_opinion(command: SealOpinion, room: Room) -> Iterable[Step]:
    """The paper of the form. Raises Rejected: ``nomination_unknown``."""
    about = _form(command, room)
    order = Opine(context=command.context, stage=command.stage, **{name: about[name] for name in _OPINE})
    return (Step(_stream(command), order),)


def stamp_form(command: StampForm, room: Room) -> Iterable[Step]:
    """The same, told whether the list is confirmed."""
    return (Step(_stream(command), Stamp(context=command.context, copies=command.copies, **_form(command, room))),)


_OPINE = ("programme", "document", "person", "version", "revision", "subject", "signing")


def seal_paper(command: SealPaper, room: Room) -> Iterable[Step]:
    """The paper, told of the office in which the actor seals."""
    return (Step(_of(command), SealAs(**vars(command), signing=_marking(command, room))),)


def sign_paper(command: SignPaper, room: Room) -> Iterable[Step]:
    """The paper, told of the office in which the actor signs."""
    return (Step(_of(command), SignAs(**vars(command), signing=_marking(command, room))),)


def _of(command: SealPaper | SignPaper) -> str:
    return f"paper/{command.programme}.{command.document}"


def _marking(command: SealPaper | SignPaper, room: Room) -> Signing | None:
    paper = room.load(_of(command))
    return _signing(command, room, paper.areas if paper is not None else ())


def _signing(
    command: SealOpinion | StampForm | SealPaper | SignPaper,
    room: Room,
    areas: Sequence[str],
    parties: Mapping[str, str] = MappingProxyType({}),
) -> Signing | None:
    rules = in_force(room.rules(command.programme), command.programme)
    return own_office(rules, command.context.actor, areas, room.load, parties)


def _stream(command: SealOpinion | StampForm) -> str:
    return f"paper/{command.programme}.{command.nomination}"


def _form(command: SealOpinion | StampForm, room: Room) -> dict[str, Any]:
    found = room.find(_NOMINATION, command.programme, command.nomination)
    if not found:
        raise NOMINATION_UNKNOWN()
    (row,) = found
    unit = room.load(f"unit/{row['unit']}")
    book = room.load(f"programme/{command.programme}")
    postings = room.find(_POSTING, command.programme, row["person"])
    posting = room.load(f"posting/{postings[0]['posting']}") if postings else None
    room.load(f"person/{row['person']}")  # before looking: a correction moves this stream
    day = command.context.occurred_on
    versions, photos = room.find(history.VERSIONS, [row["person"]]), room.find(history.PHOTOS, row["person"])
    revision = history.revisions(versions, command.nomination, day)
    revision += history.replaced(photos, versions, command.nomination, day)
    target, placed = (posting.placed.target, posting.placed.occurred_on) if posting is not None else ("", None)
    parties = {
        "unit": row["unit"],
        "channel": row["channel"],
        "province": book.scope(command.programme) or "" if book is not None else "",
        "city": row["channel"][:4] if digits(row["channel"]) else target[:4],
    }
    return {
        "programme": command.programme,
        "document": command.nomination,
        "person": row["person"],
        "version": 1 + revision + (placed is not None and placed <= day),
        "revision": revision,
        "subject": Subject(parties, {"level": unit.level} if unit is not None and unit.level else {}),
        "placed": placed,
        "target": target,
        "unit": row["unit"],
        "signing": _signing(command, room, (target, parties["city"], parties["province"]), parties),
    }
