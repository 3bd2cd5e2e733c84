"""Villages and townships as officials write them: township and village, both (××镇××村), and nothing that means two.

Invariant: what ``printed`` writes of a place, ``found`` reads back to its code.
"""

from __future__ import annotations

from typing import Final

from programmes.areas import Areas, Division, registered
from programmes.faults import Ambiguous

_COMMITTEES: Final = {
    **dict.fromkeys(("村民委员会", "村民委会", "村委员会", "村委会"), "村"),
    **dict.fromkeys(("居民委员会", "居委会"), ""),
}
"""How the register ends the name of a village, calling it by its committee (六台村民委员会), and how the place ends."""


def printed(target: str) -> str:
    """A village as it is written on a ledger, township first; a township by its own name; the code of no division."""
    areas = registered(target[:2])
    place = areas.find(target)
    if place is None:
        return target
    township = areas.find(target[:9])
    return place.name if place.level != "village" or township is None else township.name + _called(areas, place)


def found(written: str, county: str, level: str) -> str | None:
    """The code of the ``level`` (township or village) that ``written`` means inside ``county``; None where it means
    none, or more than one, or a village without its township."""
    areas, name = registered(county[:2]), "".join(written.split())
    if level == "township":
        return _only(areas, name, county)
    codes = {
        village.code
        for township in areas.children(county)
        if name.startswith(township.name)
        for village in areas.children(township.code)
        if name.removeprefix(township.name) in (village.name, _called(areas, village))
    }
    return codes.pop() if len(codes) == 1 else None


def counties(written: str, province: str) -> tuple[str, ...]:
    """The codes of the counties that ``written`` may mean: alone (义县) or behind the city (锦州市义县)."""
    areas, name = registered(province), "".join(written.split())
    cities = {city.code: city.name for city in areas.children(province)}
    return tuple(
        county.code
        for county in areas.within(province, "county")
        if name in (county.name, cities.get(county.parent or "", "") + county.name)
    )


def _only(areas: Areas, name: str, county: str) -> str | None:
    try:
        return areas.resolve(name, county, "township").code
    except Ambiguous:
        return None


def _called(areas: Areas, village: Division) -> str:
    """The village without its committee; with it where the township has another one of that name."""
    short = _short(village.name)
    others = (one for one in areas.children(village.parent or "") if one.code != village.code)
    return village.name if any(short in (one.name, _short(one.name)) for one in others) else short


def _short(name: str) -> str:
    for committee, end in _COMMITTEES.items():
        if (of := name.removesuffix(committee)) not in ("", name):
            return of if of.endswith(end) else of + end
    return name
