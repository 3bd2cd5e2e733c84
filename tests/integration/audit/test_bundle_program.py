"""The program of a bundle, where bundles are put and by whom they are read."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.kit.audit.program import verified


def test_a_bundle_in_a_place_with_blanks_is_checked_and_one_without_its_manifest_is_not_sound(
    whole: Path, tmp_path: Path
) -> None:
    bundle = shutil.copytree(whole, tmp_path / "锦州 档案" / "bundle")
    assert verified(cwd=bundle)[0] == verified(bundle, cwd=whole)[0] == 0
    (bundle / "manifest.json").unlink()
    code, said = verified(cwd=bundle)
    assert (code, said.startswith("NOT SOUND: ")) == (1, True)


@pytest.mark.parametrize("closed", ["manifest.json", "events", "events/allocation.ndjson", "."])
def test_what_may_not_be_read_was_not_tampered_with(whole: Path, tmp_path: Path, closed: str) -> None:
    bundle, elsewhere = shutil.copytree(whole, tmp_path / "closed"), shutil.copytree(whole, tmp_path / "open")
    (bundle / closed).chmod(0)
    try:
        code, said = verified(bundle, cwd=elsewhere)
    finally:
        (bundle / closed).chmod(0o700)
    assert (code, said.startswith("CANNOT READ: "), closed.rpartition("/")[2].strip(".") in said) == (2, True, True)
