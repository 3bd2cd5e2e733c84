"""What the chapter on quotas says of the code is so."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest

from services.allocation import schemas

CHAPTER = (Path(__file__).parents[3] / "docs" / "quotas.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("block", re.findall(r"```python\n(.*?)```", CHAPTER, re.DOTALL))
def test_every_block_runs(block: str, tmp_path: Path) -> None:
    script = tmp_path / "block.py"
    script.write_text(block, encoding="utf-8")
    assert {"annex", "table"} & set(runpy.run_path(str(script)))


def test_the_events_and_fields_of_the_table_are_there() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (.*) \|$", CHAPTER, re.MULTILINE)
    events = {kind.__name__: kind for kind in schemas.EVENTS}
    assert len(rows) == 5
    for name, text in rows:
        assert set(re.findall(r"`(\w+)`", text)) <= set(events[name].__struct_fields__), name


def test_the_commands_named_are_commands() -> None:
    named = {"DivideChannelPlaces", "RecordVillageKinds", "SetUnitCountyQuotas", "SetLocalQuota", "AssignVillage"}
    assert named <= {kind.__name__ for kind in schemas.COMMANDS}
    assert all(f"`{name}`" in CHAPTER for name in named)
