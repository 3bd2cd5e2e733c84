"""What legs of swaps refuse with."""

from __future__ import annotations

from kernel.refusal import Refusal

LEG_UNKNOWN = Refusal("leg_unknown", "没有这个互派人选。", kind="unknown", field="leg", accepted="已登记的编号")
LEG_OF_ANOTHER_CITY = Refusal(
    "leg_of_another_city", "没有这个本市互派人选 {leg}。", kind="unknown", field="legs", accepted="已登记的编号"
)
