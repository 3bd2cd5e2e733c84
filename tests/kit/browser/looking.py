"""What every page is looked at for: what axe-core finds, whether the keyboard reaches all of it, whether it fits."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from playwright.sync_api import Page

_AXE: Final = Path(__file__).parents[3] / "node_modules/axe-core/axe.min.js"
_RULES: Final = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
_RUN: Final = """async rules => (await axe.run(document, {runOnly: rules})).violations.flatMap(
  found => found.nodes.map(node => `${found.id}: ${node.target.join(" ")}: ${node.failureSummary}`))"""
_REACHABLE: Final = """() => {
  const shown = one => one.checkVisibility({visibilityProperty: true}) && one.getClientRects().length;
  const all = [...document.querySelectorAll(
    "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex], [contenteditable]")]
    .filter(one => !one.disabled && one.tabIndex >= 0 && shown(one));
  const group = one => one.type === "radio" && document.getElementsByName(one.name);
  const stop = one => [...group(one)].find(two => two.checked) ?? group(one)[0];
  window.reachable = all.filter(one => !group(one) || one === stop(one));
  return window.reachable.length;
}"""
_AT: Final = "() => window.reachable.indexOf(document.activeElement)"
_CALLED: Final = "n => window.reachable[n].outerHTML.slice(0, 120)"


@cache
def _axe() -> str:
    return _AXE.read_text(encoding="utf-8")


def faults(page: Page) -> list[str]:
    """What axe-core finds: rule, place, what is wrong. It is run past the page's policy, which lets no script in."""
    page.evaluate(_axe())
    found: list[str] = page.evaluate(_RUN, list(_RULES))
    return [f"{page.url}: {one}" for one in found]


def unreached(page: Page) -> list[str]:
    """The links, buttons and fields that the tabulator key does not come by."""
    there = page.evaluate(_REACHABLE)
    page.evaluate("() => { document.activeElement.blur(); getSelection().removeAllRanges(); }")
    seen: set[int] = set()
    days = page.locator("input[type=date], input[type=month], input[type=time]").count()
    for _ in range(there + 5 * days + 2):  # once around, through the parts of each day, past the browser's own frame
        page.keyboard.press("Tab")
        seen.add(page.evaluate(_AT))
    return [f"{page.url}: {page.evaluate(_CALLED, n)}" for n in range(there) if n not in seen]


def too_wide(page: Page) -> list[str]:
    """The page where it scrolls sideways as a whole."""
    wider = page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [f"{page.url} is {wider} px wider than the window"] if wider > 0 else []
