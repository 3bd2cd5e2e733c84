"""The province as a witness sees it: four questions over HTTP.

Invariant: whatever comes back is bounded in size and time and is only data; no redirect is followed, because it would
carry the token elsewhere. A province that does not answer is away, which is no refusal.
"""

from __future__ import annotations

import base64
import binascii
import json
from typing import Any, Final, Protocol

import requests

from audit.witness.judge import Proof
from kernel.proof import notes

MOST_HASHES: Final = 64
"""A proof between two sizes of less than 2**63 events has fewer hashes."""

_SECONDS = (5, 20)


class Away(Exception):
    """The province does not answer, or not with what was asked; the message says how."""


class NotTaken(Exception):
    """The province answers, and does not take this cosignature; the message is its own."""


class Province(Protocol):
    """What a witness asks. Every method raises Away."""

    def checkpoint(self, service: str) -> str | None:
        """The newest checkpoint with all its signatures as it is served, None where the log has none yet."""
        ...

    def proof(self, service: str, first: int, second: int) -> Proof:
        """What the province gives as proof that the tree of ``second`` events extends the one of ``first``."""
        ...

    def succession(self, service: str) -> str:
        """The announcements of the log's keys as they are served, oldest first; empty where there is none."""
        ...

    def cosign(self, service: str, size: int, signature: notes.Signature) -> None:
        """Hand in a cosignature on the checkpoint of ``size``. Raises NotTaken too."""
        ...


class HttpProvince:
    """The gateway at ``url``, asked with ``token`` (role ``witness``)."""

    def __init__(self, url: str, token: str) -> None:
        self._url = url.rstrip("/")
        self._session = requests.Session()
        self._session.headers["Authorization"] = f"Bearer {token}"

    def checkpoint(self, service: str) -> str | None:
        status, body = self._ask("GET", f"{service}/checkpoint")
        if status == 404:
            return None
        return _good(status, body).decode("utf-8", "replace")

    def proof(self, service: str, first: int, second: int) -> Proof:
        body = _good(*self._ask("GET", f"{service}/consistency", params={"from": first, "to": second}))
        try:
            given = json.loads(body)
            return Proof(_hashes(given["sha256"]), _hashes(given["sm3"]))
        except (ValueError, KeyError, TypeError) as reason:
            raise Away(f"what was served as proof cannot be read ({type(reason).__name__})") from None

    def succession(self, service: str) -> str:
        status, body = self._ask("GET", f"{service}/succession")
        if status == 404:  # a province of an earlier version
            return ""
        return _good(status, body).decode("utf-8", "replace")

    def cosign(self, service: str, size: int, signature: notes.Signature) -> None:
        text = f"{size}\n{signature.line}".encode()
        headers = {"Content-Type": "text/plain; charset=utf-8"}
        status, body = self._ask("POST", f"{service}/cosignature", data=text, headers=headers)
        if 400 <= status < 500 and status not in (408, 429):
            raise NotTaken(_sentence(status, body))
        _good(status, body)

    def _ask(self, method: str, place: str, **more: Any) -> tuple[int, bytes]:
        url = f"{self._url}/api/v1/log/{place}"
        try:
            with self._session.request(
                method, url, timeout=_SECONDS, allow_redirects=False, stream=True, **more
            ) as answer:
                body = answer.raw.read(notes.LARGEST + 1, decode_content=True)
                if len(body) > notes.LARGEST:
                    raise Away(f"the answer is longer than {notes.LARGEST} bytes")
                return answer.status_code, body
        except (requests.RequestException, OSError) as reason:
            raise Away(f"no answer from {self._url} ({type(reason).__name__})") from None


def _good(status: int, body: bytes) -> bytes:
    if not 200 <= status < 300:
        raise Away(_sentence(status, body))
    return body


def _sentence(status: int, body: bytes) -> str:
    """What a problem document says, as one short line; of anything else only the status."""
    try:
        problem = json.loads(body)
        said = f"{problem['code']}: {problem.get('sentence') or problem.get('detail')}"
    except (ValueError, KeyError, TypeError, AttributeError):
        return f"status {status}"
    return f"status {status}, {''.join(c for c in said if c.isprintable())[:300]}"


def _hashes(given: Any) -> tuple[bytes, ...]:
    if not isinstance(given, list) or len(given) > MOST_HASHES:
        raise ValueError("no list of hashes")
    try:
        found = tuple(base64.b64decode(h, validate=True) for h in given)
    except binascii.Error:
        raise ValueError("not base64") from None
    if any(len(h) != 32 for h in found):
        raise ValueError("a hash has 32 bytes")
    return found
