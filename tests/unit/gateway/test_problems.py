"""Problems: each kind of error has its status, its members by RFC 9457, and the headers the status asks for."""

from __future__ import annotations

import json

import pytest

from gateway import openapi_places, problems
from kernel import errors

EXPECTED = {
    "bad_input": 400,
    "unauthenticated": 401,
    "forbidden": 403,
    "unknown": 404,
    "method": 405,
    "stale": 409,
    "too_large": 413,
    "media": 415,
    "too_slow": 408,
    "head_too_large": 431,
    "too_many": 429,
    "too_often": 429,
    "rule": 422,
    "reused": 422,
    "not_yet": 503,
    "busy": 503,
    "error": 500,
}


def kinds(error: type[errors.PaizhuError]) -> set[str]:
    return {error.kind}.union(*(kinds(sub) for sub in error.__subclasses__()))


def test_every_kind_of_error_has_the_status_agreed_and_no_other_is_known() -> None:
    assert {name: kind.status for name, kind in problems.STATUS.items()} == EXPECTED
    assert kinds(errors.PaizhuError) == set(EXPECTED)


def test_a_kind_nobody_told_of_is_our_fault() -> None:
    assert problems.reply({"kind": "novel", "code": "new", "sentence": "新"}, "k").status == 500


def test_the_document_carries_sentence_clause_field_and_findings() -> None:
    refusal = errors.Rejected(
        "copies_incomplete",
        "登记表应报五份。",
        field="copies",
        accepted="5",
        notice="辽组通字〔2018〕4号",
        clause="三、4",
        details=[
            {"field": "rows.3.copies", "code": "copies_incomplete", "sentence": "四份", "accepted": "5", "row": 3}
        ],
    )
    reply = problems.reply(refusal.problem(), "k-1")
    assert reply.status == 422
    assert reply.headers["Content-Type"] == "application/problem+json"
    assert json.loads(reply.body) == {
        "type": "urn:paizhu:problem:copies_incomplete",
        "title": "不符合方案规定",
        "status": 422,
        "detail": "登记表应报五份。",
        "code": "copies_incomplete",
        "field": "copies",
        "accepted": "5",
        "notice": "辽组通字〔2018〕4号",
        "clause": "三、4",
        "correlation": "k-1",
        "errors": [
            {"field": "rows.3.copies", "code": "copies_incomplete", "detail": "四份", "accepted": "5", "row": 3}
        ],
    }


def test_an_error_that_rests_on_no_notice_cites_none_and_the_protocol_stands_in_the_document() -> None:
    def cited(error: errors.PaizhuError) -> tuple[str | None, str | None]:
        body = problems.body_of(error.problem(), "k")
        return body["notice"], body["clause"]

    assert cited(errors.BadInput("不")) == cited(errors.Unauthenticated("不")) == (None, None)
    assert openapi_places.problem_responses("401")["401"]["description"] == "身份未能确认（RFC 6750 3.1）"
    assert openapi_places.problem_responses("422")["422"]["description"].startswith("不符合方案规定、")
    assert cited(errors.BadInput("不", notice="N", clause="C")) == ("N", "C")
    assert cited(errors.Rejected("full", "满")) == (None, None)


@pytest.mark.parametrize(
    ("error", "header", "value"),
    [
        (errors.NotYet("未到"), "Retry-After", "1"),
        (errors.Busy("忙"), "Retry-After", "1"),
        (errors.Unauthenticated("无"), "WWW-Authenticate", "Bearer"),
        (errors.Unauthenticated("旧", code="token_expired"), "WWW-Authenticate", 'Bearer error="invalid_token"'),
        (errors.WrongMethod("不", accepted="GET, POST"), "Allow", "GET, POST"),
    ],
)
def test_a_status_brings_its_header(error: errors.PaizhuError, header: str, value: str) -> None:
    assert problems.reply(error.problem(), "k").headers[header] == value


def test_no_refusal_repeats_the_number_of_a_person() -> None:
    number, mobile, uuid = "210321198001150019", "13900000001", "139a1111-2222-4333-8444-513900000001"
    detail = {"field": f"rows[1].{number}", "code": "c", "sentence": f"没有{mobile}。", "accepted": mobile}
    found = {
        "kind": "unknown",
        "code": "c",
        "sentence": f"没有名为 {number} 的查询，见 {uuid}。",
        "field": mobile,
        "accepted": f"如 {number[:-1]}X、1390000000",
        "details": [detail],
    }
    text = str(problems.body_of(found, "k"))
    assert number not in text
    assert mobile not in text.replace(uuid, "")
    assert (uuid in text, "1390000000" in text) == (True, True)
