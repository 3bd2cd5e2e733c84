"""The program of a bundle where there is no bundle."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.kit.audit.program import verified

PROGRAM = Path(__file__).parents[3] / "audit" / "standalone.py"


def test_where_there_is_no_bundle_nothing_was_tampered_with(tmp_path: Path) -> None:
    place = tmp_path / "没有 档案"
    place.mkdir()
    shutil.copy(PROGRAM, place / "verify.py")
    empty = f"NOTHING TO CHECK: no exported bundle in {place}"
    assert verified(cwd=place) == verified(place, cwd=place) == (2, empty)
    assert verified(place / "none", cwd=place) == (2, f"{empty}/none")
    assert verified(place / "verify.py", cwd=place) == (2, f"{empty}/verify.py")
    for words in (("a", "b"), ("--all",)):
        code, said = verified(*words, cwd=place)
        assert (code, said.startswith("usage: ")) == (2, True)
    for word in ("-h", "--help"):
        code, said = verified(word, cwd=place)
        assert (code, "Ends with 0" in said, "NOT SOUND" in said.partition("Ends with 0")[0]) == (0, True, False)
