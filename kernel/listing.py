"""A table as a question: which of its rows, of which columns, for whom, in pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kernel.asking import Find, Page, Reach, Where, day, page
from kernel.projection import Table
from kernel.service import Ask, Query

REACH = Reach()
"""By area alone."""


@dataclass(frozen=True, slots=True)
class Listing:
    """The question that pages a table.

    Args:
        title: its Chinese title.
        source: the table, or a select in brackets with a name.
        roles: who may ask.
        filters: parameters that a column of the same name must equal, each with its description.
        under: parameters that hold a division code, each with its description; a column of ``areas`` must lie under it.
        columns: those to show besides the key; all where none is named.
        key: what it is paged by; that of the table where none is named.
        areas, units: the columns of which one must be the asker's own, as ``reach`` says.
        where: what always holds.
        dated: what holds on the day given as ``as_of``, the end of time where none is: conditions with one ``%s`` each.
        needs: the parameters that must be given.
    """

    title: str
    source: Table | str
    roles: frozenset[str]
    filters: Mapping[str, str] = field(default_factory=dict)
    under: Mapping[str, str] = field(default_factory=dict)
    columns: tuple[str, ...] = ()
    key: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    reach: Reach = REACH
    where: str = "true"
    dated: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()

    def query(self) -> Query:
        """The question, as a service answers it."""
        dated = {"as_of": "事实日期，缺省为全部"} if self.dated else {}
        return Query(self.answer, self.roles, self.title, {**self.filters, **self.under, **dated}, self.needs)

    def answer(self, rows: Find, ask: Ask, tools: Mapping[str, Any]) -> Page:
        """One page."""
        where = Where().add(self.where).reach(ask.actor, self.reach, self.areas, self.units).equal(ask, *self.filters)
        for name in self.under:
            where.under(ask, name, *self.areas)
        for condition in self.dated:
            where.add(condition, day(ask))
        if isinstance(self.source, Table):
            source, key = self.source.name, self.key or tuple(self.source.key)
        else:
            source, key = self.source, self.key
        columns = tuple(dict.fromkeys((*key, *self.columns))) if self.columns else ("*",)
        return page(rows, ask, source, where, key, columns=columns)


def queries(**listings: Listing) -> dict[str, Query]:
    """The questions by name."""
    return {name: listing.query() for name, listing in listings.items()}
