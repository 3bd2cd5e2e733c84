"""What the chapter on placement says is so: its block runs, its bodies fit their contracts, its names are there."""

from __future__ import annotations

import json
import re
import runpy
from pathlib import Path
from typing import Any

import pytest

from kernel.schema import load
from services.allocation import schemas
from services.allocation.jobs.plan_jobs import JOBS
from services.allocation.jobs.plan_work import PART
from services.allocation.planning import plan_queries
from services.allocation.planning.plan_rules import RULES
from services.allocation.planning.plan_settings import PARTS
from tests.kit.allocation.ground import ctx

ROOT = Path(__file__).parents[3]
CHAPTER = (ROOT / "docs" / "placement.md").read_text(encoding="utf-8")
COMMANDS = {kind.__name__: kind for kind in schemas.COMMANDS}
BODIES = [json.loads(text) for text in re.findall(r"```json\n(.*?)```", CHAPTER, re.DOTALL)]


@pytest.mark.parametrize("block", re.findall(r"```python\n(.*?)```", CHAPTER, re.DOTALL))
def test_every_block_runs(block: str, tmp_path: Path) -> None:
    script = tmp_path / "block.py"
    script.write_text(block, encoding="utf-8")
    assert runpy.run_path(str(script))["plan"].total == 2


@pytest.mark.parametrize("body", BODIES, ids=lambda body: body.get("kind") or body["command"])
def test_every_body_fits_its_contract(body: dict[str, Any]) -> None:
    kind = JOBS[body["kind"]].asks if "kind" in body else COMMANDS[body["command"]]
    assert load(kind, body["data"], ctx()) is not None


def test_what_is_named_is_there() -> None:
    assert re.findall(r"^\| `(\w+)` \|", CHAPTER, re.MULTILINE) == list(PARTS)
    assert all(f"`{rule.name}`" in CHAPTER for rule in RULES)
    assert f"at most {PART} rows" in CHAPTER
    assert {body["kind"] for body in BODIES if "kind" in body} == set(JOBS) - {"prices"}
    for name in ("plans", "plan_rows", "plan_left", "unit_reasons", "publicity_list"):
        assert f"`{name}`" in CHAPTER
        assert name in plan_queries.QUERIES
    for code in ("lock_infeasible", "plan_infeasible", "cost_overflow", "option_unknown", "floor_infeasible"):
        used = [p for p in (ROOT / "services" / "allocation").rglob("*.py") if f'"{code}"' in p.read_text("utf-8")]
        assert used, code
    for path in re.findall(r"`(\w+\.py)`", CHAPTER):
        assert list((ROOT / "services" / "allocation").rglob(path)), path
