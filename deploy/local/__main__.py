"""The supervisor as a process of its own: `python -m deploy.local DATA [SERVICE …]`."""

from __future__ import annotations

import sys
from pathlib import Path

from deploy import layout
from deploy.faults import CannotRun, unusable
from deploy.local.supervisor import supervise


def main(data: str, *services: str) -> None:
    """Supervise the system in ``data``, or only the processes of these services."""
    try:
        supervise(Path(data), layout.parts(services or None))
    except CannotRun as reason:
        sys.exit(f"Error: {reason}")
    except OSError as error:
        if (refused := unusable(error)) is None:
            raise
        sys.exit(f"Error: {refused}")


if __name__ == "__main__":
    main(*sys.argv[1:])
