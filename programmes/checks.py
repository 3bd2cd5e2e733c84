"""What a profile file must satisfy before its figures are looked at.

Invariant: a file that passes has only known keys, an origin for every rule, clauses that its notices have, tables and
deadlines that exist and, if it is a supplement, a base whose scope holds its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from programmes import expand, registers
from programmes.draft import Draft
from programmes.faults import Fault

ORIGINS = ("printed", "derived", "assumed", "unknown")
_TOP = {"programme": dict, "notices": dict, "clauses": dict, "rules": dict, "equations": dict}
_HEAD = {"id": str, "version": int, "kind": str, "title": str, "scope": str}
_PROGRAMME = {**_HEAD, "base": str}
_FORMS: Mapping[type, str] = {str: "文字", int: "整数", dict: "表", list: "清单", date: "日期（年-月-日）"}
_LISTS = dict.fromkeys(("issuers", "addressees", "based_on", "annexes"), list)
_NOTICE = {**_LISTS, "number": str, "title": str, "date": date, "outline": dict, "source": str}
_CLAUSE = {"notice": str, "clause": str, "origin": str}
_TABLE = {"table": str, "where": dict, "plus": list, "columns": list, "rows": list, "total": list}
_LEAF = {**_CLAUSE, **_TABLE, "unit": str, "missing": str, "value": object, "deadline": str, "take": str}


def check(draft: Draft) -> list[Fault]:
    """Faults of keys, origins and references, in no special order; the head comes first, for the rest needs it."""
    head = list(_head(draft))
    return head or [*_notices(draft), *_clauses(draft), *_leaves(draft), *_deadlines(draft)]


def _keys(draft: Draft, path: str, entry: Mapping[str, Any], known: Mapping[str, type]) -> Iterator[Fault]:
    """Faults of keys nobody knows and of values of the wrong type."""
    for key, value in entry.items():
        at = f"{path}.{key}" if path else key
        if key not in known:
            yield draft.fault("key_unknown", at, f"不认识的项“{key}”。", "、".join(sorted(known)))
        elif not isinstance(value, known[key]) or (isinstance(value, bool) and known[key] is int):
            yield draft.fault("type_wrong", at, f"“{key}”的类型不对。", _FORMS.get(known[key], "另一种值"))


def _head(draft: Draft) -> Iterator[Fault]:
    wrong = list(_keys(draft, "", draft.tree, _TOP))
    yield from wrong
    for part in ("programme", "notices", "rules"):
        if not draft.tree.get(part):
            yield draft.fault("part_missing", part, f"缺少表“{part}”。", f"[{part}]")
            return
    if wrong:
        return
    programme = draft.tree["programme"]
    wrong = list(_keys(draft, "programme", programme, _PROGRAMME))
    yield from wrong
    for key in _HEAD:
        if not programme.get(key):
            yield draft.fault("part_missing", f"programme.{key}", f"缺少“{key}”。", _FORMS[_HEAD[key]])
            return
    if not wrong:
        yield from _base(draft, programme)


def _base(draft: Draft, programme: Mapping[str, Any]) -> Iterator[Fault]:
    base = programme.get("base")
    if programme["kind"] not in ("programme", "supplement"):
        sentence = f"不认识的类别“{programme['kind']}”。"
        yield draft.fault("kind_unknown", "programme.kind", sentence, "programme、supplement")
    elif programme["kind"] == "programme" and base is not None:
        yield draft.fault("base_unexpected", "programme.base", "独立方案不得再写所补充的方案。", 'kind = "supplement"')
    elif programme["kind"] == "supplement" and base not in draft.scopes:
        known = "、".join(sorted(draft.scopes.keys() - {programme["id"]}))
        yield draft.fault("base_missing", "programme.base", f"补充规定须写明所补充的方案，现为“{base}”。", known)
    elif base is not None and not programme["scope"].startswith(draft.scopes[base]):
        sentence = f"适用地区不在 {base} 的范围之内。"
        yield draft.fault("scope_outside", "programme.scope", sentence, f"{draft.scopes[base]} 之内的区划代码")


def _notices(draft: Draft) -> Iterator[Fault]:
    for key, notice in draft.tree["notices"].items():
        path = f"notices.{key}"
        if not isinstance(notice, dict):
            yield draft.fault("type_wrong", path, f"通知“{key}”应是一个表。", f"[{path}]")
            continue
        yield from _keys(draft, path, notice, _NOTICE)
        for needed in ("title", "issuers", "outline"):
            if not notice.get(needed):
                yield draft.fault("part_missing", path, f"通知“{key}”缺少“{needed}”。", needed)


def _clauses(draft: Draft) -> Iterator[Fault]:
    for name, entry in draft.tree.get("clauses", {}).items():
        path, where = f"clauses.{name}", {"clause": entry} if isinstance(entry, str) else entry
        if not isinstance(where, dict) or "clause" not in where:
            yield draft.fault(
                "type_wrong", path, "应写条款，或写明通知与条款。", '"五.1" 或 { notice = "…", clause = "…" }'
            )
            continue
        wrong = list(_keys(draft, path, where, _CLAUSE))
        yield from wrong or _reference(draft, path, where)
        if where.get("origin", "printed") not in ("printed", "derived"):
            yield draft.fault("origin_missing", path, "条款的来源不对。", "printed、derived")


def _reference(draft: Draft, path: str, where: Mapping[str, Any]) -> Iterator[Fault]:
    notices = draft.tree["notices"]
    key = where.get("notice", next(iter(notices)))
    if key not in notices:
        yield draft.fault("notice_unknown", path, f"没有名为“{key}”的通知。", "、".join(notices))
    elif where.get("clause") is not None and where["clause"] not in notices[key].get("outline", {}):
        known = "、".join(notices[key].get("outline", {}))
        yield draft.fault("clause_unknown", path, f"通知“{key}”没有“{where['clause']}”这一条。", known)


def _leaves(draft: Draft) -> Iterator[Fault]:
    for name, leaf in draft.leaves():
        path = f"rules.{name}"
        wrong = [*_keys(draft, path, leaf, _LEAF), *_origin(draft, path, leaf)]
        yield from wrong or _leaf(draft, path, leaf)


def _leaf(draft: Draft, path: str, leaf: Mapping[str, Any]) -> Iterator[Fault]:
    yield from _reference(draft, path, leaf)
    if "missing" in leaf and leaf["missing"] not in {row["id"] for row in registers.rows("missing.csv")}:
        yield draft.fault("missing_unknown", path, f"缺文登记册没有“{leaf['missing']}”。", "missing.csv 中的编号")
    if fractional(leaf.get("value"), leaf.get("rows")):
        yield draft.fault("fraction", path, "数字须为整数，比例写成两个整数。", "{ parts = 1, of = 2 }")
    if "table" in leaf:
        yield from _table(draft, path, leaf)
    if "deadline" in leaf:
        yield from _deadline(draft, path, leaf)
    if "rows" in leaf:
        yield from _rows(draft, path, leaf)


def fractional(*things: Any) -> bool:
    """True where a value holds a number that is not whole, however deep."""
    waiting = list(things)
    while waiting:
        part = waiting.pop()
        if isinstance(part, float):
            return True
        if isinstance(part, Iterable) and not isinstance(part, str):
            waiting += part.values() if isinstance(part, Mapping) else part
    return False


def _origin(draft: Draft, path: str, leaf: Mapping[str, Any]) -> Iterator[Fault]:
    origin, sources = leaf.get("origin"), [key for key in expand.SOURCES if key in leaf]
    if origin not in ORIGINS:
        yield draft.fault("origin_missing", path, f"规则没有写明来源，现为“{origin}”。", "、".join(ORIGINS))
    elif origin == "unknown" and sources:
        yield draft.fault("unknown_with_value", path, "来源为 unknown 的规则不得有值。", "去掉值，或写明来源")
    elif origin != "unknown" and len(sources) != 1:
        yield draft.fault("value_missing", path, "规则须有且只有一个值。", "、".join(expand.SOURCES))
    elif origin in ("printed", "derived") and "clause" not in leaf:
        yield draft.fault("clause_missing", path, f"来源为 {origin} 的规则须写明条款。", "clause")


def _table(draft: Draft, path: str, leaf: Mapping[str, Any]) -> Iterator[Fault]:
    if not registers.exists(leaf["table"]):
        yield draft.fault("table_unknown", path, f"没有数据表“{leaf['table']}”。", "data/ 中的文件名")
        return
    known = registers.columns(leaf["table"])
    strange = [column for column in (*leaf.get("where", {}), *leaf.get("columns", [])) if column not in known]
    if strange:
        yield draft.fault("column_unknown", path, f"数据表没有列“{'、'.join(map(str, strange))}”。", "、".join(known))
    elif not registers.typed(leaf["table"], leaf.get("where")):
        yield draft.fault("table_empty", path, f"数据表“{leaf['table']}”没有符合条件的行。", "至少一行")


def _deadline(draft: Draft, path: str, leaf: Mapping[str, Any]) -> Iterator[Fault]:
    own = {row["id"]: row for row in registers.of_programme("deadlines.csv", draft.id)}
    if leaf["deadline"] not in own:
        yield draft.fault("deadline_unknown", path, f"本方案没有期限“{leaf['deadline']}”。", "、".join(own))
    elif not own[leaf["deadline"]].get(leaf.get("take", "effective_to")):
        filled = "、".join(column for column, text in own[leaf["deadline"]].items() if text)
        yield draft.fault("deadline_empty", path, f"期限“{leaf['deadline']}”没有这一列或为空。", filled)


def _rows(draft: Draft, path: str, leaf: Mapping[str, Any]) -> Iterator[Fault]:
    width, named = len(leaf.get("columns", [])), path.removeprefix("rules.")
    numbered = [(f"{path}.rows[{number}]", row) for number, row in enumerate(leaf["rows"])]
    if "total" in leaf:
        numbered.append((f"{path}.total", leaf["total"]))
    for at, row in numbered:
        if not isinstance(row, list) or len(row) != width:
            yield draft.fault("row_width", at, "本行的格数与列数不同。", f"{width} 格", named)


def _deadlines(draft: Draft) -> Iterator[Fault]:
    for row in registers.of_programme("deadlines.csv", draft.id):
        yield from _reference(draft, f"deadline.{row['id']}", row)
