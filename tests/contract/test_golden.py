"""Golden lines of every service: each event version has one, and what was released stays readable, field by field.

A golden file is never edited once released: a changed event gets a new version and an upcaster, and the old file must
still decode.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from kernel.codec import canonical, data_of, plain
from kernel.log.batch import areas_of
from kernel.messages import Event
from tests.kit.golden import FOLDERS, GOLDEN, decoded, files, missing_goldens, read, types_of

FILES = [path for folder in FOLDERS for path in files(folder)]
PERSONAL = {"name", "id_number", "mobile"}
FIRST_FORM = ("TargetFilled", "RegisterOpened", "RegisterClosed", "RecallClockStopped", "SecondmentNoted")
RULELESS = {f"{event}.v1" for event in FIRST_FORM}
"""Lines from before their event named a rule."""
NAMED_BODIES = ("UnitRegistered", "UnitNoted", "UnitRenamed", "UnitMoved", "CountyBodyRecorded", "DivisionChanged")
NAMES_OF_BODIES = {f"{event}.v1": {"name"} for event in NAMED_BODIES}
each_file = pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")


class Unheard(Event, title="未有样例"):
    """An event that nobody made a golden file of."""


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_event_version_has_a_golden_file(folder: str) -> None:
    assert missing_goldens(types_of(folder).values(), GOLDEN / folder) == []


def test_an_event_without_a_golden_file_is_named() -> None:
    kinds: list[type[Event]] = [*types_of("personnel").values(), Unheard]
    assert missing_goldens(kinds, GOLDEN / "personnel") == ["Unheard.v1"]


@each_file
def test_a_golden_file_is_named_after_its_event_and_version(path: Path) -> None:
    golden = read(path)
    assert path.name == f"{golden['type']}.v{golden['schema']}.json"
    assert golden["schema"] <= types_of(path.parent.name)[golden["type"]].schema


@each_file
def test_a_golden_event_decodes_and_encodes_to_itself(path: Path) -> None:
    golden, event = read(path), decoded(path)
    assert type(event).__name__ == golden["type"]
    assert event.occurred_on.isoformat() == golden["occurred_on"]
    if golden["schema"] == event.schema:
        assert canonical(data_of(event)) == canonical(golden["data"])
        assert plain(data_of(event)) == golden["data"]


@each_file
def test_a_golden_event_names_the_areas_it_concerns(path: Path) -> None:
    assert sorted(read(path)["areas"]) == sorted(area for area in areas_of(decoded(path)) if area)


@each_file
def test_a_golden_line_names_its_basis(path: Path) -> None:
    """Where the whole line is kept and the event rests on a rule."""
    golden, event = read(path), decoded(path)
    if event.rule is not None and golden.get("profile") and path.stem not in RULELESS:
        assert golden["notice"]
        assert golden["clause"]


@each_file
def test_a_golden_event_names_nobody(path: Path) -> None:
    named = PERSONAL & read(path)["data"].keys()
    assert named <= NAMES_OF_BODIES.get(path.stem, set())
