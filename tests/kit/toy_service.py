"""The nameko class of the toy service."""

from __future__ import annotations

from kernel.nameko_host import Doorway, Hosted
from tests.kit.toy import open_door


class Toy(Hosted):
    """Echoes."""

    name = "toy"
    door = Doorway(open_door, {"door": lambda door: None})
