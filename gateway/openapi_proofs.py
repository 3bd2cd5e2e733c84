"""What the OpenAPI document says of checkpoints, proofs and cosignatures (``gateway.proofs``)."""

from __future__ import annotations

from typing import Any, Final

from gateway.openapi_places import CORRELATION, json_body, parameter, problem_responses
from services import SERVICES

_TEXT: Final = {"type": "string"}
_NOTE: Final = {"content": {"text/plain": {"schema": _TEXT}}}
_POSITIVE: Final = {"type": "integer", "minimum": 1}
_HASH: Final = {"type": "string", "format": "byte"}
_HASHES: Final = {"type": "array", "items": _HASH, "description": "自下而上，base64"}
_SERVICE: Final = parameter("service", "path", {"type": "string", "enum": list(SERVICES)}, "服务")


def _object(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": list(properties), "properties": properties}


SCHEMAS: Final[dict[str, dict[str, Any]]] = {
    "InclusionProof": _object(
        service=_TEXT,
        position=_POSITIVE,
        index={"type": "integer", "minimum": 0, "description": "叶序号，从 0 起"},
        size=_POSITIVE,
        leaf=_object(sha256=_HASH, sm3=_HASH),
        sha256=_HASHES,
        sm3=_HASHES,
    ),
    "ConsistencyProof": _object(
        **{"service": _TEXT, "from": _POSITIVE, "to": _POSITIVE, "sha256": _HASHES, "sm3": _HASHES}
    ),
    "Cosigned": _object(
        service=_TEXT,
        size=_POSITIVE,
        witness=_TEXT,
        stored={"type": "boolean", "description": "false：此前已收到该见证方对这一检查点的签名"},
    ),
}


def _get(operation: str, summary: str, ok: dict[str, Any], *parameters: dict[str, Any]) -> dict[str, Any]:
    return {
        "get": {
            "operationId": operation,
            "summary": summary,
            "parameters": [_SERVICE, *parameters, CORRELATION],
            "responses": {"200": ok, **problem_responses("400", "401", "404", "429", "503")},
        }
    }


def _number(name: str, text: str, required: bool = False) -> dict[str, Any]:
    return parameter(name, "query", _POSITIVE, text, required)


def _proof(schema: str) -> dict[str, Any]:
    return {"description": "证明", **json_body({"$ref": f"#/components/schemas/{schema}"})}


PATHS: Final[dict[str, dict[str, Any]]] = {
    "/api/v1/log/{service}/checkpoint": _get(
        "checkpoint",
        "日志的签名检查点（C2SP signed-note），含全部见证签名",
        {"description": "检查点", **_NOTE},
        _number("size", "检查点的事件数；未给出时为最新的检查点"),
    ),
    "/api/v1/log/{service}/succession": _get(
        "succession",
        "日志签名密钥更换的公告（C2SP signed-note），由旧至新，以空行分隔；未更换过时为空",
        {"description": "公告", **_NOTE},
    ),
    "/api/v1/log/{service}/inclusion": _get(
        "inclusionProof",
        "某一事件在某一检查点之内的证明（RFC 9162，2.1.3），两种哈希各一份",
        _proof("InclusionProof"),
        _number("position", "事件的位置", True),
        _number("size", "树的事件数；未给出时为最新的检查点"),
    ),
    "/api/v1/log/{service}/consistency": _get(
        "consistencyProof",
        "较早的检查点是较晚的检查点的开头的证明（RFC 9162，2.1.4），两种哈希各一份",
        _proof("ConsistencyProof"),
        _number("from", "较早的事件数", True),
        _number("to", "较晚的事件数；未给出时为最新的检查点"),
    ),
    "/api/v1/log/{service}/cosignature": {
        "post": {
            "operationId": "cosign",
            "summary": "见证方提交对某一检查点的见证签名",
            "description": "第一行为检查点的事件数，第二行为签名行。仅限角色 witness，签名须以策略中登记的密钥验证。",
            "parameters": [_SERVICE, CORRELATION],
            "requestBody": {"required": True, **_NOTE},
            "responses": {
                "200": {"description": "已收", **json_body({"$ref": "#/components/schemas/Cosigned"})},
                **problem_responses("400", "401", "403", "404", "413", "415", "429", "503"),
            },
        }
    },
}
