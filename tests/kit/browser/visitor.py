"""Somebody at the browser who knows what is on the screen: titles, labels, buttons, texts; and no address, no code.

Clicks and pages are counted from the first page after signing in. What a page should not do is kept: a request that
leaves the host, an error in the console, among them every breach of the content security policy.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Download, Frame, Locator, Page, Request, expect

from tests.kit.browser.chromium import PATIENCE

DESK: Final = (1440, 900)
PHONE: Final = (375, 812)


class Visitor:
    """One session of the browser at the console of ``url``; ``size``: width and height of the window in pixels."""

    def __init__(self, browser: Browser, url: str, size: tuple[int, int] = DESK, *, script: bool = True) -> None:
        self.url = url
        self._context = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            locale="zh-CN",
            reduced_motion="reduce",
            java_script_enabled=script,
        )
        self._context.set_default_timeout(PATIENCE)
        self.page: Page = self._context.new_page()
        self.clicks, self.pages = 0, 0
        self.troubles: list[str] = []
        self._context.on("request", self._requested)
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.troubles.append(f"{self.page.url}: {error}"))
        self.page.on("framenavigated", self._turned)

    def sign_in(self, token: str) -> Visitor:
        """Follow the link that ``paizhu token --link`` prints."""
        self.page.goto(f"{self.url}/#token={token}")
        expect(self.button("退出")).to_be_visible(timeout=PATIENCE)
        self.clicks, self.pages = 0, 1
        return self

    def close(self) -> None:
        """End the session."""
        self._context.close()

    # What is on the screen

    def heading(self, text: str) -> Locator:
        """Waits until the page is the one with this heading."""
        found = self.page.get_by_role("heading", name=text).first
        expect(found).to_be_visible(timeout=PATIENCE)
        return found

    def shows(self, *texts: str) -> None:
        """Waits until every one of ``texts`` stands on the page."""
        for text in texts:
            expect(self.page.locator("body")).to_contain_text(text, timeout=PATIENCE)

    def button(self, name: str) -> Locator:
        """The first button of this name."""
        return self.page.get_by_role("button", name=name, exact=True).first

    def field(self, label: str) -> Locator:
        """The field of this label, whether it may be left empty or not."""
        return self.page.get_by_label(re.compile(rf"^\s*{re.escape(label)}\s*(（选填）)?\s*$")).first

    def cell(self, row: str, heading: str) -> str:
        """What stands under ``heading`` in the first row of a table in which ``row`` stands."""
        named = self.page.locator("table", has_text=row).first
        there = named.locator("tbody tr", has_text=row).first
        expect(there).to_be_visible(timeout=PATIENCE)
        at = named.locator("thead th").all_inner_texts().index(heading)
        return there.locator("td, th").nth(at).inner_text()

    # What a hand does

    def follow(self, name: str, within: str = "body") -> None:
        """Click the first link of this name, be it in a part of the page alone."""
        self._click(self.page.locator(f"{within} a", has_text=name).first)

    def press(self, name: str) -> None:
        """Click the first button of this name."""
        self._click(self.button(name))

    def open(self, name: str) -> None:
        """Unfold what is headed so."""
        self._click(self.page.locator("summary", has_text=name).first)

    def fill(self, typed: Mapping[str, str]) -> None:
        """Type into the fields of these labels; of a list take the choice of that title, which is a click."""
        for label, text in typed.items():
            field = self.field(label)
            if field.evaluate("one => one.tagName") == "SELECT":
                field.select_option(label=text)
                self.clicks += 1
            else:
                field.fill(text)

    def tick(self, label: str) -> None:
        """Click the box or the choice of this label."""
        self._click(self.field(label))

    def carry(self, label: str, file: Path) -> None:
        """Give a file to the field of this label: a click to choose it."""
        self.field(label).set_input_files(file)
        self.clicks += 1

    def taken(self, name: str, role: str = "link") -> bytes:
        """The file that a link or button of this name gives."""
        with self.page.expect_download() as waiting:
            self._click(self.page.get_by_role(role, name=name).first)  # type: ignore[arg-type]
        got: Download = waiting.value
        return Path(got.path()).read_bytes()

    @contextmanager
    def kept(self) -> Iterator[None]:
        """What is done in here counts for nothing: looks of the test's own."""
        before = self.clicks, self.pages
        yield
        self.clicks, self.pages = before

    def _click(self, there: Locator) -> None:
        there.click()
        self.clicks += 1

    # What a page does

    def _requested(self, request: Request) -> None:
        if urlsplit(request.url).scheme in ("data", "blob", "about"):
            return
        if urlsplit(request.url).netloc != urlsplit(self.url).netloc:
            self.troubles.append(f"{self.page.url} asks {request.url}")

    def _said(self, message: ConsoleMessage) -> None:
        # That an answer was a refusal is no error of the page; what the page makes of it may be one.
        refused = re.match("Failed to load resource: the server responded with a status of 4", message.text)
        if message.type in ("error", "warning") and not refused:
            self.troubles.append(f"{self.page.url}: {message.text}")

    def _turned(self, frame: Frame) -> None:
        if frame == self.page.main_frame:
            self.pages += 1
