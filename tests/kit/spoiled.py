"""Values of profiles spoiled: what a hand or a program may write in place of what a reader expects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from programmes import loader

STRANGE: tuple[Any, ...] = (
    *(True, False, 0, -1, 22, 10**12, 1.5, "", " ", "22", "work_team", "x" * 500, "两\n行", "2018-02-30"),
    *([], [1], ["work_team"], [[]], [{}], ["事", "事"], {}, {"x": 1}, {"village": "work_team"}, {"parts": 1, "of": 0}),
)


def spoiled(value: Any) -> Iterator[Any]:
    """``value`` as something else, and with each of its parts as something else, gone, told twice, or one too many."""
    yield from STRANGE
    if isinstance(value, dict):
        yield {**value, "strange": 1}
        for key, part in value.items():
            yield {name: kept for name, kept in value.items() if name != key}
            yield from ({**value, key: other} for other in (None, *spoiled(part)))
    if isinstance(value, list) and value:
        yield [*value, value[0]]
        yield from ([other, *value[1:]] for other in (None, *spoiled(value[0])))


def signed(profile: dict[str, Any], **more: Any) -> dict[str, Any]:
    """The profile with other fields, without equations, and with the digest of what stands in it then."""
    made = {**profile, "equations": {}, **more}
    fields = (made[key] for key in ("programme", "version", "base", "scope", "rules"))
    return {**made, "sha256": loader.digest(*fields)}


def saying(programme: str, version: int, values: Mapping[str, Any]) -> dict[str, Any]:
    """A version of a programme that says what it says, and ``values`` at their paths."""
    own = loader.load(programme).published()
    about = {"unit": "合成", "origin": "printed", "notice": "合成规定", "clause": "一"}
    rules = {**own["rules"], **{path: {**about, "value": value} for path, value in values.items()}}
    return signed({**own, "rules": rules}, version=version)


def supplement(programme: str, scope: str, values: dict[str, Any], version: int = 1) -> dict[str, Any]:
    """A supplement of LN2018 that prints ``values`` by path."""
    about = {"unit": "合成", "origin": "assumed", "notice": "合成规定", "clause": None}
    rules = {path: {"value": value, **about} for path, value in values.items()}
    head = {"programme": programme, "version": version, "base": "LN2018", "scope": scope, "title": "合成补充规定"}
    return signed({**head, "rules": rules})
