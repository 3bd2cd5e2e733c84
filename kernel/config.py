"""Configuration: what a process must be told by its environment, read once at the start.

Invariant: nothing else in the system reads the environment, and a missing value is named before anything is opened.
"""

from __future__ import annotations

import base64
import binascii
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import TypeVar

from kernel.calendar import written_day
from kernel.ciphers import CIPHERS, INTERNATIONAL, SECRET, Cipher
from kernel.rates import BUDGETS, Kind, Rate, budgets


class BadSetting(Exception):
    """A variable of the environment is missing or cannot be read; the message names it and says what it is for."""


_MEANING = {
    "PAIZHU_DB": "the data source name of the process's own application role",
    "PAIZHU_AMQP": "the broker's URL, amqp://user:password@host:port/%2F",
    "PAIZHU_HEALTH_PORT": "the port for /metrics, /health/live and /health/ready",
    "PAIZHU_BIND": "the address a process listens on: 127.0.0.1, or 0.0.0.0 inside a container",
    "PAIZHU_HTTP_PORT": "the port the gateway listens on",
    "PAIZHU_CONNECTIONS": "how many connections the gateway holds",
    "PAIZHU_CONNECTIONS_PER_ADDRESS": "how many of them one address may have that is none of PAIZHU_PROXIES",
    "PAIZHU_HEAD_SECONDS": "how many seconds the head of a request may take to come in",
    "PAIZHU_KEYS": "the directory of key files",
    "PAIZHU_PROVINCE": "the province's two-digit division code",
    "PAIZHU_LOG_LEVEL": "debug, info, warning or error",
    "PAIZHU_WORKERS": "how many requests a process works on at once",
    "PAIZHU_CIPHER": f"the profile personal data is sealed under: {', '.join(CIPHERS)}",
    "PAIZHU_MASTER_KEY": f"master keys of {SECRET} bytes in hexadecimal or base64, the current one first, then commas",
    "PAIZHU_SIGNING": "the directory of the keys that sign checkpoints, where it is not that of the other keys",
    "PAIZHU_CHECKPOINTS": "the directory in which checkpointers remember, outside the database, what they signed",
    "PAIZHU_CHECKPOINT_SECONDS": "how many seconds after an event its checkpoint is signed at the latest",
    "PAIZHU_PATROL_EVENTS": "how many old events a checkpointer reads again in that time",
    "PAIZHU_DAYS": "the day it is, YYYY-MM-DD, where it is not the clock's; none where somebody else passes the days",
    "PAIZHU_RATES": f"requests a second and at once, as commands=100/3000, of {', '.join(Kind)}",
    "PAIZHU_OIDC": "the OpenID Connect issuer people sign in with: its address, our client id there, and the console's"
    " own address, with blanks between; the client's secret stands in the key file oidc-secret",
    "PAIZHU_PROXIES": "the networks of the proxies whose X-Forwarded-For is believed, then commas",
}
T = TypeVar("T")
Network = IPv4Network | IPv6Network
_LEVELS = ("debug", "info", "warning", "error")


@dataclass(frozen=True, slots=True)
class Config:
    """The settings of one process. Empty text or 0 stands for a variable that was not given and not required."""

    db: str = ""
    amqp: str = ""
    health_port: int = 0
    http_port: int = 0
    bind: str = "127.0.0.1"
    connections: int = 1000
    connections_per_address: int = 300
    head_seconds: int = 10
    keys: Path = Path()
    province: str = "21"
    log_level: str = "info"
    workers: int = 64
    cipher: Cipher = INTERNATIONAL
    masters: tuple[bytes, ...] = field(default=(), repr=False)
    """Master keys given by the environment, the current one first; empty where they stand in files."""
    signing: Path = Path()
    checkpoints: Path = Path()
    checkpoint_seconds: int = 10
    patrol_events: int = 10_240
    days: str = ""
    """A day, "none", or empty where the clock says which day it is."""
    rates: Mapping[Kind, Rate] = field(default_factory=lambda: BUDGETS)
    oidc: tuple[str, ...] = ()
    """Address of an issuer, client id, address of the console; empty without one."""
    proxies: tuple[Network, ...] = ()
    """Whose word about an address counts; nobody's where none is named."""

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
            connections=_number(env, "PAIZHU_CONNECTIONS", 1000, 60_000),
            connections_per_address=_number(env, "PAIZHU_CONNECTIONS_PER_ADDRESS", 300, 60_000),
            head_seconds=_number(env, "PAIZHU_HEAD_SECONDS", 10, 3_600),
            keys=Path(env.get("PAIZHU_KEYS", "")),
            province=env.get("PAIZHU_PROVINCE", "21"),
            log_level=level,
            workers=_number(env, "PAIZHU_WORKERS", 64, 10_000),
            cipher=_cipher(env),
            masters=_masters(env),
            signing=Path(env.get("PAIZHU_SIGNING") or env.get("PAIZHU_KEYS", "")),
            checkpoints=Path(env.get("PAIZHU_CHECKPOINTS", "")),
            checkpoint_seconds=_number(env, "PAIZHU_CHECKPOINT_SECONDS", 10, 3_600),
            patrol_events=_number(env, "PAIZHU_PATROL_EVENTS", 10_240, 10_000_000),
            days=_read(env, "PAIZHU_DAYS", _days),
            rates=_read(env, "PAIZHU_RATES", budgets),
            oidc=_read(env, "PAIZHU_OIDC", _issuer),
            proxies=_read(env, "PAIZHU_PROXIES", _networks),
        )


def _number(env: Mapping[str, str], name: str, default: int, most: int) -> int:
    text = env.get(name) or str(default)
    if not text.isascii() or not text.isdigit() or int(text) > most:
        raise BadSetting(f"{name} is {text!r}, not a number up to {most}: {_MEANING[name]}")
    return int(text)


def _read(env: Mapping[str, str], name: str, read: Callable[[str], T]) -> T:
    try:
        return read(env.get(name, ""))
    except ValueError as error:
        raise BadSetting(f"{name} cannot be read ({error}): {_MEANING[name]}") from None


def _networks(text: str) -> tuple[Network, ...]:
    return tuple(ip_network(one.strip()) for one in text.split(",") if one.strip())


def _issuer(text: str) -> tuple[str, ...]:
    given = tuple(text.split())
    if given and (len(given) != 3 or not all(one.startswith(("https://", "http://127.0.0.1:")) for one in given[::2])):
        raise ValueError("an https address, a client id and an https address are wanted")
    return given


def _days(text: str) -> str:
    return text if text in ("", "none") else written_day(text).isoformat()


def _cipher(env: Mapping[str, str]) -> Cipher:
    name = env.get("PAIZHU_CIPHER") or INTERNATIONAL.name
    if name not in CIPHERS:
        raise BadSetting(f"PAIZHU_CIPHER is {name!r}: {_MEANING['PAIZHU_CIPHER']}")
    return CIPHERS[name]


def _masters(env: Mapping[str, str]) -> tuple[bytes, ...]:
    texts = [text.strip() for text in env.get("PAIZHU_MASTER_KEY", "").split(",") if text.strip()]
    keys = tuple(map(_secret, texts))
    if any(len(key) != SECRET for key in keys):  # never say what was given: it may be a key with a slip
        raise BadSetting(f"PAIZHU_MASTER_KEY cannot be read: {_MEANING['PAIZHU_MASTER_KEY']}")
    return keys


def _secret(text: str) -> bytes:
    """The bytes of a key in hexadecimal or base64; none where it is neither."""
    try:
        return bytes.fromhex(text) if len(text) == 2 * SECRET else base64.b64decode(text, validate=True)
    except (ValueError, binascii.Error):
        return b""
