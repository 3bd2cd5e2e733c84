"""Cursors are bound to who asks and what is asked; what is read and may be kept has a tag, and is sent once."""

from __future__ import annotations

import pytest

from gateway import cursors
from gateway.exchange import Reply, Request
from kernel.errors import BadInput
from kernel.testing import actor

COUNTY, OTHER = actor("county_org", areas=("210727",)), actor("county_org", areas=("210726",))
PLACE, QUERY = "/api/v1/attendance/sheets", {"programme": "LN2018", "limit": "2"}
KEY = '["LN2018.210727101208.1"]'


def test_a_cursor_goes_on_where_it_was_given_whatever_the_size_of_the_page() -> None:
    given = cursors.bound(KEY, COUNTY, PLACE, QUERY)
    assert given is not None
    assert given != KEY
    assert cursors.opened(COUNTY, PLACE, {**QUERY, "limit": "500", "cursor": given}) == KEY
    assert cursors.bound(None, COUNTY, PLACE, QUERY) is None
    assert cursors.opened(COUNTY, PLACE, QUERY) is cursors.opened(COUNTY, PLACE, {**QUERY, "cursor": ""}) is None


@pytest.mark.parametrize(
    ("by", "place", "query"),
    [
        (OTHER, PLACE, QUERY),
        (COUNTY, "/api/v1/attendance/leaves", QUERY),
        (COUNTY, PLACE, {"programme": "SX2015"}),
        (COUNTY, PLACE, {}),
    ],
)
def test_of_another_asker_or_another_question_none_is_taken(by: object, place: str, query: dict[str, str]) -> None:
    given = cursors.bound(KEY, COUNTY, PLACE, QUERY)
    with pytest.raises(BadInput) as refused:
        cursors.opened(by, place, {**query, "cursor": given or ""})  # type: ignore[arg-type]
    assert refused.value.code == "cursor_invalid"


@pytest.mark.parametrize("cursor", [KEY, "abc", "0123456789abcdef.", f"0123456789abcdef.{KEY}"])
def test_a_cursor_that_was_never_given_is_refused(cursor: str) -> None:
    with pytest.raises(BadInput):
        cursors.opened(COUNTY, PLACE, {**QUERY, "cursor": cursor})


def asked(method: str = "GET", **headers: str) -> Request:
    return Request(method, PLACE, {name.replace("_", "-"): value for name, value in headers.items()})


def test_what_is_unchanged_is_not_sent_again() -> None:
    reply = Reply.json({"items": []}, headers={"Cache-Control": "private, no-cache"})
    tag = reply.unless_known(asked()).headers["ETag"]
    for known in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = reply.unless_known(asked(if_none_match=known))
        assert (again.status, again.body, again.headers["ETag"]) == (304, "", tag)
    for other in ("", '"other"'):
        whole = reply.unless_known(asked(if_none_match=other))
        assert (whole.status, whole.body, whole.headers["ETag"]) == (200, reply.body, tag)
    changed = Reply.json({"items": [1]})
    assert changed.unless_known(asked(if_none_match=tag)).status == 200


@pytest.mark.parametrize(
    ("reply", "method"),
    [
        (Reply.json({}, headers={"Cache-Control": "no-store"}), "GET"),
        (Reply.json({}, status=404), "GET"),
        (Reply.json({}), "POST"),
    ],
)
def test_what_may_not_be_kept_is_not_there_or_is_no_reading_has_no_tag(reply: Reply, method: str) -> None:
    assert reply.unless_known(asked(method, if_none_match="*")) == reply
