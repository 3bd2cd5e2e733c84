"""Signing in with an account: password and code, what keeps a guesser waiting, when a session ends, who one is then."""

from __future__ import annotations

from datetime import date

import pytest
import structlog

from gateway.accounts.account import FREE
from kernel.revocation import revoke
from tests.kit.databases import rows_of, run
from tests.kit.gateway.visitors import PASSWORD, Town, Visitor

SECRETARY = ("210726102", "party_secretary")


def test_the_first_sign_in_asks_for_an_own_password_and_a_second_factor(town: Town) -> None:
    first = town.account("zhang.san")
    town.seat("zhang.san", *SECRETARY)
    who = Visitor(town)
    assert who.sign_in("zhang.san", first).headers["Location"] == "/account/enrol"
    assert who.get("/account").status == 303, "a session that enrols opens nothing else"
    proof = who.proof("/account/enrol")
    weak = who.post("/account/enrol", _proof=proof, password="zhang.san12345", code="000000")
    assert weak.status == 400
    assert "过于常见" in str(weak.body)
    wrong = who.post("/account/enrol", _proof=proof, password=PASSWORD, code="000000")
    assert (wrong.status, "动态口令不正确" in str(wrong.body)) == (400, True)
    assert who.post("/account/enrol", password=PASSWORD, code="000000").status == 403
    before = dict(who.cookies)
    assert who.enrol().headers["Location"] == "/"
    assert who.cookies != before, "the id of a session changes with what it may do"
    assert "书记" in who.shown()
    # The first password and a code alone are worth nothing afterwards.
    other = Visitor(town)
    town.later(30)
    assert other.sign_in("zhang.san", first, who.code()).status == 401
    assert other.sign_in("zhang.san", PASSWORD, "").status == 401
    assert other.sign_in("zhang.san", PASSWORD, who.code()).status == 303


def test_a_code_is_taken_once(town: Town) -> None:
    town.seat("li.si", *SECRETARY)
    who = town.enrolled("li.si")
    assert Visitor(town).sign_in("li.si", PASSWORD, who.code()).status == 401
    town.later(30)
    assert Visitor(town).sign_in("li.si", PASSWORD, who.code()).status == 303
    assert Visitor(town).sign_in("li.si", PASSWORD, who.code()).status == 401


def test_a_guesser_waits_longer_each_time_and_is_told_nothing(town: Town) -> None:
    town.seat("wang.wu", *SECRETARY)
    who = town.enrolled("wang.wu")
    town.later(60)
    answers = set()
    for name in ("wang.wu", "nobody"):
        for _ in range(FREE):
            reply = Visitor(town).sign_in(name, "wrong", "123456")
            answers.add((reply.status, str(reply.body).replace(name, "")))
        reply = Visitor(town).sign_in(name, PASSWORD, who.code())
        assert (reply.status, "30 秒" in str(reply.body)) == (429, True), "the right password is not looked at"
    assert len(answers) == 1, "of an account that is not there the answer is the same"
    town.later(30)
    assert Visitor(town).sign_in("wang.wu", "wrong", "1").status == 401
    assert "60 秒" in str(Visitor(town).sign_in("wang.wu").body)
    town.later(60)
    assert Visitor(town).sign_in("wang.wu", PASSWORD, who.code()).status == 303
    town.later(30)
    assert Visitor(town).sign_in("wang.wu", "wrong", "1").status == 401, "who came in starts anew"


def test_tries_at_one_instant_are_no_way_round_the_wait(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    town.account("at.once")
    looked: list[str] = []
    monkeypatch.setattr(town.passwords, "holds", lambda kept, given: looked.append(given))
    monkeypatch.setattr(town.store, "failures", lambda name: (0, 0))  # each asked before any other was counted
    tries = [Visitor(town, f"10.1.0.{n}").sign_in("at.once", str(n)).status for n in range(FREE + 7)]
    assert tries == [401] * FREE + [429] * 7
    assert looked == [str(n) for n in range(FREE)]


def test_one_address_tries_so_often_and_no_more(town: Town) -> None:
    replies = [Visitor(town, "10.9.9.9").sign_in(f"a{n}", "x", "1").status for n in range(61)]
    assert (set(replies[:60]), replies[60]) == ({401}, 429)
    assert Visitor(town, "10.9.9.8").sign_in("b", "x", "1").status == 401


def test_a_session_ends_idle_or_old_or_signed_out_on_the_server(town: Town) -> None:
    town.seat("zhao.liu", *SECRETARY)
    who = town.enrolled("zhao.liu")
    for _ in range(23):
        town.later(29 * 60)
        assert who.get("/account").status == 200
    town.later(60 * 60)
    assert who.get("/account").status == 303, "nobody used it for half an hour"
    who = Visitor(town)
    who.secret = ""
    town.store.change("zhao.liu", secret=b"", step=0, password=town.passwords.hash(PASSWORD), initial=0)
    assert who.sign_in("zhao.liu").headers["Location"] == "/account/enrol"
    who.enrol()
    for _ in range(24):
        town.later(29 * 60)
        assert who.get("/account").status == 200
    town.later(25 * 60)
    assert who.get("/account").status == 303, "twelve hours are over"
    town.later(30)
    assert who.sign_in("zhao.liu", PASSWORD, who.code()).status == 303
    kept = dict(who.cookies)
    assert who.post("/sign-out").status == 403
    assert who.post("/sign-out", _proof=who.proof()).headers["Location"] == "/sign-in"
    who.cookies = kept
    assert who.get("/account").status == 303, "what the browser kept opens nothing"


@pytest.mark.req("X-057")
def test_who_somebody_is_comes_from_the_register_and_ends_with_the_office(town: Town) -> None:
    town.seat("secretary", *SECRETARY)
    who = town.enrolled("secretary")
    assert "乡镇党委书记" in who.shown()
    actor = town.sessions.bearer(f"Bearer {who.cookies['paizhu']}")
    assert (actor.person, actor.role, actor.areas, actor.units) == ("p-secretary", "township", ("210726102",), ())
    assert actor.organ.endswith("党委")
    assert town.held is not None
    town.held.clear()
    town.later(20)
    assert who.get("/account").status == 303
    assert rows_of(town.url, "select 1 from accounts.sessions where account = 'secretary'") == []
    town.later(30)
    refused = who.sign_in("secretary", PASSWORD, who.code())
    assert (refused.status, "没有登记" in str(refused.body)) == (401, True)
    town.seat("secretary", "2107", "org_head", stand_in=True, until="2026-06-30")
    town.later(30)
    assert who.sign_in("secretary", PASSWORD, who.code()).status == 303
    assert "市委组织部部长（代理）" in who.shown()


def test_of_several_posts_one_is_chosen_and_no_other_is_taken(town: Town) -> None:
    town.seat("two", "2107", "org_head")
    town.seat("two", "U1", "party_secretary", name="某公司", stand_in=True, until="2026-06-30")
    who = town.enrolled("two")
    assert "市委组织部" in who.shown()
    assert who.post("/account/seat", _proof=who.proof(), seat="U1.party_secretary").status == 303
    actor = town.sessions.bearer(f"Bearer {who.cookies['paizhu']}")
    assert (actor.role, actor.units, actor.organ) == ("unit", ("U1",), "某公司")
    assert who.post("/account/seat", _proof=who.proof(), seat="21.org_head").status == 401


def test_the_register_away_ends_nothing(town: Town) -> None:
    town.seat("qian", *SECRETARY)
    who = town.enrolled("qian")
    held, town.held = town.held, None
    town.later(21)
    assert who.get("/account").status == 503
    town.held = held
    assert who.get("/account").status == 200


def test_an_administrator_who_holds_a_post_does_not_come_in(town: Town) -> None:
    who = town.enrolled("guard", role="security_admin", place="21")
    actor = town.sessions.bearer(f"Bearer {who.cookies['paizhu']}")
    assert (actor.role, actor.areas) == ("security_admin", ("21",))
    town.seat("guard", *SECRETARY)
    town.later(30)
    assert who.get("/account").status == 303
    refused = who.sign_in("guard", PASSWORD, who.code())
    assert (refused.status, "不得同时任有" in str(refused.body)) == (401, True)


@pytest.mark.parametrize("changed", [{"locked": True}, {"until": date(2026, 5, 27)}, {"since": date(2026, 5, 29)}])
def test_a_locked_or_ended_account_ends_its_sessions(town: Town, changed: dict[str, object]) -> None:
    town.seat("sun", *SECRETARY)
    who = town.enrolled("sun")
    town.store.change("sun", **changed)
    town.later(1)
    assert who.get("/account").status == 303
    town.later(30)
    assert who.sign_in("sun", PASSWORD, who.code()).status == 401


def test_a_first_password_holds_for_a_week(town: Town) -> None:
    town.seat("late", *SECRETARY)
    first = town.account("late")
    town.later(7 * 86_400 - 1)
    assert Visitor(town).sign_in("late", first).status == 303
    town.later(1)
    assert Visitor(town).sign_in("late", first).status == 401


def test_a_token_signs_in_until_it_ends_and_replaces_nobody_unasked(town: Town) -> None:
    claims = {"sub": "operator", "post": "q", "organ": "o", "role": "province_org", "areas": ["21"], "units": []}
    token = town.issuer.issue({**claims, "jti": "t1"}, 3600)
    who = Visitor(town)
    assert who.post("/sign-in", token="x.y.z").status == 401
    good = who.post("/sign-in", token=token, next="/acts")
    assert good.headers["Location"] == "/acts"
    assert token not in good.headers["Set-Cookie"]
    assert who.post("/sign-in", token=token).status == 403, "a link or another site would replace the session"
    assert who.get("/account").status == 200
    proof = who.proof("/sign-in") if "_proof" in str(who.get("/sign-in").body) else ""
    before = dict(who.cookies)
    assert who.post("/sign-in", token=token, _proof=proof, next="//elsewhere.example").headers["Location"] == "/"
    assert before != who.cookies
    old = Visitor(town)
    old.cookies = before
    assert old.get("/account").status == 303, "the session that was replaced is over"
    revoke(town.keys, "t1")
    town.later(2)
    assert who.get("/account").status == 303
    late = Visitor(town)
    late.post("/sign-in", token=town.issuer.issue(claims, 3600))
    town.later(29 * 60)
    assert late.get("/account").status == 200
    town.later(29 * 60)
    assert late.get("/account").status == 200
    town.later(3 * 60)
    assert late.get("/account").status == 303, "the token has ended"


def test_the_cookie_is_bound_to_this_host_and_nothing_of_it_is_kept(town: Town) -> None:
    town.seat("zhou", *SECRETARY)
    first = town.account("zhou")
    who = Visitor(town, secure=True)
    told = who.sign_in("zhou", first).headers["Set-Cookie"]
    assert told.startswith("__Host-paizhu=ps_")
    assert told.endswith("; Path=/; HttpOnly; SameSite=Strict; Secure")
    assert who.get("/account/enrol").status == 200
    plain = Visitor(town)
    plain.cookies = {"paizhu": who.cookies["__Host-paizhu"]}
    plain.more = {"x-forwarded-proto": "https"}
    assert plain.get("/account/enrol").status == 303, "another host could have set a cookie of the plain name"
    kept = rows_of(town.url, "select encode(id, 'hex'), seat from accounts.sessions")
    assert not any(who.cookies["__Host-paizhu"] in str(row) for row in kept)
    (row,) = rows_of(town.url, "select password from accounts.accounts where name = 'zhou'")
    assert row[0].startswith("$argon2id$")


def test_every_refusal_is_logged_and_nothing_that_was_typed(town: Town) -> None:
    with structlog.testing.capture_logs() as lines:
        Visitor(town).sign_in("nobody", "my-secret-password", "123456")
        Visitor(town).sign_in("not an account!", "my-secret-password", "123456")
    refused = [line for line in lines if line["event"] == "sign-in refused"]
    assert [(line["account"], line["code"]) for line in refused] == [
        ("nobody", "sign_in_failed"),
        ("-", "sign_in_failed"),
    ]
    assert "my-secret-password" not in str(lines)


def test_what_was_done_to_an_account_is_added_to_and_never_changed(town: Town) -> None:
    town.seat("wu", *SECRETARY)
    town.enrolled("wu")
    with pytest.raises(Exception, match=r"permission denied|append-only"):
        run(town.url, "update accounts.acts set by = 'x'")
