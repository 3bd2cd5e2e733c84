"""The nameko service: the door of this service on the bus. Wiring only."""

from __future__ import annotations

from kernel.nameko_host import Doorway, Hosted, offload
from kernel.offload import TOOL
from kernel.opening import log_answers, open_service
from services.allocation.wiring import SERVICE


class Allocation(Hosted):
    """Carries requests for this service to its door."""

    name = SERVICE.name
    door = Doorway(lambda config: open_service(SERVICE, config, {TOOL: offload}).door, {"log": log_answers})
