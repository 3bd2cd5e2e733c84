"""One event dropped from a copy of the logs: verification names the gap, wherever it is."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import orjson
import pytest
from click.testing import CliRunner

from audit.cli import audit
from tests.kit.audit.archive import Archive


def dropped(whole: Path, to: Path, *positions: int) -> Path:
    """A copy of the bundle ``whole`` without the events at these positions of attendance."""
    bundle = shutil.copytree(whole, to)
    path = bundle / "events" / "attendance.ndjson"
    lines = path.read_bytes().splitlines(keepends=True)
    kept = [line for line in lines if orjson.loads(line)["position"] not in positions]
    assert len(kept) == len(lines) - len(positions)
    path.write_bytes(b"".join(kept))
    return bundle


def found(bundle: Path) -> list[tuple[str, int | None, str]]:
    """Code, position and sentence of what verification finds in a copy that is not sound."""
    done = CliRunner().invoke(audit, ["verify", "--bundle", str(bundle), "--json"])
    assert done.exit_code == 1, done.output
    said = json.loads(done.output)
    assert not said["sound"]
    return [(one["code"], one["position"], one["sentence"]) for one in said["findings"]]


@pytest.mark.req("X-051")
@pytest.mark.parametrize("place", [1, 2, 255, 256, 420, 421, 426], ids=str)
def test_an_event_dropped_from_a_copy_is_a_gap_that_verification_names(
    whole: Path, signed: Archive, tmp_path: Path, place: int
) -> None:
    """Of 427 events the first checkpoint signs 255, the last 420; the first, each of their bounds, the last but one."""
    assert len(signed.lines("attendance")) == 427
    findings = found(dropped(whole, tmp_path / "copy", place))
    gaps = [(position, sentence) for code, position, sentence in findings if code == "position_missing"]
    assert gaps == [(place, "the event is missing, the one behind it is there")]
    # The signed tree says the same of what was signed; of events that are there only that they rest on what is gone.
    codes = {code for code, _, _ in findings} - {"version_gap", "fact_not_taken"}
    assert codes == {"file_changed", "position_missing"} | ({"root_differs"} if place <= 420 else set())


@pytest.mark.req("X-051")
def test_the_last_event_dropped_from_a_copy_is_missing_at_the_head(whole: Path, tmp_path: Path) -> None:
    findings = found(dropped(whole, tmp_path / "copy", 427))
    assert ("head_differs", 426, "the head row says 427, the last event is 426") in findings


def test_several_that_are_gone_are_one_gap_each(whole: Path, tmp_path: Path) -> None:
    findings = found(dropped(whole, tmp_path / "copy", 7, 8, 9, 300))
    gaps = [(position, sentence) for code, position, sentence in findings if code == "position_missing"]
    assert gaps == [
        (7, "the events 7 to 9 are missing, the one behind is there"),
        (300, "the event is missing, the one behind it is there"),
    ]
