"""A profile in its plain form, as a command carries it: checked again before it is believed.

Invariant: what passes has the digest it claims, rules of the one known shape with an origin each, values their
readers can read, real dates and sums that agree; the sender's own word for any of this does not count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from kernel.forms import MOST
from programmes import figures, understood
from programmes.checks import ORIGINS, fractional
from programmes.draft import Draft
from programmes.faults import BrokenProfile, Fault
from programmes.loader import digest

_KEYS = {"programme": str, "version": int, "base": str | None, "scope": str, "sha256": str, "rules": dict}
_MORE = {"title": str, "equations": dict}
_RULE = {"value", "unit", "origin", "notice", "clause", "missing"}
# They become streams and area codes: one word, and a division; and what people read as the name.
_NAMES = {
    "programme": r"[A-Za-z0-9_-]{1,40}",
    "base": r"[A-Za-z0-9_-]{1,40}",
    "scope": r"[0-9]{2}|[0-9]{4}|[0-9]{6}",
    "title": r"(?=.*\S)[^\n\t]{1,400}",
}
_NAMED = {
    "programme": "1 至 40 个字母、数字、_ 或 -",
    "base": "1 至 40 个字母、数字、_ 或 -",
    "scope": "2、4 或 6 位区划代码",
    "title": "一行文本，不超过 400 个字符",
}
_WORDS: Mapping[Any, str] = {str: "文字", int: "整数", str | None: "文字，没有时为 null", dict: "对象"}
_PATH = re.compile(r"[a-z_]+(\.[A-Za-z0-9_]+)+")


def verify(profile: Mapping[str, Any]) -> None:
    """Refuse a plain profile that does not hold together.

    Raises:
        BrokenProfile: with every fault found; there is no file, so ``file`` is "profile" and ``line`` 1.
    """
    draft = Draft("profile", {"equations": profile.get("equations", {})}, {}, {})
    for stage in _STAGES:
        if faults := list(stage(draft, profile)):
            raise BrokenProfile(faults)


def _head(draft: Draft, profile: Mapping[str, Any]) -> Iterator[Fault]:
    known = {**_KEYS, **_MORE}
    for key in profile.keys() - known.keys():
        yield draft.fault("key_unknown", str(key), f"不认识的项“{key}”。", "、".join(known))
    for key, kind in known.items():
        if key not in profile and key in _KEYS:
            yield draft.fault("part_missing", key, f"缺少“{key}”。", _WORDS[kind])
        elif key in profile and not isinstance(profile[key], kind):
            yield draft.fault("type_wrong", key, f"“{key}”的类型不对。", _WORDS[kind])
        elif key == "version" and (profile[key] is True or not 0 < profile[key] <= MOST):
            yield draft.fault("type_wrong", key, "版本须为大于 0 的整数。", "1 起的整数")
        elif key in _NAMES and profile.get(key) is not None and not re.fullmatch(_NAMES[key], profile[key]):
            yield draft.fault("name_wrong", key, f"“{key}”不是可用的编号。", _NAMED[key])
    sums = draft.tree["equations"]
    if isinstance(sums, dict) and not all(isinstance(equation, str) for equation in sums.values()):
        yield draft.fault("type_wrong", "equations", "算式须为文字。", "a = b + c")


def _rules(draft: Draft, profile: Mapping[str, Any]) -> Iterator[Fault]:
    for path, rule in profile["rules"].items():
        if not _PATH.fullmatch(path):
            yield draft.fault("key_unknown", path, f"“{path}”不是规则路径。", "form.copies 一类的路径")
        elif not isinstance(rule, dict) or not _RULE - {"missing"} <= rule.keys() <= _RULE:
            yield draft.fault("type_wrong", path, "规则的项不全或有多余。", "、".join(sorted(_RULE)))
        elif not all(said is None or _says(said) for said in (rule["unit"], rule["notice"], rule["clause"])):
            yield draft.fault("type_wrong", path, "单位、通知和条款须为文字。", "文字，没有时为 null")
        elif rule["origin"] not in ORIGINS:
            yield draft.fault("origin_missing", path, f"规则没有写明来源，现为“{rule['origin']}”。", "、".join(ORIGINS))
        elif rule["origin"] in ("printed", "derived") and not rule["clause"]:
            yield draft.fault("clause_missing", path, f"来源为 {rule['origin']} 的规则须写明条款。", "clause")
        elif rule["origin"] == "unknown" and rule["value"] is not None:
            yield draft.fault("unknown_with_value", path, "来源为 unknown 的规则不得有值。", "去掉值，或写明来源")
        elif fractional(rule["value"]):
            yield draft.fault("fraction", path, "数字须为整数，比例写成两个整数。", "{ parts = 1, of = 2 }")


def _days(draft: Draft, profile: Mapping[str, Any]) -> Iterator[Fault]:
    return figures.days(draft, profile["rules"])


def _values(draft: Draft, profile: Mapping[str, Any]) -> Iterator[Fault]:
    return understood.check(draft, profile["rules"])


def _agreement(draft: Draft, profile: Mapping[str, Any]) -> Iterator[Fault]:
    rules = profile["rules"]
    yield from figures.sums(draft, rules)
    right = digest(profile["programme"], profile["version"], profile["base"], profile["scope"], rules)
    if profile["sha256"] != right:
        yield draft.fault("digest_differs", "sha256", "摘要与内容不符。", right)


_STAGES = (_head, _rules, _days, _values, _agreement)
"""Each looks only at what the ones before it found whole."""


def _says(text: Any) -> bool:
    """True for a text that is not blank."""
    return isinstance(text, str) and bool(text.strip())
