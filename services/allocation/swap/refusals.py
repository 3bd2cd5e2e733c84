"""What swap refuses with."""

from __future__ import annotations

from kernel.errors import BadInput
from kernel.refusal import Refusal

COMPOSITION_COUNTS = Refusal(
    "composition_counts",
    "{submission} 所报 {wrong} 的人数与名单 {persons} 人不符。",
    field="{wrong}",
    rule="swap.shares",
    accepted="{names}，各 0 至 {persons}",
)
DEPARTMENT_UNNAMED = Refusal(
    "department_unnamed",
    "第 {pair} 对的对方为 {party}，所列部门为“{department}”。",
    field="pairs.department",
    rule="swap.parties",
    accepted="{fact}",
)
LIST_FIXED = Refusal("list_fixed", "选派名单已经确定。", field="programme", rule="swap.list", accepted="名单只确定一次")
LIST_NOT_FIXED = Refusal("list_not_fixed", "选派名单尚未确定，不能落实岗位。", rule="swap.list", accepted="先确定名单")
NO_SUCH_PLACE = Refusal(
    "no_such_place",
    "第 {pair} 对 {level} 级每方 {get} 人，没有第 {seat} 个位置。",
    field="seat",
    rule="swap.pairs",
    accepted="1 至 {get}",
)
PAIRING_TOO_LARGE = Refusal(
    "pairing_too_large",
    "可行的环有 {count} 个，超过 {most} 个。",
    error=BadInput,
    field="cycles",
    accepted="2，或指明对方的意向",
)
PAIR_DIFFERS = Refusal(
    "pair_differs",
    "第 {pair} 对的 {name} 为 {getattr}，方案为 {row}；按所列次序对应，不得交叉。",
    field="pairs.{name}",
    rule="swap.pairs",
    accepted="{row}",
)
PAIR_NOT_READY = Refusal(
    "pair_not_ready",
    "第 {pair} 对 {level} 级应双向各 {each} 人，现去 {out} 人、来 {back} 人，相差 {out2}。",
    field="pair",
    rule="swap.balance",
    accepted="双向人数相等并齐全",
)
PARTNER_ITSELF = Refusal(
    "partner_itself",
    "第 {pair} 对的双方同为 {area}。",
    field="pairs.developed_area",
    rule="swap.parties",
    accepted="另一县（市、区）或部门",
)
PARTNER_NAMED = Refusal(
    "partner_named",
    "第 {pair} 对的对方已经确定。",
    field="developed_area",
    rule="swap.internal",
    accepted="尚未确定对方的对",
)
PARTNER_UNNAMED = Refusal(
    "partner_unnamed", "第 {pair} 对的对方尚未确定。", field="pair", rule="swap.internal", accepted="先确定市内对口方"
)
PARTY_AREA = Refusal(
    "party_area",
    "第 {pair} 对的对方代码 {area} 与 {party}、{developed_city} 不符。",
    field="pairs.developed_area",
    rule="swap.parties",
    accepted="以 {developed_city} 开头的 {digits} 位代码",
)
PARTY_MISSING = Refusal(
    "party_missing",
    "岗位须由双方协商落实，缺少 {missing}。",
    field="parties",
    rule="swap.posts_agreed_by",
    accepted="{wanted}",
)
PLACE_TAKEN = Refusal(
    "place_taken", "第 {pair} 对该位置已有人选。", field="seat", rule="swap.balance", accepted="空缺的位置"
)
POOR_COUNTIES_COUNT = Refusal(
    "poor_counties_count",
    "贫困县应为 {count} 个，现列 {given_count} 个。",
    field="counties",
    rule="poor_counties.count",
    accepted="{count}",
)
POOR_COUNTIES_DEFINED = Refusal(
    "poor_counties_defined",
    "贫困县名单已经确定。",
    field="counties",
    rule="poor_counties.list",
    accepted="名单只确定一次",
)
POOR_COUNTIES_DIFFER = Refusal(
    "poor_counties_differ", "{other} 不在名单内。", field="counties", rule="poor_counties.list", accepted="{printed}"
)
POST_AGREED = Refusal(
    "post_agreed", "{leg} 的岗位已经落实为 {post}。", field="leg", rule="swap.post", accepted="尚未落实岗位的人选"
)
PROVINCE_FIXES_LIST = Refusal(
    "province_fixes_list",
    "选派名单由省委组织部确定。",
    kind="forbidden",
    field="programme",
    rule="swap.list_fixed_by",
    accepted="{organ}",
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
SWAP_BATCH_CLOSED = Refusal(
    "swap_batch_closed", "第 {batch} 批尚未开始。", field="batch", rule="swap.second_batch", accepted="已开始的批次"
)
SWAP_CONFIRMED = Refusal(
    "swap_confirmed",
    "第 {pair} 对 {level} 级已经确认。",
    field="level",
    rule="swap.both_ways",
    accepted="尚未确认的层级",
)
SWAP_PENDING = Refusal(
    "swap_pending",
    "第 {pair} 对 {level} 级应双向各 {each} 人，现去 {out}、来 {back}。",
    field="level",
    rule="swap.both_ways",
    accepted="双向岗位均已落实",
)
WRONG_SIDE = Refusal(
    "wrong_side", "{sending} 与 {host} 不是第 {pair} 对的双方。", field="host", rule="swap.both_ways", accepted="{side}"
)
