"""Rights: who may do what in a database, as provisioning made it and as it is found.

What provisioning makes is written down once, in ``rights.txt`` beside a service's migrations: owners, grants, roles,
triggers, functions, constraints. Provisioning is tested against it; an auditor holds a running database against it.

Invariant: ``found`` reads the server's catalogue alone, with no right of its own, and names roles by their kind, so the
same system under other names gives the same rights.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Final, NamedTuple

ROOT: Final = Path(__file__).parents[2]
FILE: Final = "rights.txt"
_QUERY: Final = Path(__file__).with_suffix(".sql")
_APART: Final = " | "


class Right(NamedTuple):
    """One line: ``kind`` (as ``grant table``, ``owner schema``, ``trigger``), on what, and what is so there."""

    kind: str
    name: str
    what: str

    def __str__(self) -> str:
        return _APART.join(self)


def found(rows: Callable[[str], Iterable[tuple[Any, ...]]]) -> frozenset[Right]:
    """What stands in the database that ``rows`` asks: the rows of a statement, text as text."""
    return frozenset(Right(*row) for row in rows(_QUERY.read_text(encoding="utf-8")))


def expected(service: str, root: Path = ROOT) -> frozenset[Right]:
    """What provisioning makes in the database of ``service``. Raises FileNotFoundError where there is no such one."""
    return parse(file(service, root).read_text(encoding="utf-8"))


def file(service: str, root: Path = ROOT) -> Path:
    """Where that is written down."""
    own = root / "services" / service
    return (own if own.is_dir() else root / service) / FILE


def text(rights: Iterable[Right]) -> str:
    """The content of the file, a line a right, sorted."""
    return "".join(f"{line}\n" for line in sorted(map(str, rights)))


def parse(content: str) -> frozenset[Right]:
    """The rights in the content of such a file. Raises ValueError where a line is none."""
    return frozenset(_right(line) for line in content.splitlines())


def _right(line: str) -> Right:
    kind, name, what = line.split(_APART, 2)
    return Right(kind, name, what)
