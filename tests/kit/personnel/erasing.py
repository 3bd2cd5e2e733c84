"""What stands in the log before a person's key is destroyed: as lines of a database and by commands of two hands."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from kernel.messages import Actor
from kernel.vault import export
from tests.kit.desk import Desk
from tests.kit.personnel import cast

DAY = "2026-11-02"
DIGEST = "0a" * 32
Said = tuple[str, str | None, dict[str, Any]]
"""The type of a line, who acted, and what else it says of the person."""
HELD: Said = ("LegalHoldPlaced", "s-1", {"hold": "案-1"})


def steps(first: str = "s-1", second: str = "s-2", digest: str = DIGEST) -> tuple[Said, ...]:
    """All that is said of a person until the key is destroyed."""
    both = {"requester": first, "approver": second}
    return (
        ("ErasureRequested", first, {"requester": first, "reason": "x"}),
        ("ErasureApproved", second, both),
        ("PersonalDataExported", first, {"requester": first, "export": digest, "versions": 1}),
        ("PersonErased", first, {**both, "export": digest}),
    )


def inserts(person: str, said: Iterable[Said], position: int, version: int = 1) -> Iterator[str]:
    """The statement for each line, the first at ``position``."""
    for number, (kind, by, data) in enumerate(said):
        line = json.dumps({"type": kind, "actor": {"person": by}, "data": {"person": person, **data}})
        yield (
            "insert into log.events (position, stream, version, type, line, leaf) values "
            f"({position + number}, 'privacy/{person}', {version + number}, '{kind}', '{line}', '')"
        )


def handed(office: Desk, person: str, by: Actor = cast.FIRST) -> tuple[dict[str, Any], str]:
    """What is handed over of a person whose erasure is approved, and the digest of its file."""
    (item,) = office.query(by, "personal_data", person=person)
    return dict(export.opened(item["file"], item["key"])), export.digest(item["file"])


def erase(office: Desk, person: str, on: str = DAY, province: str = "21") -> dict[str, Any]:
    """Erase a person by two hands; gives what was handed over."""
    first, second = (replace(one, areas=(province,)) for one in (cast.FIRST, cast.SECOND))
    office.command(first, "RequestErasure", on, person=person, reason="目的已实现")
    office.command(second, "ApproveErasure", on, person=person)
    content, digest = handed(office, person, first)
    office.command(first, "ErasePerson", on, person=person, export=digest)
    return content
