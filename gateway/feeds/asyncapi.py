"""The AsyncAPI 3 document of the city feeds: both ways an item comes, with the schema of every event.

Invariant: like the schemas, it is a function of the code alone.
"""

from __future__ import annotations

from typing import Any, Final

from gateway.feeds import published
from gateway.feeds.door import BATCH_TYPE, LONGEST_WAIT, PAGE, PAGE_TYPE
from kernel import bus

VERSION: Final = "1.0.0"
_CITY: Final = {"city": {"description": "四位市级区划代码", "examples": ["2107"]}}
_NUMBER: Final = {"type": "integer", "minimum": 0}


def document() -> dict[str, Any]:
    """The document, as plain data fit for YAML."""
    kinds = [published.type_of(name) for name in published.events()]
    return {
        "asyncapi": "3.0.0",
        "id": "urn:paizhu:city-feeds",
        "info": {
            "title": "派驻 Paizhu：各市公开事件",
            "version": VERSION,
            "description": (
                "每市一个事件序列，由两种途径给出同样的内容：消息队列与 HTTP。至少送达一次；以 id 去重，"
                "以 sequence 发现缺号并经 HTTP 补取。事件只含编号与代码，不含个人信息。"
                "今后可能增加字段、事件类型与枚举值；已有者不删除、不改名、不改类型。"
            ),
        },
        "defaultContentType": published.CONTENT,
        "servers": {
            "broker": {
                "host": "{host}",
                "protocol": "amqp",
                "protocolVersion": "0.9.1",
                "description": "各市以本市账号连接，只能读取本市队列。",
                "variables": {"host": {"description": "消息系统的地址与端口"}},
                "security": [{"$ref": "#/components/securitySchemes/cityAccount"}],
            },
            "gateway": {
                "host": "{host}",
                "protocol": "http",
                "description": "以本市令牌读取。",
                "variables": {"host": {"description": "网关的地址与端口"}},
                "security": [{"$ref": "#/components/securitySchemes/token"}],
            },
        },
        "channels": {"queue": _queue(kinds), "feed": _feed()},
        "operations": {
            "deliver": {
                "action": "send",
                "title": "送入各市队列",
                "channel": {"$ref": "#/channels/queue"},
                "bindings": {"amqp": {"deliveryMode": 2, "ack": True, "bindingVersion": "0.3.0"}},
            },
            "answer": {
                "action": "send",
                "title": "答复 GET /feeds/{city}",
                "channel": {"$ref": "#/channels/feed"},
                "bindings": {"http": {"method": "GET", "query": _query(), "bindingVersion": "0.3.0"}},
            },
        },
        "components": {
            "messages": {
                **{published.type_of(name): _message(name) for name in published.events()},
                **_forms(kinds),
            },
            "schemas": {kind: _inside(schema) for kind, schema in published.schemas().items()},
            "securitySchemes": {
                "cityAccount": {"type": "userPassword", "description": "用户 city-<代码>"},
                "token": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
            },
        },
    }


def _queue(kinds: list[str]) -> dict[str, Any]:
    queue = {"name": bus.city("{city}"), "durable": True, "exclusive": False, "autoDelete": False, "vhost": "/"}
    return {
        "address": bus.city("{city}"),
        "title": "某市的队列",
        "description": f"持久的仲裁队列，绑定 {bus.PUBLIC} 的 {{city}}.#；路由键 <市>.<服务>.<类型>.v<版本>。",
        "servers": [{"$ref": "#/servers/broker"}],
        "parameters": _CITY,
        "messages": _messages(kinds),
        "bindings": {"amqp": {"is": "queue", "queue": queue, "bindingVersion": "0.3.0"}},
    }


def _feed() -> dict[str, Any]:
    return {
        "address": "/feeds/{city}",
        "title": "某市的 HTTP 事件流",
        "description": (
            "答复 {city, items, next, head}；Accept 为 " + BATCH_TYPE + " 时答复事件数组，游标在 Paizhu-Next、"
            "Paizhu-Head 与 Link 头中。以 next 为下一次的 after，即可自任一位置继续。"
        ),
        "servers": [{"$ref": "#/servers/gateway"}],
        "parameters": _CITY,
        "messages": _messages(["page", "batch"]),
    }


def _forms(kinds: list[str]) -> dict[str, Any]:
    """The two forms of an answer over HTTP, each as the media type it is sent with."""
    items = {"type": "array", "items": {"anyOf": [{"$ref": f"#/components/schemas/{kind}"} for kind in kinds]}}
    page = {
        "type": "object",
        "required": ["city", "items", "next", "head"],
        "properties": {"city": {"type": "string"}, "items": items, "next": _NUMBER, "head": _NUMBER},
    }
    return {
        "page": {"name": "page", "title": "一页事件及游标", "contentType": PAGE_TYPE, "payload": page},
        "batch": {"name": "batch", "title": "一批事件", "contentType": BATCH_TYPE, "payload": items},
    }


def _query() -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {
            "after": {**_NUMBER, "default": 0, "description": "已有的最后序号"},
            "limit": {**_NUMBER, "minimum": 1, "maximum": PAGE, "default": PAGE},
            "wait": {**_NUMBER, "maximum": LONGEST_WAIT, "default": 0, "description": "没有新事件时等待的秒数"},
        },
    }


def _messages(kinds: list[str]) -> dict[str, Any]:
    return {kind: {"$ref": f"#/components/messages/{kind}"} for kind in kinds}


def _message(name: str) -> dict[str, Any]:
    kind = published.type_of(name)
    return {
        "name": kind,
        "title": published.title_of(name),
        "contentType": published.CONTENT,
        "payload": {"$ref": f"#/components/schemas/{kind}"},
    }


def _inside(schema: dict[str, Any]) -> dict[str, Any]:
    """A schema as part of the document, which has its own dialect and place."""
    return {name: value for name, value in schema.items() if name not in ("$schema", "$id")}
