"""Configuration: what a process must be told by its environment, read once at the start.

Invariant: nothing else in the system reads the environment, and a missing value is named before anything is opened.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


class BadSetting(Exception):
    """A variable of the environment is missing or cannot be read; the message names it and says what it is for."""


_MEANING = {
    "PAIZHU_DB": "the data source name of the process's own application role",
    "PAIZHU_AMQP": "the broker's URL, amqp://user:password@host:port/vhost",
    "PAIZHU_HEALTH_PORT": "the port for /metrics, /health/live and /health/ready",
    "PAIZHU_BIND": "the address a process listens on: 127.0.0.1, or 0.0.0.0 inside a container",
    "PAIZHU_HTTP_PORT": "the port the gateway listens on",
    "PAIZHU_KEYS": "the directory of key files",
    "PAIZHU_PROVINCE": "the province's two-digit division code",
    "PAIZHU_LOG_LEVEL": "debug, info, warning or error",
    "PAIZHU_WORKERS": "how many requests a process works on at once",
}
_LEVELS = ("debug", "info", "warning", "error")


@dataclass(frozen=True, slots=True)
class Config:
    """The settings of one process. Empty text or 0 stands for a variable that was not given and not required."""

    db: str = ""
    amqp: str = ""
    health_port: int = 0
    http_port: int = 0
    bind: str = "127.0.0.1"
    keys: Path = Path()
    province: str = "21"
    log_level: str = "info"
    workers: int = 64

    @classmethod
    def of(
        cls, env: Mapping[str, str] | None = None, *, need: tuple[str, ...] = ("PAIZHU_DB", "PAIZHU_AMQP")
    ) -> Config:
        """The configuration in ``env`` (the process's own environment by default).

        Raises:
            BadSetting: a variable named in ``need`` is absent, or one that is given cannot be read.
        """
        env = os.environ if env is None else env
        for name in need:
            if not env.get(name):
                raise BadSetting(f"{name} is not set: {_MEANING[name]}")
        level = env.get("PAIZHU_LOG_LEVEL", "info").lower()
        if level not in _LEVELS:
            raise BadSetting(f"PAIZHU_LOG_LEVEL is {level!r}: {_MEANING['PAIZHU_LOG_LEVEL']}")
        return cls(
            db=env.get("PAIZHU_DB", ""),
            amqp=env.get("PAIZHU_AMQP", ""),
            health_port=_number(env, "PAIZHU_HEALTH_PORT", 0, 65_535),
            http_port=_number(env, "PAIZHU_HTTP_PORT", 0, 65_535),
            bind=env.get("PAIZHU_BIND", "127.0.0.1"),
            keys=Path(env.get("PAIZHU_KEYS", "")),
            province=env.get("PAIZHU_PROVINCE", "21"),
            log_level=level,
            workers=_number(env, "PAIZHU_WORKERS", 64, 10_000),
        )


def _number(env: Mapping[str, str], name: str, default: int, most: int) -> int:
    text = env.get(name) or str(default)
    if not text.isascii() or not text.isdigit() or int(text) > most:
        raise BadSetting(f"{name} is {text!r}, not a number up to {most}: {_MEANING[name]}")
    return int(text)
