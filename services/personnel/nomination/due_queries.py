"""What is owed before candidates are named: the mobilisation of each unit that names some."""

from __future__ import annotations

from typing import Final

from programmes.obligation import Obligation
from programmes.readers.duties import MOBILISATION
from programmes.roles import UNITS

OBLIGATIONS: Final = (
    Obligation(
        "mobilisation",
        "宣传动员",
        MOBILISATION,
        UNITS,
        source="(select programme, unit, min(nominated_on) as since from nominations group by programme, unit)",
        subject="s.unit",
        unit="s.unit",
        since="s.since",
        met="(select min(d.done_on) from duties d where d.duty = 'mobilisation' and d.programme = s.programme"
        " and d.subject = s.unit)",
    ),
)
