"""The situation a plan starts from: who waits, what is free, what was agreed, under which rules, at one log position.

Invariant: it is a function of rows of read models, so the rows of today and those rebuilt from the log up to a position
give the same situation, and with it the same plan.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kernel.refusals import PROFILE_MISSING
from kernel.rules import Rule, Rules
from services.allocation.planning.plan_rules import Cadre, Place
from services.allocation.planning.plan_scope import Scope
from services.allocation.planning.plan_settings import Settings
from services.allocation.planning.refusals import LOCKS_CONTRADICT, OPTION_UNKNOWN

WAITING = ("listed", "returned")
"""States of a nominee who may be placed."""
STATES = (*WAITING, "proposed", "confirmed")
"""All states of a nominee."""
FREE = ("open", "vacant")
"""States of a target that may be filled."""


@dataclass(frozen=True, slots=True)
class Options:
    """What a plan is asked for besides its scope.

    ``without`` are persons and ``closed`` targets that are left out; ``locks`` (person, target) and ``waivers`` (rule,
    person, target) are supposed besides those that stand; ``base`` is the plan from which few should move.
    """

    seed: int = 0
    partial: bool = False
    without: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
    locks: tuple[tuple[str, str], ...] = ()
    waivers: tuple[tuple[str, str, str], ...] = ()
    base: str = ""


@dataclass(frozen=True, slots=True)
class Sender:
    """A sending unit: its level and the villages it is tied to; ``helped`` are those it helps itself."""

    level: str
    helped: tuple[str, ...]
    ties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Situation:
    """``cadres`` in the order of persons, ``places`` of targets, ``units`` by id, locks and waivers as in ``Options``,
    ``rules`` of the programme, ``planned`` the base plan's pairs."""

    scope: Scope
    position: int
    cadres: tuple[Cadre, ...]
    places: tuple[Place, ...]
    units: Mapping[str, Sender]
    locks: Mapping[str, str]
    waivers: frozenset[tuple[str, str, str]]
    rules: Rules
    settings: Settings
    planned: Mapping[str, str]


Tables = Mapping[str, Iterable[Mapping[str, Any]]]
"""Rows by the name of the read model; rows of other programmes may be among them."""


def situation(scope: Scope, options: Options, position: int, tables: Tables) -> Situation:
    """What ``tables`` say of ``scope``.

    Raises:
        Rejected: ``profile_missing``, ``rule_unknown``, or an option that names what is not there.
    """
    rules = rules_in(scope.programme, tables["profile_rules"])
    cadres = {
        row["person"]: Cadre(
            row["person"], row["nomination"], row["unit"], row["channel"], row["kind"], tuple(row["tags"] or ())
        )
        for row in tables["nominees"]
        if row["programme"] == scope.programme and row["state"] in WAITING and scope.sends(row["channel"])
    }
    noted = {row["target"]: row for row in tables["target_needs"] if row["programme"] == scope.programme}
    places = {
        row["target"]: _place(row, noted.get(row["target"]))
        for row in tables["targets"]
        if row["programme"] == scope.programme
        and row["tier"] == scope.tier
        and row["state"] in FREE
        and scope.holds(row["target"])
    }
    _must_be_there("without", options.without, cadres, "等待分配的人选")
    _must_be_there("closed", options.closed, places, "空缺的派驻点")
    _must_be_there("locks.person", (person for person, _ in options.locks), cadres, "等待分配的人选")
    _must_be_there("locks.target", (target for _, target in options.locks), places, "空缺的派驻点")
    standing = {r["person"]: r["target"] for r in tables["placement_locks"] if r["programme"] == scope.programme}
    signed = {
        (r["rule"], r["person"], r["target"]) for r in tables["rule_waivers"] if r["programme"] == scope.programme
    }
    gone, shut = set(options.without), set(options.closed)
    units = {
        row["unit"]: Sender(row["level"], tuple(row["helped"]), (*row["helped"], *row["contacts"]))
        for row in tables["units"]
    }
    locks = _agreed(standing, options.locks)
    return Situation(
        scope,
        position,
        tuple(c for person, c in sorted(cadres.items()) if person not in gone),
        tuple(p for target, p in sorted(places.items()) if target not in shut),
        units,
        {p: t for p, t in locks.items() if p in cadres and p not in gone and t in places and t not in shut},
        frozenset(signed | set(options.waivers)),
        rules,
        Settings.of(rules),
        {row["person"]: row["target"] for row in tables["plan_rows"] if row["plan"] == options.base},
    )


def _agreed(standing: Mapping[str, str], supposed: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """Locks that stand with those supposed besides; a supposed one moves its person's."""
    locks = {**standing, **dict(supposed)}
    persons = [person for person, _ in supposed]
    holders: dict[str, str] = {}
    for person, target in locks.items():
        other = holders.setdefault(target, person)
        if other != person or persons.count(person) > 1:
            f"假设的锁定相互矛盾：{target} 与 {'、'.join(sorted({other, person}))}。"
            raise LOCKS_CONTRADICT(target=target, persons=sorted({other, person}))
    return locks


def rules_in(programme: str, rows: Iterable[Mapping[str, Any]]) -> Rules:
    """The rules of the latest version of ``programme`` among ``rows``. Raises Rejected ``profile_missing``."""
    own = [row for row in rows if row["programme"] == programme]
    version = max((row["version"] for row in own), default=0)
    entries = {row["path"]: _rule(row) for row in own if row["version"] == version}
    if not entries:
        raise PROFILE_MISSING(programme=f"方案 {programme} ")
    return Rules(programme, f"{programme}:{version}", entries)


def _rule(row: Mapping[str, Any]) -> Rule[Any]:
    value, origin = row["value"]["value"], row["origin"]
    return Rule(row["path"], value, origin, row["notice"] or None, row["clause"] or None)


def _place(row: Mapping[str, Any], noted: Mapping[str, Any] | None) -> Place:
    needs, first = (tuple(noted["needs"]), noted["first_batch"]) if noted else ((), 0)
    return Place(row["target"], row["kind"], row["tier"], row["successor_of"] or "", needs, first)


def _must_be_there(name: str, given: Iterable[str], known: Mapping[str, Any], accepted: str) -> None:
    for one in given:
        if one not in known:
            raise OPTION_UNKNOWN(given=one, known=accepted, name=name)
