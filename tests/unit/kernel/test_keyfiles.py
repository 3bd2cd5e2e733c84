"""Key files: made once, whole, private."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kernel.keyfiles import key, made


def test_a_key_is_made_once_and_stays(tmp_path: Path) -> None:
    folder = tmp_path / "keys"
    first = key(folder, "a.key")
    assert len(first) == 32
    assert key(folder, "a.key") == first != key(folder, "b.key")
    assert sorted(path.name for path in folder.iterdir()) == ["a.key", "b.key"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}


def test_of_many_who_come_at_once_all_get_the_same(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(lambda _: key(tmp_path, "a.key"), range(32)))) == 1


def test_what_stands_is_never_written_over(tmp_path: Path) -> None:
    def slow() -> bytes:
        (tmp_path / "a").write_bytes(b"the other was faster")
        return b"late"

    assert made(tmp_path, "a", slow).read_bytes() == b"the other was faster"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_a_key_that_others_may_read_or_of_another_length_is_refused(tmp_path: Path) -> None:
    key(tmp_path, "a.key")
    (tmp_path / "a.key").chmod(0o640)
    with pytest.raises(ValueError, match="0600"):
        key(tmp_path, "a.key")
    key(tmp_path, "b.key")
    (tmp_path / "b.key").write_bytes(b"short")
    with pytest.raises(ValueError, match="32 bytes"):
        key(tmp_path, "b.key")
