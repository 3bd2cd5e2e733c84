"""The vault: data of a subject under a key of that subject, the keys outside the log.

Every subject has a data key of its own, wrapped by a master key (``kernel.vault.masters``); how both are sealed is
the business of a profile (``kernel.ciphers``). Invariants: what leaves ``seal`` tells nothing about its
content, a blob opens for the subject it was sealed for and for no other (the subject is its additional data), and a
subject whose key was destroyed can neither be read again nor be given another key. Forms. Sealed value: base64 of
what ``Cipher.encrypt`` gives. Wrapped key: the same bytes without base64. Content is canonical JSON. Digests are
keyed, so that they cannot be guessed without the key.
"""

from __future__ import annotations

import base64
import os
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple, Protocol

import orjson

from kernel import logs, metrics
from kernel.ciphers import CIPHERS, INTERNATIONAL, SECRET, Cipher, Damaged, decrypt
from kernel.codec import canonical
from kernel.errors import Rejected
from kernel.vault.masters import Masters, UnknownMaster

_LOG = logs.get("vault")
_TRIES = 3
_MOST = 10_000
_REFUSED: Final = object()


class Sealed(Exception):
    """A blob that cannot be opened: another subject's, damaged, or its key is missing. Never says what it held."""


class Destroyed(Rejected):
    """The subject's key was destroyed: nothing of it opens any more, and nothing is sealed for it again."""

    def __init__(self) -> None:
        super().__init__(
            "key_destroyed", "该对象的密钥已销毁，其资料不能再读取或写入。", kind="unknown", accepted="密钥未销毁的对象"
        )


class Retired(Exception):
    """A key was wrapped by a master key that was retired meanwhile; it was not stored."""


class Wrapped(NamedTuple):
    """A data key as it is stored: the id of the master key that wrapped it, and the wrapped bytes."""

    master: str
    key: bytes


class KeyStore(Protocol):
    """Where wrapped data keys stand."""

    def add(self, wrapped: Mapping[str, Wrapped]) -> None:
        """Store keys of new subjects in one statement; a subject that has a key keeps it.

        Raises:
            Destroyed: for a subject whose key was destroyed.
            Retired: where the master key of one is retired.
        """
        ...

    def get(self, subjects: Iterable[str]) -> dict[str, Wrapped]:
        """The wrapped keys of those subjects that have one."""
        ...

    def destroyed(self, subjects: Iterable[str]) -> frozenset[str]:
        """Those subjects whose key was destroyed."""
        ...


class MemoryKeys:
    """Keys in memory: the twin of the database's tables, for tests."""

    def __init__(self) -> None:
        self.keys: dict[str, Wrapped] = {}
        self.gone: set[str] = set()
        self.retired: set[str] = set()

    def add(self, wrapped: Mapping[str, Wrapped]) -> None:
        """See ``KeyStore.add``."""
        if self.gone & wrapped.keys():
            raise Destroyed
        if any(key.master in self.retired for subject, key in wrapped.items() if subject not in self.keys):
            raise Retired
        self.keys = {**wrapped, **self.keys}

    def get(self, subjects: Iterable[str]) -> dict[str, Wrapped]:
        """See ``KeyStore.get``."""
        return {s: self.keys[s] for s in subjects if s in self.keys}

    def destroyed(self, subjects: Iterable[str]) -> frozenset[str]:
        """See ``KeyStore.destroyed``."""
        return frozenset(self.gone.intersection(subjects))

    def destroy(self, subject: str) -> None:
        """Destroy the key of ``subject``."""
        self.gone.add(subject)
        self.keys.pop(subject, None)


class Vault:
    """Seals under ``cipher`` and opens what any profile sealed. Safe for threads where its store is.

    Those who seal do not read a key again that was read within the last ``moment`` (seconds). What is sealed under a
    key that was destroyed within it opens for nobody.
    """

    def __init__(
        self,
        masters: Masters,
        digest_key: bytes,
        store: KeyStore,
        cipher: Cipher = INTERNATIONAL,
        *,
        moment: float = 0.0,
    ) -> None:
        if len(digest_key) != SECRET or digest_key == masters.current()[1]:
            raise ValueError(f"the vault needs a key of digests of {SECRET} bytes that is no master key")
        self._masters = masters
        self._digest_key = digest_key
        self._store = store
        self._cipher = cipher
        self._moment = moment
        self._recent: dict[str, tuple[float, Wrapped]] = {}

    @property
    def cipher(self) -> Cipher:
        """The profile under which this vault seals."""
        return self._cipher

    def digest(self, text: str) -> str:
        """A keyed digest of ``text`` (64 hexadecimal digits): equal for equal texts, worthless without the key."""
        return self._cipher.digest(self._digest_key, text)

    def digests(self, text: str) -> tuple[str, ...]:
        """The digests of ``text`` under every profile, the chosen one first: by one of them it may be known."""
        others = (cipher for cipher in CIPHERS.values() if cipher is not self._cipher)
        return (self.digest(text), *(cipher.digest(self._digest_key, text) for cipher in others))

    def seal(self, subject: str, content: Any) -> str:
        """``content`` (JSON data) sealed for ``subject``; its key is made where it has none. Raises Destroyed."""
        return self.seal_all([(subject, content)])[0]

    def seal_all(self, items: Iterable[tuple[str, Any]]) -> list[str]:
        """Each (subject, content) sealed, in order; the keys of all new subjects are made in one statement.

        Raises:
            Destroyed: the key of a subject was destroyed; nothing was sealed then.
        """
        items = list(items)
        keys = self._keys_of({subject for subject, _ in items})
        return [
            base64.b64encode(self._cipher.encrypt(keys[subject], canonical(content), subject.encode())).decode()
            for subject, content in items
        ]

    def open(self, subject: str, sealed: str) -> Any:
        """The content of one blob. Raises Sealed, Destroyed."""
        return self.open_all([(subject, sealed)])[0]

    def open_all(self, items: Iterable[tuple[str, str]], *, gone: Any = _REFUSED, broken: Any = _REFUSED) -> list[Any]:
        """The contents of (subject, blob) pairs, in order.

        ``gone``, where given, stands for a subject whose key is destroyed; ``broken`` for what cannot be opened though
        it should, because the blob or the key was changed or lost: that is counted and said in the log, once a blob.

        Raises:
            Sealed: one cannot be opened, and no ``broken`` is given.
            Destroyed: the key of a subject was destroyed, and no ``gone`` is given.
        """
        items = list(items)
        keys, faults, destroyed = self._held({subject for subject, _ in items})
        if destroyed and gone is _REFUSED:
            raise Destroyed
        found = []
        for subject, sealed in items:
            try:
                if subject in faults:
                    raise faults[subject]
                found.append(gone if subject in destroyed else _opened(keys, subject, sealed))
            except Sealed as fault:
                if broken is _REFUSED:
                    raise
                _alarm(subject, fault)
                found.append(broken)
        return found

    def destroyed(self, subjects: Iterable[str]) -> frozenset[str]:
        """Those of ``subjects`` whose key was destroyed, which is for ever; nothing is opened."""
        return self._store.destroyed(set(subjects))

    def differing(self, subject: str, sealed: str, fields: Mapping[str, Any]) -> tuple[str, ...]:
        """The names of ``fields`` that a blob has with another value, all of them where it opens for nobody.

        For deciding, where nobody is shown what is sealed: no value leaves the vault.
        """
        (kept,) = self.open_all([(subject, sealed)], gone=None, broken=None)
        return tuple(fields) if kept is None else tuple(n for n, value in fields.items() if kept.get(n, value) != value)

    def holders(self, items: Sequence[tuple[str, str]], wanted: Iterable[Mapping[str, Any]]) -> list[str | None]:
        """For each of ``wanted`` the one subject whose blob has all its values, None where that is none or several."""
        held = list(zip((s for s, _ in items), self.open_all(items, gone={}, broken={}), strict=True))
        found = [{s for s, kept in held if all(kept.get(n) == v for n, v in of.items())} for of in wanted]
        return [one.pop() if len(one) == 1 else None for one in found]

    def tally(self, items: Iterable[tuple[str, str]], kinds: Mapping[str, Callable[[Any], bool]]) -> Any:
        """How many of the blobs are of each kind (by name), None where one opens for nobody or lacks what is asked."""
        try:
            opened = self.open_all(items)
            return {name: sum(map(bool, map(of, opened))) for name, of in kinds.items()}
        except (Destroyed, Sealed, KeyError):
            return None

    def broken(self, subjects: Iterable[str]) -> frozenset[str]:
        """Those of ``subjects`` whose key is lost or damaged: nothing can be sealed for them either."""
        _, faults, _ = self._held(set(subjects))
        for subject, fault in faults.items():
            _alarm(subject, fault)
        return frozenset(faults)

    def _held(self, subjects: set[str]) -> tuple[dict[str, bytes], dict[str, Sealed], frozenset[str]]:
        """(keys, why others have none that works, subjects whose key was destroyed)."""
        wrapped = self._store.get(subjects) if subjects else {}
        missing = subjects - wrapped.keys()
        destroyed = self._store.destroyed(missing) if missing else frozenset()
        keys: dict[str, bytes] = {}
        faults = {subject: Sealed(f"no key for {subject}") for subject in missing - destroyed}
        for subject, one in wrapped.items():
            try:
                keys |= self._unwrapped({subject: one})
            except Sealed as fault:
                faults[subject] = fault
        return keys, faults, destroyed

    def rewrap(self, subject: str, wrapped: Wrapped) -> Wrapped | None:
        """The same data key under the current master key and profile; None where it is so already. Raises Sealed."""
        master, key = self._masters.current()
        if wrapped.master == master and wrapped.key[:1] == bytes([self._cipher.version]):
            return None
        (data_key,) = self._unwrapped({subject: wrapped}).values()
        return Wrapped(master, self._cipher.encrypt(key, data_key, subject.encode()))

    def _keys_of(self, subjects: set[str]) -> dict[str, bytes]:
        if fresh := self._fresh(subjects):
            return self._unwrapped(fresh)
        for attempt in range(_TRIES):
            held = self._store.get(subjects)
            missing = sorted(subjects - held.keys())
            if not missing:
                break
            master, key = self._masters.current()
            new = {s: Wrapped(master, self._cipher.encrypt(key, os.urandom(SECRET), s.encode())) for s in missing}
            try:
                self._store.add(new)
            except Retired:  # the next round finds the generation that followed
                if attempt == _TRIES - 1:
                    raise
        # Read again: another process may have made a key for the same subject, and the first one counts.
        held = self._store.get(subjects) if missing else held
        now = time.monotonic()
        if len(self._recent) > _MOST:
            self._recent.clear()
        self._recent.update({subject: (now, wrapped) for subject, wrapped in held.items()})
        return self._unwrapped(held)

    def _fresh(self, subjects: set[str]) -> dict[str, Wrapped] | None:
        """The wrapped keys of ``subjects`` where all were read a moment ago. For sealing alone."""
        since, recent = time.monotonic() - self._moment, self._recent
        found = {s: known[1] for s in subjects if (known := recent.get(s)) and known[0] > since}
        return found if len(found) == len(subjects) else None

    def _unwrapped(self, wrapped: Mapping[str, Wrapped]) -> dict[str, bytes]:
        keys = {}
        for subject, (master, key) in wrapped.items():
            try:
                keys[subject] = decrypt(self._masters.get(master), key, subject.encode())
            except (Damaged, UnknownMaster) as error:
                raise Sealed(f"the key of {subject}: {error}") from None
        return keys


def _alarm(subject: str, fault: Sealed) -> None:
    metrics.VAULT_UNREADABLE.inc()
    _LOG.error("unreadable", subject=subject, cause=str(fault))


def _opened(keys: Mapping[str, bytes], subject: str, sealed: str) -> Any:
    try:
        return orjson.loads(decrypt(keys[subject], base64.b64decode(sealed, validate=True), subject.encode()))
    except ValueError:
        raise Sealed(f"a blob of {subject} is damaged") from None
    except Damaged as error:
        raise Sealed(f"a blob of {subject} {error}") from None
