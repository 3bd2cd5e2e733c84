"""What must lie outside the log for a while, sealed: a file that waits for its job.

It has no subject whose key could be destroyed, so it is sealed under the master key itself, bound to what it is about,
and whoever stows it takes it away again. Once that generation is retired it opens for nobody.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any

from kernel.ciphers import Cipher, Damaged, decrypt
from kernel.config import Config
from kernel.vault import Sealed
from kernel.vault.masters import Masters, UnknownMaster
from kernel.vault.postgres import ring


class Stowage:
    """Seals under the newest of ``masters``."""

    def __init__(self, masters: Masters, cipher: Cipher) -> None:
        self._masters = masters
        self._cipher = cipher

    def stow(self, about: str, content: bytes) -> str:
        """``content`` as a text that tells nothing of it: the id of the master key, a colon, base64."""
        name, key = self._masters.current()
        return f"{name}:{base64.b64encode(self._cipher.encrypt(key, content, about.encode())).decode()}"

    def fetch(self, about: str, stowed: str) -> bytes:
        """What was stowed about the same. Raises Sealed."""
        name, _, sealed = stowed.partition(":")
        try:
            return decrypt(self._masters.get(name), base64.b64decode(sealed, validate=True), about.encode())
        except (Damaged, UnknownMaster, ValueError) as error:
            raise Sealed(f"what was stowed about {about}: {error}") from None


def tools(config: Config) -> Mapping[str, Any]:
    """The stowage of a process that has the master keys."""
    return {"stowage": Stowage(ring(config), config.cipher)}
