"""What the OpenAPI document says of queries: one path each, as the services describe them.

Invariant: a query of a service that has not been heard yet is still documented, by the form that all queries have.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from gateway.described import Description
from gateway.openapi_places import CORRELATION, json_body, number, parameter, problem_responses
from programmes.due import MOST, PARAMS

_TEXT: Final = {"type": "string"}


def _pages(most: int) -> list[dict[str, Any]]:
    return [
        parameter("cursor", "query", _TEXT, "上一页的 next；只对同一请求人、同一查询和同样的参数有效"),
        number("limit", 1, most, 100, "每页条数"),
        parameter("Paizhu-After", "header", _TEXT, "须先到达的位置"),
        parameter("If-None-Match", "header", _TEXT, "上次答复的 ETag；内容未变时答复 304"),
        CORRELATION,
    ]


_PAGING: Final = _pages(1000)
_REFUSALS: Final = problem_responses("400", "401", "403", "404", "422", "429", "503")
_RESPONSES: Final[dict[str, Any]] = {
    "200": {"description": "一页", **json_body({"$ref": "#/components/schemas/Page"})},
    "304": {"description": "内容与 If-None-Match 所指的一致"},
    **_REFUSALS,
}


def paths(services: Iterable[str], described: Mapping[str, Description]) -> dict[str, dict[str, Any]]:
    """Path → operations: every query that is described, one pattern for the services that are not, and what is due."""
    found = {
        f"/api/v1/{service}/{name}": {"get": _operation(service, name, query)}
        for service, description in described.items()
        for name, query in description["queries"].items()
    }
    found["/api/v1/due"] = {"get": _DUE}
    unheard = [service for service in services if service not in described]
    if unheard:
        found["/api/v1/{service}/{query}"] = {"get": _any_of(unheard)}
    return found


_DUE: Final[dict[str, Any]] = {
    "operationId": "due",
    "summary": "应办事项：各服务合并，未办在前，按期限先后",
    "description": "缺省为本岗位应办。逐项列明责任单位、依据条款、期限、办结日期、逾期或迟办天数。",
    "parameters": [*(parameter(name, "query", _TEXT, text) for name, text in PARAMS.items()), *_pages(MOST)],
    "responses": {
        "200": {"description": "一页", **json_body({"$ref": "#/components/schemas/DuePage"})},
        "304": {"description": "内容与 If-None-Match 所指的一致"},
        **_REFUSALS,
    },
}


def _operation(service: str, name: str, query: Mapping[str, Any]) -> dict[str, Any]:
    own = [
        parameter(given, "query", _TEXT, text, required=given in query["needs"])
        for given, text in query["params"].items()
    ]
    return {
        "operationId": f"{service}.{name}",
        "tags": [service],
        "summary": query["title"],
        "description": f"可查询的角色：{'、'.join(query['roles'])}。",
        "x-roles": query["roles"],
        "parameters": [*own, *_PAGING],
        "responses": _RESPONSES,
    }


def _any_of(services: list[str]) -> dict[str, Any]:
    return {
        "operationId": "query",
        "summary": "查询某一服务的读模型",
        "description": "这些服务暂无答复，其查询未能逐一列出。参数按所查内容而定；未知参数答复 400。",
        "parameters": [
            parameter("service", "path", {"type": "string", "enum": services}, "服务"),
            parameter("query", "path", _TEXT, "查询的名称"),
            *_PAGING,
        ],
        "responses": _RESPONSES,
    }
