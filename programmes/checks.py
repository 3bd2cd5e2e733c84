"""What a profile file must satisfy before it can be published.

Invariant: a file that passes has only known keys, an origin for every rule, clauses that its notices have, real dates,
sums that agree and, if it is a supplement, a base that exists around its scope.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from programmes import dates, equations, expand, registers
from programmes.faults import Fault
from programmes.lines import nearest

ORIGINS = ("printed", "derived", "assumed", "unknown")
_TOP = {"programme", "notices", "clauses", "rules", "equations"}
_PROGRAMME = {"id", "version", "kind", "title", "base", "scope"}
_NOTICE = {"number", "title", "issuers", "date", "addressees", "based_on", "annexes", "outline", "source"}
_LEAF = {"unit", "origin", "clause", "notice", "missing", "value", "columns", "rows", "total", "table", "where", "plus"}
_LEAF |= {"deadline", "take"}


@dataclass(frozen=True, slots=True)
class Draft:
    """A profile file as written: ``tree`` from the parser, ``lines`` by path, ``scopes`` of the programmes known."""

    file: str
    tree: Mapping[str, Any]
    lines: Mapping[str, int]
    scopes: Mapping[str, str]

    @property
    def id(self) -> str:
        return str(self.tree["programme"]["id"])

    def fault(self, code: str, path: str, sentence: str, accepted: str, rule: str | None = None) -> Fault:
        """A fault at the line of ``path``."""
        named = rule if rule is not None else path.removeprefix("rules.").removeprefix("clauses.")
        return Fault(code, sentence, self.file, nearest(dict(self.lines), path), named, accepted)

    def leaves(self) -> list[tuple[str, dict[str, Any]]]:
        return list(expand.leaves(self.tree["rules"]))


def shape(draft: Draft) -> list[Fault]:
    """Faults of keys, origins and references; values are looked at only where there are none of these."""
    head = list(_head(draft))
    return head or [*_notices(draft), *_clauses(draft), *_leaves(draft), *_deadlines(draft)]


def figures(draft: Draft, rules: Mapping[str, Mapping[str, Any]]) -> list[Fault]:
    """Faults of dates and sums in the expanded rules."""
    return [*_dates(draft, rules), *_totals(draft, rules), *_equations(draft, rules)]


def _head(draft: Draft) -> Iterator[Fault]:
    for key in draft.tree.keys() - _TOP:
        yield draft.fault("key_unknown", key, f"不认识的表“{key}”。", "、".join(sorted(_TOP)))
    for part in ("programme", "notices", "rules"):
        if not isinstance(draft.tree.get(part), dict) or not draft.tree[part]:
            yield draft.fault("part_missing", part, f"缺少表“{part}”。", f"[{part}]")
            return
    programme = draft.tree["programme"]
    for key in programme.keys() - _PROGRAMME:
        yield draft.fault("key_unknown", f"programme.{key}", f"不认识的项“{key}”。", "、".join(sorted(_PROGRAMME)))
    wanted: tuple[tuple[str, type], ...] = (("id", str), ("version", int), ("kind", str), ("title", str), ("scope", str))
    for key, kind in wanted:
        if not isinstance(programme.get(key), kind) or programme[key] == "":
            yield draft.fault("part_missing", f"programme.{key}", f"缺少“{key}”或类型不对。", kind.__name__)
            return
    yield from _base(draft, programme)


def _base(draft: Draft, programme: Mapping[str, Any]) -> Iterator[Fault]:
    base = programme.get("base")
    if programme["kind"] not in ("programme", "supplement"):
        yield draft.fault("kind_unknown", "programme.kind", f"不认识的类别“{programme['kind']}”。", "programme、supplement")
    elif programme["kind"] == "programme" and base is not None:
        yield draft.fault("base_unexpected", "programme.base", "独立方案不得再写所补充的方案。", 'kind = "supplement"')
    elif programme["kind"] == "supplement" and base not in draft.scopes:
        known = "、".join(sorted(draft.scopes.keys() - {programme["id"]}))
        yield draft.fault("base_missing", "programme.base", f"补充规定须写明所补充的方案，现为“{base}”。", known)
    elif base is not None and not programme["scope"].startswith(draft.scopes[base]):
        around = draft.scopes[base]
        yield draft.fault("scope_outside", "programme.scope", f"适用地区不在 {base} 的范围之内。", f"{around} 之内的区划代码")


def _notices(draft: Draft) -> Iterator[Fault]:
    for key, notice in draft.tree["notices"].items():
        path = f"notices.{key}"
        for unknown in notice.keys() - _NOTICE:
            yield draft.fault("key_unknown", f"{path}.{unknown}", f"不认识的项“{unknown}”。", "、".join(sorted(_NOTICE)))
        for needed in ("title", "issuers", "outline"):
            if not notice.get(needed):
                yield draft.fault("part_missing", path, f"通知“{key}”缺少“{needed}”。", needed)
        if "date" in notice and not isinstance(notice["date"], date):
            yield draft.fault("date_not_real", f"{path}.date", f"“{notice['date']}”不是日期。", "年-月-日，不加引号")


def _clauses(draft: Draft) -> Iterator[Fault]:
    for path, entry in draft.tree.get("clauses", {}).items():
        where = {"clause": entry} if isinstance(entry, str) else entry
        yield from _reference(draft, f"clauses.{path}", where)


def _reference(draft: Draft, path: str, where: Mapping[str, Any]) -> Iterator[Fault]:
    notices = draft.tree["notices"]
    key = where.get("notice", next(iter(notices)))
    if key not in notices:
        yield draft.fault("notice_unknown", path, f"没有名为“{key}”的通知。", "、".join(notices))
    elif where.get("clause") is not None and where["clause"] not in notices[key].get("outline", {}):
        known = "、".join(notices[key].get("outline", {}))
        yield draft.fault("clause_unknown", path, f"通知“{key}”没有“{where['clause']}”这一条。", known)


def _leaves(draft: Draft) -> Iterator[Fault]:
    absent = {row["id"] for row in registers.rows("missing.csv")}
    for name, leaf in draft.leaves():
        path = f"rules.{name}"
        for unknown in leaf.keys() - _LEAF:
            yield draft.fault("key_unknown", path, f"规则里有不认识的项“{unknown}”。", "、".join(sorted(_LEAF)))
        yield from _origin(draft, path, leaf)
        yield from _reference(draft, path, leaf)
        if "missing" in leaf and leaf["missing"] not in absent:
            yield draft.fault("missing_unknown", path, f"缺文登记册没有“{leaf['missing']}”。", "missing.csv 中的编号")
        if "table" in leaf:
            yield from _table(draft, path, leaf)
        if "deadline" in leaf:
            yield from _deadline(draft, path, leaf)
        if "rows" in leaf:
            yield from _rows(draft, path, leaf)


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
    for column in leaf.get("where", {}).keys() - set(registers.columns(leaf["table"])):
        known = "、".join(registers.columns(leaf["table"]))
        yield draft.fault("column_unknown", path, f"数据表“{leaf['table']}”没有列“{column}”。", known)
        return
    if not registers.typed(leaf["table"], leaf.get("where")):
        yield draft.fault("table_empty", path, f"数据表“{leaf['table']}”没有符合条件的行。", "至少一行")


def _deadline(draft: Draft, path: str, leaf: Mapping[str, Any]) -> Iterator[Fault]:
    own = {row["id"]: row for row in registers.of_programme("deadlines.csv", draft.id)}
    if leaf["deadline"] not in own:
        yield draft.fault("deadline_unknown", path, f"本方案没有期限“{leaf['deadline']}”。", "、".join(own))
    elif not own[leaf["deadline"]].get(leaf.get("take", "effective_to")):
        yield draft.fault("deadline_empty", path, f"期限“{leaf['deadline']}”的这一列为空。", "、".join(own[leaf["deadline"]]))


def _rows(draft: Draft, path: str, leaf: Mapping[str, Any]) -> Iterator[Fault]:
    width = len(leaf.get("columns", []))
    for number, row in enumerate(leaf["rows"]):
        if len(row) != width:
            yield draft.fault("row_width", f"{path}.rows[{number}]", f"本行有 {len(row)} 格。", f"{width} 格", path[6:])


def _deadlines(draft: Draft) -> Iterator[Fault]:
    for row in registers.of_programme("deadlines.csv", draft.id):
        yield from _reference(draft, f"deadline.{row['id']}", row)


def _dates(draft: Draft, rules: Mapping[str, Mapping[str, Any]]) -> Iterator[Fault]:
    for path, rule in rules.items():
        if str(rule["unit"]).split(",")[0] == "date" and rule["value"] is not None and not _real(rule["value"]):
            accepted = "真实存在的日期，年-月-日"
            yield draft.fault("date_not_real", f"rules.{path}", f"“{rule['value']}”不是真实日期。", accepted)
    for row in registers.of_programme("deadlines.csv", draft.id):
        yield from _reading(draft, row)


def _reading(draft: Draft, row: Mapping[str, str]) -> Iterator[Fault]:
    path = f"deadline.{row['id']}"
    days = [row[column] for column in ("effective_from", "effective_to") if row[column]]
    if not all(map(_real, days)):
        yield draft.fault("date_not_real", path, f"期限 {row['id']} 的生效日期不存在。", "真实存在的日期，年-月-日")
    elif days:
        reading = dates.read(row["printed"], int(days[-1][:4]))
        if reading is None or reading.last.isoformat() != row["effective_to"] or bool(reading.defect) > bool(row["defect"]):
            expected = "无日期" if reading is None else f"{reading.last.isoformat()} {reading.defect or ''}".strip()
            yield draft.fault("deadline_reading", path, f"期限 {row['id']} 与原文“{row['printed']}”不符。", expected)


def _real(text: Any) -> bool:
    try:
        date.fromisoformat(text)
    except (TypeError, ValueError):
        return False
    return True


def _totals(draft: Draft, rules: Mapping[str, Mapping[str, Any]]) -> Iterator[Fault]:
    for name, leaf in draft.leaves():
        if "total" not in leaf:
            continue
        for column, printed in zip(leaf["columns"], leaf["total"], strict=True):
            if isinstance(printed, int):
                added = sum(row[column] for row in rules[name]["value"])
                if added != printed:
                    sentence = f"“{column}”列合计为 {added}，印为 {printed}，相差 {abs(added - printed)}。"
                    yield draft.fault("total_differs", f"rules.{name}.total", sentence, str(added), name)


def _equations(draft: Draft, rules: Mapping[str, Mapping[str, Any]]) -> Iterator[Fault]:
    for key, equation in draft.tree.get("equations", {}).items():
        rule = equations.first_rule(equation, rules)
        try:
            sides = equations.balance(equation, rules)
        except equations.Unreadable as unreadable:
            path = f"equations.{key}"
            yield draft.fault("equation_unreadable", path, f"算式 {key} 中的“{unreadable}”不是数字。", "本文件中的数字", rule)
            continue
        if sides.difference:
            sentence = f"算式 {key} 不平：{equation}，左边 {sides.left}，右边 {sides.right}，相差 {sides.difference}。"
            yield draft.fault("sum_differs", f"rules.{rule}", sentence, "左右相等的数字", rule)


CHECKS: tuple[Callable[..., list[Fault]], ...] = (shape, figures)
"""The two passes, in order: the second is run only where the first finds nothing."""
