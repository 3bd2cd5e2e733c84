"""A browser, and the small system that the hostile room begins: it runs once for both."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser

from cli.office import Office
from tests.hostile.coming import Coming
from tests.hostile.ground import Ground
from tests.kit.browser.chromium import chromium
from tests.kit.browser.errand import MOST, Errand
from tests.kit.browser.visitor import Visitor

ERRANDS = pytest.StashKey[list[Errand]]()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """How far people had to go for what they came for."""
    if errands := config.stash.get(ERRANDS, []):
        terminalreporter.section("errands")
        for one in errands:
            terminalreporter.line(str(one))


@pytest.fixture(scope="session")
def ground(coming: Coming) -> Ground:
    """The running system with the small demo's cadres on their posts."""
    return coming.made.result()


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """One browser for all tests; each visitor has a session of its own."""
    with chromium(tmp_path_factory.mktemp("chromium") / "home") as started:
        yield started


@pytest.fixture
def visit(browser: Browser, ground: Ground) -> Iterator[Callable[..., Visitor]]:
    """Signs an office in, with whatever a visitor takes; at the end no page may have done what it should not."""
    visitors: list[Visitor] = []

    def begun(office: Office, **options: object) -> Visitor:
        visitors.append(Visitor(browser, ground.system.gateway_url, **options))  # type: ignore[arg-type]
        return visitors[-1].sign_in(ground.bearer(office))

    yield begun
    troubles = [trouble for visitor in visitors for trouble in visitor.troubles]
    for visitor in visitors:
        visitor.close()
    assert troubles == []


@pytest.fixture
def done(request: pytest.FixtureRequest) -> Callable[..., None]:
    """An errand is done: what it was, and by whom together. It may have taken so many clicks."""

    def told(title: str, *visitors: Visitor) -> None:
        one = Errand(title, sum(who.pages for who in visitors), sum(who.clicks for who in visitors))
        request.config.stash.setdefault(ERRANDS, []).append(one)
        assert one.clicks <= MOST, str(one)

    return told
