"""The vault: what is sealed opens for its subject alone, and tells nothing otherwise."""

from __future__ import annotations

import base64
import hmac
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.ciphers import CIPHERS, INTERNATIONAL, NATIONAL, Cipher
from kernel.vault import Destroyed, MemoryKeys, Retired, Sealed, Vault, Wrapped
from kernel.vault.masters import Masters, id_of

MASTER, DIGEST = bytes(range(32)), bytes(range(32, 64))
KINDS = {"international": "sha256", "national": "sm3"}


@pytest.fixture(params=list(CIPHERS.values()), ids=list(CIPHERS))
def cipher(request: pytest.FixtureRequest) -> Cipher:
    cipher: Cipher = request.param
    return cipher


@pytest.fixture
def store() -> MemoryKeys:
    return MemoryKeys()


@pytest.fixture
def vault(store: MemoryKeys, cipher: Cipher) -> Vault:
    return Vault(Masters(None, [MASTER]), DIGEST, store, cipher)


def test_a_sealed_value_opens_for_its_subject_and_no_other(vault: Vault) -> None:
    mine, _ = vault.seal("a", {"name": "合成"}), vault.seal("b", {})
    assert vault.open("a", mine) == {"name": "合成"}
    with pytest.raises(Sealed):
        vault.open("b", mine)


def test_a_blob_has_version_nonce_and_tag_and_never_repeats(vault: Vault, cipher: Cipher) -> None:
    first, second = (base64.b64decode(vault.seal("a", {})) for _ in range(2))
    assert first[0] == second[0] == {"international": 1, "national": 2}[cipher.name]
    assert first[1:13] != second[1:13]
    assert len(first) == 1 + 12 + len(b"{}") + 16


@pytest.mark.parametrize("at", [0, 1, 13, -1])
def test_one_changed_byte_anywhere_and_it_does_not_open(vault: Vault, at: int) -> None:
    blob = bytearray(base64.b64decode(vault.seal("a", "x")))
    blob[at] ^= 4
    with pytest.raises(Sealed):
        vault.open("a", base64.b64encode(bytes(blob)).decode())
    with pytest.raises(Sealed):
        vault.open("a", "no base64")


def test_a_key_is_wrapped_for_its_subject_by_the_master_key(vault: Vault, store: MemoryKeys) -> None:
    sealed = vault.seal("a", "x")
    assert (store.keys["a"].master, len(store.keys["a"].key)) == (id_of(MASTER), 61)
    with pytest.raises(Sealed, match="no master key"):
        Vault(Masters(None, [os.urandom(32)]), DIGEST, store).open("a", sealed)
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
    store.add = lambda wrapped: (calls.append(len(wrapped)), add(wrapped))[1]  # type: ignore[method-assign,func-returns-value]
    items = [(f"s{n % 838}", n) for n in range(1676)]
    assert vault.open_all(zip([s for s, _ in items], vault.seal_all(items), strict=True)) == list(range(1676))
    vault.seal("s0", "again")
    assert calls == [838]


def test_where_two_make_a_key_at_once_the_first_one_counts(store: MemoryKeys, cipher: Cipher) -> None:
    one, two = (Vault(Masters(None, [MASTER]), DIGEST, store, cipher) for _ in range(2))
    sealed = one.seal("a", "x")
    late = store.get
    store.get = lambda subjects: {} if late is not store.get and not seen else late(subjects)  # type: ignore[method-assign]
    seen: list[int] = []
    add = store.add
    store.add = lambda wrapped: (seen.append(1), add(wrapped))[1]  # type: ignore[method-assign,func-returns-value]
    again = two.seal("a", "y")
    assert (one.open("a", sealed), one.open("a", again)) == ("x", "y")


def test_a_digest_is_an_hmac_under_its_own_key(vault: Vault, cipher: Cipher) -> None:
    by_name = {name: hmac.new(DIGEST, b"x", kind).hexdigest() for name, kind in KINDS.items()}
    assert vault.digest("x") == by_name[cipher.name]
    assert vault.digests("x")[0] == by_name[cipher.name]
    assert set(vault.digests("x")) == set(by_name.values())
    with pytest.raises(ValueError, match="no master key"):
        Vault(Masters(None, [MASTER]), MASTER, MemoryKeys())


def test_what_one_profile_sealed_opens_while_the_other_is_chosen(store: MemoryKeys) -> None:
    ring = Masters(None, [MASTER])
    old, new = Vault(ring, DIGEST, store, INTERNATIONAL), Vault(ring, DIGEST, store, NATIONAL)
    before, after = old.seal("a", "x"), new.seal("a", "y")
    assert [base64.b64decode(blob)[0] for blob in (before, after)] == [1, 2]
    assert new.open_all([("a", before), ("a", after)]) == old.open_all([("a", before), ("a", after)]) == ["x", "y"]


def test_the_two_profiles_never_use_one_key(store: MemoryKeys) -> None:
    ring = Masters(None, [MASTER])
    blob = bytearray(base64.b64decode(Vault(ring, DIGEST, store, NATIONAL).seal("a", "x")))
    blob[0] = 1
    with pytest.raises(Sealed, match="does not open"):
        Vault(ring, DIGEST, store).open("a", base64.b64encode(bytes(blob)).decode())


def test_a_destroyed_subject_is_told_apart_and_never_gets_another_key(vault: Vault, store: MemoryKeys) -> None:
    pairs = [(subject, vault.seal(subject, subject)) for subject in ("a", "b")]
    store.destroy("a")
    assert vault.open_all(pairs, gone="gone") == ["gone", "b"]
    for attempt in (lambda: vault.open(*pairs[0]), lambda: vault.open_all(pairs), lambda: vault.seal("a", "again")):
        with pytest.raises(Destroyed):
            attempt()
    assert "a" not in store.keys


def test_a_key_wrapped_under_a_retired_master_is_wrapped_anew(store: MemoryKeys, cipher: Cipher) -> None:
    ring = Masters(None, [MASTER])
    vault, newer = Vault(ring, DIGEST, store, cipher), bytes(range(64, 96))
    store.retired.add(id_of(MASTER))
    with pytest.raises(Retired):
        vault.seal("a", "x")
    add = store.add
    follow = Masters(None, [newer, MASTER])
    store.add = lambda wrapped: (setattr(vault, "_masters", follow), add(wrapped))[1]  # type: ignore[method-assign,func-returns-value]
    assert vault.open("a", vault.seal("a", "x")) == "x"
    assert store.keys["a"].master == id_of(newer)


def test_rewrapping_changes_the_wrapping_and_nothing_else(vault: Vault, store: MemoryKeys, cipher: Cipher) -> None:
    sealed = vault.seal("a", "x")
    assert vault.rewrap("a", store.keys["a"]) is None
    newer = bytes(range(64, 96))
    later = Vault(Masters(None, [newer, MASTER]), DIGEST, store, cipher)
    again = later.rewrap("a", store.keys["a"])
    assert again is not None
    store.keys["a"] = again
    assert Vault(Masters(None, [newer]), DIGEST, store, cipher).open("a", sealed) == "x"
    with pytest.raises(Sealed):
        vault.open("a", sealed)


CONTENT = st.recursive(st.none() | st.booleans() | st.text(), lambda inner: st.lists(inner), max_leaves=5)


@given(st.text(), CONTENT, st.sampled_from(list(CIPHERS.values())))
def test_what_is_sealed_is_what_is_opened(subject: str, content: object, cipher: Cipher) -> None:
    vault = Vault(Masters(None, [MASTER]), DIGEST, MemoryKeys(), cipher)
    assert vault.open(subject, vault.seal(subject, content)) == content


def test_what_does_not_open_stands_for_itself_and_costs_the_others_nothing(vault: Vault, store: MemoryKeys) -> None:
    subjects = ("sound", "flipped", "lost", "strange", "gone", "blob")
    blobs = [(subject, vault.seal(subject, subject)) for subject in subjects]
    store.keys["flipped"] = Wrapped(*store.keys["flipped"][:1], bytes(61))
    store.keys["strange"] = Wrapped("f" * 16, store.keys["strange"].key)
    del store.keys["lost"]
    store.destroy("gone")
    blobs[-1] = ("blob", "")
    assert vault.open_all(blobs, gone="destroyed", broken="damaged") == [
        "sound", "damaged", "damaged", "damaged", "destroyed", "damaged",
    ]  # fmt: skip
    assert vault.broken(subjects) == {"flipped", "lost", "strange"}
    with pytest.raises(Sealed):
        vault.open_all(blobs, gone="destroyed")
    with pytest.raises(Destroyed):
        vault.open_all(blobs, broken="damaged")


def test_what_differs_is_told_by_name_and_all_of_what_opens_for_nobody(vault: Vault, store: MemoryKeys) -> None:
    sealed = vault.seal("a", {"name": "合成", "mobile": "1"})
    given = {"name": "合成", "mobile": "2", "sex": "男"}  # of what was not sealed nothing is known
    assert vault.differing("a", sealed, given) == ("mobile",)
    assert vault.differing("a", sealed, {"name": "合成"}) == ()
    assert vault.differing("a", "AA==", given) == ("name", "mobile", "sex")
    store.destroy("a")
    assert vault.differing("a", sealed, given) == ("name", "mobile", "sex")
