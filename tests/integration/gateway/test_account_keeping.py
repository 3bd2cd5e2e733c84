"""What an operator does to accounts: entered for one person each, locked, reset; every act stands with who did it."""

from __future__ import annotations

from datetime import date

import pytest

from gateway.accounts import codes
from gateway.accounts.keeping import Keeping
from kernel import keyfiles
from tests.kit.databases import rows_of
from tests.kit.gateway.visitors import PASSWORD, Town, Visitor

SINCE = date(2026, 5, 28)


@pytest.fixture
def keeping(town: Town) -> Keeping:
    return Keeping(town.store, town.passwords, lambda: keyfiles.key(town.keys, codes.KEY), town.clock, "operator")


def test_an_account_is_entered_locked_reset_and_every_act_is_written_down(town: Town, keeping: Keeping) -> None:
    before = len(rows_of(town.url, "select 1 from accounts.acts"))
    first = keeping.add("feng", "p-feng", SINCE)
    town.seat("feng", "210726102", "party_secretary")
    who = Visitor(town)
    assert who.sign_in("feng", first).headers["Location"] == "/account/enrol"
    who.enrol()
    assert keeping.lock("feng") == 1
    town.later(30)
    assert who.get("/account").status == 303
    assert who.sign_in("feng", PASSWORD, who.code()).status == 401
    keeping.unlock("feng")
    assert who.sign_in("feng", PASSWORD, who.code()).status == 303
    again = keeping.reset("feng")
    assert again != first
    town.later(1)
    assert who.get("/account").status == 303
    assert who.sign_in("feng", again).headers["Location"] == "/account/enrol"
    acts = rows_of(town.url, "select act, account, by from accounts.acts order by number")[before:]
    assert [(act, by) for act, account, by in acts if account == "feng"] == [
        *(("added", "operator"), ("enrolled", "feng"), ("locked", "operator")),
        *(("unlocked", "operator"), ("reset", "operator")),
    ]


def test_a_second_factor_given_here_is_asked_for_at_once(town: Town, keeping: Keeping) -> None:
    first = keeping.add("chen", "p-chen", SINCE)
    town.seat("chen", "210726102", "party_secretary")
    who = Visitor(town)
    who.secret = keeping.enrol("chen").partition("secret=")[2].partition("&")[0]
    assert who.sign_in("chen", first).status == 401
    assert who.sign_in("chen", first, who.code()).status == 303


@pytest.mark.parametrize(
    "told",
    [
        {"name": "Feng", "person": "p-1"},
        {"name": "feng", "person": "210726199001011234"},
        {"name": "feng", "person": "p-1", "role": "province_org", "place": "21"},
        {"name": "feng", "person": "p-1", "place": "21"},
        {"name": "feng", "person": "p-1", "role": "auditor"},
        {"name": "taken", "person": "p-1"},
        {"name": "feng", "person": "p-taken"},
    ],
)
def test_what_is_no_account_is_not_entered(town: Town, keeping: Keeping, told: dict[str, str]) -> None:
    keeping.add("taken", "p-taken", SINCE)
    with pytest.raises(ValueError, match=r".+"):
        keeping.add(**told, since=SINCE)  # type: ignore[arg-type]
    assert [one.name for one in town.store.accounts()] == ["taken"]


def test_of_no_account_nothing_is_done(keeping: Keeping) -> None:
    for act in (keeping.lock, keeping.unlock, keeping.reset, keeping.enrol):
        with pytest.raises(ValueError, match="no account"):
            act("nobody")
