"""What schemes of assessment refuse with."""

from __future__ import annotations

from kernel.refusal import Refusal

APPRAISEE_UNKNOWN = Refusal(
    "appraisee_unknown",
    "没有这个到岗的选派岗位，或适用规定未载明考核办法。",
    kind="unknown",
    field="posting",
    rule="assessment.kinds",
    accepted="适用规定载明考核办法的已到岗选派岗位",
)
SCHEME_ORGAN = Refusal(
    "scheme_organ",
    "{act}由{organ}办理。",
    kind="forbidden",
    field="{field}",
    rule="{rule}",
    accepted="{organ}",
)
NO_SCHEME_IN_FORCE = Refusal(
    "no_scheme_in_force",
    "{county} {year} 年于 {on} 没有适用的考核办法。",
    field="year",
    rule="scheme.set_by",
    accepted="先制定考核办法，再评分",
)
SCHEME_YEAR = Refusal(
    "scheme_year",
    "{on} 不能制定 {year} 年的考核办法。",
    field="year",
    rule="scheme.set_by",
    accepted="当年、上一年或下一年",
)
SCHEME_KINDS = Refusal(
    "scheme_kinds",
    "考核办法须由{wanted}组成，所报为{given}。",
    field="parts",
    rule="{rule}",
    accepted="{wanted}",
)
SCHEME_TWICE = Refusal(
    "scheme_twice", "“{name}”出现两次。", field="{field}", rule="scheme.set_by", accepted="各项名称不重复"
)
SCHEME_WEIGHTS = Refusal(
    "scheme_weights",
    "各部分权重合计 {given}，应为 {whole}。",
    field="parts",
    rule="scheme.whole",
    accepted="合计 {whole}，各项为正整数",
)
SCHEME_POINTS = Refusal(
    "scheme_points",
    "“{part}”各项指标分值合计 {given}，应为 {full}。",
    field="parts",
    rule="scheme.full",
    accepted="合计 {full}，各项为正整数",
)
SCHEME_BANDS = Refusal(
    "scheme_bands",
    "等次须从高到低，最低一等自 0 分起，最高不超过 {full}。",
    field="bands",
    rule="scheme.full",
    accepted="下限依次降低、末项为 0、名称不重复的等次",
)
SCHEME_MASSES = Refusal(
    "scheme_masses",
    "群众口碑须有一部分，且只在{kinds}之中。",
    field="parts",
    rule="scheme.mass_kinds",
    accepted="在{kinds}中至少标明一部分为群众口碑",
)
SCHEME_MARKS = Refusal(
    "scheme_marks",
    "评议选项的分值须在 0 至 {full} 之间，名称不重复，由票决计分时不可没有。",
    field="marks",
    rule="scheme.full",
    accepted="评议选项及其分值",
)
SCHEME_UNCHANGED = Refusal(
    "scheme_unchanged",
    "与现行第 {version} 版考核办法相同。",
    field="parts",
    rule="scheme.set_by",
    accepted="有所修改的考核办法",
)
