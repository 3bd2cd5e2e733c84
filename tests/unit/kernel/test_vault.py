"""The vault: what is sealed opens for its subject alone, and tells nothing otherwise."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.vault import MemoryKeys, Sealed, Vault

MASTER, DIGEST = bytes(range(32)), bytes(range(32, 64))


@pytest.fixture
def store() -> MemoryKeys:
    return MemoryKeys()


@pytest.fixture
def vault(store: MemoryKeys) -> Vault:
    return Vault(MASTER, DIGEST, store)


def test_a_sealed_value_opens_for_its_subject_and_no_other(vault: Vault) -> None:
    mine, _ = vault.seal("a", {"name": "合成"}), vault.seal("b", {})
    assert vault.open("a", mine) == {"name": "合成"}
    with pytest.raises(Sealed):
        vault.open("b", mine)


def test_a_blob_has_version_nonce_and_tag_and_never_repeats(vault: Vault) -> None:
    first, second = (base64.b64decode(vault.seal("a", {})) for _ in range(2))
    assert first[:1] == second[:1] == b"\x01"
    assert first[1:13] != second[1:13]
    assert len(first) == 1 + 12 + len(b"{}") + 16


@pytest.mark.parametrize("at", [0, 1, 13, -1])
def test_one_changed_byte_anywhere_and_it_does_not_open(vault: Vault, at: int) -> None:
    blob = bytearray(base64.b64decode(vault.seal("a", "x")))
    blob[at] ^= 1
    with pytest.raises(Sealed):
        vault.open("a", base64.b64encode(bytes(blob)).decode())
    with pytest.raises(Sealed):
        vault.open("a", "no base64")


def test_a_key_is_wrapped_for_its_subject_by_the_master_key(vault: Vault, store: MemoryKeys) -> None:
    sealed = vault.seal("a", "x")
    assert len(store.keys["a"]) == 61
    with pytest.raises(Sealed):
        Vault(os.urandom(32), DIGEST, store).open("a", sealed)
    store.keys["b"] = store.keys["a"]
    with pytest.raises(Sealed):
        vault.open("b", sealed)


def test_without_its_key_a_subject_is_gone(vault: Vault, store: MemoryKeys) -> None:
    sealed = vault.seal("a", "x")
    del store.keys["a"]
    with pytest.raises(Sealed, match="no key for a"):
        vault.open("a", sealed)


def test_many_subjects_get_their_keys_in_one_statement(vault: Vault, store: MemoryKeys) -> None:
    calls: list[int] = []
    add = store.add
    store.add = lambda wrapped: (calls.append(len(wrapped)), add(wrapped))[1]  # type: ignore[method-assign]
    items = [(f"s{n % 838}", n) for n in range(1676)]
    assert vault.open_all(zip([s for s, _ in items], vault.seal_all(items), strict=True)) == list(range(1676))
    vault.seal("s0", "again")
    assert calls == [838]


def test_where_two_make_a_key_at_once_the_first_one_counts(store: MemoryKeys) -> None:
    one, two = Vault(MASTER, DIGEST, store), Vault(MASTER, DIGEST, store)
    sealed = one.seal("a", "x")
    late = store.get
    store.get = lambda subjects: {} if late is not store.get and not seen else late(subjects)  # type: ignore[method-assign]
    seen: list[int] = []
    add = store.add
    store.add = lambda wrapped: (seen.append(1), add(wrapped))[1]  # type: ignore[method-assign]
    again = two.seal("a", "y")
    assert (one.open("a", sealed), one.open("a", again)) == ("x", "y")


def test_a_digest_is_hmac_sha_256_under_its_own_key(vault: Vault) -> None:
    assert vault.digest("x") == hmac.new(DIGEST, b"x", hashlib.sha256).hexdigest()
    with pytest.raises(ValueError, match="two different keys"):
        Vault(MASTER, MASTER, MemoryKeys())


@given(st.text(), st.recursive(st.none() | st.booleans() | st.text(), lambda inner: st.lists(inner), max_leaves=5))
def test_what_is_sealed_is_what_is_opened(subject: str, content: object) -> None:
    vault = Vault(MASTER, DIGEST, MemoryKeys())
    assert vault.open(subject, vault.seal(subject, content)) == content
