"""Ports for one data directory: a block of consecutive ports below 32768, held for as long as it is used.

Invariant: two live holders, whoever they are, never have the same block. The block is reserved by its last port, which
is bound and never listened on, because a bare "is it free" test leaves a gap between test and use in which a second
start may take the same port. The kernel keeps that lock: there is no file that another user could make first, fill or
link elsewhere. Below 32768 because above it lie the ports the kernel lends to outgoing connections.
"""

from __future__ import annotations

import contextlib
import os
import random
import socket
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from deploy.faults import CannotRun

WIDTH: Final = 32
LOWEST: Final = 20_000
HIGHEST: Final = 32_000
_LISTEN: Final = "0A"  # TCP_LISTEN, as /proc/net/tcp writes it


class NoFreePorts(CannotRun):
    """No block of consecutive ports is free on this machine."""


class PortTaken(CannotRun):
    """A port that was asked for is somebody else's."""


def port_is_free(port: int) -> bool:
    """True if nothing listens on 127.0.0.1:port. A connection still in TIME_WAIT does not count."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def must_be_free(port: int, asked_by: str) -> None:
    """Check that nothing listens on 127.0.0.1:port. Raises PortTaken, naming who does where this machine tells."""
    if not port_is_free(port):
        by = f" by {holder}" if (holder := _holder(port)) else ""
        raise PortTaken(f"port {port} ({asked_by}) is in use{by}: end that, or name another")


def _holder(port: int) -> str:
    """Name and pid of the process that listens on the port, "" where it cannot be told."""
    listening = set()
    for table in ("tcp", "tcp6"):
        with contextlib.suppress(OSError):
            rows = [line.split() for line in Path(f"/proc/net/{table}").read_text("ascii").splitlines()[1:]]
            listening |= {f"socket:[{row[9]}]" for row in rows if row[3] == _LISTEN and row[1].endswith(f":{port:04X}")}
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if any(os.readlink(handle) in listening for handle in (process / "fd").iterdir()):
                return f"{(process / 'comm').read_text('utf-8').strip()} (pid {process.name})"
    return ""


class Block:
    """A reserved block of WIDTH ports. `names` fixes which name has which port; close() gives it back."""

    def __init__(self, base: int, names: Sequence[str], lock: socket.socket) -> None:
        if len(names) >= WIDTH:
            raise ValueError(f"{len(names)} ports asked for, a block has {WIDTH - 1} and its lock")
        self.base = base
        self.ports = {name: base + offset for offset, name in enumerate(names)}
        self._lock = lock

    def __getitem__(self, name: str) -> int:
        return self.ports[name]

    def close(self) -> None:
        """Give the block back to the machine."""
        self._lock.close()


def reserve(names: Sequence[str], preferred: int | None = None) -> Block:
    """Reserve a block whose ports are all free; `preferred` is the base it had last time and is tried first.

    Raises NoFreePorts when every block is taken.
    """
    bases = list(range(LOWEST, HIGHEST, WIDTH))
    random.shuffle(bases)
    if preferred in bases:
        bases.insert(0, preferred)
    for base in bases:
        lock = _lock(base)
        if lock is None:
            continue
        if all(port_is_free(base + offset) for offset in range(len(names))):
            return Block(base, names, lock)
        lock.close()
    raise NoFreePorts(f"no {WIDTH} consecutive free ports between {LOWEST} and {HIGHEST} on 127.0.0.1")


def _lock(base: int) -> socket.socket | None:
    lock = socket.socket()
    try:
        lock.bind(("127.0.0.1", base + WIDTH - 1))  # without SO_REUSEADDR: with it two could have it at once
    except OSError:
        lock.close()
        return None
    return lock
