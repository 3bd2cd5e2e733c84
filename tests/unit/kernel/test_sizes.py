"""What goes between gateway and services is measured before it is sent."""

from __future__ import annotations

import orjson
import pytest

from kernel import sizes
from kernel.errors import LISTED, BadInput, TooLarge
from kernel.sizes import answered, packed


def test_a_request_as_long_as_it_may_be_is_packed_and_no_longer_one() -> None:
    request = {"data": "长" * 100}
    body = packed(request)
    assert orjson.loads(body) == {"args": [request], "kwargs": {}}
    assert packed(request, len(body)) == body
    with pytest.raises(TooLarge) as refused:
        packed(request, len(body) - 1)
    assert (refused.value.code, refused.value.field) == ("request_too_large", "body")
    assert str(len(body) - 1) in (refused.value.accepted or "")


def test_an_answer_that_cannot_be_sent_is_a_problem_that_says_what_to_ask_instead() -> None:
    answer = {"items": ["长" * 100]}
    body = answered(answer)
    assert answered(answer, len(body)) == body == orjson.dumps(answer)
    problem = orjson.loads(answered(answer, len(body) - 1))["problem"]
    assert (problem["kind"], problem["code"], problem["field"]) == ("bad_input", "answer_too_large", "limit")
    assert "limit" in problem["accepted"]


def test_the_limits_lie_below_what_the_broker_takes() -> None:
    assert sizes.PAGE < sizes.MESSAGE < 16 << 20


@pytest.mark.parametrize(("given", "listed", "counts"), [(LISTED, LISTED, None), (LISTED + 1, LISTED, LISTED)])
def test_findings_beyond_what_an_answer_lists_are_counted(given: int, listed: int, counts: int | None) -> None:
    codes = ["first", *["second"] * (given - 1)]
    problem = BadInput("不行。", details=[{"code": code} for code in codes]).problem()
    assert len(problem["details"]) == listed
    assert problem.get("counts") == (None if counts is None else {"first": 1, "second": counts})
