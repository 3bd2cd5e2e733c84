"""Checks the exported bundle it lies in: `python3 verify.py` (or that in DIRECTORY, if given). Needs Python 3.10 alone.

Each file has the hash the manifest gives; the events of each log have the roots of its checkpoints; a city's are proved
in the last one. With `cryptography` signatures are checked, witnesses counted by policy.txt. Ends with 0 if it is so,
with 1 and NOT SOUND if it is not, with 2 if there is nothing to check or it may not be read.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import os
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

SIGNATURES = find_spec("cryptography") is not None
HASHES = [name for name in ("sha256", "sm3") if name in hashlib.algorithms_available]
LOG, WITNESS = 1, 4  # kinds of key: c2sp.org/signed-note, c2sp.org/tlog-cosignature


class Wrong(Exception):
    """The bundle is not what it says."""


class Tree:
    """A Merkle tree (RFC 6962, 2.1) that grows leaf by leaf: the roots of its whole subtrees, the largest first."""

    def __init__(self, name: str) -> None:
        self.name, self.size = name, 0
        self.peaks: list[bytes] = []

    def hash(self, data: bytes) -> bytes:
        return hashlib.new(self.name, data).digest()

    def add(self, line: bytes) -> None:
        node, size = self.hash(b"\0" + line), self.size
        while size % 2:
            node, size = self.hash(b"\1" + self.peaks.pop() + node), size // 2
        self.peaks.append(node)
        self.size += 1

    def root(self) -> bytes:
        found = self.peaks[-1] if self.peaks else self.hash(b"")
        for peak in reversed(self.peaks[:-1]):
            found = self.hash(b"\1" + peak + found)
        return found

    def proved(self, line: bytes, index: int, size: int, path: list[bytes]) -> bytes:
        """The root that ``path`` leads to from the leaf at ``index`` of ``size`` (RFC 9162, 2.1.3.2)."""
        node, last = self.hash(b"\0" + line), size - 1
        for other in path:
            if last == 0:
                return b""
            if index % 2 or index == last:
                node = self.hash(b"\1" + other + node)
                while index % 2 == 0 and index:
                    index, last = index // 2, last // 2
            else:
                node = self.hash(b"\1" + node + other)
            index, last = index // 2, last // 2
        return b"" if last else node


def check_files(folder: Path) -> dict[str, Any]:
    """The manifest, when every file is as it says and no other is there."""
    raw = (folder / "manifest.json").read_bytes()
    manifest: dict[str, Any] = json.loads(raw)
    said = {name: value for name, value in manifest.items() if name != "sha256"}
    digest = hashlib.sha256(json.dumps(said, indent=2, sort_keys=True).encode() + b"\n").hexdigest()
    if raw != json.dumps({**said, "sha256": digest}, indent=2, sort_keys=True).encode() + b"\n":
        raise Wrong("manifest.json was changed")
    for part in (folder, *folder.rglob("*")):
        if part.is_dir():
            os.listdir(part)  # one that may not be read is not an empty one
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} - {"manifest.json"}
    for name in sorted(there ^ set(manifest["files"])):
        raise Wrong(f"{name} is {'not in the manifest' if name in there else 'missing'}")
    for name in {path.stem for path in folder.glob("events/*")} ^ set(manifest["services"]):
        raise Wrong(f"{name} is not both a log in events/ and in the manifest")
    for name, expected in manifest["files"].items():
        found = hashlib.sha256()
        with (folder / name).open("rb") as file:
            while part := file.read(1 << 20):
                found.update(part)
        if found.hexdigest() != expected:
            raise Wrong(f"{name} was changed")
    return manifest


def notes(text: str) -> Iterator[tuple[list[str], list[str]]]:
    """(lines of the body, signature lines) of each note; a blank line stands between the two, and after each note."""
    parts = text.removesuffix("\n").split("\n\n") if text else []
    for body, signatures in zip(parts[::2], parts[1::2], strict=True):
        yield body.split("\n"), signatures.split("\n")


class Policy:
    """policy.txt (c2sp.org/tlog-policy): keys by name, groups, and the quorum."""

    def __init__(self, text: str) -> None:
        lines = [line.split() for line in text.splitlines() if line.strip()]
        self.keys = {words[1]: words[2] for words in lines if words[0] == "witness"}
        self.groups = {words[1]: words[2:] for words in lines if words[0] == "group"}
        (self.quorum,) = (words[1] for words in lines if words[0] == "quorum")

    def witnessed(self, body: list[str], signatures: list[str]) -> bool:
        """Whether enough witnesses signed."""
        seen = {name for name, key in self.keys.items() if any(signed(key, WITNESS, body, s) for s in signatures)}
        for name, (enough, *members) in self.groups.items():
            needed = {"any": 1, "all": len(members)}.get(enough) or int(enough)
            if len(seen & set(members)) >= needed:
                seen.add(name)
        return self.quorum in seen


def signed(vkey: str, kind: int, body: list[str], line: str) -> bool:
    """Whether the signature ``line`` is the key's over the body; a wrong one in the key's name is an error."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    name, key_id, encoded = vkey.strip().split("+", 2)
    signer, blob = line.split(" ")[1:]
    key, value = base64.b64decode(encoded), base64.b64decode(blob)
    if hashlib.sha256(name.encode() + b"\n" + key).hexdigest()[:8] != key_id or key[0] != kind:
        raise Wrong(f"the key {name} is damaged")
    if signer != name or value[:4].hex() != key_id:
        return False
    time = f"cosignature/v1\ntime {int.from_bytes(value[4:12], 'big')}\n" if kind == WITNESS else ""
    try:
        Ed25519PublicKey.from_public_bytes(key[1:]).verify(value[-64:], (time + "\n".join(body) + "\n").encode())
    except InvalidSignature:
        raise Wrong(f"a signature in the name of {name} does not verify") from None
    return True


def keys_of(folder: Path, service: str, policy: Policy) -> list[tuple[float, str]]:
    """(size of the last checkpoint it signs, key) of each of the log's keys, oldest first.

    A new key must be announced: signed by itself, and by the old one or enough witnesses.
    """
    keys, present = [], (folder / "keys" / f"checkpoint-{service}.vkey").read_text(encoding="utf-8").strip()
    path, new = folder / "keys" / f"checkpoint-{service}.succession", ""
    for body, signatures in notes(path.read_text(encoding="utf-8") if path.exists() else ""):
        last, (_, word, *said) = new, body
        old, new, upto = (line.partition(" ")[2] for line in said)
        by_old, by_new = (any(signed(key, LOG, body, line) for line in signatures) for key in (old, new))
        if (
            word != "succession"
            or last not in ("", old)
            or not (by_new and (by_old or policy.witnessed(body, signatures)))
        ):
            raise Wrong(f"{service}: the announcement of the key {new} does not hold")
        keys.append((float(upto), old))
    if new not in ("", present):
        raise Wrong(f"{service}: nobody announced the key {present}")
    return [*keys, (float("inf"), present)]


def check_log(folder: Path, service: str, said: dict[str, Any], city: str | None, policy: Policy) -> str:
    """What holds of one log, in words."""
    trees = [Tree(name) for name in HASHES]
    witnessed = size = seen = 0
    keys = keys_of(folder, service, policy) if SIGNATURES else []
    before, chained = hashlib.sha256().digest(), False
    with (folder / "events" / f"{service}.ndjson").open("rb") as lines:
        for body, signatures in notes((folder / "checkpoints" / f"{service}.txt").read_text(encoding="utf-8")):
            origin, number, root, extension, *place = body
            roots = {"sha256": base64.b64decode(root), "sm3": base64.b64decode(extension[4:])}
            if not origin.endswith(f"/{service}") or int(number) < size:
                raise Wrong(f"{service}: the checkpoint over {number} events is out of order or of another log")
            size, seen = int(number), seen + 1
            if city is None and (place or chained):  # they are numbered, and each names the text of the one before it
                words = "".join(place).split(" ")
                if words[1:2] != [str(seen)] or base64.b64decode(words[3]) != before:
                    raise Wrong(f"{service}: a checkpoint is missing before the one over {size} events")
            before, chained = hashlib.sha256("\n".join([*body, ""]).encode()).digest(), bool(place)
            if SIGNATURES:
                key = next(key for upto, key in keys if size <= upto)
                if not key.startswith(f"{origin}+") or not any(signed(key, LOG, body, s) for s in signatures):
                    raise Wrong(f"{service}: the log did not sign the checkpoint over {size} events")
                witnessed = size if policy.witnessed(body, signatures) else witnessed
            if city is None:
                grow(service, trees, lines, size)
                if any(tree.root() != roots[tree.name] for tree in trees):
                    raise Wrong(f"{service}: events 1 to {size} do not have the signed root")
        events = said["position"] if city is None else check_proofs(folder, service, lines, trees, size, roots)
        if city is None:
            grow(service, trees, lines, events)
        if events != said["events"] or lines.readline():
            raise Wrong(f"{service}: {said['events']} events were exported, others are there")
    by = f"witnessed to {witnessed}" if SIGNATURES else "signatures not checked: cryptography is not installed"
    return f"{service}: {events} event{'s'[events == 1 :]}, {seen} checkpoint{'s'[seen == 1 :]}, signed to {size}, {by}"


def grow(service: str, trees: list[Tree], lines: Any, size: int) -> None:
    """Let the trees grow to ``size`` from the next lines."""
    while trees[0].size < size:
        line = lines.readline()
        if not line.endswith(b"\n") or json.loads(line)["position"] != trees[0].size + 1:
            raise Wrong(f"{service}: the event at position {trees[0].size + 1} is missing")
        for tree in trees:
            tree.add(line[:-1])


def check_proofs(folder: Path, service: str, lines: Any, trees: list[Tree], size: int, roots: dict[str, bytes]) -> int:
    """The number of events, each of which is proved to be among the ``size`` that were signed."""
    proofs, last = (folder / "proofs" / f"{service}.ndjson").read_bytes().splitlines(), 0
    for text in proofs:
        line, proof = lines.readline()[:-1], json.loads(text)
        position, named = json.loads(line)["position"], proof["position"]
        for tree in trees:
            path = [base64.b64decode(node) for node in proof[tree.name]]
            if not last < position == named or tree.proved(line, position - 1, size, path) != roots[tree.name]:
                raise Wrong(f"{service}:{position} is not proved to be in the signed log ({tree.name})")
        last = position
    return len(proofs)


def main(folder: Path) -> int:
    try:
        if not (folder.is_dir() and {"manifest.json", "events"} & {entry.name for entry in folder.iterdir()}):
            return said(2, f"NOTHING TO CHECK: no exported bundle in {folder}")
        manifest = check_files(folder)
        policy = Policy((folder / "policy.txt").read_text(encoding="utf-8"))
        for service, log in manifest["services"].items():
            print(check_log(folder, service, log, manifest["city"], policy))
    except PermissionError as error:
        return said(2, f"CANNOT READ: {error}")
    except Exception as error:  # whatever does not hold together is not sound
        return said(1, f"NOT SOUND: {error}")
    print(f"sound: {', '.join(HASHES)}" + ("" if manifest["city"] is None else f", city {manifest['city']}"))
    return 0


def said(code: int, sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return code


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("directory", nargs="?", type=Path, default=Path(__file__).resolve().parent)
    sys.exit(main(asked.parse_args().directory))
