"""What the OpenAPI document says of files: ledgers out and in, registration forms as pages."""

from __future__ import annotations

from typing import Any, Final

from gateway import form
from gateway.appointment import lrmx
from gateway.openapi_places import CORRELATION, json_body, parameter, problem_responses

_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TEXT: Final = {"type": "string"}
_PROGRAMME: Final = parameter("programme", "query", _TEXT, "方案", True)
_KINDS: Final = {"type": "string", "enum": ["village", "township", "city", "reserves"]}
_KIND: Final = parameter("kind", "query", _KINDS, "村、乡镇、一个市的台账，或后备干部名册", True)
_AS_OF: Final = parameter("as_of", "query", {"type": "string", "format": "date"}, "后备干部名册的报送日期")
_WITHIN: Final = parameter("area", "query", _TEXT, "区划代码，后备干部名册只列其下各村（社区）")
_CITY: Final = parameter("city", "query", _TEXT, "市代码")
_COUNTY: Final = parameter("county", "query", _TEXT, "县（市、区）代码")


_CELLS: Final = {
    "type": "object",
    "required": ["programme", "cells", "elsewhere", "missing", "photo"],
    "properties": {
        "programme": _TEXT,
        "cells": {"type": "object", "description": "推荐人选（NominateCadre）的 nominee 各栏；家庭成员各栏是数组"},
        "elsewhere": {"type": "object", "description": "登记表没有的栏，按任免审批表的栏名"},
        "missing": {
            "type": "array",
            "description": "文件里没有、须另填的栏",
            "items": {"type": "object", "properties": {"field": _TEXT, "title": _TEXT}},
        },
        "photo": {
            "description": "照片，登记后另行上传（AttachPhoto）",
            "type": ["object", "null"],
            "properties": {"media": _TEXT, "base64": _TEXT},
        },
    },
}


def _file(text: str, *media: str) -> dict[str, Any]:
    binary = {"schema": {"type": "string", "format": "binary"}}
    return {"description": text, "content": dict.fromkeys(media or (_XLSX,), binary)}


def _shown(operation: str, summary: str, file: dict[str, Any], *parameters: dict[str, Any]) -> dict[str, Any]:
    return {
        "operationId": operation,
        "summary": summary,
        "parameters": [*parameters, CORRELATION],
        "responses": {"200": file, **problem_responses("400", "401", "403", "404", "422", "429", "503")},
    }


PATHS: Final[dict[str, dict[str, Any]]] = {
    "/api/v1/ledgers": {
        "get": _shown(
            "exportLedger",
            "台账（xlsx），仅限管理干部的机关；后备干部名册限县委组织部和乡镇党委",
            _file("台账"),
            *(_PROGRAMME, _KIND, _CITY, _COUNTY, _AS_OF, _WITHIN),
        ),
        "post": {
            "operationId": "importLedger",
            "summary": "报送或填报台账（xlsx）",
            "parameters": [
                _PROGRAMME,
                parameter("occurred_on", "query", {"type": "string", "format": "date"}, "办理日期", True),
                parameter("channel", "query", _TEXT, "报送台账的领域；与 county 二者之一"),
                parameter("kind", "query", {"type": "string", "enum": ["village", "township"]}, "领域报送的台账"),
                _COUNTY,
                parameter("Idempotency-Key", "header", _TEXT, "命令编号", True),
                CORRELATION,
            ],
            "requestBody": {"required": True, **_file("台账")},
            "responses": {
                "200": {"description": "回执", **json_body({"$ref": "#/components/schemas/Receipt"})},
                **problem_responses("400", "401", "403", "404", "413", "415", "422", "429", "503"),
            },
        },
    },
    "/api/v1/ledgers/template": {
        "get": _shown("ledgerTemplate", "空白台账（xlsx）", _file("空白台账"), _PROGRAMME, _KIND)
    },
    "/api/v1/ledgers/statistics": {
        "get": _shown("ledgerStatistics", "统计表（xlsx），由台账计算", _file("统计表"), _PROGRAMME, _CITY, _COUNTY)
    },
    "/api/v1/fact-sheets/{person}": {
        "get": _shown(
            "printFactSheet",
            "村级后备干部日常管理纪实表（xlsx）",
            _file("纪实表"),
            parameter("person", "path", _TEXT, "人员编号"),
            _PROGRAMME,
            parameter("year", "query", _TEXT, "年份", True),
        )
    },
    "/api/v1/appointment-forms": {
        "post": {
            "operationId": "readAppointmentForm",
            "summary": "读入任免审批表（.lrmx 或 .lrm）：译成推荐人选登记表的各栏，不存",
            "parameters": [
                _PROGRAMME,
                parameter("occurred_on", "query", {"type": "string", "format": "date"}, "家庭成员年龄算到这一天", True),
                CORRELATION,
            ],
            "requestBody": {"required": True, **_file("任免审批表", lrmx.MEDIA, "application/octet-stream")},
            "responses": {
                "200": {"description": "登记表各栏", **json_body(_CELLS)},
                **problem_responses("400", "401", "403", "404", "413", "422", "429", "503"),
            },
        }
    },
    "/api/v1/forms/{nomination}/{kind}": {
        "get": _shown(
            "printForm",
            "选派干部登记表（docx、PDF 或任免审批表 .lrmx）",
            _file("登记表", form.DOCX, form.PDF, lrmx.MEDIA),
            parameter("nomination", "path", _TEXT, "推荐编号"),
            parameter("kind", "path", {"type": "string", "enum": ["docx", "pdf", "lrmx"]}, "文件格式"),
            parameter("as_of", "query", {"type": "string", "format": "date"}, "所示为该日的内容"),
        )
    },
}
