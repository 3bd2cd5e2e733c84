"""How Paizhu is set up and run: what a system consists of, process entry points, one machine, containers.

Invariant: what runs in a container imports nothing of ``deploy.local``. Only the command line, the demo, tests and the
bench import this room.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
"""The directory that holds the rooms: the checkout, or where the package is installed."""
