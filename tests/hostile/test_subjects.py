"""Two persons are two accounts: one account, however it is spelled, is one person wherever two are asked for."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from kernel.messages import Context
from kernel.reach import Whose
from kernel.testing import actor, context, given
from kernel.text import is_account, same_account
from services.attendance.parts import REGISTER
from services.attendance.register.register import RegisterDays
from services.personnel.parts import PRIVACY
from services.personnel.privacy.privacy import ApproveErasure, RequestErasure
from tests.kit.attendance.posts import JUNE, POSTING, VILLAGE, at, day, opened

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("kernel", "programmes", "services", "gateway", "audit", "cli")
SPELLED = ("s-1", "S-1", "s-1 ", " S-1", "ｓ-１", "Ｓ-1", "s\u3000-1", "ſ-1")
"""One account as older logs may hold it, or as a service might be told it by who is not the gateway."""


def by(person: str) -> Context:
    return context("2018-07-01", actor("security_admin", areas=("21",), person=person))


@pytest.mark.parametrize("other", SPELLED)
@pytest.mark.parametrize("first", SPELLED)
def test_who_asked_for_an_erasure_approves_it_in_no_spelling(first: str, other: str) -> None:
    asked = given(PRIVACY).when(RequestErasure(context=by(first), person="p-1", reason="目的已实现"))
    assert asked.events is not None
    requested = given(PRIVACY, *asked.events)
    requested.when(ApproveErasure(context=by(other), person="p-1")).rejected("second_person_required")
    requested.when(ApproveErasure(context=by("s-2"), person="p-1")).types("ErasureApproved")


@pytest.mark.parametrize("spelled", ["P-CADRE", "p-cadre ", "ｐ-cadre"])
def test_who_is_registered_keeps_the_register_in_no_spelling(spelled: str) -> None:
    register = given(REGISTER, opened())
    own = at("2018-06-29", actor("village", areas=(VILLAGE,), person=spelled))
    days = RegisterDays(context=own, posting=POSTING, month=JUNE, days=(day("2018-06-01"),))
    register.when(days).rejected("self_registration")


def test_a_thing_of_a_person_is_that_persons_in_every_spelling() -> None:
    about = Whose(person="s-1")
    assert all(about.reached_by(actor("cadre", person=one)) for one in SPELLED)
    assert not about.reached_by(actor("cadre", person="s-2"))
    assert not Whose().reached_by(actor("cadre"))
    assert not same_account(None, None)
    assert [is_account(one) for one in SPELLED] == [True] + [False] * (len(SPELLED) - 1)


@pytest.mark.parametrize("path", [p for room in ROOMS for p in (ROOT / room).rglob("*.py")], ids=lambda p: p.name)
def test_nobody_tells_persons_apart_in_a_way_of_their_own(path: Path) -> None:
    """``Actor.is_`` and ``kernel.text.same_account`` do."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Compare):
            sides = {ast.unparse(side) for side in (node.left, *node.comparators)}
            told = {s for s in sides if s.endswith("actor.person") or s in ("requester", "approver", "state.requester")}
            truth = all(isinstance(op, ast.Is | ast.IsNot) for op in node.ops)
            assert truth or not told, f"{path.relative_to(ROOT)}: {ast.unparse(node)}"
