"""The organ and the post in which somebody acts, told from a role and the areas or units it has.

A trail shows both beside every decision, so nobody types them: an area names its department or committee, a unit
itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final

from programmes import areas, loader
from programmes.roles import LEVELS, ROLE_NAMES

_ORGANS: Final = {
    "province": "中共{name}委组织部",
    "city": "中共{name}委组织部",
    "county": "中共{above}{name}委组织部",
    "township": "{above}{name}党委",
    "village": "{above}{name}党组织",
}
# The register calls a village by its committee: 六台村民委员会.
_COMMITTEES: Final = ("民委员会", "委会")


class NoSuchPlace(ValueError):
    """An area that stands in no register held here, or at another level than the role's."""


def organ_of(role: str, own: Sequence[str], units: Mapping[str, str]) -> str:
    """The organ that acts: of the first of its ``own`` areas, else the first of ``units`` ({id: name}).

    Raises:
        NoSuchPlace: for an area that no register of divisions holds, or that is not of the level of the role.
    """
    places = [_place(role, code) for code in own]
    if role in LEVELS or not (units or places):
        return places[0] if places else ROLE_NAMES[role]
    return next(iter(units.values()), None) or f"{places[0]}{ROLE_NAMES[role]}"


def channels() -> frozenset[str]:
    """The channels that the programmes name."""
    return frozenset(kinds_of_channels())


@cache
def kinds_of_channels() -> Mapping[str, str]:
    """The channels that the programmes name, and the role of each: of a channel or of an enterprise."""
    listed = (loader.load(name).rules.get("quota.channels") for name in loader.available())
    return {row["channel"]: row["kind"] for rule in listed if rule for row in rule["value"] or ()}


def _place(role: str, code: str) -> str:
    """What the organ of ``code`` is called; for a role of no level the division itself."""
    held = areas.registered(code[:2]) if code[:2] in areas.PROVINCES else None
    found = held.find(code) if held else None
    if held is None or found is None:
        raise NoSuchPlace(f"{code} stands in no register of divisions held here")
    wanted = LEVELS.get(role)
    if wanted is None:
        return found.name
    if found.level != wanted:
        raise NoSuchPlace(f"{code} is a {found.level}, and the role {role} acts for a {wanted}")
    above = held.find(found.parent) if found.parent else None
    name = next((found.name.removesuffix(end) for end in _COMMITTEES if found.name.endswith(end)), found.name)
    return _ORGANS[wanted].format(above=above.name if above else "", name=name)
