"""Fields: how a value of each plain type is read from a stranger's JSON, and what is said of anything else.

Every text comes in one form (``kernel.text``), without marks nobody sees, and without the number of a person unless it
is to be sealed. Reading costs no more than what is well-formed would: a list longer than it may be is not looked at,
and of one with many faults no more than what shows them.
"""

from __future__ import annotations

import typing
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

import marshmallow as ma

from kernel import breath, personal, text
from kernel.calendar import written_day
from kernel.refusal import Refusal
from kernel.refusals import (
    FIELD_MISSING,
    FIELD_NOT_ALL_READ,
    FIELD_NULL,
    FIELD_TOO_LONG,
    FIELD_TOO_MANY,
    FIELD_TYPE,
    FIELD_UNKNOWN,
    FIELD_VALUE,
)

_LONGEST: Final = 20_000
LISTED: Final = 5_000
"""Values in a list of which its message does not say otherwise (``kernel.messages.Most``): the largest batch has 6,212
places in eleven cities, and each of these fewer."""
MEMBERS: Final = 500
"""Members of an object whose names are free."""
ENOUGH: Final = 50
"""Faults after which a list is read no further."""


def say(refusal: Refusal[Any], sentence: str, accepted: str = "") -> str:
    """What a field says of a value that does not fit: the code of ``refusal``, a sentence, what is accepted."""
    # Marshmallow keeps one text for each fault, made once; only the code is the refusal's, the field is known later.
    return f"{refusal.code}|{sentence}|{accepted}"


def absent(accepted: str) -> dict[str, str]:
    """What is said where a value is missing or null."""
    return {
        "required": say(FIELD_MISSING, "缺少必填项。", accepted),
        "null": say(FIELD_NULL, "不能为空值。", accepted),
    }


_DATE = say(FIELD_TYPE, "应为存在的日期。", "YYYY-MM-DD")
OBJECT = say(FIELD_TYPE, "应为对象。", "对象")


class _Integer(ma.fields.Integer):
    """An integer and nothing that could be read as one: marshmallow would take 1.0, "1" and true."""

    def _validated(self, value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            raise self.make_error("invalid")
        if _not_storable(value):
            raise self.make_error("too_large")
        return value


class _String(ma.fields.String):
    """A text that every store can hold, in its normal form."""

    def __init__(self, *, sealing: bool = False, code: bool = False, **options: Any) -> None:
        super().__init__(**options)
        self.sealing = sealing
        self.form = text.code if code else text.normal

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        given = super()._deserialize(value, attr, data, **kwargs)
        if _not_storable(given):
            raise self.make_error("nul")
        if len(given) > _LONGEST:
            raise self.make_error("long")
        kept = self.form(given)
        _must_be_seen(kept)
        if not self.sealing and personal.holds_number(kept):
            raise self.make_error("personal")
        return kept


class _Anything(ma.fields.Raw):
    """Any JSON that every store can hold; what its texts say is for its own reader to judge."""

    def __init__(self, *, sealing: bool = False, **options: Any) -> None:
        super().__init__(**options)
        self.sealing = sealing

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if _not_storable(value):
            raise self.make_error("unstorable")
        if not self.sealing:
            for given in _texts(value):
                _must_be_seen(given)
                if personal.holds_number(given):
                    raise self.make_error("personal")
        return value


def _must_be_seen(given: str) -> None:
    if marks := text.unseen(given):
        raise ma.ValidationError(say(FIELD_VALUE, f"含有看不见的字符 {marks}。", "删去不占宽度的字符和控制字符"))


def _texts(value: Any) -> typing.Iterator[str]:
    """Every text inside, the names of members and whole numbers among them."""
    if isinstance(value, Mapping):
        for pair in value.items():
            yield from (found for part in pair for found in _texts(part))
    elif isinstance(value, list):
        yield from (found for part in value for found in _texts(part))
    elif isinstance(value, str | int):
        yield str(value)


class Items(ma.fields.List[Any]):
    """A list of at most ``most`` values, read until it has shown ``ENOUGH`` faults."""

    def __init__(self, inner: ma.fields.Field[Any], *, most: int, **options: Any) -> None:
        super().__init__(inner, **options)
        self.most = most
        self.metadata = {**self.metadata, "maxItems": most}

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if not isinstance(value, list | tuple):
            raise self.make_error("invalid")
        if (given := len(value)) > self.most:
            raise ma.ValidationError(_many(given, self.most))
        taken: list[Any] = []
        wrong: dict[Any, Any] = {}
        found = 0
        for at, one in enumerate(value):
            if at % breath.EVERY == 0:
                breath.take()
            try:
                taken.append(self.inner.deserialize(one, **kwargs))
            except ma.ValidationError as error:
                wrong[at] = error.messages
                found += _count(error.messages)
                if found >= ENOUGH and at + 1 < given:
                    wrong["_schema"] = [_unread(at + 1, given)]
                    break
        if wrong:
            raise ma.ValidationError(wrong)
        return taken


class Members(ma.fields.Dict):
    """An object whose members have names of their own, at most ``MEMBERS``."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if isinstance(value, Mapping) and len(value) > MEMBERS:
            raise ma.ValidationError(_many(len(value), MEMBERS))
        return super()._deserialize(value, attr, data, **kwargs)  # type: ignore[no-untyped-call]


def _many(given: int, most: int) -> str:
    return say(FIELD_TOO_MANY, f"项数过多（{given} 项），未予查看。", f"不超过 {most} 项；大批数据请分批提交")


def _unread(looked: int, given: int) -> str:
    rest = f"问题较多，只查看了前 {looked} 项，其余 {given - looked} 项未看。"
    return say(FIELD_NOT_ALL_READ, rest, "先改正已指出的各项")


def _count(messages: Any) -> int:
    """How many faults a field's messages tell."""
    if isinstance(messages, Mapping):
        return sum(map(_count, messages.values()))
    return len(messages) if isinstance(messages, list) else 1


class _Day(ma.fields.Date):
    """A day in its one form: marshmallow would take 20180502 and 2018-W18-3 too."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        try:
            return written_day(value)
        except (TypeError, ValueError):
            raise self.make_error("invalid", input=value, obj_type=self.OBJ_TYPE) from None


class _Flag(ma.fields.Boolean):
    """true or false and nothing that could be read as one: marshmallow would take "yes" and 0."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if not isinstance(value, bool):
            raise self.make_error("invalid", input=value)
        return value


def _not_storable(value: Any) -> bool:
    """True for what PostgreSQL cannot hold, anywhere inside: the character NUL, an integer wider than 64 bits."""
    if isinstance(value, str):
        return "\0" in value
    if isinstance(value, int):
        return not -(2**63) <= value < 2**63
    if isinstance(value, Mapping):
        return any(_not_storable(part) for pair in value.items() for part in pair)
    return isinstance(value, list) and any(map(_not_storable, value))


_NUL = say(FIELD_VALUE, "含有无法保存的空字符。", "不含空字符的文本")
_WIDE = say(FIELD_VALUE, "整数过大，无法保存。", "64 位以内的整数")
_EITHER = say(FIELD_VALUE, "含有无法保存的空字符或过大的整数。", "不含空字符，整数在 64 位以内")
_PERSONAL = say(FIELD_VALUE, "含有公民身份号码或手机号码。", "不含公民身份号码和手机号码的文本")
_TOO_LONG = say(FIELD_TOO_LONG, "超过长度。", f"不超过 {_LONGEST} 个字符")
SIMPLE: dict[Any, tuple[type[ma.fields.Field[Any]], str, dict[str, str]]] = {
    str: (
        _String,
        "文本",
        {"invalid": say(FIELD_TYPE, "应为文本。", "文本"), "nul": _NUL, "long": _TOO_LONG, "personal": _PERSONAL},
    ),
    int: (_Integer, "整数", {"invalid": say(FIELD_TYPE, "应为整数。", "整数"), "too_large": _WIDE}),
    bool: (_Flag, "true 或 false", {"invalid": say(FIELD_TYPE, "应为 true 或 false。", "true 或 false")}),
    date: (_Day, "YYYY-MM-DD", {"invalid": _DATE, "format": _DATE}),
    Any: (_Anything, "任意 JSON", {"unstorable": _EITHER, "personal": _PERSONAL}),
}
"""How each plain type is read, what it accepts in words, and what is said of anything else."""


class Contract(ma.Schema):
    """Base of all contracts: what is not named is refused."""

    class Meta:
        unknown = ma.RAISE

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        names = "、".join(self.fields) or "{}"
        self.error_messages = {"unknown": say(FIELD_UNKNOWN, "没有这一项。", names), "type": OBJECT}
        self._most = len(self.fields) + ENOUGH

    def load(self, data: Any, **options: Any) -> Any:
        """The values of ``data``; one with far more members than there are names is not looked at."""
        if isinstance(data, Mapping) and len(data) > self._most:
            raise ma.ValidationError({"_schema": [_many(len(data), len(self.fields))]})
        return super().load(data, **options)
