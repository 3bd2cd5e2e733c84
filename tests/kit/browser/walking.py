"""A walk over the console: from the page where one comes in along every link of one's own, one page of a kind."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from typing import Final
from urllib.parse import urljoin, urlsplit

from gateway.console.fields import Field, fields_of
from gateway.routes import commands
from tests.kit.browser.visitor import Visitor

_NAMED: Final = re.compile(r"[^/]*\d[^/]*|[^/]*[^\x00-\x7f%][^/]*|%[^/]*")
"""A part of an address that says which one: with a figure, or in Chinese."""
_LINKS: Final = (
    "() => [...document.querySelectorAll('a[href]')].filter(a => !a.download).map(a => a.getAttribute('href'))"
)
_FILES: Final = re.compile(r"/api/|/static/|/template\b|\.(?:xlsx|docx|pdf|lrmx?|json|csv|css|js)(?:$|\?)|[?&]format=")


def kind_of(address: str) -> str:
    """Pages of one kind have one address but for what they are about; forms are of a kind that have the same fields."""
    path = urlsplit(address).path
    name = path.removeprefix("/acts/")
    if name != path and name in commands():
        return "/acts/" + ",".join(sorted(_kinds(fields_of(commands()[name].command))))
    if path.startswith("/ask/"):
        return "/ask/*"  # pages of questions are made of one template
    return "/".join("*" if _NAMED.fullmatch(part) else part for part in path.split("/"))


def walk(who: Visitor, seen: set[str]) -> Iterator[str]:
    """Go to a page of each kind that is not in ``seen``, and give its kind; what is found goes into ``seen``."""
    open_ = deque(["/"])
    while open_:
        address = open_.popleft()
        if (kind := kind_of(address)) in seen:
            continue
        seen.add(kind)
        answer = who.page.goto(urljoin(who.url, address))
        assert answer is not None, address
        assert answer.status == 200, f"{address}: {answer.status}"
        yield kind
        if kind.startswith("/acts/"):
            continue  # where a form leads is in the frame of every page
        for link in who.page.evaluate(_LINKS):
            if link.startswith("/") and not link.startswith("//") and not _FILES.search(link):
                open_.append(link)


def _kinds(fields: tuple[Field, ...]) -> Iterator[str]:
    for field in fields:
        yield field.kind
        yield from (f"{field.kind}.{one}" for one in _kinds(field.parts))
