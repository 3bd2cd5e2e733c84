"""A witness at work before a province in memory or over HTTP, with a clock a test sets."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from audit.witness import witness
from audit.witness.digits import digits
from audit.witness.province import Province
from audit.witness.state import State
from audit.witness.witness import Look, Witness
from kernel.proof import notes
from tests.kit.witness.province import FakeProvince

NOW = 1_790_000_000


class Bench:
    """A province, a witness in a directory, a clock."""

    def __init__(self, fake: FakeProvince, province: Province, folder: Path, city: str = "2107") -> None:
        self.fake, self.province, self.folder, self.now = fake, province, folder, NOW
        self.state = State(folder)
        self.told: list[Look] = []
        self.signer = self.state.signer(city)
        self.log = fake.key.verifier
        self.state.pin({self.log.name: self.log})
        fake.enrol(self.signer.verifier)

    def look(self) -> Look:
        made = Witness(State(self.folder), self.province, self.signer, lambda: self.now, self.told.append)
        return made.look(self.log)

    def cosigned(self) -> bool:
        """The province holds this witness's cosignature on its newest checkpoint."""
        return self.signer.verifier.of(notes.parse(self.fake.signed())) is not None

    def refuses(self, kind: str) -> dict[str, Any]:
        """The next look refuses with ``kind``, signs nothing and keeps both notes; the evidence."""
        held, served = self.state.seen(self.log), self.fake.signed()
        look = self.look()
        assert (look.end, look.kind) == (witness.REFUSED, kind)
        assert not self.cosigned()
        assert self.state.seen(self.log) == held
        assert look.evidence is not None
        kept = json.loads(look.evidence.read_text())
        assert kept["refused"] == kind
        assert kept["held"] == (held.note if held else None)
        assert kept["offered"] == served
        assert kept["log"] == self.log.vkey
        return dict(kept)


def told(old: notes.Signer, new: notes.Signer, size: int) -> str:
    """What a witness says that takes ``new``."""
    return f"{digits(old.verifier)} -> {digits(new.verifier)} over {size} events, on the word of the old key"
