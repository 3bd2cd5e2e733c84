"""Every page of the console, for every role, at a desk and on a phone: axe-core finds nothing, the keyboard reaches all
of it, it fits the window, asks nobody else, and leaves no error in the console."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser

from tests.browser.offices import OFFICES
from tests.hostile.ground import Ground
from tests.kit.browser.looking import faults, too_wide, unreached
from tests.kit.browser.visitor import DESK, PHONE, Visitor
from tests.kit.browser.walking import walk


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_every_page_is_sound(ground: Ground, visit: Callable[..., Visitor], size: tuple[int, int]) -> None:
    seen: set[str] = set()
    found: list[str] = []
    for office in OFFICES:
        who = visit(office(ground.world), size=size)
        for _ in walk(who, seen):
            found += faults(who.page) + too_wide(who.page)
            found += unreached(who.page) if size == DESK else []  # a phone has no such key
    assert found == []
    assert {"/", "/due", "/acts"} <= seen


def test_the_page_where_one_signs_in_is_sound(ground: Ground, browser: Browser) -> None:
    for size in (DESK, PHONE):
        who = Visitor(browser, ground.system.gateway_url, size)
        for address in ("/", "/sign-in", "/due"):
            who.page.goto(f"{who.url}{address}")
            assert faults(who.page) + unreached(who.page) + too_wide(who.page) == []
        assert who.troubles == []
        who.close()
