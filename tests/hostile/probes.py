"""Probes: questions and commands of strangers, by the thousand, put to the services themselves.

They come over the bus, past the gateway and its limits: what holds here holds whoever stands at the door. Whatever
names a cadre, a posting, a name or a number that is none of the asker's is a foreign row.
"""

from __future__ import annotations

import random
import string
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

from kernel.bus.rpc import Away
from kernel.switchboard import Switchboard
from programmes.areas import registered
from programmes.roles import LEVELS, ROLE_NAMES
from services import SERVICES
from tests.hostile.ground import PROGRAMME
from tests.hostile.known import Known

CLIENTS: Final = 12
ELSEWHERE: Final = (
    (), ("",), ("2",), ("210",), ("14",), ("45",), ("2114",), ("211481",), ("211481001",), ("2113",), ("211302001",),
)  # fmt: skip
"""Areas in which no cadre of the ground stands, or that are none."""


@dataclass
class Tally:
    """What probes met: answers by kind, and those that should not have been."""

    asked: int = 0
    answers: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def add(self, kind: str, wrong: str = "") -> None:
        """One answer."""
        self.asked += 1
        self.answers[kind] += 1
        if wrong:
            self.wrong.append(wrong)


Probe = Callable[[Switchboard], tuple[str, str]]
"""-> (the kind of the answer, what is wrong with it or nothing)."""


def run(services: Switchboard, probes: Sequence[Probe], told: Callable[[int], None]) -> Tally:
    """Put ``probes`` to ``services``; ``told`` hears how many are done."""
    tally = Tally()
    with ThreadPoolExecutor(CLIENTS) as pool:
        for kind, wrong in pool.map(lambda probe: _put(services, probe), probes):
            tally.add(kind, wrong)
            if tally.asked % 100 == 0:
                told(tally.asked)
    return tally


def strangers(known: Known, queries: Mapping[str, Any], seed: int, count: int) -> list[Probe]:
    """``count`` questions of people who have no right to a single row about any cadre."""
    draw = random.Random(seed)  # drawn to be drawn again, nothing is kept secret by it
    nowhere, made = quiet(known), list[Probe]()
    for _ in range(count):
        service, name, takes, needs = draw.choice(list(_listed(queries)))
        who = _neighbour(draw, nowhere) if draw.random() < 0.5 else _stranger(draw)
        made.append(partial(_ask, known, service, name, _filters(draw, known, takes, needs), who, _cursor(draw), ()))
    return made


def neighbours(known: Known, queries: Mapping[str, Any], seed: int, count: int) -> list[Probe]:
    """``count`` questions with tampered filters and cursors of a county that has cadres of its own."""
    draw = random.Random(seed)  # as above
    counties = sorted({str(row["target"])[:6] for row in known.ledger})
    made: list[Probe] = []
    for _ in range(count):
        service, name, takes, needs = draw.choice(list(_listed(queries)))
        county = draw.choice(counties)
        actor = _actor("county_org", (county,), f"p-county-{county}")
        made.append(
            partial(_ask, known, service, name, _filters(draw, known, takes, needs), actor, _cursor(draw), (county,))
        )
    return made


def spoiled(samples: Sequence[tuple[str, str, Mapping[str, Any]]], seed: int, count: int) -> list[Probe]:
    """``count`` commands with something wrong in them, by anybody; ``samples``: (service, name, good data)."""
    draw = random.Random(seed)  # as above
    return [partial(_give, draw.random(), *draw.choice(samples)) for _ in range(count)]


def described(services: Switchboard) -> dict[str, Any]:
    """What each service says it takes."""
    return {name: services.call(name, "describe", {}) for name in SERVICES}


def _put(services: Switchboard, probe: Probe) -> tuple[str, str]:
    try:
        return probe(services)
    except Away as error:
        return "away", f"no answer: {error}"


def _listed(queries: Mapping[str, Any]) -> Iterator[tuple[str, str, Sequence[str], Sequence[str]]]:
    for service, told in queries.items():
        for name, query in told["queries"].items():
            yield service, name, tuple(query["params"]), tuple(query["needs"])


def _ask(
    known: Known,
    service: str,
    name: str,
    params: Mapping[str, str],
    actor: Mapping[str, Any],
    cursor: str | None,
    areas: Sequence[str],
    services: Switchboard,
) -> tuple[str, str]:
    asked = {"query": name, "params": params, "actor": actor, "limit": 1000, "cursor": cursor}
    answer = services.call(service, "query", asked)
    if "problem" in answer:
        code = str(answer["problem"]["code"])
        return code, f"{service}/{name} {params} {cursor}: {code}" if code == "internal" else ""
    # What was asked for by name may be said again; nothing else may be.
    told = [word for word in known.foreign(answer["items"], areas) if word not in params.values()]
    return "rows" if answer["items"] else "nothing", f"{service}/{name} {params} by {actor}: {told[:3]}" if told else ""


def _give(spice: float, service: str, name: str, data: Mapping[str, Any], services: Switchboard) -> tuple[str, str]:
    draw = random.Random(spice)  # as above
    request = {
        "command": name,
        "id": f"probe-{draw.getrandbits(64):x}",
        "occurred_on": draw.choice(["2018-06-20", "2018-06-20", "0001-01-01", "9999-12-31", "x", ""]),
        "data": _spoiled(draw, data),
        "actor": _actor(draw.choice(sorted(ROLE_NAMES)), draw.choice([("21",), ("2107",), ("210727",), ()]), "p-probe"),
    }
    answer = services.call(service, "execute", request)
    if "receipt" in answer:
        return "taken", ""
    code = str(answer["problem"]["code"])
    return code, f"{service}/{name} {request}: {code}" if code == "internal" else ""


_ODD: Final[tuple[Any, ...]] = (
    None, True, -1, 2**62, 1.5, "", " ", "\u0000", "\u200b", "\u202e", "'; drop table postings; --", "%", "../..",
    [], {}, [[]], [{}], {"a": 1}, "0" * 5000, "２１０７", "2018-02-30",
)  # fmt: skip


def _spoiled(draw: random.Random, data: Any, depth: int = 0) -> Any:
    """``data`` with one thing in it replaced, left out, doubled or added."""
    if isinstance(data, Mapping) and data and (depth < 1 or draw.random() < 0.7):
        found, name = dict(data), draw.choice(sorted(data))
        way = draw.random()
        if way < 0.15:
            del found[name]
        elif way < 0.25:
            found["extra"] = draw.choice(_ODD)
        else:
            found[name] = _spoiled(draw, found[name], depth + 1)
        return found
    if isinstance(data, list) and data and draw.random() < 0.6:
        return [*data, *data] if draw.random() < 0.3 else [_spoiled(draw, data[0], depth + 1), *data[1:]]
    return draw.choice(_ODD)


def _stranger(draw: random.Random) -> dict[str, Any]:
    role = draw.choice(["province_org", "city_org", "county_org", "township", "village", "unit", "channel", "cadre"])
    areas = draw.choice(ELSEWHERE)
    return _actor(role, areas, f"p-stranger-{draw.randrange(50)}", draw.choice([(), ("U999",), ("别处",)]))


def quiet(known: Known) -> dict[str, list[str]]:
    """By territorial role places of the province in which no cadre of the ground stands."""
    targets = [str(row["target"]) for row in known.ledger]
    found: dict[str, list[str]] = {}
    for role, level in LEVELS.items():
        places = [place.code for place in registered("21").within("21", level)]
        found[role] = [code for code in places if not any(target.startswith(code) for target in targets)]
    return {role: codes for role, codes in found.items() if codes}


def _neighbour(draw: random.Random, nowhere: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """Somebody whose role and place fit, and who has nothing to do with any cadre."""
    role = draw.choice([*sorted(nowhere), "unit", "cadre"])
    areas = (draw.choice(nowhere[role]),) if role in nowhere else ()
    return _actor(role, areas, f"p-neighbour-{draw.randrange(50)}", ("U999",) if role == "unit" else ())


def _actor(role: str, areas: Sequence[str], person: str, units: Sequence[str] = ()) -> dict[str, Any]:
    return {"person": person, "post": "p", "organ": "o", "role": role, "areas": list(areas), "units": list(units)}


def _filters(draw: random.Random, known: Known, takes: Sequence[str], needs: Sequence[str]) -> dict[str, str]:
    """Some of what a question takes, all of what it needs, with values of somebody it does not concern."""
    row = draw.choice(known.ledger)
    own: Mapping[str, Sequence[Any]] = {
        "programme": (PROGRAMME, "LN2002", "%", ""),
        "person": (row.get("person"),),
        "posting": (row.get("posting"),),
        "unit": (row.get("unit"), "U01"),
        "target": (row.get("target"),),
        "area": ("21", "2107", "", "2", "%"),
        "city": ("2107", "21"),
        "county": ("210727", "21"),
        "month": ("2018-06", "2018-99"),
        "as_of": ("2018-06-30", "9999-12-31"),
    }
    found: dict[str, str] = {}
    for name in takes:
        if name in needs or draw.random() < 0.3:
            values = [str(one) for one in own.get(name, ()) if one] or ["x"]
            found[name] = draw.choice([*values, *values, "' or 1=1 --", "\u200b", "_", "２１"])
    return found


def _cursor(draw: random.Random) -> str | None:
    """No cursor, one that was made up, or rubbish."""
    way = draw.random()
    if way < 0.5:
        return None
    if way < 0.8:
        parts = [draw.choice(["", "0", "LN2018", "LN2018.2", "p-", "U", "￿", "1"]) for _ in range(draw.randrange(1, 5))]
        return "[" + ",".join(f'"{part}"' for part in parts) + "]"
    return "".join(draw.choice(string.printable) for _ in range(draw.randrange(1, 40)))
