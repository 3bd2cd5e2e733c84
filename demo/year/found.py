"""What the system says befell, asked kind by kind, and what was planted: two mappings of sets that must be equal."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, Final

from demo.year.befallen import LOOKED_AT
from demo.year.extent import YEAR
from demo.year.planted import Case
from demo.year.world import PROGRAMME, SECOND, YearWorld

NOTHING: Final = ("fault", "absence", "late_day", "trigger", "adjusted")
"""What is asked for besides, and must not be found."""
Sets = dict[str, set[str]]


def planted(world: YearWorld) -> Sets:
    """By kind the keys of what was played."""
    return {**_keyed([case for case in world.cases if case.played]), **{kind: set() for kind in NOTHING}}


def left_out(world: YearWorld) -> Sets:
    """By kind the keys of what was drawn and not played."""
    return _keyed([case for case in world.cases if not case.played])


def _keyed(cases: list[Case]) -> Sets:
    def keys(*kinds: str) -> list[Case]:
        return [case for case in cases if case.kind in kinds]

    return {
        "shortfall": {f"{case.key} {case.period}" for case in keys("shortfall")},
        "short_year": {f"{case.key} {YEAR}" for case in keys("short_year")},
        "sham": {case.key for case in keys("sham")},
        "late": {case.key for case in keys("late")},
        "corrected": {f"{case.key} {case.period}" for case in keys("corrected")},
        "cut_short": {case.key for case in keys("cut_short")},
        "illness": {case.key for case in keys("illness")},
        "changeover": {case.key for case in keys("changeover")},
        "secretary": {case.key for case in keys("secretary")},
        "new_clock": {f"{case.key.rsplit('.', 1)[0]}.2" for case in keys("illness", "changeover")},
    }


def known_of_march(world: YearWorld) -> set[str]:
    """The postings of which the system says, now, that an idea had been accepted by the end of March."""
    return {row["posting"] for row in world.ask("evaluation", "ideas", as_of=LOOKED_AT)}


def found(world: YearWorld) -> Sets:
    """The same keys, as the system gives them."""
    sheets = world.ask("attendance", "sheets")
    ended = [row for name in (PROGRAMME, SECOND) for row in world.ask("personnel", "postings", programme=name)]
    short = [row for of in range(1, 13) for row in world.ask("attendance", "shortfalls", month=f"{YEAR}-{of:02}")]
    leaves = world.ask("attendance", "leaves")
    return {
        "shortfall": {f"{row['posting']} {row['month']}" for row in short},
        "short_year": {
            f"{r['posting']} {r['year']}" for r in world.ask("attendance", "assessed_years") if not r["met"]
        },
        "sham": _postings(world, "attendance", "sham_postings"),
        "late": known_of_march(world) - world.notes["known of March"],
        "corrected": {f"{r['posting']} {r['month']}" for r in sheets if r["replaces"] and r["phase"] == "sealed"},
        "cut_short": {row["posting"] for row in leaves if row["last_day"] < row["granted_until"]},
        "illness": {row["posting"] for row in ended if row["ground"] == "illness"},
        "changeover": {row["posting"] for row in ended if row["ground"] == "changeover"},
        "secretary": _of_two_hands(sheets),
        "new_clock": {r["posting"] for r in world.ask("evaluation", "clocks") if r["started_on"] > f"{YEAR}-01-01"},
        "fault": _postings(world, "attendance", "faults"),
        "absence": _postings(world, "attendance", "absences"),
        "late_day": _postings(world, "attendance", "late_days"),
        "trigger": _postings(world, "evaluation", "cases"),
        "adjusted": {row["posting"] for row in ended if row["recalled_on"] or row["ended_by"] == "PostAdjusted"},
    }


def signed_by_others(world: YearWorld) -> list[str]:
    """The sheets whose signer did not hold the post of the township's secretary on the day of the signature."""
    terms: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for term in world.ask("attendance", "office_holders"):
        terms[term["organ"]].append(term)

    def held(row: dict[str, Any]) -> bool:
        on = row["signed_on"]
        return any(
            term["person"] == row["signer"] and term["since"] <= on <= (term["until"] or on)
            for term in terms[row["target"][:9]]
        )

    return [f"{row['posting']} {row['month']}" for row in world.ask("attendance", "sheets") if not held(row)]


def _postings(world: YearWorld, service: str, name: str) -> set[str]:
    return {row["posting"] for row in world.ask(service, name)}


def _of_two_hands(sheets: list[dict[str, Any]]) -> set[str]:
    hands: dict[str, set[str]] = defaultdict(set)
    for row in sheets:
        hands[row["target"][:9]].add(row["signer"])
    return {township for township, signers in hands.items() if len(signers) > 1}
