"""Styles and scripts of the console, each a file of its own under an address that names its digest: kept for ever by
browsers, and another address as soon as it is another text. Nothing of it is a fact: nobody is asked who they are.
"""

from __future__ import annotations

import hashlib
from pathlib import Path as File
from typing import Final

from gateway.api import Path, path
from gateway.exchange import Reply, Request
from gateway.refusals import PATH_UNKNOWN
from kernel.rates import Kind

_MEDIA: Final = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8"}
_KEPT: Final = "public, max-age=31536000, immutable"


class Assets:
    """Answers ``GET /console/<name>-<digest>.<css|js>`` with the files beside this module."""

    def __init__(self, here: File = File(__file__).parent) -> None:
        self._texts = {file.name: file.read_text("utf-8") for kind in _MEDIA for file in sorted(here.glob(f"*.{kind}"))}

    def address(self, name: str) -> str:
        """Where the file ``name`` stands now."""
        stem, _, kind = name.rpartition(".")
        digest = hashlib.sha256(self._texts[name].encode()).hexdigest()[:16]
        return f"/console/{stem}-{digest}.{kind}"

    def paths(self) -> tuple[Path, ...]:
        """The place of all of them."""
        place = r"/console/(?P<stem>[a-z_]{1,40})-[0-9a-f]{16}\.(?P<kind>css|js)"
        return (path("GET", place, self.show, kind=Kind.OPEN),)

    def show(self, request: Request, correlation: str, stem: str, kind: str) -> Reply:
        """The text as it is now. Raises Unknown: ``path_unknown``."""
        name = f"{stem}.{kind}"
        if name not in self._texts:
            raise PATH_UNKNOWN()
        # Under an address of before it is shown, but not kept: the page that asks is itself of before.
        kept = _KEPT if request.path == self.address(name) else "no-store"
        return Reply(200, self._texts[name], {"Content-Type": _MEDIA[kind], "Cache-Control": kept})
