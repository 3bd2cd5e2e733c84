"""Coming in: a link or a token signs in, one's own work is a click away, and going out ends it."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Browser

from tests.hostile.ground import Ground
from tests.kit.browser.visitor import PHONE, Visitor

VILLAGE = "210727101208"


def test_who_comes_by_the_link_sees_who_one_is_and_what_is_due_and_goes_out(
    ground: Ground, visit: Callable[..., Visitor]
) -> None:
    who = visit(ground.world.county("210727"))
    who.shows("县委组织部", "义县")
    who.follow("我的待办", within="nav")
    who.heading("我的待办")
    who.press("退出")
    who.heading("登录")
    who.page.goto(f"{who.url}/due")
    who.heading("登录")


def test_a_token_is_pasted_without_javascript_on_a_phone_and_a_bad_one_is_refused_in_words(
    ground: Ground, browser: Browser
) -> None:
    who = Visitor(browser, ground.system.gateway_url, PHONE, script=False)
    who.page.goto(f"{who.url}/due")
    who.fill({"访问令牌": "x.y.z"})
    who.press("登录")
    who.shows("令牌")
    who.fill({"访问令牌": ground.bearer(ground.world.village(VILLAGE))})
    who.press("登录")
    who.heading("我的待办")
    assert who.troubles == []
    who.close()
