"""The sealed export: it opens with its key and no other, is the owner's alone, and is never written over."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from cli.privacy import handover
from kernel.ciphers import CIPHERS, INTERNATIONAL, Cipher
from kernel.vault.export import CannotOpen, Export, sealed

CONTENT: dict[str, Any] = {"person": "p/1", "personal": {"name": "合成人员0001"}, "forms": []}


def made() -> Export:
    """The content, sealed once more."""
    return sealed("p/1", CONTENT, INTERNATIONAL)


@pytest.mark.parametrize("cipher", CIPHERS.values(), ids=CIPHERS)
def test_an_export_opens_with_its_key_and_shows_nothing_without(tmp_path: Path, cipher: Cipher) -> None:
    export = sealed("p/1", CONTENT, cipher)
    written = handover.write(tmp_path / "out", export.text, export.key)
    assert handover.opened(written.path, written.key) == CONTENT
    assert written.path.stat().st_mode & 0o777 == 0o600
    body = written.path.read_bytes()
    assert written.sha256 == export.sha256 == hashlib.sha256(body).hexdigest()
    assert "合成人员".encode() not in body
    assert json.loads(body)["person"] == "p/1"


def test_another_key_a_changed_file_or_another_person_opens_nothing(tmp_path: Path) -> None:
    one, two = (handover.write(tmp_path, one.text, one.key) for one in (made(), made()))
    assert one.path != two.path
    for key in (two.key, "", "no key"):
        with pytest.raises(CannotOpen):
            handover.opened(one.path, key)
    export = json.loads(one.path.read_text())
    every: tuple[Any, ...] = (
        {**export, "person": "p/2"},
        {**export, "format": "x"},
        {**export, "sealed": "AA=="},
        [],
        {},
    )
    for changed in every:
        one.path.write_text(json.dumps(changed))
        with pytest.raises(CannotOpen):
            handover.opened(one.path, one.key)


def test_a_directory_that_cannot_be_written_is_an_error_before_anything_is_destroyed(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    export = made()
    with pytest.raises(OSError, match="file"):
        handover.write(tmp_path / "file", export.text, export.key)


def test_what_does_not_open_with_the_key_it_came_with_is_not_written(tmp_path: Path) -> None:
    with pytest.raises(CannotOpen):
        handover.write(tmp_path, made().text, made().key)
    assert list(tmp_path.iterdir()) == []
