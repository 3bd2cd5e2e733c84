"""The services, each of which decides from its own log."""

from __future__ import annotations

from typing import Final

SERVICES: Final = ("allocation", "personnel", "attendance", "evaluation")
"""Their names, in the order in which they are started and shown."""
