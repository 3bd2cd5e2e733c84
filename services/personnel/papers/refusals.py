"""What papers are refused with."""

from __future__ import annotations

from kernel.refusal import Refusal

PAPER_UNKNOWN = Refusal(
    "paper_unknown", "没有这份材料。", kind="unknown", field="document", accepted="已登记的材料编号"
)
PAPER_RECORDED = Refusal(
    "paper_recorded", "该编号的材料已登记为第 {version} 版。", field="document", accepted="未用过的编号，或修订该材料"
)
PAPER_KIND_UNKNOWN = Refusal(
    "paper_kind_unknown", "方案没有这一种材料。", field="kind", rule="papers.kinds", accepted="{kinds}"
)
VERSION_SEALED = Refusal(
    "version_sealed",
    "第 {version} 版已盖章或签字，不能再改；改动须另立新版。",
    field="version",
    rule="papers.kinds",
    accepted="第 {next} 版",
)
VERSION_UNKNOWN = Refusal(
    "version_unknown",
    "第 {given} 版不是现行版本，现为第 {version} 版。",
    field="version",
    rule="papers.kinds",
    accepted="{accepted}",
)
MARKED_BEFORE = Refusal(
    "marked_before",
    "第 {version} 版已由该机关{act}。",
    field="document",
    rule="papers.kinds",
    accepted="尚未{act}的材料",
)
LIST_NOT_CONFIRMED = Refusal(
    "list_not_confirmed",
    "该人选的名单尚未确定，登记表不能核准盖章。",
    field="nomination",
    rule="procedure.registration_form",
    accepted="名单确定之后的日期",
)
NOT_STAMPED = Refusal(
    "not_stamped",
    "登记表尚未核准盖章，不能归档。",
    field="document",
    rule="procedure.registration_form",
    accepted="先核准盖章",
)
NOT_A_HOLDER = Refusal(
    "not_a_holder",
    "“{holder}”不是该材料的存档单位。",
    field="holder",
    rule="papers.kinds",
    accepted="{holders}",
)
COPIES_ALL_FILED = Refusal(
    "copies_all_filed",
    "“{holder}”应存 {most} 份，已存 {filed} 份。",
    field="holder",
    rule="papers.kinds",
    accepted="{missing}",
)
