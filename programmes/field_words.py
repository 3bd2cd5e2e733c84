"""What each field of the API is called, for the document: one name means one thing wherever it stands.

Invariant: the words are officials' words; the key itself stands beside them in the document and is not repeated.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_TOLD: Final = """
about 所为何事 | abstain 弃权票数 | accept 遇有不合格的行：all 全部不收，good 只收合格的，preview 只看不收 |
accepted 可以接受的内容 | add 补登的日期 | address 驻村住处 | addressee 收文机关的代码或编号 | addressees 收文机关 |
annexes 附件 | applicants 报名人员 | application 报名的日期 | approve 赞成票数 | area 区划代码 | areas 所涉区划代码 |
arranger 由谁安排 | article 规定的条款 | as_of 截至日期 | at_least 至少 | at_most 至多 | attempts 已尝试的次数 |
attended 是否到场 |
attested 已鉴定的条件 | audience 动员的对象范围 | based_on 所依据的文件 | basis 依据 | batch 批次编号 |
cadres 选派干部人数 | candidacy 人选编号 | candidates 换届候选人 | card 后备干部登记表各栏 | case 召回案件编号 |
call 电话查岗情况：时刻 at，是否接通 reached |
cause 原因 | changes 变动的各项 | channel 领域（工委、企业党委或市县组织部门）编号 | checks 逐人的初审结果 |
cities 市代码 | city 市代码 | city_each 每方市级岗位数 | code 区划代码 | codes 拆分后的各区划代码 |
companions 随行人员 | condition 条件名称 | conditions 不符合的条件 | consent 本人是否同意 |
consequence 造成的不良后果编号 | contacts 联系村的区划代码 | content 内容 | copies 份数 | corrected 所更正人员的编号 |
correlation 关联编号 | counterpart 另一方的区划代码 | counties 县（市、区）代码 | county 县（市、区）代码 |
county_each 每方县级岗位数 | county_units 县（市、区）个数 | data 内容 | days 日期或天数 |
day 日期 |
decision 会议决定或党委决定 | department 受理部门 | developed_area 发达一方的区划代码 |
developed_city 发达一方的市代码 | digest 方案摘要 | dimensions 考核的各方面 | direction 派往哪一方 |
discussed_on 研究日期 | discussion 研究情况 | divisions 区划名单 | document 材料或文件编号 | done 办理结果 |
duties 分工 | edition 版次 | education_reason 学历例外的理由 | elected 是否当选 | electronic 电子版份数 |
emphasis 侧重 | entered 新录入人员的编号 | errors 逐项的错误 | evaluation 考核编号 | evidence 逐项的核实人和依据 |
export 所移交的导出文件摘要 | facts 事实 |
factor 因素名称 | failed 未通过人选的推荐编号 | family 家属随行情况 | fen 金额，单位为分 |
field 出错的字段 | finding 认定的事实 | first 开始日期 | first_batch 首批选派情况 | first_row 首行在表中的行号 |
form 登记表各栏 | from 起始大小 | funds 各村经费 | funds_fen 经费，单位为分 |
further 另行考虑的因素 | gates 逐项把关结果 | ground 情形或事由 |
grounds 依据的各项 | group 组别 | groups 各组 | half 半年或半日，半年如 2018-H1 |
handed_in 提交的材料及份数 | heard 听取情况的单位 | held_on 举行日期 |
help 帮扶情况 |
helped 帮扶村的区划代码 | helper 帮带人编号 | hold 依法保存要求的编号 | holder 存档单位 | holders 任职名单 |
holidays 放假日期 | home 户籍所在村的区划代码 | honour 荣誉名称 | hospital 体检医院 | host 接收一方 |
hosts 希望的接收地 | id 编号 | id_number 公民身份号码 | instead 替换的人选 | into 并入的单位编号或区划代码 |
inspector 检查方的区划代码 |
integrity 廉洁自律情况 |
issued_on 印发日期 | issuers 印发机关 | items 各项 | keeper 管理人编号 | kind 种类 | last 截止日期 | leaf 叶子的摘要 |
leader 领导班子成员编号 |
leave 请假编号 | left_on 离任日期，自该日起无权办理 | leg 互派人选编号 | legs 各互派人选 | letter 组织关系介绍信编号 |
level 级别 | managed 纳入管理人员的编号 | managers 管理人名单 | marks 逐项的鉴定 | measure 措施编号 | meeting 会议 |
means 检查方式 |
medium 媒体或栏目 |
members 成员 | mentor 导师编号 | method 方式 | methods 各种方式 | minutes 会议记录 | mobile 手机号码 | mode 方式 |
money 经费交接情况 | month 月份，如 2018-06 | name 名称 | need 当地需要 | needs 所需专长 | no 序号 |
months 各月 |
nomination 推荐编号 | nominee 人选登记内容 | nominees 各人选 | note 说明 | notice 通知文号 | number 编号或文号 |
objections 收到的异议 | occasion 空缺的由来 | occurred_on 事实发生的日期 | of 所核实的一项 | on 日期 |
office 是否由督查室督查 |
on_behalf 由组织代为报名的理由 | opinion 意见 | oppose 反对票数 | organ 机关的区划代码或名称 |
organisation 任职的组织 | organiser 主办单位 | other_villages 其他村个数 | override 与方案不同的理由 |
pair 互派对编号 | pairs 各互派对 | paper 纸质份数 | papers 材料交接情况 | park 是否放入产业园 |
parts 拆分后的各单位 | party 当事一方 |
party_status 党员身份 | performance 表现 | person 人员编号 | persons 人数 | photo 照片，base64 | place 公示地点 |
placed 已安排的人数 | placements 各项安排 | places 名额 | policy 保险单编号 | pool 人选来源 |
poor_area 欠发达一方的区划代码 | poor_city 欠发达一方的市代码 | position 位置 | post 职务 | posting 派驻编号 |
postings 各派驻编号 | posts 班子职务 | practice 实践锻炼内容 | present 到会的单位或人数 | procedure 程序名称 |
presence 驻村情况 |
profile 方案规则的全文 | programme 方案编号，如 LN2018 | problem 问题编号 | project 项目编号 |
solution 解决情况 | difficulty 困难编号 | households 户数 |
purpose 用途 | quarter 季度，如 2018-Q3 | quota 名额 |
quotas 各项名额 | reason 理由 | receipt 签收情况 | recipient 接收机关 | recipients 收文机关 |
reached 是否接通 |
registered_poor 是否建档立卡贫困村 | remark 备注 | remove 撤销的日期 | report 报告 | reserve 后备干部编号 |
reserve_reason 非后备干部的理由 | result 结果 | retires_on 退休日期 | rings 互换的各组 | root 所属省、市的区划代码 |
rows 各行 | rule 规则名称 | scheme 工作方案 | scope 适用范围的区划代码 | seat 席位 | sending 派出一方 |
seed 抽取所用的种子 |
service 服务名称 | session 培训期次 | sessions 各期培训 | sha256 文件的 SHA-256 摘要 | signers 交接签字人 |
since 起始日期 | size 大小 | skills 专长 | source 来源或依据 | specversion 事件格式的版本 | stage 阶段 |
starts_on 开始日期 | state 状态 | status 状态码 | step 环节 | subject 所涉对象 | successors 各接任人选 |
sum_fen 保额，单位为分 | synthetic 是否合成数据 | tags 专长和特点 | takes_over 是否接任 | target 派驻点的区划代码 |
tag 所属职责（方案列出的职责之一） |
targets 各派驻点 | task 事项 | text 正文 | tier 层级：province 省级、city 市级、county 县级 | tiers 各层级 |
time 时间 | title 标题 | to 终止大小 | topics 培训专题 | total 合计 | township 乡镇代码 |
time_of_event 事发时间 | manner 检查方式 | visit 不打招呼检查编号 |
time_on_scene 到场时间 |
time_reported 报告时间 |
township_each 每方乡镇级岗位数 | townships 乡镇个数或代码 | type 类型 | unit 单位编号 | units 各单位编号 |
unmet 未达到的条件 | until 截止日期 | verdict 结论：same 为同一人，other 为另一人 | verifier 核实人 | version 版次 |
village 村（社区）代码 | villages 各村或村数 | voters 参加选举的人数 | weak 是否软弱涣散村 |
visits 走访情况 |
weak_party 是否党组织软弱涣散村 | weak_villages 软弱涣散村个数 | weight 权重 | witness 见证方 | work 工作内容 |
work_start 参加工作的日期 | workdays 调休上班的日期 | works 工作交接情况 | year 年份 | yuan 金额，单位为元 |
account 工作情况 |
allowance 补贴种类 | acts 违纪情形 | at 时刻或环节 | band 等次 | bands 各等次及分数线 | breach 违纪案件编号 |
captured 各日的登记时刻 | commitments 各份评议票的承诺值 | criteria 逐项的依据 | equal 同等条件的说明 | grade 等次 |
indicator 指标 | indicators 各指标 | least 最低分 | mark 评价 | masses 是否由群众评议 | night 夜间住处 |
order 指令文号或顺序 | ordered_by 指令机关或人员 | part 部分 | period 时间范围 | points 分值 | potential 发展潜力 |
preferred 是否优先 | refused 被拒绝的事项 | scores 各部分得分 | serial 票号 | shortcomings 不足 |
slips 各份评议票 | statement 考核意见 | subjects 对象编号 | worth 折合分值
"""
_PAIRS: Final = (one.strip().partition(" ") for one in _TOLD.split("|"))
WORDS: Final[Mapping[str, str]] = {name: word for name, _, word in _PAIRS}
"""Field → what it holds."""
