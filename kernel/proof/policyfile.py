"""The policy file of a system, read again when it changes: enrolling a witness needs no restart.

Invariant: a file that cannot be read leaves the last sound policy in force; without any, nobody is asked.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from kernel import logs
from kernel.proof.policy import Policy, Unsound, parse

NAME: Final = "policy.txt"
_LOG = logs.get("policy")


class PolicyFile:
    """The policy in the directory ``keys``."""

    def __init__(self, keys: Path) -> None:
        self.folder = keys
        self._path = keys / NAME
        self._stamp: tuple[int, int] | None = None
        self._policy = Policy()

    def read(self) -> Policy:
        """The policy in force."""
        try:
            found = self._path.stat()
            stamp = (found.st_mtime_ns, found.st_ino)
            if stamp != self._stamp:
                self._policy, self._stamp = parse(self._path.read_text(encoding="utf-8")), stamp
        except FileNotFoundError:
            self._policy, self._stamp = Policy(), None
        except (Unsound, OSError, UnicodeDecodeError) as error:
            _LOG.error("policy not read", cause=str(error))
        return self._policy
