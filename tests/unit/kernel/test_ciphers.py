"""The profiles against published vectors, computed here from the parts the standards name."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher as Machine
from cryptography.hazmat.primitives.ciphers import algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from kernel.ciphers import CIPHERS, INTERNATIONAL, NATIONAL, Cipher, Damaged, decrypt

SECRET = bytes(range(32))


def test_international_is_aes_256_gcm() -> None:
    blob = INTERNATIONAL.encrypt(SECRET, b"plain", b"about")
    assert AESGCM(SECRET).decrypt(blob[1:13], blob[13:], b"about") == b"plain"


def test_sm4_gcm_gives_the_vector_of_rfc_8998_appendix_a_1() -> None:
    """The part the national profile is made of is the cipher the RFC means."""
    key, nonce = bytes.fromhex("0123456789ABCDEFFEDCBA9876543210"), bytes.fromhex("00001234567800000000ABCD")
    engine = Machine(algorithms.SM4(key), modes.GCM(nonce)).encryptor()
    engine.authenticate_additional_data(bytes.fromhex("FEEDFACEDEADBEEFFEEDFACEDEADBEEFABADDAD2"))
    plain = b"".join(bytes([byte]) * 8 for byte in (0xAA, 0xBB, 0xCC, 0xDD, 0xEE, 0xFF, 0xEE, 0xAA))
    sealed = engine.update(plain) + engine.finalize()
    assert engine.tag.hex().upper() == "83DE3541E4C2B58177E065A9BF7B62EC"
    assert sealed.hex().upper().startswith("17F399F08C67D5EE")


def test_sm3_gives_the_vector_of_gb_t_32905_appendix_a() -> None:
    assert NATIONAL.hash(b"abc") == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    assert INTERNATIONAL.hash(b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


@pytest.mark.parametrize("cipher", CIPHERS.values(), ids=CIPHERS)
def test_what_is_sealed_opens_with_the_same_secret_and_the_same_about_only(cipher: Cipher) -> None:
    blob = cipher.encrypt(SECRET, b"", b"a")
    assert decrypt(SECRET, blob, b"a") == b""
    for secret, sealed, about in ((bytes(32), blob, b"a"), (SECRET, blob, b"b"), (SECRET, blob[:28], b"a")):
        with pytest.raises(Damaged):
            decrypt(secret, sealed, about)
    with pytest.raises(Damaged, match="unknown version"):
        decrypt(SECRET, b"\x03" + blob[1:], b"a")
