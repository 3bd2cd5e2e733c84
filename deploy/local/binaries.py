"""Where the machine keeps the programs we start, and what to say when it does not have them."""

from __future__ import annotations

import shutil
from pathlib import Path

from deploy.faults import CannotRun

PACKAGES = "postgresql rabbitmq-server"


class MissingProgram(CannotRun):
    """A server program is not installed; the message names what to install."""


def postgresql() -> Path:
    """Folder of the newest PostgreSQL's programs (initdb, postgres)."""
    for folder in sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name), reverse=True):
        if (folder / "postgres").exists() and (folder / "initdb").exists():
            return folder
    found = shutil.which("postgres")
    if found:
        return Path(found).resolve().parent
    raise MissingProgram(f"PostgreSQL is not installed. Install it with: apt-get install {PACKAGES}")


def rabbitmq() -> Path:
    """Folder of RabbitMQ's inner programs: the wrappers in /usr/sbin fix user and paths to the machine's own."""
    for folder in sorted(Path("/usr/lib/rabbitmq/lib").glob("rabbitmq_server-*/sbin"), reverse=True):
        if (folder / "rabbitmq-server").exists():
            return folder
    raise MissingProgram(f"RabbitMQ is not installed. Install it with: apt-get install {PACKAGES}")


def epmd() -> Path:
    """Erlang's port mapper, which RabbitMQ registers with."""
    found = shutil.which("epmd")
    if found is None:
        raise MissingProgram(f"Erlang's epmd is not installed. Install it with: apt-get install {PACKAGES}")
    return Path(found)
