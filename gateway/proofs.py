"""Proofs over HTTP: checkpoints of every log, inclusion and consistency, and the cosignatures of the cities' witnesses.

Whoever has a token may ask: nothing here but hashes, sizes and signatures. Invariant: the gateway checks nothing of a
proof and adds nothing; what it passes on either verifies with the log's public key or is worth nothing.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, Final

from gateway import problems
from gateway.api import Path, Services, Verify, path, require_media
from gateway.exchange import Reply, Request
from kernel.messages import Actor
from kernel.proof.refusals import COSIGNATURE_INVALID
from kernel.refusals import FIELD_MISSING
from services import SERVICES

MOST: Final = 10**18 - 1
COSIGNATURE_LIMIT: Final = 4096
"""Bytes of a size and a signature line, with room to spare."""
_TEXT: Final = "text/plain; charset=utf-8"


class ProofDoor:
    """Asks the service whose log it is, and passes on what it says."""

    def __init__(self, services: Services, verify: Verify) -> None:
        self._services = services
        self._verify = verify

    def paths(self) -> tuple[Path, ...]:
        """The places in the API."""
        log = f"/api/v1/log/(?P<service>{'|'.join(SERVICES)})"
        return (
            path("GET", f"{log}/checkpoint", self.checkpoint, query=("size",)),
            path("GET", f"{log}/inclusion", self.inclusion, query=("position", "size")),
            path("GET", f"{log}/consistency", self.consistency, query=("from", "to")),
            path("GET", f"{log}/succession", self.succession),
            path("POST", f"{log}/cosignature", self.cosign, limit=COSIGNATURE_LIMIT),
        )

    def checkpoint(self, request: Request, correlation: str, service: str) -> Reply:
        """The signed note of ``size`` events or the last, with all cosignatures, as it is. Raises PaizhuError."""
        actor = self._verify(request.headers.get("authorization"))
        answer = self._asked(service, "checkpoint", actor, correlation, size=_given(request, "size"))
        if "problem" in answer:
            return problems.reply(answer["problem"], correlation)
        return Reply(200, answer["note"], {"Content-Type": _TEXT, "Cache-Control": "no-store"})

    def succession(self, request: Request, correlation: str, service: str) -> Reply:
        """The announcements of the keys that sign this log's checkpoints, oldest first. Raises PaizhuError."""
        actor = self._verify(request.headers.get("authorization"))
        answer = self._asked(service, "succession", actor, correlation)
        if "problem" in answer:
            return problems.reply(answer["problem"], correlation)
        return Reply(200, answer["notes"], {"Content-Type": _TEXT, "Cache-Control": "no-store"})

    def inclusion(self, request: Request, correlation: str, service: str) -> Reply:
        """That the event at ``position`` is in the tree of ``size``. Raises PaizhuError."""
        actor = self._verify(request.headers.get("authorization"))
        wanted = {"position": _needed(request, "position"), "size": _given(request, "size")}
        return _told(self._asked(service, "inclusion", actor, correlation, **wanted), correlation)

    def consistency(self, request: Request, correlation: str, service: str) -> Reply:
        """That the tree of ``from`` events begins the one of ``to``. Raises PaizhuError."""
        actor = self._verify(request.headers.get("authorization"))
        wanted = {"from": _needed(request, "from"), "to": _given(request, "to")}
        return _told(self._asked(service, "consistency", actor, correlation, **wanted), correlation)

    def cosign(self, request: Request, correlation: str, service: str) -> Reply:
        """Take in the cosignature of a witness. Raises PaizhuError."""
        actor = self._verify(request.headers.get("authorization"))
        require_media(request, "text/plain")
        try:
            text = request.body.decode("utf-8")
        except UnicodeDecodeError:
            raise COSIGNATURE_INVALID() from None
        return _told(self._asked(service, "cosign", actor, correlation, signature=text), correlation)

    def _asked(self, service: str, ask: str, actor: Actor, correlation: str, **more: Any) -> dict[str, Any]:
        request = {"ask": ask, "actor": asdict(actor), "correlation": correlation, **more}
        return self._services(service, "proofs", request)


def _told(answer: dict[str, Any], correlation: str) -> Reply:
    if "problem" in answer:
        return problems.reply(answer["problem"], correlation)
    return Reply.json(answer, headers={"Cache-Control": "no-store"})


def _given(request: Request, name: str) -> int | None:
    """The whole number of the query parameter ``name``, None where it is not given. Raises BadInput."""
    return request.number(name, 0, 1, MOST) or None


def _needed(request: Request, name: str) -> int:
    """The whole number of the query parameter ``name``. Raises BadInput."""
    found = _given(request, name)
    if found is None:
        raise FIELD_MISSING(field=name, accepted="正整数")
    return found
