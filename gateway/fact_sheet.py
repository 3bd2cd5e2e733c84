"""The fact sheet of a reserve (附件2) as a workbook: the printed fields in order, and a line for each record.

Which fields there are comes from the profile (``record.fields``). Invariant: every printed field stands on the sheet;
four quarters stand there even where nothing is in them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from gateway import ledger
from programmes import loader
from programmes.readers.reserve import CARD

COLUMNS: Final = (("no", "序号"), ("printed", "栏目"), ("said", "内容"))
_RECORDS: Final = {
    "training": {
        "training_mode": "mode",
        "training_date": "on",
        "training_days": "days",
        "training_content": "content",
    },
    "practice": {
        "practice_content": "content",
        "practice_performance": "performance",
        "practice_opinion": "opinion",
    },
}
"""Fields that repeat: by what is recorded, the part of a record that stands in each."""
_HELP: Final = {"helper": "helper", "help_content": "content", "help_opinion": "opinion"}


def written(item: Mapping[str, Any]) -> bytes:
    """The sheet of what the question ``reserve_sheet`` gives.

    Raises:
        Unknown: ``ledger_unknown`` where the programme prints none.
    """
    ledger.form(item["programme"], "reserves")
    fields = CARD.of(loader.load(item["programme"]).rules[CARD.path]["value"])
    rows = (
        {"no": field.no, "printed": field.printed, "said": line}
        for field in fields
        for line in _lines(str(field.key), item)
    )
    return ledger.sheet(f"{ledger.title(item['programme'], 'record')}（{item['year']} 年）", COLUMNS, rows)


def _lines(key: str, item: Mapping[str, Any]) -> Iterator[str]:
    """What stands in a field: one line, or one for each record or quarter it repeats with."""
    for kind, parts in _RECORDS.items():
        if key in parts:
            yield from [str(record.get(parts[key], "")) for record in item[kind]] or [""]
            return
    if key == "help_quarter" or key in _HELP:
        for slot in item["quarters"]:
            said = [str(help_given[_HELP[key]]) for help_given in slot["help"]] if key in _HELP else []
            yield f"第 {slot['quarter']} 季度{'：' if said else ''}{'；'.join(said)}"
    elif key in ("village_opinion_q1_q4", "township_opinion_q1_q4"):
        for slot in item["quarters"]:
            said_by = slot[key.removesuffix("_q1_q4")]
            yield f"第 {slot['quarter']} 季度{'：' if said_by else ''}{said_by}"
    else:
        yield str(item["fields"].get(key) or item.get(key) or "")
