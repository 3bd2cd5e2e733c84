"""The ground of a hostile day: a running system with the small demo's year in it, and tokens its own key signed.

Tokens are signed here and not by ``paizhu token``: who attacks may hold one that an issuer never would have made.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from joserfc import jwt
from joserfc.jwk import OKPKey

from cli.office import Office, token
from demo.offices import Offices
from demo.people import People
from demo.stages import attendance, placement, quotas, roster, rules
from demo.subscribers import Subscribers
from demo.world import SMALL, World
from deploy.local.system import System, running
from kernel.auth import ALGORITHM, PRIVATE, Issuer, new_id
from tests.faults.report import Screen

PROGRAMME: Final = "LN2018"
CITIES: Final = ("2107", "2113")
DAY: Final = 24 * 3600
Play = Callable[[World, System, Subscribers], None]
STAGES: Final[tuple[Play, ...]] = (rules.play, quotas.play, roster.play, placement.play, attendance.play)


@dataclass
class Ground:
    """A running system, what stands in it, and the tokens of whoever comes."""

    system: System
    world: World
    _tokens: dict[Office, str] = field(default_factory=dict)

    def bearer(self, office: Office) -> str:
        """A token for ``office``, the same each time."""
        if office not in self._tokens:
            self._tokens[office] = token(Issuer(self.system.keys), office, DAY)
        return self._tokens[office]

    def signed(self, role: str, *, person: str = "p-attacker", areas: Sequence[str] = (), **more: Any) -> str:
        """A token with a right signature that says whatever it is told to say."""
        now = int(time.time())
        said = {"sub": person, "post": "p", "organ": "o", "role": role, "areas": list(areas), "units": []}
        body = {"jti": new_id(), "iat": now, "exp": now + DAY, **said, **more}
        key = OKPKey.import_key((self.system.keys / PRIVATE).read_bytes())
        return jwt.encode({"alg": ALGORITHM, "kid": key.thumbprint()}, body, key, algorithms=[ALGORITHM])

    def restarts(self) -> dict[str, int]:
        """How often each process was started anew."""
        return {process.name: process.restarts for process in self.system.processes}


@contextmanager
def laid(folder: Path, screen: Screen, stages: Sequence[Play] = STAGES) -> Iterator[Ground]:
    """The system for the life of the block, with these stages of the small demo played."""
    screen.say("start the system")
    with running(folder, fresh=True) as system, Subscribers(system, CITIES) as subscribers:
        issuer = Issuer(system.keys)
        gateway = Offices(system.gateway_url, lambda office: token(issuer, office, DAY))
        try:
            world = World(gateway, SMALL, lambda done: None, lambda more: None, People())
            screen.say("lay the ground")
            for play in stages:
                play(world, system, subscribers)
            yield Ground(system, world)
        finally:
            gateway.close()
