"""The laws of the structure: who may know whom, what a domain file may touch, and how large a room may grow."""

from __future__ import annotations

import ast
import importlib
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from gateway.api import DISCLOSING

ROOT = Path(__file__).resolve().parents[2]
SERVICES = ("allocation", "personnel", "attendance", "evaluation")
ROOMS = ("kernel", "programmes", "services", "gateway", "audit", "deploy", "cli", "demo", "bench")
WIRING = {
    "concerns",
    "__init__",
    "parts",
    "duties",
    "readers",
    "schemas",
    "projections",
    "queries",
    "obligations",
    "wiring",
    "service",
    "reactions",
    "plans",
}
MATHEMATICS = ROOT / "services/allocation/assignment"
SOLVING = ROOT / "services/allocation/solving"
NUMBERS = {"numpy", "scipy", "ortools"}
IMPURE = {"os", "sys", "time", "random", "secrets", "uuid", "logging", "socket", "subprocess", "threading", "pathlib"}
PURE_KERNEL = {
    f"kernel.{name}"
    for name in (
        *("calendar", "messages", "reader", "rules", "part", "errors", "refusal", "refusals", "grounds"),
        *("text", "personal", "merkle", "frozen"),
    )
}
PURE_NAMES = {
    f"programmes.{name}"
    for name in (
        *("roles", "refusals", "duty", "condition", "procedure", "working_days", "offices", "signing"),
        *("layers", "readers", "results", "roster", "money", "quarters", "education", "teams", "duty_groups", "texts"),
    )
}
PURE_NAMES |= {f"programmes.readers.{path.stem}" for path in (ROOT / "programmes/readers").glob("*.py")}


def modules(*rooms: str) -> list[Path]:
    """The Python files of the rooms, by path."""
    return sorted(p for room in rooms for p in (ROOT / room).rglob("*.py") if "node_modules" not in p.parts)


def imports(path: Path) -> Iterator[str]:
    """The dotted names a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield node.module


def shown(path: Path) -> str:
    return str(path.relative_to(ROOT))


def dotted(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def domain_files() -> list[Path]:
    """The files of services that decide: everything but wiring, contracts, read models, solvers and mathematics."""
    found = []
    for service in SERVICES:
        for path in modules(f"services/{service}"):
            stem = path.stem
            if path.parent in (MATHEMATICS, SOLVING) or path.parent.name == "jobs":
                continue
            if stem not in WIRING and not stem.endswith(("_queries", "_projection", "_plans", "_solver")):
                found.append(path)
    return found


def test_the_kernel_imports_no_other_room() -> None:
    others = {room for room in ROOMS if room != "kernel"}
    wrong = [(shown(p), name) for p in modules("kernel") for name in imports(p) if name.split(".")[0] in others]
    assert not wrong


def test_services_never_import_each_other() -> None:
    wrong = []
    for service in SERVICES:
        for path in modules(f"services/{service}"):
            for name in imports(path):
                parts = name.split(".")
                if parts[0] == "services" and len(parts) > 1 and parts[1] != service:
                    wrong.append((shown(path), name))
                if parts[0] in {"gateway", "audit", "deploy", "cli", "demo", "bench"}:
                    wrong.append((shown(path), name))
    assert not wrong


def test_the_gateway_knows_services_by_their_contracts_only() -> None:
    wrong = [
        (shown(p), name)
        for p in modules("gateway")
        for name in imports(p)
        if name.startswith("services.") and not re.fullmatch(r"services\.\w+\.schemas", name)
    ]
    assert not wrong


def test_the_gateway_knows_which_questions_leave_an_event() -> None:
    wirings = [(service, importlib.import_module(f"services.{service}.wiring").SERVICE) for service in SERVICES]
    disclosing = {(name, query) for name, service in wirings for query, q in service.queries.items() if q.discloses}
    assert disclosing == DISCLOSING


def test_nameko_and_eventlet_stay_in_their_thin_rooms() -> None:
    allowed = {"kernel/nameko_host.py", *(f"services/{s}/service.py" for s in SERVICES)}
    wrong = [
        (shown(p), name)
        for p in modules("kernel", "programmes", "services", "gateway", "audit", "deploy", "cli", "demo")
        for name in imports(p)
        if name.split(".")[0] in {"nameko", "eventlet"} and shown(p) not in allowed
    ]
    assert not wrong


@pytest.mark.parametrize("path", domain_files(), ids=shown)
def test_domain_files_are_pure(path: Path) -> None:
    standard = set(sys.stdlib_module_names) - IMPURE
    service = path.relative_to(ROOT / "services").parts[0]
    own = {dotted(p) for p in domain_files() if dotted(p).startswith(f"services.{service}.")}
    own |= {f"services.{service}"} | {name.rpartition(".")[0] for name in own}
    wrong = [n for n in imports(path) if n.split(".")[0] not in standard and n not in PURE_KERNEL | PURE_NAMES | own]
    assert not wrong, f"{shown(path)} imports {wrong}"
    calls = [
        node.attr
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in {"today", "now", "utcnow"}
    ]
    calls += [
        n.id for n in ast.walk(ast.parse(path.read_text())) if isinstance(n, ast.Name) and n.id in {"open", "print"}
    ]
    assert not calls, f"{shown(path)} reads a clock or a file: {calls}"


@pytest.mark.parametrize("path", modules("services/allocation/assignment"), ids=shown)
def test_the_mathematics_of_plans_know_neither_events_nor_clocks(path: Path) -> None:
    standard = set(sys.stdlib_module_names) - IMPURE
    wrong = [
        name
        for name in imports(path)
        if name.split(".")[0] not in standard | NUMBERS and not name.startswith("services.allocation.assignment.")
    ]
    assert not wrong


@pytest.mark.parametrize("path", domain_files(), ids=shown)
def test_no_number_of_a_programme_stands_in_code(path: Path) -> None:
    """Terms, thresholds, ages, copies and deadlines come from the profile; 0, 1 and 2 count things, ``schema`` the
    versions of an event."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assigned = [(node.targets[0], node.value) for node in ast.walk(tree) if isinstance(node, ast.Assign)]
    assigned += [(node.target, node.value) for node in ast.walk(tree) if isinstance(node, ast.AnnAssign) and node.value]
    versions = [value for target, value in assigned if getattr(target, "id", "") == "schema"]
    numbers = [
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and node not in versions
        and isinstance(node.value, int | float)
        and not isinstance(node.value, bool)
        and node.value not in (0, 1, 2)
    ]
    code_widths = {4, 6, 9, 12}  # the digits of a division code: a property of the register, not of a programme
    assert not [n for n in numbers if n[1] not in code_widths], f"{shown(path)}: {numbers}"


@pytest.mark.parametrize("path", modules(*ROOMS, "tests"), ids=shown)
def test_no_module_is_longer_than_300_lines(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300


def test_every_metric_stands_in_one_place() -> None:
    wrong = [
        shown(p)
        for p in modules(*ROOMS)
        if shown(p) != "kernel/metrics.py"
        and any(name == "prometheus_client" for name in imports(p))
        and re.search(r"\b(Counter|Gauge|Histogram|Summary)\(", p.read_text(encoding="utf-8"))
    ]
    assert not wrong


def test_every_refusal_says_what_would_be_accepted() -> None:
    refusing = {"BadInput", "Unauthenticated", "Forbidden", "Unknown", "Rejected", "Reused", "Stale", "TooLarge"}
    refusing |= {"WrongMedia", "WrongMethod", "forbidden", "not_yours"}
    silent = [
        (shown(p), node.lineno)
        for p in modules("kernel", "programmes", "services", "gateway", "audit")
        for node in ast.walk(ast.parse(p.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in refusing
        if not {"accepted", None} & {keyword.arg for keyword in node.keywords}
    ]
    assert not silent


def test_event_names_are_owned_once() -> None:
    owners: dict[str, list[str]] = {}
    for service in SERVICES:
        for path in modules(f"services/{service}"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.ClassDef) and any(
                    isinstance(b, ast.Name) and b.id == "Event" for b in node.bases
                ):
                    owners.setdefault(node.name, []).append(service)
    twice = {name: where for name, where in owners.items() if len(set(where)) > 1 and not name.endswith("Noted")}
    assert not twice, "an event has one owner; a copy of a foreign fact is a …Noted event"


def test_no_tracked_file_names_a_machine_or_a_registry() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True).stdout
    hosts = "|".join(
        ["pypi" + r"\.org", "files" + r"\.pythonhosted", "registry" + r"\.npmjs", "deb" + r"\.debian\.org"]
    )
    telling = re.compile(rf"(?<![\w.])/work/|/root/|{hosts}")
    wrong = []
    for name in filter(None, listed.split("\0")):
        path = ROOT / name
        if path.is_file() and path.suffix not in {".csv", ".png", ".xlsx"}:
            found = telling.search(path.read_text(encoding="utf-8", errors="replace"))
            if found and path != Path(__file__):
                wrong.append((name, found.group(0)))
    assert not wrong


def test_personal_data_is_opened_in_one_place() -> None:
    """Where it is recorded who reads; a second place could forget to.

    A correction is decided on what stands, and a check of conditions on the age: nobody is shown either, and who
    corrected or checked is an event of its own.
    """
    opening = re.compile(r"\.open_all\(|\bvault\"\]\.open\(|\bvault\.open\(")
    where = {shown(p) for p in modules(*ROOMS) if opening.search(p.read_text(encoding="utf-8"))}
    deciding = {f"services/personnel/{name}_plans.py" for name in ("persons/correction", "reserves/reserve")}
    assert where == {"services/personnel/privacy/disclosure_queries.py", "kernel/vault/__init__.py"} | deciding
