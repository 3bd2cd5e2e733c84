"""Who must have seen a checkpoint: the policy file (c2sp.org/tlog-policy).

It names the logs by key, the witnesses by name and key, groups of them with the number that is enough, and the quorum.
Invariant: a policy that exists is sound (names are defined once and before they are used, no key twice, a name is a
member once), so that nobody counts twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from kernel.proof import notes

NONE: Final = "none"
CITIES: Final = "cities"
"""The group that enrolment fills: every city that co-signs, and how many of them are enough."""

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_NUMBER = re.compile(r"[1-9][0-9]{0,3}", re.ASCII)


class Unsound(ValueError):
    """The policy file breaks a rule of its format; the message names the line."""


@dataclass(frozen=True)
class Group:
    """``enough`` of the ``members`` (witnesses or groups) must have seen it."""

    enough: int
    members: tuple[str, ...]


@dataclass(frozen=True)
class Policy:
    """The keys of the logs and witnesses, the groups in the order they were defined, and the name of the quorum."""

    logs: tuple[notes.Verifier, ...] = ()
    witnesses: Mapping[str, notes.Verifier] = field(default_factory=lambda: MappingProxyType({}))
    groups: Mapping[str, Group] = field(default_factory=lambda: MappingProxyType({}))
    quorum: str = NONE

    def log(self, origin: str) -> notes.Verifier | None:
        """The key of the log of that origin, the newest where it had several; None where the policy has none."""
        return next((key for key in reversed(self.logs) if key.name == origin), None)

    def witness_of(self, body: str, signature: notes.Signature) -> str | None:
        """The name of the witness whose cosignature over ``body`` this is; None where it is nobody's."""
        return next((name for name, key in self.witnesses.items() if key.verifies(body, signature)), None)

    def seen_by(self, note: notes.Note) -> frozenset[str]:
        """The names of the witnesses that co-signed. A line that does not verify counts for nobody."""
        found = (self.witness_of(note.body, signature) for signature in note.signatures)
        return frozenset(name for name in found if name is not None)

    def enough(self, seen: Iterable[str]) -> bool:
        """True where the witnesses ``seen`` make the quorum. Without a quorum nothing is ever witnessed."""
        if self.quorum == NONE:
            return False
        reached = {name for name in seen if name in self.witnesses}
        for name, group in self.groups.items():  # defined before they are used, so one pass settles all
            if sum(member in reached for member in group.members) >= group.enough:
                reached.add(name)
        return self.quorum in reached

    def witnessed(self, note: notes.Note) -> bool:
        """True where the log signed ``note`` and enough witnesses co-signed it."""
        name = note.body.partition("\n")[0]  # the name of a log's key is its origin
        logs = [log for log in self.logs if log.name == name]  # of older keys too: their checkpoints stand
        signed = any(log.verifies(note.body, line) for log in logs for line in note.signatures)
        return signed and self.enough(self.seen_by(note))

    def missing(self, note: notes.Note) -> tuple[str, ...]:
        """The witnesses that have not co-signed ``note``, in the order of the file."""
        seen = self.seen_by(note)
        return tuple(name for name in self.witnesses if name not in seen)

    @property
    def rule(self) -> str:
        """The quorum as people say it, such as ``9 of 13``; ``none`` where nobody is asked."""
        group = self.groups.get(self.quorum)
        if group is None:
            return self.quorum
        return f"{group.enough} of {len(group.members)}"

    @property
    def text(self) -> str:
        """The policy as a file; reading it gives an equal policy."""
        lines = [f"log {key.vkey}" for key in self.logs]
        lines += [f"witness {name} {key.vkey}" for name, key in self.witnesses.items()]
        lines += [f"group {name} {g.enough} {' '.join(g.members)}" for name, g in self.groups.items()]
        return "".join(f"{line}\n" for line in (*lines, f"quorum {self.quorum}"))

    def enrolled(self, name: str, key: notes.Verifier, enough: int | None = None) -> Policy:
        """This policy with one more city in the group ``cities``, or with a new key for a city it has.

        ``enough`` is how many cities must co-sign; without it the smallest number above two thirds.

        Raises:
            Unsound: where the name or key is taken, the number is not possible, or the quorum was made by hand.
        """
        if set(self.groups) - {CITIES} or self.quorum not in (NONE, CITIES):
            raise Unsound("the quorum was written by hand: add the witness and its group by hand too")
        witnesses = {**self.witnesses, name: key}
        return self._with(witnesses, enough)

    def _with(self, witnesses: Mapping[str, notes.Verifier], enough: int | None) -> Policy:
        group = Group(two_thirds(len(witnesses)) if enough is None else enough, tuple(witnesses))
        made = Policy(self.logs, witnesses, {CITIES: group}, CITIES)
        return parse(made.text)


def two_thirds(witnesses: int) -> int:
    """The smallest whole number above two thirds of ``witnesses``: 9 of 13."""
    return witnesses * 2 // 3 + 1


def parse(text: str) -> Policy:
    """The policy in ``text``. Raises Unsound."""
    logs: list[notes.Verifier] = []
    witnesses: dict[str, notes.Verifier] = {}
    groups: dict[str, Group] = {}
    members: set[str] = set()
    quorum: str | None = None
    if _CONTROL.search(text):
        raise Unsound("a policy has no control characters but tab and newline")
    for number, line in enumerate(text.split("\n"), 1):
        words = [word for word in re.split(r"[ \t]+", line) if word]
        if not words or words[0].startswith("#"):
            continue
        try:
            match words:
                case ["log", vkey] | ["log", vkey, _]:
                    logs.append(_key(vkey, notes.ED25519, logs))
                case ["witness", name, vkey] | ["witness", name, vkey, _]:
                    _fresh(name, witnesses, groups)
                    witnesses[name] = _key(vkey, notes.COSIGNATURE, witnesses.values())
                case ["group", name, enough, first, *others]:
                    _fresh(name, witnesses, groups)
                    groups[name] = _group(enough, (first, *others), {*witnesses, *groups}, members)
                case ["quorum", name] if quorum is None:
                    if name not in {NONE, *witnesses, *groups}:
                        raise Unsound(f"{name} is not defined above")
                    quorum = name
                case _:
                    raise Unsound("expected log, witness, group or one quorum, with their words")
        except ValueError as reason:
            raise Unsound(f"line {number}: {reason}") from None
    if quorum is None:
        raise Unsound("there is no quorum line")
    return Policy(tuple(logs), witnesses, groups, quorum)


def _key(vkey: str, kind: int, known: Iterable[notes.Verifier]) -> notes.Verifier:
    key = notes.verifier(vkey)
    if key.kind != kind:
        raise Unsound(f"a key of kind {kind:#04x} is needed here, not {key.kind:#04x}")
    if any(other.public == key.public for other in known):
        raise Unsound("this key is there already")
    return key


def _fresh(name: str, *known: Mapping[str, object]) -> None:
    if name == NONE or any(name in names for names in known):
        raise Unsound(f"the name {name} is taken")


def _group(word: str, names: tuple[str, ...], defined: set[str], members: set[str]) -> Group:
    for name in names:
        if name not in defined:
            raise Unsound(f"{name} is not defined above")
        if name in members:
            raise Unsound(f"{name} is a member already")
        members.add(name)
    if word not in ("any", "all") and not _NUMBER.fullmatch(word):
        raise Unsound(f"{word} is neither a number nor any nor all")
    enough = {"any": 1, "all": len(names)}.get(word) or int(word)
    if enough > len(names):
        raise Unsound(f"{enough} of {len(names)} is not possible")
    return Group(enough, names)
