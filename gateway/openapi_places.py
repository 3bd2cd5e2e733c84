"""What the OpenAPI document says beside commands and queries: feeds, rosters, the shapes of replies and problems."""

from __future__ import annotations

from typing import Any, Final

from gateway.problems import MEDIA_TYPE, STATUS, Kind
from kernel.errors import LISTED
from services import SERVICES

_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TEXT: Final = {"type": "string"}
_TEXT_OR_NULL: Final = {"type": ["string", "null"]}
_COUNT: Final = {"type": "integer", "minimum": 0}

CORRELATION: Final[dict[str, Any]] = {
    "name": "X-Correlation-Id",
    "in": "header",
    "description": "关联编号；未给出时由系统编制，并在答复的同名头中返回。",
    "schema": {"type": "string", "maxLength": 64},
}


def json_body(schema: Any) -> dict[str, Any]:
    """The content of a JSON request or response."""
    return {"content": {"application/json": {"schema": schema}}}


def problem_responses(*statuses: str) -> dict[str, Any]:
    """A response for each status, with the titles of the problems that have it and what the status rests on."""
    return {
        status: {
            "description": "、".join(_told(kind) for kind in STATUS.values() if str(kind.status) == status),
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        for status in statuses
    }


def _told(kind: Kind) -> str:
    return f"{kind.title}（{kind.source}）" if kind.source else kind.title


def parameter(name: str, where: str, schema: dict[str, Any], text: str, required: bool = False) -> dict[str, Any]:
    """A parameter in ``where``: path (always required), query or header."""
    return {"name": name, "in": where, "required": required or where == "path", "description": text, "schema": schema}


def number(name: str, lowest: int, highest: int, default: int, text: str) -> dict[str, Any]:
    """An integer in the query."""
    schema = {"type": "integer", "minimum": lowest, "maximum": highest, "default": default}
    return parameter(name, "query", schema, text)


def _file(text: str) -> dict[str, Any]:
    return {"description": text, "content": {_XLSX: {"schema": {"type": "string", "format": "binary"}}}}


SCHEMAS: Final[dict[str, dict[str, Any]]] = {
    "Problem": {
        "type": "object",
        "description": "RFC 9457 的问题文档。",
        "required": ["type", "title", "status", "detail", "code", "correlation"],
        "properties": {
            "type": {"type": "string", "format": "uri"},
            "title": _TEXT,
            "status": {"type": "integer"},
            "detail": {"type": "string", "description": "给办理人员的中文说明"},
            "code": {"type": "string", "description": "稳定的错误代码"},
            "field": _TEXT_OR_NULL,
            "accepted": _TEXT_OR_NULL,
            "notice": {**_TEXT_OR_NULL, "description": "所依据的文件编号；不依据方案规定的为 null"},
            "clause": {**_TEXT_OR_NULL, "description": "所依据的条款"},
            "correlation": _TEXT,
            "counts": {
                "type": "object",
                "additionalProperties": _COUNT,
                "description": f"问题超过 {LISTED} 处时，各代码的数目；errors 只列前 {LISTED} 处",
            },
            "errors": {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {
                        **dict.fromkeys(("field", "code", "detail", "accepted"), _TEXT_OR_NULL),
                        "row": {"type": "integer", "description": "名册中的行号，与表格软件所示一致"},
                        "cell": {**_TEXT_OR_NULL, "description": "名册中的单元格，如 AB17"},
                    },
                },
            },
        },
    },
    "Receipt": {
        "type": "object",
        "required": ["service", "position", "events", "streams", "repeated"],
        "properties": {
            "service": {"type": "string", "enum": list(SERVICES)},
            "position": {**_COUNT, "description": "该服务日志此后的位置，可写入 Paizhu-After"},
            "events": {"type": "object", "additionalProperties": _COUNT, "description": "各类事件的数目"},
            "streams": {"type": "object", "additionalProperties": _COUNT, "description": "所涉对象及其版本"},
            "repeated": {"type": "boolean", "description": "该命令此前已生效"},
            "result": {"type": "object"},
        },
    },
    "Page": {
        "type": "object",
        "required": ["items", "next", "service", "position"],
        "properties": {
            "items": {"type": "array", "items": {"type": "object"}},
            "next": {**_TEXT_OR_NULL, "description": "下一页的 cursor；没有下一页时为 null"},
            "service": _TEXT,
            "position": _COUNT,
        },
    },
    "DuePage": {
        "type": "object",
        "required": ["items", "next", "as_of", "positions"],
        "properties": {
            "items": {"type": "array", "items": {"type": "object"}},
            "next": {**_TEXT_OR_NULL, "description": "下一页的 cursor；没有下一页时为 null"},
            "as_of": {"type": "string", "format": "date", "description": "截至日期"},
            "positions": {"type": "object", "additionalProperties": _COUNT, "description": "各服务日志的位置"},
        },
    },
    "FeedItem": {
        "type": "object",
        "description": "CloudEvents 1.0 结构化 JSON。",
        "required": ["specversion", "id", "source", "type", "city", "sequence", "data"],
        "properties": {
            **dict.fromkeys(("specversion", "id", "source", "type", "subject", "time", "occurredon", "areas"), _TEXT),
            "city": _TEXT,
            "sequence": {"type": "string", "pattern": "^[0-9]{12}$", "description": "该市的无间断序号"},
            "data": {"type": "object"},
        },
    },
    "FeedPage": {
        "type": "object",
        "required": ["city", "items", "next", "head"],
        "properties": {
            "city": _TEXT,
            "items": {"type": "array", "items": {"$ref": "#/components/schemas/FeedItem"}},
            "next": {**_COUNT, "description": "下一次请求的 after"},
            "head": {**_COUNT, "description": "该市现有的最后序号"},
        },
    },
}

PATHS: Final[dict[str, dict[str, Any]]] = {
    "/api/v1/heads": {
        "get": {
            "operationId": "heads",
            "summary": "各服务日志的位置、互相接收到的位置、各市事件的末号",
            "responses": {
                "200": {"description": "位置", **json_body({"type": "object"})},
                **problem_responses("401", "429", "503"),
            },
        }
    },
    "/feeds/{city}": {
        "get": {
            "operationId": "feed",
            "summary": "某市的公开事件，按序号，无间断",
            "description": "仅限该市、省级与审计令牌。事件只含编号，不含个人信息。",
            "parameters": [
                parameter("city", "path", {"type": "string", "pattern": "^[0-9]{4}$"}, "四位市级区划代码"),
                parameter("after", "query", {**_COUNT, "default": 0}, "已有的最后序号"),
                number("limit", 1, 1000, 1000, "最多条数"),
                number("wait", 0, 25, 0, "没有新事件时等待的秒数"),
            ],
            "responses": {
                "200": {
                    "description": "事件。批量形式只有事件，游标在 Paizhu-Next、Paizhu-Head 与 Link 头中",
                    "content": {
                        **json_body({"$ref": "#/components/schemas/FeedPage"})["content"],
                        "application/cloudevents-batch+json": {
                            "schema": {"type": "array", "items": {"$ref": "#/components/schemas/FeedItem"}}
                        },
                    },
                },
                **problem_responses("400", "401", "403", "404"),
            },
        }
    },
    "/api/v1/rosters": {
        "post": {
            "operationId": "importRoster",
            "summary": "导入选派干部名册（xlsx）",
            "parameters": [
                parameter("programme", "query", _TEXT, "方案", True),
                parameter("occurred_on", "query", {"type": "string", "format": "date"}, "报送日期", True),
                parameter("decision", "query", _TEXT, "党委研究决定文号；表中该栏为空的行用此值"),
                parameter("accept", "query", {"type": "string", "enum": ["all", "good"]}, "good：只收合格的行"),
                parameter("synthetic", "query", {"type": "string", "enum": ["false", "true"]}, "人员为合成数据"),
                parameter("Idempotency-Key", "header", _TEXT, "命令编号", True),
                CORRELATION,
            ],
            "requestBody": {"required": True, **_file("名册")},
            "responses": {
                "200": {"description": "回执", **json_body({"$ref": "#/components/schemas/Receipt"})},
                **problem_responses("400", "401", "403", "413", "415", "422", "429", "503"),
            },
        }
    },
    "/api/v1/rosters/jobs": {
        "post": {
            "operationId": "importRosterAsJob",
            "summary": "以一项任务导入或预审选派干部名册（xlsx），至多 10000 行",
            "parameters": [
                parameter("programme", "query", _TEXT, "方案", True),
                parameter("occurred_on", "query", {"type": "string", "format": "date"}, "报送日期", True),
                parameter("decision", "query", _TEXT, "党委研究决定文号；表中该栏为空的行用此值"),
                parameter(
                    "accept",
                    "query",
                    {"type": "string", "enum": ["all", "good", "preview"]},
                    "good：只收合格的行；preview：只列出不合格的行，什么也不收",
                ),
                parameter("synthetic", "query", {"type": "string", "enum": ["false", "true"]}, "人员为合成数据"),
                parameter("Idempotency-Key", "header", _TEXT, "以同一编号重发的任务是同一项任务", True),
                CORRELATION,
            ],
            "requestBody": {"required": True, **_file("名册")},
            "responses": {
                "202": {
                    "description": "已受理；Location 为查询地址",
                    "headers": {"Location": {"schema": _TEXT}, "Retry-After": {"schema": _TEXT}},
                    **json_body({"$ref": "#/components/schemas/Job"}),
                },
                **problem_responses("400", "401", "403", "413", "415", "422", "429", "503"),
            },
        }
    },
    "/api/v1/offices": {
        "post": {
            "operationId": "importOffices",
            "summary": "导入任职和代理名册（xlsx），至多 10000 行",
            "parameters": [
                parameter("area", "query", _TEXT, "所登记机关所在的区划代码", True),
                parameter("occurred_on", "query", {"type": "string", "format": "date"}, "登记日期", True),
                parameter("accept", "query", {"type": "string", "enum": ["all", "good"]}, "good：只收合格的行"),
                parameter("Idempotency-Key", "header", _TEXT, "命令编号", True),
                CORRELATION,
            ],
            "requestBody": {"required": True, **_file("名册")},
            "responses": {
                "200": {"description": "回执", **json_body({"$ref": "#/components/schemas/Receipt"})},
                **problem_responses("400", "401", "403", "413", "415", "422", "429", "503"),
            },
        }
    },
    "/api/v1/months": {
        "post": {
            "operationId": "registerMonth",
            "summary": "批量登记一个月的考勤（xlsx，一人一行、一日一列），至多 5000 行",
            "parameters": [
                parameter("area", "query", _TEXT, "所登记岗位所在的区划代码", True),
                parameter("month", "query", _TEXT, "年月，如 2018-06", True),
                parameter("occurred_on", "query", {"type": "string", "format": "date"}, "登记日期", True),
                parameter(
                    "accept",
                    "query",
                    {"type": "string", "enum": ["all", "good", "preview"]},
                    "good：只收合格的行；preview：只查不收",
                ),
                parameter("document", "query", _TEXT, "代登记人录入时所依据的纸质登记"),
                parameter("Idempotency-Key", "header", _TEXT, "命令编号", True),
                CORRELATION,
            ],
            "requestBody": {"required": True, **_file("月考勤")},
            "responses": {
                "200": {"description": "回执", **json_body({"$ref": "#/components/schemas/Receipt"})},
                **problem_responses("400", "401", "403", "413", "415", "422", "429", "503"),
            },
        }
    },
    "/api/v1/rosters/template": {
        "get": {
            "operationId": "rosterTemplate",
            "summary": "空白名册（xlsx）",
            "parameters": [parameter("programme", "query", _TEXT, "方案", True), CORRELATION],
            "responses": {
                "200": _file("空白名册"),
                **problem_responses("400", "401", "404"),
            },
        }
    },
}
