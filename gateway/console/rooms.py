"""What officials call the rooms of the services: the list of acts is in their order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kernel.messages import Command

ROOMS: Final[Mapping[str, str]] = {
    "allocation.registers": "通知、区划、单位与任职",
    "allocation.quotas": "名额",
    "allocation.demand": "村情与需求",
    "allocation.targets": "派驻点",
    "allocation.planning": "方案的条件",
    "allocation.placement": "分配与复核",
    "allocation.swap": "对口互派",
    "allocation.reserve": "后备干部配备",
    "personnel.nomination": "推荐与初审",
    "personnel.candidacy": "报名、审查与把关",
    "personnel.persons": "人员信息",
    "personnel.papers": "材料与签章",
    "personnel.postings": "任职、接替与期满",
    "personnel.care": "培训、管理与保障",
    "personnel.legs": "互派人选",
    "personnel.ledger": "台账",
    "personnel.archive": "档案",
    "personnel.reserves": "后备干部选拔使用",
    "personnel.reserve_care": "后备干部培养",
    "personnel.privacy": "个人信息的保存与销毁",
    "attendance.register": "考勤登记",
    "attendance.leave": "请假",
    "attendance.sheets": "月考勤",
    "attendance.years": "年度考勤",
    "attendance.diary": "日志与报告",
    "attendance.checks": "检查与督查",
    "attendance.inspection": "问题与处理",
    "attendance.visits": "不打招呼检查",
    "attendance.groups": "工作组",
    "attendance.money": "经费与补助",
    "evaluation.schemes": "考核办法",
    "evaluation.ballots": "民主评议",
    "evaluation.grades": "考核等次",
    "evaluation.assessment": "挂职考核",
    "evaluation.summaries": "总结",
    "evaluation.honours": "表彰",
    "evaluation.clocks": "召回期限",
    "evaluation.conduct": "批评教育与后果",
    "evaluation.villages": "村的变化",
    "evaluation.quarters": "季度调度",
    "evaluation.works": "规划、报告与项目",
    "evaluation.assistance": "帮扶规划与困难户",
    "evaluation.difficulties": "困难的提出与解决",
    "evaluation.dossier": "个人资料袋",
    "evaluation.senders": "派出单位工作",
    "evaluation.reserves": "后备干部评议与责任",
}
"""Service and room → its title."""


def room_of(command: type[Command]) -> str:
    """``service.room`` of a command."""
    return ".".join(command.__module__.split(".")[1:3])
