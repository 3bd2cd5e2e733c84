"""What the gateway refuses before any service is asked: addresses, headers, parameters and bodies."""

from __future__ import annotations

from kernel.errors import (
    BadInput,
    Busy,
    Forbidden,
    HeadTooLarge,
    NotYet,
    TooLarge,
    TooMany,
    TooOften,
    TooSlow,
    Unknown,
    WrongMedia,
    WrongMethod,
)
from kernel.refusal import Refusal

PATH_UNKNOWN = Refusal(
    "path_unknown", "没有这个地址。", error=Unknown, field="path", accepted="GET /api/openapi.json 所列地址"
)
CADRE_NOT_SHOWN = Refusal(
    "cadre_not_shown",
    "没有这个选派岗位，或不在本岗位可以查看的范围内。",
    error=Unknown,
    field="posting",
    accepted="选派台账所列的岗位",
)
FORM_NOT_PRINTED = Refusal(
    "form_not_printed",
    "方案 {programme} 没有印发登记表，不能打印。",
    error=Unknown,
    field="programme",
    accepted="印有登记表的方案的推荐",
)
LEDGER_UNKNOWN = Refusal(
    "ledger_unknown",
    "方案 {programme} 没有这种台账。",
    error=Unknown,
    field="kind",
    accepted="{kinds} 之一，且方案印有其栏目",
)
FORM_FOREIGN = Refusal(
    "form_foreign",
    "这张表单不是在本次登录中打开的，未予办理，未作记录。",
    error=Forbidden,
    field="form",
    accepted="重新打开页面后再提交",
)
FORM_TOO_LONG = Refusal(
    "form_too_long",
    "表单的项数超过 {most}，未予办理，未作记录。",
    error=BadInput,
    field="form",
    accepted="不超过 {most} 项；大批数据请分批提交",
)
METHOD_UNSUPPORTED = Refusal(
    "method_unsupported", "此处不支持 {method}。", error=WrongMethod, field="method", accepted="{methods}"
)
MEDIA_UNSUPPORTED = Refusal(
    "media_unsupported",
    "Content-Type“{given}”不受支持。",
    error=WrongMedia,
    field="Content-Type",
    accepted="{accepted}",
)
BODY_TOO_LARGE = Refusal(
    "body_too_large",
    "请求体超过 {kib} KiB。",
    error=TooLarge,
    field="body",
    accepted="不超过 {limit} 字节；大批数据请分批提交",
)
BODY_INCOMPLETE = Refusal(
    "body_incomplete", "请求体没有完整地及时送达。", error=TooSlow, field="body", accepted="及时送达的完整请求体"
)
HEAD_INCOMPLETE = Refusal(
    "head_incomplete", "请求头没有完整地及时送达。", error=TooSlow, field="head", accepted="及时送达的完整请求头"
)
HEAD_TOO_LARGE = Refusal(
    "head_too_large", "请求行与请求头超过 {kib} KiB。", error=HeadTooLarge, field="head", accepted="不超过 {kib} KiB"
)
REQUEST_MALFORMED = Refusal(
    "request_malformed",
    "请求不符合 HTTP/1.1 的格式，或可有不止一种解读，连接已关闭。",
    error=BadInput,
    field="request",
    accepted="符合 HTTP/1.1 的请求：一个 Host，一个 Content-Length 或分块传输，以 CRLF 换行",
)
CONNECTIONS_FULL = Refusal(
    "connections_full", "连接已满，请求未受理，未作记录。", error=Busy, accepted="稍后以同一编号重试"
)
JSON_INVALID = Refusal(
    "json_invalid",
    "请求体不是有效的 JSON（第 {line} 行第 {column} 列）。",
    error=BadInput,
    field="body",
    accepted="UTF-8 编码的 JSON 对象",
)
JSON_TOO_DEEP = Refusal(
    "json_too_deep", "请求体的嵌套超过 {depth} 层。", error=BadInput, field="data", accepted="不超过 {depth} 层"
)
JSON_TOO_MANY = Refusal(
    "json_too_many",
    "请求体的值超过 {most} 个，未予查看。",
    error=BadInput,
    field="data",
    accepted="不超过 {most} 个；大批数据请分批提交",
)
JSON_DUPLICATE_KEY = Refusal(
    "json_duplicate_key",
    "请求体中同一对象内“{name}”出现了两次。",
    error=BadInput,
    field="{name}",
    accepted="每个对象中各项名称只出现一次",
)
PARAMETER_INVALID = Refusal(
    "parameter_invalid", "参数 {name} 的值“{given}”不可用。", error=BadInput, field="{name}", accepted="{accepted}"
)
PARAMETER_REPEATED = Refusal(
    "parameter_repeated", "参数 {name} 给出了不止一次。", error=BadInput, field="{name}", accepted="每个参数只给出一次"
)
IDEMPOTENCY_KEY_MISSING = Refusal(
    "idempotency_key_missing",
    "缺少 Idempotency-Key 请求头：没有它，重发的命令可能生效两次。",
    error=BadInput,
    field="Idempotency-Key",
    accepted="1 至 128 个可见 ASCII 字符，每条命令一个，重发时不变",
)
AFTER_INVALID = Refusal(
    "after_invalid",
    "Paizhu-After 请求头中的“{given}”无法识别。",
    error=BadInput,
    field="Paizhu-After",
    accepted="<服务>=<位置>，多项以逗号分隔",
)
IF_MATCH_INVALID = Refusal(
    "if_match_invalid", "If-Match 请求头不是版本号。", error=BadInput, field="If-Match", accepted="十进制整数版本号"
)
SERVICE_AWAY = Refusal(
    "service_away",
    "服务 {service} 暂无答复，是否已记录未知。",
    error=Busy,
    accepted="稍后以同一命令编号重试，已生效的命令不会再次生效",
)
REQUEST_DIED_BEFORE = Refusal(
    "request_died_before",
    "服务 {service} 办理这一内容时已中断 {deaths} 次，{minutes} 分钟内不再受理。",
    error=Busy,
    accepted="核对内容，将关联编号告知系统管理员；{minutes} 分钟后方可重试",
)
HEADS_AWAY = Refusal(
    "heads_away", "服务 {service} 暂时不能说明其日志的位置。", error=Busy, accepted="稍后以同一编号重试"
)
BROKER_BLOCKED = Refusal(
    "broker_blocked",
    "消息系统因内存或磁盘不足暂停接收，请求未送出，未作记录。",
    error=Busy,
    accepted="稍后以同一编号重试",
)
GATEWAY_FULL = Refusal(
    "gateway_full", "等候服务答复的请求已满，请求未送出，未作记录。", error=Busy, accepted="稍后以同一编号重试"
)
SHARE_FULL = Refusal(
    "share_full",
    "您在等候答复的请求已有 {most} 项，请求未送出，未作记录。",
    error=TooMany,
    accepted="有请求得到答复后以同一编号重试",
)
RATE_EXCEEDED = Refusal(
    "rate_exceeded",
    "{what}过于频繁，未作办理，未作记录。",
    error=TooOften,
    accepted="{seconds} 秒后以同一编号重试",
)
FACTS_UNDER_WAY = Refusal(
    "facts_under_way",
    "有关事实可能正在途中：服务 {service} 尚待{awaited}，现在不能断定，未作记录。",
    error=NotYet,
    accepted="稍后以同一编号重试",
)
SERVICE_UNKNOWN = Refusal(
    "service_unknown", "没有名为 {service} 的服务。", error=Unknown, field="source", accepted="{services}"
)
EVENT_UNKNOWN = Refusal(
    "event_unknown",
    "{source} 的日志没有第 {position} 号事件。",
    error=Unknown,
    field="number",
    accepted="1 至 {head}",
)
LETTER_UNKNOWN = Refusal(
    "letter_unknown",
    "消息系统的搁置队列中没有这一消息。",
    error=Unknown,
    field="letter",
    accepted="列表中的消息",
)
BROKER_AWAY = Refusal("broker_away", "消息系统暂不可用，请稍后重试。", error=Busy, accepted="稍后以同一编号重试")
