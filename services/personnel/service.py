"""The nameko class: how the service is reached, nothing else."""

from __future__ import annotations

from kernel.nameko_host import Doorway, Hosted
from kernel.opening import open_service
from services.personnel.wiring import SERVICE


class Personnel(Hosted):
    """RPC ``personnel.execute``, ``.query``, ``.events_after``."""

    name = SERVICE.name
    door = Doorway(lambda config: open_service(SERVICE, config).door)
