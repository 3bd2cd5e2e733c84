"""What wishes and pairings refuse with."""

from __future__ import annotations

from kernel.errors import BadInput, Busy
from kernel.refusal import Refusal

PAIRING_TOO_LARGE = Refusal(
    "pairing_too_large",
    "可行的环有 {count} 个，超过 {most} 个。",
    error=BadInput,
    field="cycles",
    accepted="2，或指明对方的意向",
)
RING_NOT_MUTUAL = Refusal(
    "ring_not_mutual",
    "{areas} 共 {areas_count} 方，互派为双方。",
    field="rings",
    rule="swap.pairing.ring_max",
    accepted="{longest}",
)
RING_SIZE = Refusal(
    "ring_size", "不能按 {size} 方成环求解。", field="cycles", rule="swap.pairing.rings", accepted="{shown}"
)
NO_PAIRING_PROVEN = Refusal(
    "no_pairing_proven", "配对方案未能求得最优解，请稍后重试。", error=Busy, accepted="稍后以同一编号重试"
)
PAIRING_EMPTY = Refusal(
    "pairing_empty", "没有可以确定的对口。", field="rings", rule="swap.pairing.weights", accepted="有可行对口的意向"
)
PAIRING_STALE = Refusal(
    "pairing_stale",
    "意向、名额或上一批的对口已有变化，请重新求解。",
    field="digest",
    rule="swap.pairing.weights",
    accepted="{digest}",
)
PAIR_NOT_ALLOWED = Refusal(
    "pair_not_allowed",
    "{sender} 与 {host}：{reason}。",
    field="rings",
    rule="swap.pairing.weights",
    accepted="方案允许的对口",
)
RING_OF_ONE = Refusal(
    "ring_of_one", "“{areas}”不足两方。", field="rings", rule="swap.pairing.weights", accepted="至少两方"
)
WISH_HOST = Refusal(
    "wish_host",
    "{host} 不能作为 {area} 的对方。",
    field="hosts",
    rule="swap.pairing.weights",
    accepted="{digits} 位的其他区划代码",
)
WISH_LEVEL = Refusal(
    "wish_level",
    "{area} 不是市，也不是县（市、区）。",
    field="area",
    rule="swap.pairing.weights",
    accepted="4 位市代码或 6 位县代码",
)
WISH_UNKNOWN = Refusal(
    "wish_unknown", "{area} 没有待配的互派意向。", field="{field}", rule="swap.pairing.weights", accepted="{wishing}"
)
