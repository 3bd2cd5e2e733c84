"""The list of all rule paths, for those who write decisions: which profile has a path, and where its value comes from.

``python -m programmes.paths`` rewrites the list in ``docs/paths.md``; a test keeps the two together.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from kernel.forms import EN
from kernel.forms import written as in_words
from kernel.reader import Reader
from programmes import loader
from programmes.known import form_of

LIST = Path(__file__).parents[1] / "docs/paths.md"
START, END = "<!-- paths: written by python -m programmes.paths -->\n", "<!-- end of paths -->\n"


def listing() -> str:
    """A table in Markdown, one row a path: unit, form and reader, then each programme with the origin of its value.

    A path without a value is a clause that decisions cite. Rows ``deadline.<id>`` of the register are left out.
    """
    units: dict[str, str] = {}
    where: dict[str, list[str]] = defaultdict(list)
    for programme in ("LN2018", "JZ", "LN2002", "SX2015", "QS2017"):
        for path, rule in loader.load(programme).rules.items():
            if path.startswith("deadline."):
                continue
            units.setdefault(path, rule["unit"] or "clause only")
            where[path].append(f"{programme} {rule['origin']}")
    rows = [f"| `{path}` | {units[path]} | {_read(path)} | {', '.join(where[path])} |\n" for path in sorted(units)]
    return "| Path | Unit | Form | Read by | Programmes, origin |\n|---|---|---|---|---|\n" + "".join(rows)


def _read(path: str) -> str:
    form = form_of(path)
    if form is None:
        return "no value | "
    shape = in_words(form.shape, EN).replace("|", "\\|")
    return f"`{shape}` | {form.title if isinstance(form, Reader) else 'information only'}"


def written(text: str) -> str:
    """``text`` of the document with the list in its place."""
    before, _, rest = text.partition(START)
    _, _, after = rest.partition(END)
    return before + START + "\n" + listing() + "\n" + END + after


if __name__ == "__main__":
    LIST.write_text(written(LIST.read_text(encoding="utf-8")), encoding="utf-8")
