"""Where on a form a refusal is said: at the field it names, or the list that holds what it names, else on top alone.

Invariant: every finding of a problem is told once on top, and no key stands where a field has a word. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from gateway.console.entered import Typed, numbers
from gateway.console.fields import Field


@dataclass(frozen=True, slots=True)
class Fault:
    """One finding. ``at`` is the path of the field it is said at, "" where there is none."""

    at: str
    label: str
    sentence: str
    accepted: str = ""


def places(fields: Iterable[Field], typed: Typed, at: str = "", within: str = "") -> Iterator[tuple[str, str, Field]]:
    """(path, label, field) of everything there is in the form, groups among it."""
    for field in fields:
        path, label = at + field.name, within + field.label
        yield path, label, field
        if field.kind == "group":
            yield from places(field.parts, typed, f"{path}.", f"{label}，")
        elif field.kind == "groups":
            for n in numbers(path, typed):
                yield from places(field.parts, typed, f"{path}.{n}.", f"{label}第 {n + 1} 组，")


def faults(problem: Mapping[str, Any], fields: Iterable[Field], typed: Typed) -> list[Fault]:
    """The findings of a problem document (``gateway.problems``), in its order."""
    known = {path: (label, field) for path, label, field in places(fields, typed)}
    listed = problem.get("errors") or ()
    if listed:
        head = () if str(problem["code"]).startswith("field_") else (_fault(problem, problem["detail"], {}),)
        return [*head, *(_fault(one, one["detail"] or "", known) for one in listed)]
    return [_fault(problem, problem["detail"], known)]


def _fault(said: Mapping[str, Any], sentence: str, known: Mapping[str, tuple[str, Field]]) -> Fault:
    path = str(said.get("field") or "")
    at, rest = path, ""
    while at and at not in known:
        at, _, part = at.rpartition(".")
        rest = f"{part}.{rest}".strip(".")
    label, field = known.get(at, ("", None))
    number = rest.split(".")[0]
    if number.isascii() and number.isdigit():
        label = f"{label}第 {int(number) + 1} 项"
    accepted = str(said.get("accepted") or "")
    if field is not None and str(said.get("code")).startswith("field_"):
        accepted = wanted(field) or accepted
    return Fault(at, label, sentence, accepted)


def wanted(field: Field) -> str:
    """What a field takes, in words."""
    if field.choices:
        return "、".join(title for _, title in field.choices)
    return "是或否" if field.kind == "flag" else field.hint
