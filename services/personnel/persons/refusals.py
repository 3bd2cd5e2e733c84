"""What the register of persons refuses with."""

from __future__ import annotations

from kernel.refusal import Refusal

PERSON_UNKNOWN = Refusal("person_unknown", "没有这名人员。", kind="unknown", field="person", accepted="已登记的编号")
UNIT_NOT_NOTED = Refusal("unit_not_noted", "没有这个派出单位。", kind="unknown", field="unit", accepted="已登记的编号")
