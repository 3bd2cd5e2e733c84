"""What keys of profiles and fields are called in a sentence for officials, who read no keys.

Invariant: a key stands in structured fields, and where it must be typed under what would be accepted; in a sentence it
is told by its word. A key without a word is told as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from programmes.field_words import WORDS as FIELDS
from programmes.roles import ROLE_NAMES

_VALUES: Final[Mapping[str, str]] = {
    # conditions, evidence and pools of candidates
    "party_membership": "党员身份", "party_status": "党员身份", "full": "正式党员", "probationary": "预备党员",
    "identity": "身份信息", "politics": "政治素质", "ability": "工作能力", "diligence": "工作作风",
    "health": "健康状况",
    "work_years": "工作年限", "young_excellent": "优秀年轻干部", "reserve": "后备干部",
    "enterprise_institution": "国有企事业单位优秀人员",
    "left_post_by_age": "因年龄退出领导岗位的干部", "agricultural_skill": "农业技术专长",
    "village_experience": "农村工作经验", "organisation": "组织推荐", "volunteer": "个人自愿报名", "self": "个人自荐",
    "members_and_villagers": "党员群众推荐", "village_party_organisation": "村党组织推荐",
    "village_cadres": "村干部", "party_representatives": "党员代表", "resident_representatives": "村（居）民代表",
    # levels, tiers and parties
    "central": "中央", "province": "省级", "city": "市级", "county": "县级", "township": "乡镇", "village": "村",
    "enterprise": "企业", "committee": "工委", "host": "接收地", "home": "户籍所在村", "sending": "派出地",
    "out": "派往", "back": "返派", "cross_area": "跨市互派", "within_area": "市内互派",
    "city_department": "市直部门", "province_department": "省直部门", "minorities": "少数民族",
    "non_party": "非中共党员",
    "women": "女性", "bachelor": "大学本科", "upper_secondary": "高中（中专）",
    # grounds
    "death": "死亡", "illness": "疾病", "retirement": "退休", "transfer": "调动", "promotion": "提拔",
    "discipline": "违纪违法", "target_closed": "派驻点撤销", "other": "其他", "special_need": "特殊需要",
    "work_need": "工作需要", "consequence": "不良后果", "outstanding": "表现突出", "recognised": "群众公认",
    "development_idea": "一年内发展思路", "income_channel": "二年内增收渠道", "delisted": "三年内退出",
    # papers, hand-over, training
    "registration_form": "登记表", "ledger": "台账", "statistics": "统计表", "summary": "总结", "roster": "名册",
    "nomination_list": "人选名单", "secondment_form": "挂职锻炼干部登记表", "performance": "主要表现材料",
    "assessment_report": "考察材料", "commendation_form": "先进登记表", "personal_archive": "本人档案",
    "province_org_head": "省委组织部部长", "city_org_head": "市委组织部部长", "county_org_head": "县委组织部部长",
    "township_party_secretary": "乡镇党委书记", "village_party_secretary": "村党组织书记",
    "unit_party_secretary": "单位党委（党组）书记", "channel_org_head": "工委（党委）组织部部长",
    "sending_city_org": "派出市委组织部", "receiving_city_org": "接收市委组织部",
    "host_city_org": "接收市委组织部", "host_county_org": "接收县委组织部",
    "board_lodging": "食宿安排", "escort": "护送到岗", "host_contact": "接洽", "party_relation": "组织关系转接",
    "mobilisation": "动员", "pre_post_training": "岗前培训", "skill": "技能培训", "degree": "学历教育",
    "concentrated": "集中培训", "outside_county": "县外培训", "money": "经费", "papers": "材料", "works": "工作",
    "first_batch": "首批选派情况", "local_need": "当地需要", "nearness": "就近",
    # plans and reports
    "goal": "工作目标", "measures": "推进措施", "time_points": "时间节点", "responsibility": "工作责任",
    "next_higher_committee": "上一级党委",
    # stages
    "reporting": "呈报", "reviewing": "审核", "approving": "审批", "open": "未汇总", "compiled": "已汇总",
    "signed": "已签字", "sealed": "已盖章", "inspected": "已检查",
}  # fmt: skip
WORDS: Final[Mapping[str, str]] = {**FIELDS, **ROLE_NAMES, **_VALUES}
"""Key → word; a value of a profile goes before a field of the same name."""
