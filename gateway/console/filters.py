"""The filter of a question: one field a parameter, choices where there are few, names where the service wants codes.

Who looks for a place or a unit types what it is called; the register says which code that is. Invariant: a name that
could mean two, or nothing, is said at its field, and nothing is asked.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from gateway import asked
from gateway.api import Services
from gateway.console.cells import Names, heading
from gateway.console.column_words import VALUES
from gateway.console.shared import Shared
from gateway.refusals import PARAMETER_INVALID
from kernel.messages import Actor
from kernel.refusals import FIELD_UNKNOWN
from kernel.text import digits
from programmes.areas import PROVINCES, Areas, Division
from programmes.choice_words import title_of

_PLACES: Final = {"area": None, "city": "city", "county": "county", "township": "township", "village": "village",
                  "target": None, "within": None, "sending_city": "city", "host_city": "city"}  # fmt: skip
"""Parameters that hold the code of a division, and of which level."""
_DAYS: Final = frozenset({"as_of", "day", "read_on"})
_TIERS: Final = ("province", "city", "county")
_KEPT_SECONDS: Final = 30.0
_MOST_UNITS: Final = 5
"""Pages of units that are read for their names."""


@dataclass(frozen=True, slots=True)
class Filter:
    """One field: as it was typed (``value``), what that means to the service, what is wrong with it."""

    name: str
    label: str
    value: str
    means: str
    needed: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    day: bool = False
    hint: str = ""
    fault: str = ""


class Lookup:
    """What codes are called within the reach of an actor, not older than half a minute."""

    def __init__(self, services: Services, areas: Areas, clock: Callable[[], float] = time.monotonic) -> None:
        self._services = services
        self.areas = areas
        self._provinces = [code for code in PROVINCES if areas.find(code)]
        self._units: Shared[dict[str, str]] = Shared(_KEPT_SECONDS, 4, clock)
        self._programmes: Shared[list[tuple[str, str]]] = Shared(_KEPT_SECONDS, 4, clock)

    def names(self, actor: Actor) -> Names:
        """Divisions and units."""
        return Names(self.areas, self.units(actor))

    def units(self, actor: Actor) -> dict[str, str]:
        """Unit → its name, of those the actor may see; none where allocation does not answer."""
        read = lambda: {row["unit"]: row["name"] for row in self._rows(actor, "units")}  # noqa: E731
        return self._units.get((actor.role, actor.areas, actor.units), read)

    def programmes(self, actor: Actor) -> list[tuple[str, str]]:
        """Id and title of every programme in force, the latest first."""

        def read() -> list[tuple[str, str]]:
            rows = [row for row in self._rows(actor, "profiles") if not row["base"]]
            rows.sort(key=lambda row: str(row["published_on"]), reverse=True)
            return list(dict.fromkeys((row["programme"], row["title"]) for row in rows))

        return self._programmes.get((actor.role, actor.areas), read)

    def plans(self, actor: Actor) -> list[tuple[str, str]]:
        """Every plan of placement that the actor may see, the latest first, by its name."""
        rows = self._rows(actor, "plans")
        rows.sort(
            key=lambda row: (str(row.get("proposed_on") or row.get("planned_on") or ""), row["plan"]), reverse=True
        )
        return [(row["plan"], row["plan"]) for row in rows]

    def place(self, typed: str, level: str | None, actor: Actor) -> list[str]:
        """The codes of the divisions called ``typed``, of the actor's reach where there are any; a code as it is."""
        if digits(typed):
            return [typed]
        for roots in (actor.areas, tuple(self._provinces)):  # the own area first, then wherever else
            found = {one.code for root in roots for one in self._inside(root, level) if one.name in _called(typed)}
            if found:
                return sorted(found, key=lambda code: (len(code), code))
        return []

    def code(self, name: str, typed: str, actor: Actor) -> str:
        """The one code of what is called ``typed``; itself where nothing is called so, for the service to judge.

        Raises:
            BadInput: ``parameter_invalid`` for the parameter ``name``, where several are called so.
        """
        found = self.place(typed, None, actor) if typed else []
        if len(found) > 1:
            raise PARAMETER_INVALID(name=name, given=typed[:40], accepted=found[:5])
        return found[0] if found else typed

    def _inside(self, root: str, level: str | None) -> tuple[Division, ...]:
        own = self.areas.find(root)
        return (*((own,) if own else ()), *self.areas.within(root, level))

    def _rows(self, actor: Actor, query: str) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = []
        cursor = None
        for _ in range(_MOST_UNITS):
            said = asked.page(self._services, "allocation", query, {}, actor, "", cursor=cursor)
            rows += said.get("items", ())
            cursor = said.get("next")
            if cursor is None:
                break
        return rows


def filters(query: Mapping[str, Any], given: Mapping[str, str], lookup: Lookup, actor: Actor) -> tuple[Filter, ...]:
    """The fields of a question, as they were filled in. Raises BadInput: ``field_unknown``."""
    for name in given:
        if name not in query["params"] and name != "cursor":
            raise FIELD_UNKNOWN(field=name[:80], accepted=sorted(query["params"]) or "不带参数")
    programmes = lookup.programmes(actor)
    made = []
    for name, said in query["params"].items():
        value = given.get(name, "").strip()
        needed = name in query["needs"]
        if name == "programme" and needed and not value and programmes:
            value = programmes[0][0]  # whoever comes sees the latest one, and chooses another
        if name == "plan":
            plans = lookup.plans(actor)
            value = value or (plans[0][0] if plans and needed else "")
            made.append(_chosen(Filter(name, "分配方案", value, value, needed), plans))
            continue
        made.append(_filter(name, said, value, needed, lookup, actor))
    return tuple(made)


def _filter(name: str, said: str, value: str, needed: bool, lookup: Lookup, actor: Actor) -> Filter:
    label = "人选或派驻编号" if name == "subject" else heading(name)
    plain = Filter(name, label, value, value, needed)
    if name == "programme":
        return _chosen(plain, lookup.programmes(actor))
    if name in _DAYS:
        return Filter(name, "截至日期" if name == "as_of" else label, value, value, needed, day=True)
    if name == "tier":
        return _chosen(plain, [(one, title_of(name, one)) for one in _TIERS])
    words = list(dict.fromkeys(re.findall(r"(?<![A-Za-z])(?:[a-z_]{2,}|T[0-9])(?![A-Za-z])", said)))
    if len(words) > 1 or name == "by":
        return _chosen(plain, [(one, VALUES.get(one) or title_of(name, one)) for one in words])
    if name in _PLACES and value:
        found = lookup.place(value, _PLACES[name], actor)
        if len(found) != 1:
            accepted = "、".join(found[:5]) or "区划代码，或所辖范围内的名称"
            return Filter(name, label, value, "", needed, fault=f"没有唯一叫“{value[:40]}”的区划。可以接受：{accepted}")
        return Filter(name, label, value, found[0], needed, hint="名称或代码")
    if name in _PLACES:
        return Filter(name, label, value, "", needed, hint="名称或代码")
    if name == "unit" and value:
        units = lookup.units(actor)
        found = [code for code, called in units.items() if called == value] if value not in units else [value]
        found = found or [code for code, called in units.items() if value in called]
        if len(found) > 1:
            accepted = "、".join(units.get(code, code) for code in found[:5])
            return Filter(name, label, value, "", needed, fault=f"叫“{value[:40]}”的单位不止一个。可以接受：{accepted}")
        return Filter(name, "单位", value, found[0] if found else value, needed, hint="名称或编号")
    if name == "unit":
        return Filter(name, "单位", value, "", needed, hint="名称或编号")
    hint = "如 2018-06" if name == "month" else "如 2018" if name == "year" else ""
    return Filter(name, label, value, value, needed, hint=hint)


def _chosen(plain: Filter, choices: list[tuple[str, str]]) -> Filter:
    if plain.value and plain.value not in dict(choices):
        choices = [*choices, (plain.value, plain.value)]
    return Filter(plain.name, plain.label, plain.value, plain.means, plain.needed, tuple(choices))


def _called(typed: str) -> tuple[str, ...]:
    """What a division may be called of which people say ``typed``."""
    return (typed, *(typed + last for last in "市县区镇乡"))
