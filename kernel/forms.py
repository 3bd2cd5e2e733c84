"""Forms in words: what a type accepts, written briefly for those who write a profile.

    written(dict[Literal["red"], int], ZH)     # {red: 整数, …}

Names and signs are those of the profile's own notation; only the words of a language are looked up.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from msgspec import inspect

from kernel.text import digits

ZH: Final = {
    "int": "整数",
    "str": "文字",
    "date": "日期（年-月-日）",
    "key": "名称",
    "code": "{0} 位区划代码",
}
EN: Final = {
    "int": "integer",
    "str": "text",
    "date": "date",
    "key": "name",
    "code": "code of {0} digits",
}
MOST: Final = 1_000_000_000
"""The bound of figures that nothing else bounds, never mentioned; it fits in four bytes."""
_SIGNS = (("ge", "≥"), ("le", "≤"))


def written(shape: Any, words: Mapping[str, str]) -> str:
    """What values of the type ``shape`` look like, in the words of ``ZH`` or ``EN``."""
    return _said(inspect.type_info(shape), words)


def _said(node: inspect.Type, words: Mapping[str, str]) -> str:
    match node:
        case inspect.Metadata(type=inner, extra_json_schema={"title": title}):
            return words["code"].format(title) if digits(title[0]) else words.get(title, title)
        case inspect.Metadata(type=inner):
            return _said(inner, words)
        case inspect.IntType():
            bounds = [f"{sign} {bound}" for name, sign in _SIGNS if (bound := getattr(node, name)) not in (None, MOST)]
            return " ".join([words["int"], *bounds])
        case inspect.StrType():
            return words["str"]
        case inspect.DateType():
            return words["date"]
        case inspect.BoolType():
            return "true|false"
        case inspect.NoneType():
            return "null"
        case inspect.LiteralType(values=values):
            return "|".join(map(str, values))
        case inspect.UnionType(types=types):
            return "|".join(_said(one, words) for one in types)
        case inspect.DictType(key_type=key, value_type=value):
            named = words["key"] if isinstance(key, inspect.StrType) else _said(key, words)
            return f"{{{named}: {_said(value, words)}, …}}"
        case inspect.StructType(fields=fields):
            parts = (f"{one.encode_name}{'' if one.required else '?'}: {_said(one.type, words)}" for one in fields)
            return f"{{{', '.join(parts)}}}"
        case inspect.VarTupleType(item_type=item) | inspect.ListType(item_type=item):
            return f"[{_said(item, words)}, …]"
    raise TypeError(f"{node} is no form of a profile's value")
