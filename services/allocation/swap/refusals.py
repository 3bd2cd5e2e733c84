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
    accepted="{wanted}",
)
LIST_FIXED = Refusal("list_fixed", "选派名单已经确定。", field="programme", rule="swap.list", accepted="名单只确定一次")
LIST_NOT_FIXED = Refusal("list_not_fixed", "选派名单尚未确定，不能落实岗位。", rule="swap.list", accepted="先确定名单")
NO_SUCH_PLACE = Refusal(
    "no_such_place",
    "第 {pair} 对 {level} 级每方 {places} 人，没有第 {seat} 个位置。",
    field="seat",
    rule="swap.pairs",
    accepted="1 至 {places}",
)
PAIR_DIFFERS = Refusal(
    "pair_differs",
    "第 {pair} 对的 {name} 为 {figure}，方案为 {printed}；按所列次序对应，不得交叉。",
    field="pairs.{name}",
    rule="swap.pairs",
    accepted="{printed}",
)
PAIR_NOT_READY = Refusal(
    "pair_not_ready",
    "第 {pair} 对 {level} 级应双向各 {each} 人，现去 {out} 人、来 {back} 人，相差 {difference}。",
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
    "岗位须由双方协商落实，{missing} 尚未提出。",
    field="leg",
    rule="swap.posts_agreed_by",
    accepted="{wanted}",
)
NOT_THE_PARTY = Refusal(
    "not_the_party",
    "{leg} 的岗位由省委组织部与 {city} 市委组织部协商，其他市不能同意。",
    kind="forbidden",
    field="city",
    rule="swap.posts_agreed_by",
    accepted="{city}",
)
POST_DIFFERS = Refusal(
    "post_differs",
    "省委组织部提出的岗位是“{proposed}”，双方须就同一岗位达成一致。",
    field="post",
    rule="swap.post",
    accepted="{proposed}",
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
AREA_REGISTER_MISSING = Refusal(
    "area_register_missing",
    "没有可用来查找“{printed}”的区划登记册。",
    error=BadInput,
    field="counties",
    accepted="令牌辖区所在省的县（市、区）名称",
)
BATCH_PRINTED = Refusal(
    "batch_printed", "第 {batch} 批的名额和对口已经印发。", field="batch", rule="{rule}", accepted="2 及以后的批次"
)
BATCH_TOO_EARLY = Refusal(
    "batch_too_early",
    "第 {batch} 批定于 {starts_on} 开始，第 {earlier} 批 {ended_on} 期满。",
    field="starts_on",
    rule="swap.second_batch",
    accepted="{ended_on} 之后的日期",
)
DEPARTMENT_ACROSS = Refusal(
    "department_across",
    "第 {pair} 对跨地区互派，对方不能是市直工作部门。",
    field="{field}",
    rule="swap.modes",
    accepted="{parties}",
)
EARLIER_BATCH_RUNNING = Refusal(
    "earlier_batch_running",
    "第 {earlier} 批尚有 {running} 对未期满或尚未互派。",
    field="batch",
    rule="swap.second_batch",
    accepted="第 {earlier} 批期满之后",
)
MODE_UNKNOWN = Refusal(
    "mode_unknown",
    "第 {pair} 对的互派方式为“{mode}”，方案没有。",
    field="pairs.mode",
    rule="swap.modes",
    accepted="{modes}",
)
PAIRS_MISSING = Refusal("pairs_missing", "尚未确定对口互派的双方。", rule="swap.pairs", accepted="DefineSwapPairs")
PAIRS_UNLISTED = Refusal("pairs_unlisted", "未列对口互派的双方。", error=BadInput, field="pairs", accepted="至少一对")
PAIR_BEYOND_QUOTA = Refusal(
    "pair_beyond_quota",
    "第 {pair} 对的对方为 {party}，每方 {each}；该类现为第 {count} 对。",
    field="pairs",
    rule="swap.second_batch",
    accepted="{quota}",
)
PAIR_DEFINED = Refusal(
    "pair_defined", "第 {pair} 对已经确定。", field="pairs.pair", rule="{rule}", accepted="尚未使用的对号"
)
PAIR_LEG_UNKNOWN = Refusal(
    "pair_leg_unknown",
    "第 {pair} 对没有人选 {leg}。",
    kind="unknown",
    field="leg",
    rule="swap.balance",
    accepted="该对在位的人选",
)
PAIR_NUMBER_TAKEN = Refusal(
    "pair_number_taken",
    "第 {pair} 对是第一批的对号。",
    error=BadInput,
    field="pairs.pair",
    accepted="大于 {last} 的对号",
)
PAIR_UNDEFINED = Refusal(
    "pair_undefined", "第 {pair} 对尚未确定。", kind="unknown", field="pair", rule="swap.pairs", accepted="已确定的对"
)
PAIR_UNKNOWN = Refusal(
    "pair_unknown", "方案没有第 {pair} 对。", field="pairs.pair", rule="swap.pairs", accepted="{printed}"
)
PARTNER_INSIDE = Refusal(
    "partner_inside",
    "第 {pair} 对跨地区互派，双方同在 {city}。",
    field="pairs.developed_city",
    rule="swap.modes",
    accepted="{city} 之外的市",
)
PARTNER_MISSING = Refusal(
    "partner_missing",
    "第 {pair} 对未列对方。",
    field="pairs.developed_area",
    rule="swap.second_batch",
    accepted="对方的区划代码",
)
PARTNER_OUTSIDE = Refusal(
    "partner_outside",
    "第 {pair} 对在 {city} 之内互派，{partner} 不能作为对方。",
    field="{field}",
    rule="{rule}",
    accepted="{accepted}",
)
PARTY_UNKNOWN = Refusal(
    "party_unknown",
    "第 {pair} 对的一方为“{party}”，方案没有。",
    field="pairs.party",
    rule="swap.parties",
    accepted="{parties}",
)
QUOTA_DIFFERS = Refusal(
    "quota_differs",
    "所录名额合计 {persons} 人，方案为 {printed} 人。",
    field="quota",
    rule="swap.second_batch",
    accepted="{printed}",
)
QUOTA_FIGURES = Refusal(
    "quota_figures",
    "{party} 为 {pairs} 对，每方 {each}。",
    field="quota",
    rule="swap.second_batch",
    accepted="至少 1 对，每方至少 1 人",
)
QUOTA_PARTIES = Refusal(
    "quota_parties",
    "名额所列对方类别为 {listed}。",
    field="quota.party",
    rule="swap.second_batch",
    accepted="{parties} 中的各类，每类一行",
)
SIDE_TWICE = Refusal(
    "side_twice", "{side} 在本批对口中不止一次。", field="{field}", rule="{rule}", accepted="每方每批只列一次"
)
SWAP_BATCH_OPEN = Refusal(
    "swap_batch_open",
    "第 {batch} 批已于 {starts_on} 开始。",
    field="batch",
    rule="swap.second_batch",
    accepted="尚未开始的批次",
)
SWAP_QUOTA_EMPTY = Refusal(
    "swap_quota_empty",
    "第 {batch} 批的名额尚未录入，不能开始。",
    field="batch",
    rule="swap.second_batch",
    accepted="先录入该批名额",
)
