"""What the OpenAPI document says of parked events and parked messages (``gateway.parked_door``)."""

from __future__ import annotations

from typing import Any, Final

from gateway.openapi_places import CORRELATION, json_body, number, parameter, problem_responses
from gateway.parked_door import FOLLOWERS

_TEXT: Final = {"type": "string"}
_COUNT: Final = {"type": "integer", "minimum": 0}
_FOLLOWER: Final = parameter("follower", "path", {"type": "string", "enum": list(FOLLOWERS)}, "搁置事件的一方")
_EVENT: Final = parameter("event", "path", {"type": "string", "pattern": "^[a-z]+:[0-9]+$"}, "事件编号，来源:位置")
_LETTER: Final = parameter("letter", "path", {"type": "string", "pattern": "^[0-9a-f]{16}$"}, "搁置消息编号")
_REASON: Final = {"type": "object", "required": ["reason"], "properties": {"reason": _TEXT}}
_AT: Final = "/api/v1/parked/{follower}"

SCHEMAS: Final[dict[str, dict[str, Any]]] = {
    "Parked": {
        "type": "object",
        "required": ["id", "source", "number", "reason", "parked_at", "state"],
        "properties": {
            "id": {**_TEXT, "description": "来源:位置"},
            "source": _TEXT,
            "number": _COUNT,
            "reason": {**_TEXT, "description": "搁置的原因"},
            "parked_at": {**_COUNT, "description": "搁置时间，1970 年以来的微秒数（UTC）"},
            "state": {"type": "string", "enum": ["parked", "replayed", "discarded"]},
            "repeated": {"type": "boolean", "description": "此前已如此办理"},
        },
    },
}


def _place(
    method: str, operation: str, summary: str, *parameters: dict[str, Any], schema: Any = None
) -> dict[str, Any]:
    refusals = ("400", "401", "403", "404", *(("415", "422") if method == "post" else ()), "429", "503")
    body = {"requestBody": {"required": True, **json_body(_REASON)}} if method == "post" else {}
    return {
        method: {
            "operationId": operation,
            "summary": summary,
            "description": "办理限系统管理员（system_admin），查看另许审计。",
            "parameters": [_FOLLOWER, *parameters, CORRELATION],
            **body,
            "responses": {
                "200": {"description": summary, **json_body(schema or {"type": "object"})},
                **problem_responses(*refusals),
            },
        }
    }


_STATE: Final = parameter("state", "query", {"type": "string", "enum": ["open", "all"]}, "all：含已重放、已废弃的")
_AFTER: Final = parameter("after", "query", _TEXT, "上一页末尾的事件编号")
_ONE: Final = {"$ref": "#/components/schemas/Parked"}

PATHS: Final[dict[str, dict[str, Any]]] = {
    _AT: _place("get", "parked", "被搁置的事件", _STATE, _AFTER, number("limit", 1, 1000, 100, "最多条数")),
    f"{_AT}/letters": _place("get", "letters", "消息系统搁置队列中的消息及其事件的下落"),
    f"{_AT}/letters/{{letter}}/discard": _place("post", "discardLetter", "说明理由后清除一条搁置的消息", _LETTER),
    f"{_AT}/{{event}}": _place("get", "showParked", "一个被搁置的事件及其办理经过", _EVENT, schema=_ONE),
    f"{_AT}/{{event}}/replay": _place("post", "replayParked", "按来源日志重放，只生效一次", _EVENT, schema=_ONE),
    f"{_AT}/{{event}}/discard": _place("post", "discardParked", "说明理由后废弃，仍可查看", _EVENT, schema=_ONE),
}
