"""Master keys: the ring that wraps and unwraps data keys, in several generations, outside the database.

A generation stands in a file of the directory of keys (``vault-master.key`` is the first, ``vault-master-0002.key`` the
second …) or in the environment (PAIZHU_MASTER_KEY). The newest one wraps; each unwraps what it wrapped.
Invariants: a key is known by its id, which tells nothing about it; a running process finds a generation that was added
after its start, and never wraps with one whose file is gone.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from kernel import keyfiles

FIRST: Final = "vault-master.key"
UNNAMED: Final = ""
"""The id beside keys that were wrapped before ids were written down: by the generation in ``vault-master.key``."""
_NAME = re.compile(r"vault-master(?:-([0-9]{4}))?\.key")


class UnknownMaster(Exception):
    """A data key was wrapped by a master key that is not in the ring: retired, or of another system."""


def id_of(key: bytes) -> str:
    """The id of a master key: 16 hexadecimal digits of a hash, for ``vault.keys.master``."""
    return hashlib.sha256(b"paizhu master key\0" + key).hexdigest()[:16]


class Masters:
    """The ring in ``directory``, with the keys ``given`` by the environment before it, the first of them current."""

    def __init__(self, directory: Path | None, given: Sequence[bytes] = ()) -> None:
        if directory is None and not given:
            raise ValueError("a ring of master keys needs a directory or a key")
        self._directory = directory
        self._given = {id_of(key): key for key in given}
        self._known: dict[str, bytes] = {}

    @property
    def given(self) -> bool:
        """True where the environment gives the keys."""
        return bool(self._given)

    def current(self) -> tuple[str, bytes]:
        """(id, key) of the generation that wraps now; the first one is made where there is none."""
        for name, key in self._given.items():
            return name, key
        if not self._files():
            keyfiles.key(self._there(), FIRST)
        key = keyfiles.key(self._there(), self._files()[-1])
        return id_of(key), key

    def get(self, name: str) -> bytes:
        """The key of an id. Raises UnknownMaster."""
        if name in self._given:
            return self._given[name]
        if name not in self._known:
            self._known = self._read()
        if name not in self._known:
            raise UnknownMaster(f"no master key {name or 'of the first generation'} in the ring")
        return self._known[name]

    def ids(self) -> frozenset[str]:
        """The ids of all generations there are now."""
        return frozenset((*self._given, *self._read()))

    def add(self) -> str:
        """Make the next generation in the directory and give its id.

        Raises:
            ValueError: where the environment gives the keys; there the next one is put before the others by hand.
        """
        if self._given:
            raise ValueError("the master keys come from PAIZHU_MASTER_KEY: put the new one before the old one there")
        latest = self._files()[-1:]
        number = _number(latest[0]) + 1 if latest else 1
        return id_of(keyfiles.key(self._there(), FIRST if number == 1 else f"vault-master-{number:04d}.key"))

    def discard(self, name: str) -> bool:
        """Destroy the file of a generation that is not the newest: overwritten, then removed. False for none."""
        own = [file for file in self._files()[: None if self._given else -1] if self._id(file) == name]
        for file in own:
            keyfiles.destroy(self._there() / file)
        self._known = self._read()
        return bool(own)

    def _id(self, file: str) -> str:
        return id_of(keyfiles.key(self._there(), file))

    def _there(self) -> Path:
        if self._directory is None:
            raise ValueError("this ring has no directory")
        return self._directory

    def _files(self) -> list[str]:
        """The names of the generations' files, oldest first."""
        if self._directory is None or not self._directory.is_dir():
            return []
        return sorted((p.name for p in self._directory.iterdir() if _NAME.fullmatch(p.name)), key=_number)

    def _read(self) -> dict[str, bytes]:
        files = self._files()
        found = {id_of(key): key for key in (keyfiles.key(self._there(), file) for file in files)}
        if FIRST in files:
            found[UNNAMED] = keyfiles.key(self._there(), FIRST)
        return found


def _number(file: str) -> int:
    found = _NAME.fullmatch(file)
    return int(found[1] or 1) if found else 0
