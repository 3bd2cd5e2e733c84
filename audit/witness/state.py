"""What a witness knows, in a directory of its own: its key, the logs' pinned keys, the last checkpoint of each.

    witness.key, witness.vkey   the city's own key; the first is for nobody else
    logs.txt                    a line a log: its key, checked by a person, or announced by the one before
    checkpoint-<service>.succession   the announcements by which the pinned key came, oldest first
    seen/<service>.json         the last checkpoint this witness put its name to, the whole note
    evidence/                   what was refused, both notes
    lock                        held by the one witness that works here

Invariant: a checkpoint is on disk before it is signed; a file that is damaged stops the witness, it never starts anew.
"""

from __future__ import annotations

import fcntl
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from audit.witness.files import write
from audit.witness.judge import Refusal, opened
from kernel.proof import notekeys, notes, succession
from kernel.proof.checkpoint import Checkpoint


class Unusable(Exception):
    """The directory cannot be worked with; the message says what to do."""


@dataclass(frozen=True)
class Seen:
    """The last checkpoint that was put on disk to be co-signed: its note, the log's key at that time, the POSIX second.

    The key may have been replaced since; the history has not.
    """

    checkpoint: Checkpoint
    note: str
    log: notes.Verifier
    second: int


class State:
    """The directory of one witness. Reading makes nothing; every method raises Unusable where a file is damaged."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def signer(self, city: str | None = None) -> notes.Signer:
        """The witness's own key; made at the first call that names the ``city``.

        Raises Unusable where there is no key yet and no city, or where the key is another city's.
        """
        public = self.folder / "witness.vkey"
        try:
            if city is None:
                if not public.exists():
                    raise Unusable(f"{self.folder} has no key yet: `paizhu witness key --city CODE` makes one")
                name = notekeys.verifier(public).name
            else:
                name = key_name(city)
            return notekeys.signer(self.folder, "witness", name, notes.COSIGNATURE)
        except ValueError as reason:
            raise Unusable(f"the key in {self.folder} cannot be used: {reason}") from None

    def logs(self) -> dict[str, notes.Verifier]:
        """The pinned keys of the logs, by origin; empty before any was pinned."""
        path = self.folder / "logs.txt"
        try:
            lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
            keys = [notes.verifier(line.strip()) for line in lines if line.strip() and not line.startswith("#")]
        except ValueError as reason:
            raise Unusable(f"{path} is damaged: {reason}") from None
        return {key.name: key for key in keys}

    def pin(self, keys: dict[str, notes.Verifier]) -> None:
        """Keep ``keys``, by origin, as the logs' keys from now on."""
        write(self.folder / "logs.txt", "".join(f"{key.vkey}\n" for key in keys.values()))

    def announcements(self, service: str) -> Path:
        """The file of the announcements that were believed of a log; none before the first."""
        return self.folder / succession.name_of(service)

    def keep_announcement(self, service: str, text: str) -> None:
        """Put ``text``, the announcement of another key of a log, beside the pins, once. Raises OSError."""
        kept = succession.kept(self.folder, service)
        if text not in kept:
            write(self.announcements(service), "\n".join([*kept, text]))

    def seen(self, log: notes.Verifier) -> Seen | None:
        """The last checkpoint of ``log`` this witness put its name to, None before the first."""
        path = self._seen(log)
        try:
            kept = json.loads(path.read_text(encoding="utf-8"))
            under = notes.verifier(kept["log"])
            if under.name != log.name:
                raise ValueError(f"it is of {under.name}")
            return Seen(opened(kept["note"], under)[0], kept["note"], under, int(kept["second"]))
        except FileNotFoundError:
            return None
        except (ValueError, TypeError, KeyError, Refusal) as reason:
            raise Unusable(
                f"{path} is damaged ({reason}); bring it back from a copy: a witness that forgets can be deceived"
            ) from None

    def keep(self, seen: Seen) -> None:
        """Put ``seen`` on disk; when this returns it survives a power cut. Raises OSError where the disk refuses."""
        shown = {"origin": seen.checkpoint.origin, "size": seen.checkpoint.size}  # for people; reading trusts the note
        kept = {**shown, "second": seen.second, "log": seen.log.vkey, "note": seen.note}
        write(self._seen(seen.log), json.dumps(kept, ensure_ascii=False, indent=1) + "\n")

    @contextmanager
    def alone(self) -> Iterator[None]:
        """A block in which no other witness works in this directory. Raises Unusable where one does."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with (self.folder / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise Unusable(f"another witness works in {self.folder}") from None
            yield

    def _seen(self, log: notes.Verifier) -> Path:
        return self.folder / "seen" / f"{log.name.rpartition('/')[2]}.json"


def key_name(city: str) -> str:
    """The name of a city's key: ``paizhu/<province>/witness/<city>``, from its 4-digit division code."""
    if not (len(city) == 4 and city.isascii() and city.isdigit()):
        raise Unusable(f"{city} is no code of a city: four digits")
    return f"paizhu/{city[:2]}/witness/{city}"
