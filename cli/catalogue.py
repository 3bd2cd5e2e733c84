"""``paizhu refusals``: every refusal of the system as one table, and whether the table is what the code says."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from gateway.problems import STATUS
from kernel.refusal import Refusal

ROOMS = ("kernel", "programmes", "services", "gateway")
_HEAD = """# Refusals

Every situation in which something is refused, with its code. One code means one situation over the whole system.
Names in braces are filled in. A rule is the path in the profile from which notice and clause are cited. Over HTTP
a refusal is `application/problem+json` with code, sentence, field and what would be accepted.

Written by `paizhu refusals` from the declarations (`refusals.py` beside each room), never by hand; `make lint`
compares. What a profile is refused for at publication is of another kind and stands in `programmes/README.md`.
"""
_COLUMNS = ("Code", "Sentence", "Field", "Rule", "Kind", "Accepted")


@click.command("refusals")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), default=Path("docs/refusals.md"), show_default=True
)
@click.option("--check", is_flag=True, help="Write nothing; say what differs, exit code 1.")
def command(out: Path, check: bool) -> None:
    """Write the table of every refusal: code, sentence, field, rule, kind with HTTP status, what is accepted."""
    known = catalogues()
    made, said = document(known), f"{out}: {sum(map(len, known.values()))} refusals"
    if not check:
        out.write_text(made, encoding="utf-8")
        click.echo(said)
        return
    there = out.read_text(encoding="utf-8").splitlines() if out.exists() else []
    wrong = sorted({_code(line) for line in set(there) ^ set(made.splitlines())})
    if wrong:
        raise click.ClickException(f"{out} is not what the code says; `paizhu refusals` writes {', '.join(wrong)}")
    click.echo(f"{said}, as the code says")


def catalogues() -> dict[str, list[Refusal[Any]]]:
    """The refusals by the dotted name of the module that declares them, in the order of rooms and of declaration."""
    told: set[str] = set()
    found: dict[str, list[Refusal[Any]]] = {}
    for name in _modules():
        # Not what a catalogue takes over from one before it.
        held = [one for one in vars(importlib.import_module(name)).values() if isinstance(one, Refusal)]
        if own := [one for one in held if one.code not in told]:
            found[name] = own
            told |= {one.code for one in own}
    return found


def document(known: dict[str, list[Refusal[Any]]]) -> str:
    """The text of docs/refusals.md."""
    parts = [_HEAD]
    for name, refusals in known.items():
        parts.append(f"## {_room(name)}\n")
        parts.append("\n".join([_row(_COLUMNS), _row("---" for _ in _COLUMNS), *map(_told, refusals)]) + "\n")
    return "\n".join(parts)


def _modules() -> list[str]:
    """The catalogues, each room's before those of the rooms in it."""
    names: list[str] = []
    for room in ROOMS:
        found = pkgutil.walk_packages(importlib.import_module(room).__path__, f"{room}.")
        names += sorted((one.name for one in found if one.name.endswith("refusals")), key=_room)
    return names


def _room(module: str) -> str:
    """``services.personnel.legs.refusals`` is of services/personnel/legs, ``kernel.door_refusals`` of kernel/door."""
    *path, last = module.split(".")
    what = last.removesuffix("refusals").removesuffix("_")
    return "/".join([*path, what] if what else path)


def _told(refusal: Refusal[Any]) -> str:
    kind = f"{refusal.kind} {STATUS[refusal.kind].status}"
    code, field, rule = (f"`{text}`" if text else "" for text in (refusal.code, refusal.field, refusal.rule))
    return _row((code, _plain(refusal.sentence), field, rule, kind, _plain(refusal.accepted)))


def _row(cells: Sequence[str] | Iterator[str]) -> str:
    return f"| {' | '.join(cells)} |".replace("|  |", "| |").replace("|  |", "| |")


def _plain(text: str) -> str:
    """As a cell of the table shows it."""
    return text.replace("|", "\\|").replace("<", "&lt;")


def _code(line: str) -> str:
    """What a line is about: the code in its first cell, or the whole line."""
    return line.split("`")[1] if line.startswith("| `") else line
