"""Every path of profiles, gathered from ``readers``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from types import MappingProxyType, ModuleType
from typing import Any, Final

from kernel.reader import Form
from programmes.readers import (
    assessment,
    attendance,
    candidacy,
    care,
    commendation,
    demand,
    diary,
    dossier,
    duties,
    endings,
    group,
    inspection,
    ledger,
    money,
    nomination,
    organs,
    papers,
    placement,
    printed,
    procedure,
    quota,
    recall,
    reports,
    reserve,
    review,
    rhythm,
    swap,
    works,
)

_MODULES = (
    *(assessment, attendance, candidacy, care, commendation, demand, diary, dossier, duties, endings, group),
    *(inspection, ledger, money, nomination, organs, papers, placement, procedure, quota, recall, reports, reserve),
    *(review, rhythm, swap, works),
)


def _declared(module: ModuleType) -> Iterator[Form[Any]]:
    return (thing for thing in vars(module).values() if isinstance(thing, Form))


def _once(forms: Iterator[Form[Any]]) -> Mapping[str, Form[Any]]:
    found: dict[str, Form[Any]] = {}
    for form in forms:
        if form.path in found or form.path in printed.CLAUSES:
            raise ValueError(f"{form.path} is declared twice")
        found[form.path] = form
    return MappingProxyType(found)


FORMS: Final = _once(form for of in (*map(_declared, _MODULES), iter(printed.PRINTED)) for form in of)
"""The form of every path that has a value; ``<group>.*`` for all paths of a group."""


def form_of(path: str) -> Form[Any] | None:
    """The form declared for ``path``, or for its group; None where there is none."""
    return FORMS.get(path) or FORMS.get(f"{path.rpartition('.')[0]}.*")


def is_clause(path: str) -> bool:
    """True where ``path`` is a clause without a value."""
    return path in printed.CLAUSES


def nearest(path: str) -> str:
    """The known paths that ``path`` may be meant for, else where they are listed."""
    return "、".join(get_close_matches(path, (*FORMS, *sorted(printed.CLAUSES)), 2)) or "docs/paths.md 所列的路径"
