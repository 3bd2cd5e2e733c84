"""Passwords that are generated at first use and kept in `secrets.json` of a directory."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Final

from deploy import private_file

SECRETS: Final = "secrets.json"


def password_of(data: Path, name: str) -> str:
    """The password called `name`, generated at first use and kept; only the holder of the directory may call this."""
    known = private_file.read(data / SECRETS)
    if name not in known:
        known[name] = secrets.token_urlsafe(24)
        private_file.write(data / SECRETS, known)
    return str(known[name])
