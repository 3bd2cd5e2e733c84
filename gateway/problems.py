"""Problems: every refusal as ``application/problem+json`` (RFC 9457). The one table from kind of error to HTTP status.

Invariants: no other module of the system chooses a status for an error; no refusal repeats the number of a person.
The clause in it is a notice's or none: what a status rests on among the protocols stands in the document of the API.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

from gateway.exchange import Reply
from kernel import personal
from kernel.door_refusals import INTERNAL
from kernel.errors import PaizhuError, Unauthenticated

MEDIA_TYPE: Final = "application/problem+json"


class Kind(NamedTuple):
    """What a kind of error is over HTTP, and the ``source`` of its status among the protocols."""

    status: int
    title: str
    source: str = ""


# 422 for what is well formed but not allowed and, after the draft on the Idempotency-Key header, for a key used twice;
# 409 where the state of the thing itself is in the way.
STATUS: Final[Mapping[str, Kind]] = {
    "bad_input": Kind(400, "请求内容不符合约定", "RFC 9110 15.5.1"),
    "unauthenticated": Kind(401, "身份未能确认", "RFC 6750 3.1"),
    "forbidden": Kind(403, "无权办理", "RFC 9110 15.5.4"),
    "unknown": Kind(404, "没有这一对象", "RFC 9110 15.5.5"),
    "method": Kind(405, "不支持的请求方法", "RFC 9110 15.5.6"),
    "too_slow": Kind(408, "请求未及时送达", "RFC 9110 15.5.9"),
    "stale": Kind(409, "对象已有新的版本", "RFC 9110 15.5.10"),
    "too_large": Kind(413, "请求体过大", "RFC 9110 15.5.14"),
    "media": Kind(415, "不支持的内容类型", "RFC 9110 15.5.16"),
    "too_many": Kind(429, "在办事项过多", "RFC 6585 4"),
    "too_often": Kind(429, "请求过于频繁", "RFC 6585 4"),
    "head_too_large": Kind(431, "请求头过大", "RFC 6585 5"),
    "rule": Kind(422, "不符合方案规定"),
    "reused": Kind(422, "幂等键已用于另一命令", "draft-ietf-httpapi-idempotency-key-header 2.7"),
    "not_yet": Kind(503, "数据尚未到齐", "RFC 9110 15.6.4"),
    "busy": Kind(503, "系统暂忙", "RFC 9110 15.6.4"),
    "error": Kind(500, "系统内部错误", "RFC 9110 15.6.1"),
}
_RETRY_SECONDS: Final = 1


def status_of(error: PaizhuError) -> int:
    """The status an error is answered with."""
    return STATUS[error.kind].status


def tried(act: Callable[[], Reply], correlation: str) -> Reply:
    """What ``act`` answers, or the problem it is refused with. Raises Unauthenticated, which is no answer of a page."""
    try:
        return act()
    except Unauthenticated:
        raise
    except PaizhuError as error:
        return reply(error.problem(), correlation)


def body_of(problem: Mapping[str, Any], correlation: str) -> dict[str, Any]:
    """The members of the problem document; the status of an unknown kind is 500.

    Args:
        problem: a ``PaizhuError.problem()``, made here or received from a service.
        correlation: the id under which the logs tell the story.
    """
    kind = STATUS.get(problem["kind"], STATUS["error"])
    return {
        "type": f"urn:paizhu:problem:{problem['code']}",
        "title": kind.title,
        "status": kind.status,
        "detail": _impersonal(problem["sentence"]),
        "code": problem["code"],
        "field": _impersonal(problem.get("field")),
        "accepted": _impersonal(problem.get("accepted")),
        "notice": problem.get("notice"),
        "clause": problem.get("clause"),
        "correlation": correlation,
        "errors": [
            {
                "field": _impersonal(d.get("field")),
                "code": d.get("code"),
                "detail": _impersonal(d.get("sentence")),
                "accepted": _impersonal(d.get("accepted")),
                **{name: d[name] for name in ("row", "cell") if name in d},
            }
            for d in problem.get("details") or ()
        ],
        **({"counts": problem["counts"]} if "counts" in problem else {}),
    }


def _impersonal(text: str | None) -> str | None:
    # What a refusal names (a field, a query, a header) may be a number of a person that was put in the wrong place.
    return None if text is None else personal.masked(text, "＊＊＊")


def reply(problem: Mapping[str, Any], correlation: str) -> Reply:
    """The answer to a request that failed with ``problem``."""
    body = body_of(problem, correlation)
    headers: dict[str, str] = {}
    if body["status"] == 401:
        challenge = "Bearer" if body["code"] == "token_missing" else 'Bearer error="invalid_token"'
        headers["WWW-Authenticate"] = challenge  # RFC 6750 section 3
    if body["status"] in (429, 503):
        headers["Retry-After"] = str(problem.get("retry_after") or _RETRY_SECONDS)
    if body["status"] == 405 and body["accepted"]:
        headers["Allow"] = body["accepted"]
    return Reply.json(body, status=int(body["status"]), headers=headers, media_type=MEDIA_TYPE)


def unexpected() -> dict[str, Any]:
    """The problem where our own code failed. Nothing of the failure leaves; the logs hold it by its correlation id."""
    return INTERNAL(thing="请求", accepted="").problem()
