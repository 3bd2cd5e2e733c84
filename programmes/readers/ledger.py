"""Ledgers: which columns they have, who writes the rows, who signs, seals and files them, in how many copies."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from msgspec import Meta

from kernel.reader import Check, Reader
from programmes.readers.nomination import Fields
from programmes.readers.procedure import Sees, Steps, of_acts
from programmes.readers.words import Count, Name, Row, each_once


class Copies(Row, frozen=True):
    """Copies by medium."""

    paper: Count
    electronic: Count


READ = frozenset({"host_county", "name", "unit_and_post", "mobile", "remark"})
"""What an entered row is compared by."""


def _rows_of(*places: str) -> tuple[Check[Fields], ...]:
    """Columns that are read: each once, all of ``READ``, and one of ``places``."""

    def read(fields: Fields) -> bool:
        keys = {field.key for field in fields}
        return keys >= READ and bool(keys & set(places))

    said = f"含 {'、'.join(sorted(READ))} 各栏和 {'、'.join(places)} 之一"
    return each_once("no"), each_once("key"), Check(read, said)


Ledger = Literal["city", "village", "township", "statistics", "reserves", "record"]
TITLES = Reader[Annotated[Mapping[Ledger, Name], Meta(min_length=1)]]("ledger.titles", "台账打印")
COLUMNS = Reader[Fields]("ledger.columns", "台账填报", *_rows_of("host_village", "host_township"))
VILLAGE_COLUMNS = Reader[Fields]("ledger.village_columns", "台账填报", *_rows_of("host_village"))
TOWNSHIP_COLUMNS = Reader[Fields]("ledger.township_columns", "台账填报", *_rows_of("host_township"))
STEPS = Reader[Steps](
    "procedure.ledger",
    "台账填报和报送",
    *of_acts("enter", "return", "sign", "seal", "file", sees=Sees("city county"), posts=("sign", "seal", "file")),
    Check(lambda steps: all(one.post for one in steps if one.act == "sign"), "act 为 sign 的环节写明 post"),
)
COPIES = Reader[Copies]("ledger.copies", "台账报送")
RECIPIENT = Reader[Name]("ledger.recipient", "台账报送")
FILED_BY = Reader[date]("ledger.signed_deadline", "台账报送")
MEDIUM = Reader[Literal["electronic"]]("ledger.medium", "台账和登记表报送")
"""In which form ledger and registration forms go to the province first."""
