"""The ring of master keys: generations in files, keys of the environment, and what is found without a new start."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from kernel.config import BadSetting, Config
from kernel.vault.masters import FIRST, UNNAMED, Masters, UnknownMaster, id_of

ONE, TWO = bytes(range(32)), bytes(range(32, 64))


def test_the_first_generation_is_made_once_and_readable_by_its_owner_only(tmp_path: Path) -> None:
    name, key = Masters(tmp_path).current()
    assert Masters(tmp_path).current() == (name, key)
    assert (name, (tmp_path / FIRST).read_bytes()) == (id_of(key), key)
    assert (tmp_path / FIRST).stat().st_mode & 0o777 == 0o600
    assert Masters(tmp_path).get(UNNAMED) == key


def test_a_ring_finds_a_generation_that_was_added_after_its_start(tmp_path: Path) -> None:
    running = Masters(tmp_path)
    first, key = running.current()
    second = Masters(tmp_path).add()
    assert running.current()[0] == second
    assert running.get(first) == key
    assert running.ids() == {first, second, UNNAMED}


def test_a_discarded_generation_is_gone_and_the_newest_cannot_be(tmp_path: Path) -> None:
    ring = Masters(tmp_path)
    first, second = ring.current()[0], ring.add()
    assert not ring.discard(second)
    assert ring.discard(first)
    assert not ring.discard(first)
    assert [path.name for path in tmp_path.iterdir()] == ["vault-master-0002.key"]
    for name in (first, UNNAMED):
        with pytest.raises(UnknownMaster):
            ring.get(name)
    assert ring.add() not in (first, second)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["vault-master-0002.key", "vault-master-0003.key"]


def test_keys_of_the_environment_come_first_and_leave_the_files_readable(tmp_path: Path) -> None:
    filed, key = Masters(tmp_path).current()
    ring = Masters(tmp_path, [TWO, ONE])
    assert ring.current() == (id_of(TWO), TWO)
    assert (ring.get(id_of(ONE)), ring.get(filed)) == (ONE, key)
    with pytest.raises(ValueError, match="PAIZHU_MASTER_KEY"):
        ring.add()
    assert ring.discard(filed)
    assert list(tmp_path.iterdir()) == []


def test_with_keys_of_the_environment_no_file_is_made(tmp_path: Path) -> None:
    assert Masters(tmp_path, [ONE]).current()[1] == ONE
    assert list(tmp_path.iterdir()) == []


def test_an_id_tells_nothing_of_its_key() -> None:
    assert id_of(ONE) != id_of(TWO)
    assert id_of(ONE) not in ONE.hex()


@pytest.mark.parametrize("text", [ONE.hex(), ONE.hex().upper(), base64.b64encode(ONE).decode()])
def test_the_environment_gives_keys_in_hexadecimal_or_base64(text: str) -> None:
    assert Config.of({"PAIZHU_MASTER_KEY": f" {text} , {TWO.hex()}"}, need=()).masters == (ONE, TWO)
    assert Config.of({"PAIZHU_MASTER_KEY": ""}, need=()).masters == ()


@pytest.mark.parametrize("text", [ONE.hex()[:-2], "secret words", base64.b64encode(ONE[:-1]).decode(), "王"])
def test_a_key_that_cannot_be_read_is_named_and_never_shown(text: str) -> None:
    with pytest.raises(BadSetting, match="PAIZHU_MASTER_KEY") as refused:
        Config.of({"PAIZHU_MASTER_KEY": text}, need=())
    assert text not in str(refused.value)


def test_a_configuration_that_is_printed_shows_no_key() -> None:
    config = Config.of({"PAIZHU_MASTER_KEY": ONE.hex(), "PAIZHU_CIPHER": "national"}, need=())
    assert "masters" not in repr(config)
    assert config.cipher.name == "national"
    with pytest.raises(BadSetting, match="PAIZHU_CIPHER is 'rot13'"):
        Config.of({"PAIZHU_CIPHER": "rot13"}, need=())
