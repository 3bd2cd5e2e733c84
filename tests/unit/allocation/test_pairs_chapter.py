"""What the chapter on pairs says of the code is so."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest

from services.allocation import projections, schemas

ROOT = Path(__file__).parents[3]
CHAPTER = (ROOT / "docs" / "pairs.md").read_text(encoding="utf-8")
COMMANDS = {"DefineSwapPairs", "EnterSwapQuota", "OpenSwapBatch", "WishSwap", "AdoptPairing", "TakeWeakVillage"}
QUERIES = {
    "swap_plan_actual", "swap_composition", "swap_pairing", "coverage", "gaps", "work_groups", "work_group_members"
}  # fmt: skip


@pytest.mark.parametrize("block", re.findall(r"```python\n(.*?)```", CHAPTER, re.DOTALL))
def test_every_block_runs(block: str, tmp_path: Path) -> None:
    script = tmp_path / "block.py"
    script.write_text(block, encoding="utf-8")
    assert runpy.run_path(str(script))["found"].total == 9


def test_the_events_and_fields_of_the_table_are_there() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (.*) \|$", CHAPTER, re.MULTILINE)
    events = {kind.__name__: kind for kind in schemas.EVENTS}
    assert len(rows) == 13
    for name, text in rows:
        assert set(re.findall(r"`(\w+)`", text)) <= set(events[name].__struct_fields__), name


def test_the_commands_and_queries_named_are_there() -> None:
    assert {kind.__name__ for kind in schemas.COMMANDS} >= COMMANDS
    assert projections.QUERIES.keys() >= QUERIES
    assert all(f"`{name}`" in CHAPTER for name in COMMANDS | QUERIES)


def test_every_refusal_named_is_one_of_the_code() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "services" / "allocation").rglob("*.py"))
    named = set(re.findall(r"refused[^.]*?\(`(\w+)`", CHAPTER)) | set(re.findall(r"\(`(\w+_\w+)`[,)]", CHAPTER))
    refusals = {name for name in named if name not in QUERIES}
    assert {"swap_quota_empty", "pairing_stale", "ring_not_mutual", "binding_released"} <= refusals
    assert all(f'"{name}"' in code for name in refusals)
