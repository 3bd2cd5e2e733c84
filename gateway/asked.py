"""Questions to a service in the asker's own name: a page for whoever shows it, all rows for files made of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from gateway import problems
from gateway.api import PAGE, Services
from gateway.exchange import Reply, Request
from kernel.errors import PaizhuError, Unauthenticated
from kernel.messages import Actor

Rows = list[Mapping[str, Any]]


def page(
    services: Services,
    service: str,
    query: str,
    params: Mapping[str, str],
    actor: Actor,
    correlation: str,
    *,
    cursor: str | None = None,
    limit: int = PAGE,
) -> dict[str, Any]:
    """{items, next, position} of one page; {problem} where it is refused or nobody answers. Raises Unauthenticated."""
    asked = {"query": query, "params": params, "actor": asdict(actor), "correlation": correlation}
    try:
        return services(service, "query", {**asked, "cursor": cursor, "limit": limit})
    except Unauthenticated:
        raise
    except PaizhuError as error:
        return {"problem": error.problem()}


def rows(
    services: Services,
    service: str,
    query: str,
    params: Mapping[str, str],
    actor: Actor,
    request: Request,
    correlation: str,
) -> Rows | Reply:
    """The rows; or the reply with the problem that the service has with the question."""
    found: Rows = []
    asked: dict[str, Any] = {"query": query, "params": params, "actor": asdict(actor), "correlation": correlation}
    asked |= {"after": request.after(), "cursor": None, "limit": PAGE}
    while True:
        answer = services(service, "query", asked)
        if "problem" in answer:
            return problems.reply(answer["problem"], correlation)
        found += answer["items"]
        if answer["next"] is None:
            return found
        asked = {**asked, "cursor": answer["next"]}


def file(body: bytes, media: str, name: str) -> Reply:
    """A file to be kept under ``name``, and by no cache on the way."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Reply(200, body, {"Content-Type": media, **headers})
