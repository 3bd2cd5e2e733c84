"""Output as it is found, so that no answer is held in memory: one JSON document, or lines of text.

Invariant: with ``as_json`` what stands on standard output is a single JSON document and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import Any, TypeVar

import click

from kernel.codec import canonical

Item = TypeVar("Item")


class Streamed:
    """Writes ``members`` of objects and ``each`` object of lists as JSON, or what is to be ``say``-d as text."""

    def __init__(self, as_json: bool) -> None:
        self._as_json = as_json
        self._first = True

    def __enter__(self) -> Streamed:
        self._write("{")
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if kind is None:
            self._write("}\n")

    def members(self, **values: Any) -> None:
        """Members of the object that is open."""
        for name, value in values.items():
            self._write(f"{self._comma()}{canonical(name).decode()}:{canonical(value).decode()}")

    def each(self, name: str, items: Iterable[Item]) -> Iterator[Item]:
        """A member that is a list of objects; the one of an item is open while the item is worked on."""
        self._write(f"{self._comma()}{canonical(name).decode()}:[")
        self._first = True
        for item in items:
            self._write(f"{self._comma()}{{")
            self._first = True
            yield item
            self._write("}")
            self._first = False
        self._write("]")
        self._first = False

    def scope(self, city: str | None) -> None:
        """Whether all events were there, or only those that concern one city."""
        self.members(city=city)
        if city is not None:
            self.say(f"from a bundle limited to city {city}: other events are not seen here")

    def say(self, line: str) -> None:
        """A line for people."""
        if not self._as_json:
            click.echo(line)

    def _comma(self) -> str:
        comma, self._first = "" if self._first else ",", False
        return comma

    def _write(self, text: str) -> None:
        if self._as_json:
            click.echo(text, nl=False)
