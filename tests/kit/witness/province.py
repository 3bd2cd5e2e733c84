"""A province in memory, as honest or not as a test wants: the twin of the gateway as a witness sees it."""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

from audit.witness.judge import Proof
from audit.witness.province import Away, NotTaken
from kernel import merkle
from kernel.proof import notes
from kernel.proof.checkpoint import Checkpoint, Place
from kernel.proof.succession import announce

ORIGIN = "paizhu/21/personnel"


class FakeProvince:
    """One log, whose lines a test may append to, change or cut as only whoever owns the database and the key can."""

    def __init__(self, lines: int = 0) -> None:
        self.key = notes.Signer(ORIGIN, notes.ED25519, b"\x05" * 32)
        self.lines: list[bytes] = []
        self.witnesses: dict[str, notes.Verifier] = {}
        self.cosigned: dict[str, list[notes.Signature]] = {}
        self.place: Place | None = None
        self.announced: list[str] = []
        self.away = False
        self.asked = 0
        self.grow(lines)

    def grow(self, count: int) -> None:
        """Append ``count`` events."""
        self.lines += [f"event {len(self.lines) + n}".encode() for n in range(1, count + 1)]

    def copy(self) -> FakeProvince:
        """The same log with the same key, shown to somebody else."""
        other = FakeProvince()
        other.lines, other.witnesses = list(self.lines), self.witnesses
        return other

    def enrol(self, *keys: notes.Verifier) -> None:
        """Take cosignatures of these keys."""
        self.witnesses |= {key.name: key for key in keys}

    def signed(self) -> str:
        """The newest checkpoint, signed over whatever the lines are now, with the cosignatures taken for it."""
        root, sm3 = (merkle.root(self._leaves(h), h) for h in _HASHES)
        made = Checkpoint(ORIGIN, len(self.lines), root, sm3, self.place)
        return notes.sign(made.body, self.key).merged(self.cosigned.get(made.body, [])).text

    def checkpoint(self, service: str) -> str | None:
        self._here(service)
        return self.signed() if self.lines else None

    def proof(self, service: str, first: int, second: int) -> Proof:
        self._here(service)
        if not 0 < first <= second <= len(self.lines):
            raise Away("status 404, unknown: no such checkpoint")
        return Proof(*(tuple(merkle.consistency_proof(first, self._leaves(h)[:second], h)) for h in _HASHES))

    def succession(self, service: str) -> str:
        self._here(service)
        return "\n".join(self.announced)

    def replace(self, seed: bytes, by: notes.Signer | None = None) -> str:
        """Another key from here on, announced by the old one or ``by`` another; gives the announcement."""
        new = notes.Signer(ORIGIN, notes.ED25519, seed)
        made = announce(self.key, new, len(self.lines))
        if by is not None:
            made = notes.Note(made.body, (by.signature(made.body), new.signature(made.body)))
        self.key = new
        self.announced.append(made.text)
        return made.text

    def cosign(self, service: str, size: int, signature: notes.Signature) -> None:
        self._here(service)
        key = self.witnesses.get(signature.name)
        body = notes.parse(self.signed()).body
        if size != len(self.lines) or key is None or not key.verifies(body, signature):
            raise NotTaken("status 403, forbidden: not a witness of this province")
        self.cosigned.setdefault(body, []).append(signature)

    def _leaves(self, h: merkle.Hash) -> list[bytes]:
        return [merkle.leaf_hash(line, h) for line in self.lines]

    def _here(self, service: str) -> None:
        if self.away or service != "personnel":
            raise Away("no answer")


_HASHES = (merkle.sha256, merkle.sm3)


@contextmanager
def served(fake: FakeProvince) -> Iterator[str]:
    """The address of an HTTP server that answers for ``fake``."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler(fake))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def handler(fake: FakeProvince) -> type[BaseHTTPRequestHandler]:
    """The gateway's endpoints over ``fake``, for the standard library's HTTP server."""

    class Endpoints(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            fake.asked += 1
            place = urlsplit(self.path)
            *_, service, what = place.path.split("/")
            query = {name: int(value) for name, value in parse_qsl(place.query)}
            try:
                if what == "checkpoint":
                    text = fake.checkpoint(service)
                    self.answer(HTTPStatus.NOT_FOUND if text is None else HTTPStatus.OK, text or "")
                elif what == "succession":
                    self.answer(HTTPStatus.OK, fake.succession(service))
                else:
                    proof = fake.proof(service, query["from"], query["to"])
                    both = {"sha256": proof.sha256, "sm3": proof.sm3}
                    plain = {name: [base64.b64encode(h).decode() for h in path] for name, path in both.items()}
                    self.answer(HTTPStatus.OK, json.dumps({**query, **plain}))
            except Away:
                self.answer(HTTPStatus.SERVICE_UNAVAILABLE, '{"code": "busy", "sentence": "稍后再试"}')

        def do_POST(self) -> None:
            *_, service, _ = self.path.split("/")
            size, _, line = self.rfile.read(int(self.headers["Content-Length"])).decode().partition("\n")
            try:
                fake.cosign(service, int(size), notes.signature(line))
                self.answer(HTTPStatus.NO_CONTENT, "")
            except Away:
                self.answer(HTTPStatus.SERVICE_UNAVAILABLE, "")
            except NotTaken:
                self.answer(HTTPStatus.FORBIDDEN, '{"code": "forbidden", "sentence": "不是见证方"}')

        def answer(self, status: HTTPStatus, body: str) -> None:
            raw = body.encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        def log_message(self, *_: object) -> None:
            pass

    return Endpoints
