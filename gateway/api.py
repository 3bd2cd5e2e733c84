"""The HTTP API: a request in, a reply out, never an exception. Everything it needs from outside arrives as a port.

The gateway checks what concerns the door: size, media type, JSON, token, headers. What a command's data must look like,
and whether it is allowed, the owning service says; nothing is checked twice.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final, NoReturn, Protocol

from gateway import cursors, envelope, problems
from gateway.exchange import Reply, Request
from gateway.refusals import BODY_TOO_LARGE, MEDIA_UNSUPPORTED, METHOD_UNSUPPORTED, PATH_UNKNOWN
from gateway.routes import Route
from kernel import logs, metrics
from kernel.door_refusals import COMMAND_UNKNOWN
from kernel.errors import PaizhuError, Unauthenticated
from kernel.messages import Actor
from kernel.rates import Kind
from kernel.refusals import FIELD_UNKNOWN
from services import SERVICES

BODY_LIMIT: Final = 1 << 20
ROSTER_LIMIT: Final = 4 << 20
UNASKED_LIMIT: Final = 64 << 10
"""Bytes that are taken in from whoever comes; more only from the holder of a good token, at a place that wants more."""
PAGE: Final = 1000
_LOG = logs.get("api")


Services = Callable[[str, str, Mapping[str, Any]], dict[str, Any]]
"""(service, method, request) -> the answer to execute, query or events_after. Raises Busy where none comes in time."""

Verify = Callable[[str | None], Actor]
"""Who is asking, from the Authorization header. Raises Unauthenticated."""

Handler = Callable[..., Reply]

Charge = Callable[[Kind, Request], None]
"""Takes what a request costs (``gateway.toll``). Raises TooOften, Unauthenticated."""

DISCLOSING: Final = frozenset(
    ("personnel", name)
    for name in (
        *("ledger", "ledger_export", "city_ledger", "city_ledger_export", "form", "open_identities", "personal_data"),
        "cadres_named",
        *("reserve_roster", "reserve_sheet", "structure", "photo"),
    )
)
"""The questions whose answers leave an event in a log, by service: those with ``Query.discloses``."""


class Pages(Protocol):
    """How the pages of people differ from the API: in who asks, and in how a refusal is told."""

    def asked(self, request: Request) -> Request:
        """The request as the API would have it: what a browser keeps of its user stands in its headers."""
        ...

    def told(self, request: Request, problem: Mapping[str, Any], correlation: str) -> Reply:
        """The refusal as a page."""
        ...


class _Plain:
    """The API itself: a request as it came, a problem as JSON."""

    def asked(self, request: Request) -> Request:
        return request

    def told(self, request: Request, problem: Mapping[str, Any], correlation: str) -> Reply:
        return problems.reply(problem, correlation)


PLAIN: Final = _Plain()


@dataclass(frozen=True, slots=True)
class Path:
    """A place in the API: the method it takes, the pattern of its path, what answers there, the largest body.

    ``query`` names the parameters it takes; None where whoever answers says which. ``kind`` says what it costs.
    ``first`` refuses by the head of a request, before its body is read. ``pages`` are those it is one of.
    """

    method: str
    pattern: re.Pattern[str]
    handler: Handler
    limit: int
    template: str
    query: frozenset[str] | None
    kind: Callable[[Request, Mapping[str, str]], Kind]
    first: Callable[[Request], None] | None
    pages: Pages = PLAIN

    def admits(self, request: Request) -> None:
        """Check that the place takes every parameter given: one that is ignored would be thought heeded.

        Raises:
            BadInput: ``field_unknown``.
        """
        for name in request.query:
            if self.query is not None and name not in self.query:
                raise FIELD_UNKNOWN(field=name[:80], accepted=sorted(self.query) or "不带参数")


class Api:
    """Answers requests at its own places, and at those other rooms (feeds, rosters, console) open beside them."""

    def __init__(
        self,
        services: Services,
        verify: Verify,
        commands: Mapping[str, Route],
        charge: Charge = lambda kind, request: None,
    ) -> None:
        self.services = services
        self.verify = verify
        self.commands = commands
        self.charge = charge
        self.paths = [
            path("POST", "/api/v1/commands/(?P<name>[^/]+)", self.command),
            path(
                "GET",
                f"/api/v1/(?P<service>{'|'.join(SERVICES)})/(?P<query>[^/]+)",
                self._query,
                query=None,
                kind=_read,
            ),
        ]

    def open(self, *paths: Path) -> None:
        """Answer at the places of another room too."""
        self.paths.extend(paths)

    def admit(self, head: Request) -> int:
        """The largest body, in bytes, that is read of a request whose head this is.

        Raises:
            PaizhuError: what the place refuses by the head alone; nothing of the body need be read.
        """
        found = self._place(head)
        if found is None or found[0].method == "GET":
            return UNASKED_LIMIT
        place, _ = found
        head = place.pages.asked(head)
        if place.first is not None:
            place.first(head)
        announced = int(head.headers.get("content-length", 0))
        try:
            self.verify(head.headers.get("authorization"))
        except Unauthenticated:
            if announced > UNASKED_LIMIT:
                raise
            return min(UNASKED_LIMIT, place.limit)
        return place.limit

    def answer(self, request: Request, correlation: str, failed: PaizhuError | None = None) -> Reply:
        """The reply to ``request``; to ``failed``, where it was refused before it had come in."""
        started, template = time.perf_counter(), "none"
        pages: Pages = PLAIN
        try:
            found = self._place(request)
            pages = found[0].pages if found else PLAIN
            request = pages.asked(request)
            try:
                self.charge(found[0].kind(request, found[1]) if found else Kind.OPEN, request)
            except Unauthenticated:
                if failed is None:  # what could not be read is not asked for its token
                    raise
            if failed is not None:
                raise failed
            place, names = found or self._nowhere(request)
            template = place.template
            place.admits(request)
            reply = place.handler(request, correlation, **names).unless_known(request)
        except PaizhuError as error:
            reply = pages.told(request, error.problem(), correlation)
        except Exception:
            _LOG.exception("unexpected", correlation=correlation, route=template)
            reply = pages.told(request, problems.unexpected(), correlation)
        seconds = time.perf_counter() - started
        metrics.HTTP_SECONDS.labels(template, str(reply.status)).observe(seconds)
        say = _LOG.debug if reply.status < 400 else _LOG.info if reply.status < 500 else _LOG.warning
        say("answered", route=template, status=reply.status, milliseconds=round(seconds * 1e3), correlation=correlation)
        return reply.with_headers(X_Correlation_Id=correlation, X_Content_Type_Options="nosniff")

    def _place(self, request: Request) -> tuple[Path, dict[str, str]] | None:
        method = "GET" if request.method == "HEAD" else request.method
        for place in self.paths:
            if place.method == method and (match := place.pattern.fullmatch(request.path)):
                return place, match.groupdict()
        return None

    def _nowhere(self, request: Request) -> NoReturn:
        allowed = [place.method for place in self.paths if place.pattern.fullmatch(request.path)]
        if allowed:
            raise METHOD_UNSUPPORTED(method=request.method[:20], methods=", ".join(allowed))
        raise PATH_UNKNOWN()

    def command(self, request: Request, correlation: str, name: str) -> Reply:
        """The receipt of the command ``name``, or its problem: the one way in, for the API and for the forms."""
        actor = self.verify(request.headers.get("authorization"))
        route = self.commands.get(name)
        if route is None:
            raise COMMAND_UNKNOWN(command=name[:80], commands="GET /api/openapi.json 所列的命令")
        route.admit(actor)
        command_id, after, expected = request.command_id(), request.after(), request.expected_version()
        require_media(request, "application/json")
        occurred_on, data = envelope.opened(request.body)
        return self.execute(
            route.service,
            {
                "command": name,
                "id": command_id,
                "occurred_on": occurred_on,
                "data": data,
                "actor": asdict(actor),
                "correlation": correlation,
                "after": after,
                **({} if expected is None else {"expected": expected}),
            },
        )

    def execute(self, service: str, request: Mapping[str, Any]) -> Reply:
        """The receipt of a command, or the problem the service has with it."""
        answer = self.services(service, "execute", request)
        if "problem" in answer:
            return problems.reply(answer["problem"], str(request["correlation"]))
        return Reply.json(answer["receipt"])

    def _query(self, request: Request, correlation: str, service: str, query: str) -> Reply:
        actor = self.verify(request.headers.get("authorization"))
        answer = self.services(
            service,
            "query",
            {
                "query": query,
                "params": {n: v for n, v in request.query.items() if n not in cursors.PAGING},
                "actor": asdict(actor),
                "correlation": correlation,
                "after": request.after(),
                "cursor": cursors.opened(actor, request.path, request.query),
                "limit": request.number("limit", 100, 1, PAGE),
            },
        )
        if "problem" in answer:
            return problems.reply(answer["problem"], correlation)
        if "next" in answer:
            answer = {**answer, "next": cursors.bound(answer["next"], actor, request.path, request.query)}
        kept = "no-store" if (service, query) in DISCLOSING else "private, no-cache"
        return Reply.json(answer, headers={"Cache-Control": kept})


def path(
    method: str,
    pattern: str,
    handler: Handler,
    limit: int = BODY_LIMIT,
    query: Iterable[str] | None = (),
    kind: Kind | Callable[[Request, Mapping[str, str]], Kind] | None = None,
    first: Callable[[Request], None] | None = None,
    pages: Pages = PLAIN,
) -> Path:
    """A place for ``handler``; the pattern is a regular expression for the whole path.

    What it costs is a reading or, of a POST, a command, where ``kind`` says nothing else.
    """
    template = re.sub(r"\(\?P<(\w+)>[^)]*\)", r"{\1}", pattern)
    taken = None if query is None else frozenset(query)
    costs = kind or (Kind.READS if method == "GET" else Kind.COMMANDS)
    of = (lambda request, names: costs) if isinstance(costs, Kind) else costs
    return Path(method, re.compile(pattern, re.ASCII), handler, limit, template, taken, of, first, pages)


def _read(request: Request, names: Mapping[str, str]) -> Kind:
    return Kind.DISCLOSURES if (names["service"], names["query"]) in DISCLOSING else Kind.READS


def too_large(limit: int) -> PaizhuError:
    """The refusal of a body that is longer than ``limit`` bytes; it was not read, let alone parsed."""
    return BODY_TOO_LARGE(kib=limit // 1024, limit=limit)


def require_media(request: Request, accepted: str) -> None:
    """Check that the body is of the type ``accepted``.

    Raises:
        WrongMedia: where it is of another, or has no Content-Type.
    """
    given = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if given != accepted:
        raise MEDIA_UNSUPPORTED(given=given[:80], accepted=accepted)
