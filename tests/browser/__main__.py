"""`make screens`: a picture of every page of the console, as wide as a desk's window and as a phone's, in var/screens.

It looks at a system of its own with the small demo's year in it, as the offices of every tier would.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from playwright.sync_api import Browser
from rich.console import Console

from deploy import ROOT
from tests.browser.offices import OFFICES
from tests.faults.report import Screen
from tests.hostile.ground import Ground, laid
from tests.kit.browser.chromium import chromium
from tests.kit.browser.visitor import DESK, PHONE, Visitor
from tests.kit.browser.walking import walk

SCREENS: Final = ROOT / "var/screens"


def main() -> None:
    """Take all pictures anew."""
    shutil.rmtree(SCREENS, ignore_errors=True)
    console = Console()
    with tempfile.TemporaryDirectory(prefix="screens-", dir=_var()) as folder, Screen(console) as screen:
        screen.begin("screens")
        with laid(Path(folder) / "system", screen) as ground, chromium(Path(folder) / "home") as browser:
            for size in (DESK, PHONE):
                screen.say(f"{size[0]} px")
                _taken(ground, browser, size)
    console.print(f"{sum(1 for _ in SCREENS.rglob('*.png'))} pictures in {SCREENS.relative_to(ROOT)}")


def _taken(ground: Ground, browser: Browser, size: tuple[int, int]) -> None:
    folder = SCREENS / str(size[0])
    stranger = Visitor(browser, ground.system.gateway_url, size)
    stranger.page.goto(f"{stranger.url}/sign-in")
    _picture(stranger, folder)
    stranger.close()
    seen: set[str] = set()
    for office in OFFICES:
        who = Visitor(browser, ground.system.gateway_url, size).sign_in(ground.bearer(office(ground.world)))
        for _ in walk(who, seen):
            _picture(who, folder)
        who.close()


def _picture(who: Visitor, folder: Path) -> None:
    """The page that ``who`` is at, whole, under its address."""
    address = urlsplit(who.page.url).path.strip("/") or "first"
    who.page.screenshot(path=folder / f"{re.sub(r'[^0-9A-Za-z._-]+', '-', address)}.png", full_page=True)


def _var() -> Path:
    (ROOT / "var").mkdir(exist_ok=True)
    return ROOT / "var"


if __name__ == "__main__":
    main()
