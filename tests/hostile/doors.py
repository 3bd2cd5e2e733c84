"""Probes at the front door: what the province may see and do, asked and given by people it does not concern, with a
token at the API and in sessions of the browser at the console.

The addresses are those that the province's own pages lead to, so every page there is comes to be asked. Whatever names
a cadre, a posting, a name or a number that is none of the asker's is foreign, and so is everything that was taken.
"""

from __future__ import annotations

import http.client
import itertools
import json
import random
import re
import threading
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from html import unescape
from typing import Any, Final
from urllib.parse import quote, unquote, urlencode, urlsplit

from cli.office import Office
from gateway.console.fields import Field, fields_of
from gateway.console.session import MEDIA
from gateway.routes import commands
from programmes.roles import LEVELS
from tests.hostile.crowd import PATIENCE, Shot
from tests.hostile.ground import PROGRAMME, Ground
from tests.hostile.known import Known
from tests.hostile.probes import Tally, quiet
from tests.kit.samples import sample

CLIENTS: Final = 8
MOST: Final = 150
"""Pages of the province that are read for the addresses they lead to."""
ON: Final = "2018-07-02"
_HREF: Final = re.compile(r'(?:href|action)="(/[^"#]*)"')
_PROOF: Final = re.compile(r'name="_proof" value="([^"]*)"')
_NUMBERS: Final = itertools.count(1)
Kept = Mapping[str, str]


@dataclass
class Stranger:
    """Somebody whom no cadre of the ground concerns; ``kept``: the headers of a session of the browser."""

    office: Office
    bearer: str
    kept: Kept = field(default_factory=dict)
    proof: str = ""


class Line:
    """A connection of one thread to the gateway."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._wire = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=PATIENCE)

    def ask(self, shot: Shot) -> tuple[int, str, Mapping[str, str]]:
        """Status, body as text, headers."""
        try:
            self._wire.request(shot.method, shot.path, shot.body, dict(shot.headers))
            answer = self._wire.getresponse()
            return answer.status, answer.read().decode("utf-8", "replace"), dict(answer.getheaders())
        except (OSError, http.client.HTTPException):
            self.close()
            return 0, "", {}

    def close(self) -> None:
        """Hang up; the next request dials anew."""
        self._wire.close()


def signed_in(line: Line, bearer: str) -> Kept:
    """The cookie of a new session of the browser."""
    form = urlencode({"token": bearer, "next": "/"}).encode()
    status, _, headers = line.ask(Shot("POST", "/sign-in", {"Content-Type": MEDIA}, form))
    if status != 303:
        raise RuntimeError(f"no session: {status}")
    return {"Cookie": headers["Set-Cookie"].partition(";")[0]}


def addresses(ground: Ground, line: Line) -> list[str]:
    """Where the pages of the province lead, each address once."""
    kept = signed_in(line, ground.bearer(ground.world.province()))
    open_, seen = deque(["/"]), {"/"}
    for _ in range(MOST):
        if not open_:
            break
        status, page, _headers = line.ask(Shot("GET", open_.popleft(), kept))
        for link in map(unescape, _HREF.findall(page) if status == 200 else ()):
            if link not in seen and not link.startswith("//"):
                seen.add(link)
                open_.append(link)
    return sorted(seen - {"/sign-out", "/sign-in"})


def strangers(ground: Ground, stands: Known, seed: int, count: int, line: Line) -> list[Stranger]:
    """``count`` people with a right token each, and a session."""
    draw = random.Random(seed)  # drawn to be drawn again
    nowhere, found = quiet(stands), list[Stranger]()
    for number in range(count):
        role = draw.choice([*sorted(nowhere), "unit", "cadre"])
        areas = (draw.choice(nowhere[role]),) if role in LEVELS and role in nowhere else ()
        units = ("U999",) if role == "unit" else ()
        bearer = ground.signed(role, person=f"p-door-{seed}-{number}", areas=areas, units=list(units))
        one = Stranger(Office(f"p-door-{seed}-{number}", "p", "o", role, areas, units), bearer, signed_in(line, bearer))
        _, page, _headers = line.ask(Shot("GET", "/acts", one.kept))
        one.proof = (_PROOF.findall(page) or [""])[0]
        found.append(one)
    return found


def run(ground: Ground, stands: Known, queries: Mapping[str, Any], seed: int, count: int) -> Tally:
    """``count`` probes: a third pages, a third questions, a third commands: pages in a session of the browser,
    questions with a token, commands by half."""
    draw = random.Random(seed)  # as above
    with closing(Line(ground.system.gateway_url)) as line:
        who, known = strangers(ground, stands, seed, 60, line), addresses(ground, line)
    probes = [(draw.random(), draw.choice(who)) for _ in range(count)]
    tally, lines = Tally(), threading.local()

    def put(drawn: tuple[float, Stranger]) -> tuple[str, str]:
        if not hasattr(lines, "line"):
            lines.line = dialled.enter_context(closing(Line(ground.system.gateway_url)))
        shot, writes = _shot(random.Random(drawn[0]), drawn[1], stands, queries, known)  # as above
        status, body, _ = lines.line.ask(shot)
        return _judged(stands, drawn[1], shot, writes, status, body)

    with ExitStack() as dialled, ThreadPoolExecutor(CLIENTS) as pool:
        for kind, wrong in pool.map(put, probes):
            tally.add(kind, wrong)
    return tally


def _judged(stands: Known, who: Stranger, shot: Shot, writes: bool, status: int, body: str) -> tuple[str, str]:
    about = f"{who.office.role} {shot.method} {shot.path} {str(shot.body)[:300]}"
    if status in (0, 500) or status > 503:
        return "failed", f"{about}: {status}"
    if writes and status == 200:
        return "taken", f"{about}: taken"
    sent = unquote(shot.path) + unquote((shot.body or b"").decode("utf-8", "replace"))
    told = [word for word in stands.foreign(body, ()) if word not in sent]
    return str(status), f"{about}: {told[:3]}" if told else ""


def _shot(
    draw: random.Random, who: Stranger, stands: Known, queries: Mapping[str, Any], known: Sequence[str]
) -> tuple[Shot, bool]:
    """A request, and whether it would write."""
    way, row = draw.random(), draw.choice(stands.ledger)
    token = {"Authorization": f"Bearer {who.bearer}"}
    if way < 1 / 3:
        return Shot("GET", _turned(draw, draw.choice(known), row), who.kept), False
    if way < 2 / 3:
        return Shot("GET", _question(draw, row, queries), token), False
    asks = who.kept if draw.random() < 0.5 else token
    name = draw.choice(ABOUT)
    data = sample(commands()[name].command, **{key: value for key, value in _own(row).items() if value})
    if "Cookie" in asks:
        form = {"_proof": who.proof, "_key": f"door-{next(_NUMBERS)}", "_do": "send", "occurred_on": ON}
        form |= dict(_typed(fields_of(commands()[name].command), data, ""))
        return Shot("POST", f"/acts/{name}", {**asks, "Content-Type": MEDIA}, urlencode(form).encode()), True
    key = {"Content-Type": "application/json", "Idempotency-Key": f"door-{next(_NUMBERS)}"}
    body = json.dumps({"occurred_on": ON, "data": _taken(name, data)}).encode()
    return Shot("POST", f"/api/v1/commands/{name}", {**asks, **key}, body), True


def _own(row: Mapping[str, Any]) -> dict[str, Any]:
    """What a row of the ledger names, under the names commands have for it."""
    return {
        "posting": row["posting"],
        "postings": [row["posting"]],
        "person": row.get("person"),
        "unit": row.get("unit"),
        "target": row["target"],
        "programme": PROGRAMME,
    }


def _taken(name: str, data: Mapping[str, Any]) -> dict[str, Any]:
    takes = {one.name for one in fields_of(commands()[name].command)}
    return {key: value for key, value in data.items() if key in takes}


def _typed(fields: Sequence[Field], data: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, str]]:
    """``data`` as it is typed into a form."""
    for one in fields:
        value, at = data.get(one.name), f"{prefix}{one.name}"
        if isinstance(value, Mapping) and one.kind == "group":
            yield from _typed(one.parts, value, f"{at}.")
        elif one.kind == "groups":
            for number, row in enumerate(value or ()):
                yield f"{at}.{number}._", ""
                yield from _typed(one.parts, row, f"{at}.{number}.")
        elif isinstance(value, list):
            yield at, "\n".join(map(str, value))
        elif isinstance(value, bool):
            yield at, str(value).lower()
        elif value is not None and not isinstance(value, Mapping):
            yield at, str(value)


def _turned(draw: random.Random, address: str, row: Mapping[str, Any]) -> str:
    """An address of the province as it is, or about somebody else, or with a filter of whoever asks."""
    way = draw.random()
    if way < 0.5:
        return address
    for name in ("posting", "person", "target"):
        head, named, tail = address.partition(f"{name}=")
        if named:
            address = head + named + quote(str(row.get(name) or "x")) + "".join(tail.partition("&")[1:])
    return address


def _question(draw: random.Random, row: Mapping[str, Any], queries: Mapping[str, Any]) -> str:
    service = draw.choice(sorted(queries))
    name = draw.choice(sorted(queries[service]["queries"]))
    told = queries[service]["queries"][name]
    own = {**_own(row), "city": "2107", "county": "210727", "area": "21", "month": "2018-06", "as_of": "2018-06-30"}
    asked = {one: str(own.get(one, "x")) for one in told["params"] if one in told["needs"] or draw.random() < 0.4}
    return f"/api/v1/{service}/{quote(name)}?{urlencode(asked)}"


def _about() -> list[str]:
    """The commands that name a posting."""
    found = [
        name
        for name, route in commands().items()
        if route.command.entry is not None and {"posting", "postings"} & {one.name for one in fields_of(route.command)}
    ]
    return sorted(found)


ABOUT: Final = _about()
