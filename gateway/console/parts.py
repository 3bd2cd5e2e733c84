"""The parts of a page that renews itself: each with the digest of what it says, so that only those that changed travel.

Invariant: a part that whoever asks has already is not sent again; one that is sent is whole.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a page: its id there, and its text as HTML."""

    id: str
    html: Markup

    @property
    def digest(self) -> str:
        """What tells it from what it said before."""
        return hashlib.sha256(self.html.encode()).hexdigest()[:12]

    def whole(self) -> Markup:
        """The part as it stands on the page."""
        return Markup('<div class="part" id="p-{}" data-digest="{}">{}</div>').format(self.id, self.digest, self.html)


def laid(parts: Iterable[Part], have: str = "") -> Markup:
    """Those of ``parts`` that are not among the digests of ``have``, which are parted by dots."""
    known = set(have.split("."))
    return Markup("\n").join(part.whole() for part in parts if part.digest not in known)
