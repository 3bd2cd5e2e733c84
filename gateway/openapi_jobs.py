"""What the OpenAPI document says of jobs (``gateway.jobs_door``); their list is a query like any other."""

from __future__ import annotations

from typing import Any, Final

from gateway.openapi_places import CORRELATION, json_body, parameter, problem_responses

_TEXT: Final = {"type": "string"}
_COUNT: Final = {"type": "integer", "minimum": 0}
_AT: Final = "/api/v1/allocation/jobs"
IMPORT: Final = "import_roster"
KINDS: Final = ("placement_plan", "what_if", "replan", "prices", "derivation")

SCHEMAS: Final[dict[str, dict[str, Any]]] = {
    "Job": {
        "type": "object",
        "description": "一项任务：提交后由规划进程办理，按编号查询。",
        "required": ["id", "kind", "state", "stage", "done", "of", "result", "problem"],
        "properties": {
            "id": {"type": "string", "format": "uuid"},
            "kind": {"type": "string", "enum": [*KINDS, IMPORT]},
            "occurred_on": {"type": "string", "format": "date"},
            "state": {"type": "string", "enum": ["queued", "working", "done", "refused", "failed"]},
            "stage": {**_TEXT, "description": "办理到的阶段"},
            "done": {**_COUNT, "description": "本阶段已办的数；办结后等于 of"},
            "of": {**_COUNT, "description": "本阶段共须办的数"},
            "attempts": _COUNT,
            "asked_at": {"type": "integer", "description": "交办时刻，自 1970-01-01T00:00:00Z 起的微秒数"},
            "ended_at": {"type": ["integer", "null"], "description": "办结时刻，自 1970-01-01T00:00:00Z 起的微秒数"},
            "result": {"type": ["object", "null"], "description": "办结后的结果"},
            "problem": {
                "description": "被拒绝或失败的原因",
                "oneOf": [{"$ref": "#/components/schemas/Problem"}, {"type": "null"}],
            },
        },
    },
}
_BODY: Final = {
    "type": "object",
    "additionalProperties": False,
    "required": ["kind", "occurred_on", "data"],
    "properties": {
        "kind": {
            "type": "string",
            "enum": list(KINDS),
            "description": "编制方案、试算（不留事件）、少变动地调整、次优去处、按日志重算",
        },
        "occurred_on": {"type": "string", "format": "date", "description": "方案的日期"},
        "data": {
            "type": "object",
            "description": (
                "programme、tier、area、seed、partial、explain、without、closed；"
                "partial 为真时，人选多于派驻点的，多出的人选不予安排，连同所受限制的规则列出；"
                "试算另有 locks、waivers、plan，调整、次优、重算另有 plan（次优还有 persons）"
            ),
        },
    },
}
_ONE: Final = {"$ref": "#/components/schemas/Job"}


def _shown(operation: str) -> dict[str, Any]:
    return {
        "operationId": operation,
        "summary": "一项任务的进展与结果",
        "parameters": [parameter("job", "path", {"type": "string", "format": "uuid"}, "任务编号"), CORRELATION],
        "responses": {
            "200": {"description": "任务", **json_body(_ONE)},
            **problem_responses("401", "404", "429", "503"),
        },
    }


PATHS: Final[dict[str, dict[str, Any]]] = {
    _AT: {
        "post": {
            "operationId": "startJob",
            "summary": "交办一项任务",
            "parameters": [
                parameter("Idempotency-Key", "header", _TEXT, "以同一编号重发的任务是同一项任务", True),
                parameter("Paizhu-After", "header", _TEXT, "须先到达的位置"),
                CORRELATION,
            ],
            "requestBody": {"required": True, **json_body(_BODY)},
            "responses": {
                "202": {
                    "description": "已受理；Location 为查询地址",
                    "headers": {"Location": {"schema": _TEXT}, "Retry-After": {"schema": _TEXT}},
                    **json_body(_ONE),
                },
                **problem_responses("400", "401", "403", "404", "413", "415", "422", "429", "503"),
            },
        },
    },
    "/api/v1/personnel/jobs/{job}": {"get": _shown("showRosterJob")},
    f"{_AT}/{{job}}": {"get": _shown("showJob")},
}
