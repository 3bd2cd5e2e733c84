"""How the processes of a system are started on one machine: what each is told by its environment, and its command.

Invariant: a process gets the address of its own database with its application role, and no other.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from deploy import ROOT
from deploy.faults import CannotRun
from deploy.layout import PARTS, SEALING, Part
from deploy.local.child import Command
from deploy.local.ports import must_be_free

HIGHEST_PORT: Final = 32768
LOOPBACK: Final = "127.0.0.1"
PACE: Final = ("PAIZHU_CHECKPOINT_SECONDS", "PAIZHU_PATROL_EVENTS", "PAIZHU_DAYS")
ADMISSION: Final = (
    "PAIZHU_RATES",
    "PAIZHU_PROXIES",
    "PAIZHU_OIDC",
    "PAIZHU_CONNECTIONS",
    "PAIZHU_CONNECTIONS_PER_ADDRESS",
    "PAIZHU_HEAD_SECONDS",
)
PORTS: Final = ("http", *(f"health:{part.name}" for part in PARTS))


def environment(
    part: Part, database: str, broker: str, ports: Mapping[str, int], keys: Path, province: str
) -> dict[str, str]:
    """What the process is told. Nothing of the caller's environment but the paths programs need reaches it.

    What checkpointers signed is remembered beside the `keys`, outside the database.
    """
    kept = {
        name: os.environ[name]
        for name in ("PATH", "LANG", "TZ", "SSL_CERT_FILE", "PAIZHU_LOG_LEVEL", "PAIZHU_WORKERS", *PACE, *ADMISSION)
        if name in os.environ
    }
    told = {
        "PYTHONPATH": str(ROOT),
        "PYTHONUNBUFFERED": "1",
        "PAIZHU_DB": database,
        "PAIZHU_AMQP": broker,
        "PAIZHU_HEALTH_PORT": str(ports[f"health:{part.name}"]),
        "PAIZHU_KEYS": str(keys),
        "PAIZHU_PROVINCE": province,
    }
    if part.name == "gateway":
        told["PAIZHU_HTTP_PORT"] = str(ports["http"])
    if urlsplit(broker).hostname == LOOPBACK:  # no name to resolve: eventlet's own resolver need not be loaded
        told["EVENTLET_NO_GREENDNS"] = "yes"
    if part.name in SEALING:
        told |= {name: os.environ[name] for name in ("PAIZHU_CIPHER", "PAIZHU_MASTER_KEY") if name in os.environ}
    if part.role == "signer":
        told["PAIZHU_CHECKPOINTS"] = str(keys.parent / "checkpoints")
    return kept | told


def placed(ports: Mapping[str, int]) -> dict[str, int]:
    """``ports`` with the gateway's at PAIZHU_HTTP_PORT, where a proxy is told once and for all what is before it.

    Raises:
        CannotRun: where the variable holds no port below 32768, above which lie those the kernel lends; PortTaken where
            somebody else listens there.
    """
    given = os.environ.get("PAIZHU_HTTP_PORT")
    if not given:
        return dict(ports)
    if not (given.isascii() and given.isdigit() and 0 < int(given) < HIGHEST_PORT):
        raise CannotRun(f"PAIZHU_HTTP_PORT is {given!r}, not a port below {HIGHEST_PORT}")
    must_be_free(int(given), "PAIZHU_HTTP_PORT")
    return {**ports, "http": int(given)}


def command(part: Part, env: Mapping[str, str]) -> Command:
    """How the process is started: with this very interpreter."""
    return Command(part.name, (sys.executable, "-m", "deploy.run", *part.arguments), env, ROOT, patience=8.0)
