"""The HTTP feed as a city fetches it: page after page above the last sequence it has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import requests

from gateway.feeds.refusals import AFTER_PAST_HEAD


class FeedAway(Exception):
    """The HTTP feed did not answer, or not as a feed does; asking again later may help."""


class FeedRefused(FeedAway):
    """The feed answered that it does not give this to this holder; the message is the gateway's own."""


class PastHead(FeedAway):
    """The feed ends before the sequence that was asked for: what is kept does not come from this feed."""


@dataclass
class HttpFeed:
    """The HTTP feed of ``city`` at the gateway ``url``, read with ``token``."""

    url: str
    city: str
    token: str

    def page(self, after: int, limit: int = 1000, wait: int = 0) -> dict[str, Any]:
        """{items, next, head} of the items above ``after``; where there is none it may take ``wait`` seconds.

        Raises:
            FeedRefused: status 4xx that does not pass by itself, with code and sentence of the problem.
            PastHead: the feed's last sequence is below ``after``.
            FeedAway: no answer, or one that is no page of a feed.
        """
        try:
            answer = requests.get(
                f"{self.url.rstrip('/')}/feeds/{self.city}",
                params={"after": after, "limit": limit, "wait": wait},
                headers={"Authorization": f"Bearer {self.token}"},
                timeout=10 + wait,
            )
            page: Any = answer.json()
        except (requests.RequestException, ValueError) as error:
            raise FeedAway(type(error).__name__) from error
        if not isinstance(page, dict):
            raise FeedAway(f"{answer.status_code} without a page")
        if page.get("code") == AFTER_PAST_HEAD.code:
            raise PastHead(str(page.get("detail")))
        if 400 <= answer.status_code < 500 and answer.status_code not in (408, 429):  # these pass
            raise FeedRefused(f"{answer.status_code} {page.get('code')}: {page.get('detail')}")
        if (
            answer.status_code != 200
            or not isinstance(page.get("items"), list)
            or not isinstance(page.get("next"), int)
            or not isinstance(page.get("head"), int)
        ):
            raise FeedAway(f"{answer.status_code} {page.get('code')}")
        if page["head"] < after:  # a gateway of an earlier version answers with an empty page
            raise PastHead(f"the feed ends at {page['head']}")
        return page
