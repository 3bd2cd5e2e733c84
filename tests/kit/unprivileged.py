"""Programs for whom permissions count, though root runs the tests."""

from __future__ import annotations

import os


def unprivileged() -> tuple[str, ...]:
    """What to put before a command so that it may read and write no more than the bits of a file let its owner."""
    if os.geteuid() != 0:
        return ()
    return ("setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all", "--")
