"""A mistake of each kind, made on purpose, is found by mypy or while its module is imported, not by an official."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kernel.messages import OWN, Command, Event, Key, Order
from kernel.part import Part
from kernel.refusal import Refusal
from kernel.service import Step
from kernel.wiring import plans_of
from tests.kit.golden import missing_goldens

ROOT = Path(__file__).resolve().parents[2]
MISTAKES = Path(__file__).parent / "mistakes" / "carried.py"


@pytest.fixture(scope="module")
def found() -> dict[int, str]:
    """What mypy says of the file of mistakes, by line."""
    run = [sys.executable, "-m", "mypy", "--no-error-summary", "--hide-error-context", str(MISTAKES)]
    said = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=False)
    lines = re.findall(r"^[^:]+:(\d+): error: (.*)$", said.stdout, re.MULTILINE)
    assert lines, said.stdout + said.stderr
    return {int(number): text for number, text in lines}


def line(mistake: str) -> int:
    """The line of the file that makes a mistake."""
    lines = enumerate(MISTAKES.read_text(encoding="utf-8").splitlines(), 1)
    return next(number for number, text in lines if text.endswith(f"# mistake: {mistake}"))


@pytest.mark.parametrize(
    ("mistake", "said"),
    [
        ("a missing field", 'Missing named argument "keeper"'),
        ("no date", 'Missing named argument "occurred_on"'),
        ("an unknown field", 'Unexpected keyword argument "colour"'),
        ("a mistyped name", 'Argument "keys"'),
        ("a mistyped source", '"keeper" of "GateClosed" has another type'),
        ("two sources", '"gate" of "GateClosed" is given by 2 sources'),
        ("not a source", "has no fields to take over"),
        ("a path without its reader", '"value" of "Rules" has incompatible type "str"'),
        ("a missing fact", 'Missing named argument "colours"'),
        ("an unknown fact", 'Unexpected keyword argument "gate"'),
        ("no role", 'Missing named argument "roles"'),
        ("concerns nobody", 'Missing named argument "concerns"'),
    ],
)
def test_mypy_finds_the_mistake(found: dict[int, str], mistake: str, said: str) -> None:
    assert said in found[line(mistake)]


def test_mypy_finds_nothing_else(found: dict[int, str]) -> None:
    lines = enumerate(MISTAKES.read_text(encoding="utf-8").splitlines(), 1)
    assert set(found) == {number for number, text in lines if "# mistake: " in text}


class Happened(Event, title="发生"):
    """Something happened."""

    what: Key


def test_an_event_without_a_golden_line_is_missed(tmp_path: Path) -> None:
    assert missing_goldens([Happened], tmp_path) == ["Happened.v1"]


def test_a_command_without_title_or_roles_is_not_defined() -> None:
    with pytest.raises(TypeError, match="roles"):
        type("Do", (Command,), {}, title="做")
    with pytest.raises(TypeError, match="needs a title and the roles"):
        type("Do", (Command,), {}, title="做", roles=frozenset(), concerns=OWN)
    for concerns, fault in (((), "does not say whom it concerns"), (("gate",), "has no field gate")):
        with pytest.raises(TypeError, match=fault):
            type("Do", (Command,), {}, title="做", roles=frozenset({"keeper"}), concerns=concerns)
    with pytest.raises(TypeError, match="title"):
        type("Do", (Order,), {}, title="做")


def test_an_event_without_a_title_is_not_defined() -> None:
    make: Any = type(Event)
    with pytest.raises(TypeError, match="Done needs a title"):
        make("Done", (Event,), {})


def test_a_code_means_one_situation() -> None:
    Refusal("tried_twice", "第一种情形。", accepted="无")
    with pytest.raises(ValueError, match="tried_twice is taken by: 第一种情形"):
        Refusal("tried_twice", "另一种情形。", accepted="无")


class Do(Command, title="做", roles=frozenset({"keeper"}), concerns=OWN):
    """Do something."""

    what: Key


class Redo(Order):
    """Do it again."""

    what: Key


def do(state: int, command: Do) -> list[Happened]:
    """What was done."""
    return [Happened.carrying(command)]


def redo(state: int, command: Redo) -> list[Happened]:
    """What was done again."""
    return [Happened.carrying(command)]


def vague(state: int, command: Do) -> list[Event]:
    """Whatever."""
    return []


def other(state: str, command: Redo) -> list[Happened]:
    """Of another state."""
    return []


def evolve(state: int, event: Event) -> int:
    """One more."""
    return state + 1


def plan(command: Do, room: object) -> tuple[Step, ...]:
    """To one thing."""
    return (Step(f"thing/{command.what}", command),)


def plan_of_an_order(command: Redo, room: object) -> tuple[Step, ...]:
    """To one thing."""
    return (Step(f"thing/{command.what}", command),)


def test_a_part_names_what_it_decides_and_evolves() -> None:
    part = Part("thing/{what}", 0, decides=(do, redo), evolve=evolve)
    assert (part.category, part.commands, part.events) == ("thing", (Do, Redo), (Happened,))
    assert list(plans_of([part], [])) == [Do]
    with pytest.raises(TypeError, match="does not name the events"):
        Part("thing/{what}", 0, decides=(vague,), evolve=evolve)
    with pytest.raises(TypeError, match="decided twice"):
        Part("thing/{what}", 0, decides=(do, do), evolve=evolve)
    with pytest.raises(TypeError, match="different states"):
        Part("thing/{what}", 0, decides=(do, other), evolve=evolve)


def test_a_command_has_one_way() -> None:
    lost = Part("thing/{which}", 0, decides=(do,), evolve=evolve)
    with pytest.raises(TypeError, match="no plan says to which stream Do goes"):
        plans_of([lost], [])
    assert list(plans_of([lost], [plan])) == [Do]
    with pytest.raises(TypeError, match="two plans"):
        plans_of([lost], [plan, plan])
    with pytest.raises(TypeError, match="an order"):
        plans_of([lost], [plan, plan_of_an_order])


def test_where_mypy_was_not_asked_a_field_given_twice_or_not_at_all_still_fails() -> None:
    kind: Any = Happened  # as if mypy did not look
    happened = kind(occurred_on=date(2018, 5, 2), what="w")
    with pytest.raises(TypeError, match="occurred_on is given by none"):
        kind.carrying(happened)
    with pytest.raises(TypeError, match="what is given by more than one"):
        kind.carrying(happened, happened, occurred_on=date(2018, 5, 2))
    assert kind.carrying(happened, occurred_on=date(2018, 5, 2)) == happened
