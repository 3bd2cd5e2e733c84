"""One form for every text: what could read it otherwise stands in the rooms made for it and nowhere else."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin, get_type_hints

import pytest

from kernel.messages import Cells, Sealing
from services import SERVICES

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("kernel", "programmes", "services", "gateway", "audit", "deploy", "cli", "demo")
FOLDING = {"kernel/text.py", "kernel/personal.py"}
"""Where a text is brought into another form."""
FIGURES = {"isdigit", "isdecimal", "isnumeric"}
BYTES = {"audit/trail/search.py"}
"""Where bytes are asked, whose figures are those of ASCII."""


def modules() -> list[Path]:
    return sorted(p for room in ROOMS for p in (ROOT / room).rglob("*.py") if "node_modules" not in p.parts)


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def called(node: ast.AST) -> Iterator[tuple[str, str]]:
    """(method, what it is called on) of every call inside ``node``."""
    for one in ast.walk(node):
        if isinstance(one, ast.Call) and isinstance(one.func, ast.Attribute):
            yield one.func.attr, ast.unparse(one.func.value)


@pytest.mark.parametrize("path", [p for p in modules() if shown(p) not in FOLDING | BYTES], ids=shown)
def test_nobody_takes_the_figures_of_other_scripts_for_figures(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    asked = {of for method, of in called(tree) if method in FIGURES}
    held = {of for node in ast.walk(tree) if isinstance(node, ast.BoolOp) for m, of in called(node) if m == "isascii"}
    assert asked <= held, f"{shown(path)}: kernel.text.digits"


@pytest.mark.parametrize("path", [p for p in modules() if shown(p) not in FOLDING], ids=shown)
def test_nobody_folds_a_text_in_a_way_of_their_own(path: Path) -> None:
    calls = set(called(ast.parse(path.read_text(encoding="utf-8"))))
    assert ("normalize", "unicodedata") not in calls


@pytest.mark.parametrize("path", modules(), ids=shown)
def test_no_pattern_takes_the_figures_of_every_script(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("re."):
            texts = [n.value for n in ast.walk(node) if isinstance(n, ast.Constant) and isinstance(n.value, str)]
            assert "re.ASCII" in ast.unparse(node) or not any("\\d" in text for text in texts), ast.unparse(node)


def sealing(annotation: Any) -> bool:
    """True where the number of a person may stand anywhere inside a value of this type."""
    if get_origin(annotation) is Annotated and Sealing in get_args(annotation):
        return True
    fields = get_type_hints(annotation, include_extras=True) if isinstance(annotation, type) else {}
    return any(map(sealing, (*get_args(annotation), *(fields.values() if hasattr(annotation, "__slots__") else ()))))


def test_only_the_forms_of_persons_may_hold_the_number_of_one() -> None:
    assert sealing(Cells)
    found = set()
    for service in SERVICES:
        wired = import_module(f"services.{service}.wiring").SERVICE
        for name, handles in wired.commands.items():
            hints = get_type_hints(handles.command, include_extras=True)
            found |= {f"{name}.{field}" for field in hints if field != "context" and sealing(hints[field])}
    assert found == {
        *(
            "AssignHelper.about",
            "AttachPhoto.photo",
            "CorrectPerson.changes",
            "EnterLedgerRows.rows",
            "FileApplications.applicants",
            "ImportNominees.rows",
            "ImportOffices.rows",
        ),
        *("NominateCadre.nominee", "NominateLegs.legs", "RecommendReserve.card", "SubmitLedger.rows"),
    }
