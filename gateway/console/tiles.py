"""Coverage as a map of tiles: one square a city where it lies among the others, by how many posts are held. Pure.

No boundaries are shipped. Invariant: every city of the register has one tile and no two have the same place; where the
places of a province's cities are not written down, they stand in the order of their codes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from programmes.areas import Areas

_SIZE: Final = 96  # of a tile with the gap beside it, in units of the picture
_COLUMNS: Final = 5
_PLACES: Final[Mapping[str, tuple[int, int]]] = {
    "2109": (1, 0), "2101": (2, 1), "2112": (3, 0), "2113": (0, 1), "2104": (3, 1), "2107": (1, 1),
    "2114": (0, 2), "2111": (1, 2), "2110": (2, 2), "2105": (3, 2), "2103": (2, 3), "2106": (3, 3),
    "2108": (1, 3), "2102": (2, 4),
}  # fmt: skip
"""City → column and row, as they lie towards each other."""
_STEPS: Final = (0, 25, 50, 75, 95)
"""Percent of posts held from which a tile has the next darker ground."""


def tiles(coverage: Iterable[Mapping[str, Any]], areas: Areas) -> dict[str, Any]:
    """Tiles of the cities that have targets, the size of the picture, and the sums."""
    cities: dict[str, dict[str, int]] = {}
    for row in coverage:
        names = ("targets", "on_post", "confirmed", "townships", "villages")
        city = cities.setdefault(row["city"], dict.fromkeys(names, 0))
        for name in names:
            city[name] += row[name]
    held = {code: city for code, city in sorted(cities.items()) if city["targets"]}
    known = all(code in _PLACES for code in held)
    made: list[dict[str, Any]] = []
    for number, (code, city) in enumerate(held.items()):
        column, line = _PLACES[code] if known else (number % _COLUMNS, number // _COLUMNS)
        share = 100 * city["on_post"] // city["targets"]
        division = areas.find(code)
        made.append(
            {
                "code": code,
                "name": division.name if division else code,
                "x": column * _SIZE,
                "y": line * _SIZE,
                "share": share,
                "step": max(at for at, least in enumerate(_STEPS) if share >= least),
                **city,
            }
        )
    total = {name: sum(city[name] for city in held.values()) for name in ("targets", "on_post", "confirmed")}
    width = max((tile["x"] for tile in made), default=0) + _SIZE
    height = max((tile["y"] for tile in made), default=0) + _SIZE
    return {"tiles": made, "width": width, "height": height, "total": total}
