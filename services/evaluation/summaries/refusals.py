"""What summaries refuse with."""

from __future__ import annotations

from kernel.refusal import Refusal

SUMMARIES_CALLED = Refusal(
    "summaries_called", "已于 {on} 部署总结工作。", field="programme", rule="summary.deadline", accepted="未部署的方案"
)
SUMMARIES_NOT_AS_PRINTED = Refusal(
    "summaries_not_as_printed",
    "按对口安排形成集体总结的为{cities}和 {counties} 个县（市、区），报送{recipients}，与通知所列不符。",
    field="programme",
    rule="summary.cities",
    accepted="对口安排、市县数和份数一致的方案",
)
SUMMARIES_NOT_CALLED = Refusal(
    "summaries_not_called", "尚未部署总结工作。", field="programme", rule="summary.deadline", accepted="先部署总结工作"
)
SUMMARY_SUBJECT = Refusal(
    "summary_subject",
    "“{subject}”不是应当形成集体总结的市、县。",
    kind="unknown",
    field="subject",
    rule="summary.cities",
    accepted="{subjects}",
)
SUMMARY_RECIPIENT = Refusal(
    "summary_recipient",
    "总结不报送“{recipient}”。",
    field="recipient",
    rule="summary.recipients",
    accepted="{recipients}",
)
SUMMARY_SAME_CITY = Refusal(
    "summary_same_city",
    "派出市与接收市同为 {city}，只报送一次。",
    field="recipient",
    rule="summary.recipients",
    accepted="按派出市报送一次",
)
SUMMARY_FILED = Refusal(
    "summary_filed", "已于 {on} 报送。", field="recipient", rule="summary.recipients", accepted="尚未报送的单位"
)
