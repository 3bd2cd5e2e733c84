"""What the columns of answers are called, where a column is no field of a command, and what their values say.

Invariant: officials read words; a key that has none here is looked for among the fields and the keys of profiles.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_COLUMNS: Final = """
absent 缺席 | acknowledged 是否签收 | acknowledged_on 签收日期 | act 事项 | active_on 生效日期 | actual 实际 |
added_on 补登日期 | adopted_on 通过日期 | age 年龄 | agreed_on 同意日期 | amended_on 调整日期 |
amends 所调整的项 | announced_on 公告日期 | answer 答复 | answered_on 答复日期 | applied_on 报名日期 |
appointed_on 任职日期 | approved_on 批准日期 | approver 批准人 | archive 档案 | arranged 自行安排 |
assessed 是否考核 | assessment 考核 | assigned 已分配 | assigned_on 交办日期 | assigned_townships 已分配乡镇 |
assigned_villages 已分配村 | assumed 含有假定 | attached_on 附上日期 | balanced 是否平衡 | ballot 评议 |
behind 落后 | birth_month 出生年月 | board 班子 | body 机构 | bound 是否结对 | bundle 捆绑 | called_at 电话时间 |
changed_on 变更日期 | checked_on 初审日期 | clause 依据条款 | closed 是否结案 | closed_on 结束日期 |
complete 是否齐全 | component 部分 | concerned 所涉对象 | confirmed 已确定 | confirmed_on 确定日期 |
consented_on 同意日期 | count 人数 | counts 各项计数 | county_posted 县内派驻 | coverage 覆盖 |
county_villages 县内村数 | county_yuan 县级经费（元） | cycles 环 | decidable 可否决定 | decided_on 决定日期 |
defined_on 确定日期 | deputies 副职 | determined_on 认定日期 | deviation 偏差 | deviation_townships 乡镇偏差 |
deviation_villages 村偏差 | difference 相差 | differs 是否不同 | dispatched 已派 | displaced 被替换 |
division 区划 | done_on 完成日期 | drawn 抽中 | due 应办 | due_on 期限 | duty 事项 |
earlier_ended_on 前次结束日期 | education 学历 | election 换届 | ended 是否结束 | ended_by 结束方式 |
ended_on 结束日期 | entered_by 录入人 | entered_on 录入日期 | erased_on 销毁日期 | event 事件 | excepted 例外 |
excused 免予 | expected 应存份数 | fact 事实 | failed_on 未通过日期 | fed_back_on 反馈日期 | figure 数字 |
figures 各项数字 | filed 已归档份数 | filed_on 报备日期 | filled_on 补齐日期 | first_filed_on 首次报送日期 |
fixed_on 确定日期 | footing 基数 | forms 表格 | found 发现 | found_on 发现日期 | from_city 原市 |
gap_since 空缺起始 | gaps 空缺 | gate 环节 | given_on 出具日期 | gone_on 离开日期 | graded 已评定 |
grouped 分组 | head 牵头单位 | heard_on 听取日期 | held 是否举行 | holds 现任 | host_city 接收市 |
host_county 接收县（市、区） | host_organ 接收机关 | host_post 任职 | host_village 派驻村 |
helper_name_and_post 帮带干部及职务 | host_township 派驻乡镇 | id_number_tail 公民身份号码后四位 |
identity 身份核定 | identity_pool 身份来源 | item 事项 | key 键 | known 持有该号码的人员 | lacking 所缺 |
late 是否逾期 | leads_to 变为 | left_by 离任方式 | listed 是否列入 | listed_on 列入日期 | logged_on 登记日期 |
looks 查对次数 | loss 损失 | lost_on 失去日期 | many 多少 | marked_on 盖章签字日期 | member 成员 | met 是否办结 |
met_on 办结日期 | minutes_to_report 报告用时（分钟） | minutes_to_scene 到场用时（分钟） | missing 尚缺 |
named_on 点名日期 | next_on 下一次日期 | nominated_on 推荐日期 | nominations 推荐人选 | noted_on 记录日期 |
nearness 就近等级 | nearness_sum 就近等级合计 | need_match 需求匹配 | occurrences 次数 | of_unit 出自单位 |
old 原代码 | on_post 在岗 | on_post_on 到岗日期 | on_post_since 在岗起始 | one 一方 | opened_on 建立日期 |
opinions 意见 | origin 来源 | outside_band 超出年龄范围 | overdue_places 逾期空缺 | overridden 是否改派 |
owed 应办 | paid_by 支付单位 | paid_on 支付日期 | paired 已结对 | parent 上级 | partner 对方 |
park_fen 产业园（元） | party_join_month 入党年月 | passed 合格 | path 规则路径 | phase 阶段 | phone 电话 |
place_rank 名次 | placed_on 确定派驻日期 | plan 方案 | planned 计划 | planned_for 计划日期 |
planned_on 计划日期 | posted_on 公布日期 | price 次优加价 | printed 所印 | printed_actual 所印实际 |
printed_planned 所印计划 | printed_row 表中行次 | problems_open 尚未解决 | problems_raised 提出的问题 |
problems_solved 已解决的问题 | promoted_on 提拔日期 | promotions 提拔 | proposal 建议 | proposed 建议人选 |
proposed_on 提出日期 | publicised_on 公示日期 | published_on 发布日期 | pursued_on 追责日期 |
qualified_on 合格日期 | raised_on 提出日期 | rank 就近等级 | ranks 各级 | rated 已评 | ratio_actual 实际比例 |
ratio_deviation 比例偏差 | reaching 达到 | read_on 查阅日期 | reader 查阅人 | reasons 理由 |
recall_case 召回情形 | recalled_on 召回日期 | recalls 召回 | received_on 收到日期 | recommended_on 推荐日期 |
recorded_on 记录日期 | recounted 重新计票 | redrawn 重抽结果 | registered 已登记 | registered_on 登记日期 |
released_on 释放日期 | removed 已免 | replaced_by 由谁替换 | replacements 已补派 | replacements_due 应补派 |
reported 已报到 | reported_on 报到日期 | reports 报告 | requester 申请人 | required 应有 | reserves 后备干部 |
responsible 责任单位 | retires_in_term 任期内退休 | returned 已返回 | printed_place 所印名称 |
returned_on 返回日期 | returns 返回 | reviews 评议 | rhythm 周期 | role 职务 | row_no 序号 | rules 规则 |
said_on 填写日期 | sample 抽查 | schooling 学历 | score 得分 | scored 已评分 | sealed_by 盖章单位 |
sealed_on 盖章日期 | seals 印章 | secretary 书记 | sending_city 派出市 | sequence 序号 | serving 是否在任 |
set_on 确定日期 | sex 性别 | shared_on 分配日期 | shares 份额 | sheets 月表 | short 不足 | signed_on 签字日期 |
signer 签字人 | solved 是否解决 | solved_on 解决日期 | stamped_on 归档日期 | stands 是否有效 |
stands_in_for 代理谁 | stay 住宿 | stays 住宿天数 | structure 结构 | submission 报送 | submissions 报送 |
submitted 已报送 | submitted_on 报送日期 | substitute 替补 | substitutes 替补 | successor 接任 |
successor_of 接替谁 | suggested 建议数 | tag 标签 | talked 已谈心谈话 | target_name 派驻点名称 | term 任期 |
term_ends 任期结束 | term_from 任期起始 | terms 任期 | to_target 至派驻点 | to_unit 至单位 | told_on 告知日期 |
townships_difference 乡镇相差 | trigger 期限 | unbalanced_then_restored 失衡后恢复 | unfiled 未报备 |
unit_and_post 派出单位及职务 | unit_kind 单位类别 | unit_name 单位名称 | unknown 未知 | unplaced 未分配 |
unreadable 无法读取 | unreported 未报告 | used 已使用 | vacated_on 离岗日期 | value 值 | versions 版次 |
village_fen 村级（元） | village_kind 村类别 | villages_difference 村相差 | villages_known 收入已知的村 |
villages_reaching_income 达到收入要求的村 | villages_unknown 收入未知的村 | visited_on 检查日期 |
waiting 待分配 | what 事项 | where 地点 | wished_on 提出日期 | withdrawn 已撤回 | withdrawn_on 撤回日期 |
within 期限 | recorded_at 记录时间 | working_days 工作日 | written_at 填写时间 | written_on 填写日期 |
fields 各栏 | counted 已计 | best 最好 | mandatory 必派 | defined 已确定 | demanded 应派 | covered 已覆盖 |
uncovered 未覆盖 | gross 总数 | net 净数 | compiled_on 汇总日期 | compiled_by 汇总人 | signed_by 签字人 |
days_on_post 到岗天数 | days_required 应到岗天数 | filled 已补 | day_count 天数 | asked_on 申请日期 |
granted_on 批准日期 | ends_on 结束日期 | started_on 开始日期 | resumed_on 销假日期 | begun_on 开始日期 |
satisfied_on 满足日期 | stopped_on 停止日期 | lapsed_on 到期日期 | clock 期限 | remainder 余数 |
active 在任 | amending 所调整的文件 | amendments 调整 | base 基本方案 | by_kind 按类别 |
by_ratio 按比例 | cities_open 未定的市 |
command 命令 | commended 表彰 | delay 迟办天数 | derived 推得 | divisor 除数 |
from_print 所印 | levels_confirmed 已确定级别 |
looked 查对次数 | named 已点名 | no_data 无数据 | others 其他 | overdue 逾期天数 | persons_in_media 宣传报道人数 |
planned_city 计划市级 | planned_county 计划县级 | planned_township 计划乡镇级 | planned_named 计划中已点名 |
planned_unnamed 计划中未点名 | posts_agreed 已商定岗位 | promoted 提拔 | ranked_on 排序日期 | restored 已恢复 |
roles 责任单位 | sealed_months 盖章月数 | shortfalls 到岗不足 | unbalanced 失衡 | weak_villages_fewer 软弱涣散村减少 |
accepted_on 通过日期 | accountability 追责 | admitted 准许的批次 | again 是否再次 | again_by 下次期限 |
age_assumed 年龄含假定 | age_by_month 按月计龄 | age_limit 年龄上限 | age_reference 计龄日期 | alone 无对方 |
assessed_on 考核日期 | author 登记人 | calendar_assumed 日历含假定 | called_on 召集日期 | cast_slips 收回选票 |
certified 是否认定 | check_result 初审结果 | cleared_on 解除日期 | clerk 录入人 | commuting 路途天数 |
computed_on 计算日期 | consulted_on 征求意见日期 | coordinated 统筹事项 | corrected_on 更正日期 |
counted_on 计票日期 | counting 计入天数 | days_worked 实际工作天数 | delisted_on 退出日期 | displaces 替换谁 |
duty_days 公务天数 | excellent 优秀 | exported_on 移交日期 | file_with 报备机关 | first_day 起始日期 |
followed_on 承接日期 | forecast_on 预测日期 | form_filed_on 登记表报送日期 | form_late 登记表是否逾期 |
form_version 登记表版次 | freed_on 释放日期 | full_month 是否整月 | full_score 满分 | grade_id 等次编号 |
graded_by 评定机关 | graded_on 评定日期 | granted_until 准假至 | group_name 组别 | half_leaves 半日假 |
helps 所帮扶 | household_group 户别 | id_digest 号码摘要 | in_force_from 施行日期 | in_time 是否按期 | input 输入 |
inspection 考察 | internal 内部说明 | interviewed_on 谈话日期 | issued 发出选票 | joined_on 加入日期 |
kept_on 开展日期 | kinds 种类 | last_day 截止日期 | leave_days 请假天数 | left_over 富余天数 |
level_emphasis 级别侧重 | levels 级别 | lift_reason 解除理由 | lift_requested_on 申请解除日期 |
lift_requester 申请解除人 | lifted_on 解除日期 | locked 已锁定 | locked_on 锁定日期 | mass_weight 群众评议权重 |
matched 已匹配 | media 图片格式 | most 至多 | moved_to 调往 | moves 变动数 | needed 尚需天数 | next 次优 |
next_target 次优派驻点 | open_city 未定市级 | open_county 未定县级 | open_township 未定乡镇级 |
opinion_on 意见日期 | ordered 派遣事由 | outlook 预测 | over 结束方式 | passed_on 通过日期 | places_filled 已到位 |
poor 是否贫困村 | priced 是否计价 | prorated 折算天数 | ranking 排序 | rated_on 评定日期 | rating 评定结果 |
reaches 是否达到 | record_of 所属档案 | recorded 记录情况 | registrar 登记人 | replaced_on 替换日期 |
replaces 所替换的 | report_chars 报告字数 | report_sha256 报告摘要 | requested_on 申请日期 | requires 要求 |
returned_for 返回原因 | reviewed_on 审核日期 | said 内容 | selected_on 推选日期 | sent_on 送达日期 |
signatures 签字 | solver 求解方式 | stand_in 代理 | statement_chars 鉴定字数 | taken_on 办理日期 |
talk_assumed 谈话含假定 | talk_months 谈话间隔（月） | talked_on 谈话日期 | talks 谈话 | team 工作组 | tie 并列 |
turn 次序 | u 单位对偶值 | unsealed 未盖章月数 | v 派驻点对偶值 | vacant 空缺 | waived 已豁免 | whole 总分 |
whole_year 是否全年
"""
COLUMNS: Final[Mapping[str, str]] = {
    name: word.strip() for one in _COLUMNS.split("|") for name, _, word in [one.strip().partition(" ")] if name
}
"""Column → what it is called."""

VALUES: Final[Mapping[str, str]] = {
    "on_post": "在岗", "vacated": "空缺", "vacant": "空缺", "confirmed": "已确定", "proposed": "拟派",
    "waiting": "待分配", "place_filled": "补派到位", "province_division": "省级处室", "party_secretary": "党委书记",
    "header": "仅有表头", "missing": "缺文", "whole": "全文",
    "placed": "已分配", "nominated": "已推荐", "checked": "已初审", "passed": "合格", "failed": "不合格",
    "recalled": "已召回", "returned": "已返回", "ended": "已结束", "withdrawn": "已撤回", "closed": "已结束",
    "active": "有效", "planned": "已计划", "named": "已点名", "reported": "已报到", "submitted": "已报送",
    "queued": "排队中", "working": "办理中", "done": "已办结", "refused": "被拒绝", "asked": "已申请",
    "granted": "已批准", "approved": "已批准", "declined": "未批准", "rejected": "未批准", "resumed": "已销假",
    "running": "计时中", "stopped": "已停止", "lapsed": "已到期", "satisfied": "已满足",
    "met": "符合", "exception": "例外",
    "unknown": "未知", "yes": "是", "no": "否", "true": "是", "false": "否", "term_end": "期满", "recall": "召回",
    "printed": "所印", "derived": "推得", "assumed": "假定", "analysis": "研判", "appraisal": "考核",
    "diary": "民情日记", "roster": "名册", "scheme": "方案", "T1": "一年内发展思路", "T2": "二年内增收渠道",
    "T3": "三年内退出",
    "placement_plan": "编制方案", "what_if": "试算", "unplaced": "未分配", "erased": "已销毁", "pending": "待定",
    "free": "空闲", "bound": "已结对", "released": "已解除", "male": "男", "female": "女",
}  # fmt: skip
"""Value → what it says, wherever it stands."""
