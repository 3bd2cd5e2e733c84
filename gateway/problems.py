"""Problems: every refusal as ``application/problem+json`` (RFC 9457). The one table from kind of error to HTTP status.

Invariant: no other module of the system chooses a status for an error.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from gateway.exchange import Reply

MEDIA_TYPE: Final = "application/problem+json"

# kind → (status, title). 422 for what is well formed but not allowed (RFC 9110 section 15.5.21) and, after the draft on
# the Idempotency-Key header, for a key used twice; 409 where the state of the thing itself is in the way.
STATUS: Final[Mapping[str, tuple[int, str]]] = {
    "bad_input": (400, "请求内容不符合约定"),
    "unauthenticated": (401, "身份未能确认"),
    "forbidden": (403, "无权办理"),
    "unknown": (404, "没有这一对象"),
    "method": (405, "不支持的请求方法"),
    "stale": (409, "对象已有新的版本"),
    "too_large": (413, "请求体过大"),
    "media": (415, "不支持的内容类型"),
    "rule": (422, "不符合方案规定"),
    "reused": (422, "幂等键已用于另一命令"),
    "not_yet": (503, "数据尚未到齐"),
    "busy": (503, "系统暂忙"),
    "error": (500, "系统内部错误"),
}
_RETRY_SECONDS: Final = "1"


def status_of(kind: str) -> int:
    """The HTTP status of an error of ``kind``; 500 for a kind nobody told us of."""
    return STATUS.get(kind, STATUS["error"])[0]


def body_of(problem: Mapping[str, Any], correlation: str) -> dict[str, Any]:
    """The members of the problem document.

    Args:
        problem: a ``PaizhuError.problem()``, made here or received from a service.
        correlation: the id under which the logs tell the story.
    """
    status, title = STATUS.get(problem["kind"], STATUS["error"])
    return {
        "type": f"urn:paizhu:problem:{problem['code']}",
        "title": title,
        "status": status,
        "detail": problem["sentence"],
        "code": problem["code"],
        "field": problem.get("field"),
        "accepted": problem.get("accepted"),
        "notice": problem.get("notice"),
        "clause": problem.get("clause"),
        "correlation": correlation,
        "errors": [
            {"field": d.get("field"), "code": d.get("code"), "detail": d.get("sentence"), "accepted": d.get("accepted")}
            for d in problem.get("details") or ()
        ],
    }


def reply(problem: Mapping[str, Any], correlation: str) -> Reply:
    """The answer to a request that failed with ``problem``."""
    body = body_of(problem, correlation)
    headers: dict[str, str] = {}
    if body["status"] == 401:
        challenge = "Bearer" if body["code"] == "token_missing" else 'Bearer error="invalid_token"'
        headers["WWW-Authenticate"] = challenge  # RFC 6750 section 3
    if body["status"] == 503:
        headers["Retry-After"] = _RETRY_SECONDS
    if body["status"] == 405 and body["accepted"]:
        headers["Allow"] = body["accepted"]
    return Reply.json(body, status=int(body["status"]), headers=headers, media_type=MEDIA_TYPE)


def unexpected(correlation: str) -> Reply:
    """The answer where our own code failed. Nothing of the failure leaves; the logs hold it by its correlation id."""
    sentence = "系统内部错误，请将关联编号告知管理员。"
    return reply({"kind": "error", "code": "internal", "sentence": sentence}, correlation)
