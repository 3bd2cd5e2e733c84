"""Who somebody is on a day, by the register of officers: role, organ, post and place of each post they act in (X-057).

Nothing of it is typed by whoever makes an account. Invariant: a post that has no role gives none.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final

from gateway.accounts.account import OWN_ROLES, Account
from gateway.accounts.refusals import POST_NOT_HELD, REGISTER_AWAY, ROLES_OVERLAP
from gateway.api import Services
from kernel.errors import Busy
from kernel.messages import Actor
from kernel.text import digits
from programmes.offices import called_post
from programmes.organs import NoSuchPlace, kinds_of_channels, organ_of
from programmes.roles import CADRES, DIGITS, LEVELS, post_of

_ROLES: Final[Mapping[tuple[str, str], str]] = {
    ("province", "org_head"): "province_org",
    ("city", "org_head"): "city_org",
    ("county", "org_head"): "county_org",
    ("township", "party_secretary"): "township",
    ("village", "party_secretary"): "village",
    ("unit", "party_secretary"): "unit",
    ("channel", "org_head"): "channel",
}
"""What the holder of a post may do, by the level of its organ; an enterprise is a channel."""
_LEVELS: Final = {figures: level for level, figures in DIGITS.items()}
_KEPT: Final = 20.0
"""Seconds for which an answer of the register is good: so long at most an office that was left goes on."""
_MOST: Final = 4096

Asked = Callable[[str, date], Sequence[Mapping[str, Any]]]
"""(person, day) → the rows of ``allocation.seats``. Raises Busy."""


@dataclass(frozen=True, slots=True)
class Seat:
    """A post somebody acts in: as whom, under which key it is chosen, and as whose stand-in until when."""

    key: str
    actor: Actor
    stand_in: bool = False
    until: str | None = None


def register(services: Services, province: str) -> Asked:
    """The register as the gateway asks it, in nobody's name."""
    asker = asdict(Actor("gateway", post_of("system"), "派驻系统", "system", (province,)))

    def ask(person: str, on: date) -> Sequence[Mapping[str, Any]]:
        params = {"person": person, "as_of": on.isoformat()}
        asked = {"query": "seats", "params": params, "actor": asker, "correlation": "", "after": {}}
        answer = services("allocation", "query", {**asked, "cursor": None, "limit": 100})
        if "problem" in answer:
            raise REGISTER_AWAY()
        items: list[Mapping[str, Any]] = answer["items"]
        return items

    return ask


class Seats:
    """Tells the seats of a person, keeping each answer for a while. Safe for threads."""

    def __init__(self, ask: Asked, clock: Callable[[], float] = time.monotonic) -> None:
        self._ask = ask
        self._clock = clock
        self._lock = threading.Lock()
        self._held: dict[tuple[str, date], tuple[float, tuple[Seat, ...]]] = {}

    def of(self, account: Account, today: date) -> tuple[Seat, ...]:
        """The seats of the holder, their own posts first.

        Raises:
            Unauthenticated: ``post_not_held`` for none, ``roles_overlap`` where an administrator holds a post.
            Busy: where the register does not answer.
        """
        if account.role in CADRES:
            return (Seat("", Actor(account.person, post_of(account.role), account.place, account.role)),)
        held = self._read(account.person, today)
        if account.role in OWN_ROLES:
            if held:
                raise ROLES_OVERLAP()
            name = organ_of(account.role, (account.place,), {})
            return (Seat("", Actor(account.person, post_of(account.role), name, account.role, (account.place,))),)
        if not held:
            raise POST_NOT_HELD()
        return held

    def forget(self) -> None:
        """Ask anew."""
        with self._lock:
            self._held.clear()

    def _read(self, person: str, today: date) -> tuple[Seat, ...]:
        now, key = self._clock(), (person, today)
        with self._lock:
            at, found = self._held.get(key, (0.0, ()))
            if key in self._held and now - at < _KEPT:
                return found
        try:
            rows = self._ask(person, today)
        except Busy:
            raise REGISTER_AWAY() from None
        found = tuple(seat for row in rows if (seat := _seat(person, row)) is not None)
        with self._lock:
            if len(self._held) >= _MOST:
                self._held.clear()
            self._held[key] = now, found
        return found


def _seat(person: str, row: Mapping[str, Any]) -> Seat | None:
    """The seat a row of the register gives; None for a post without a role, or of a division that is not held here."""
    organ, post, stand_in = str(row["organ"]), str(row["post"]), bool(row["stand_in"])
    channels = kinds_of_channels()
    if digits(organ):
        level = _LEVELS.get(len(organ), "")
    else:
        level = "channel" if organ in channels and not row["name"] else "unit"
    role = _ROLES.get((level, post))
    if role == "channel" and channels[organ] == "enterprise":
        role = "enterprise"
    if role is None:
        return None
    areas, units = ((organ,), ()) if role in LEVELS else ((), (organ,))
    try:
        name = organ_of(role, areas, {unit: str(row["name"] or unit) for unit in units})
    except NoSuchPlace:
        return None
    called = called_post(f"{level}_{post}") + ("（代理）" if stand_in else "")
    return Seat(f"{organ}.{post}", Actor(person, called, name, role, areas, units), stand_in, row["until"])
