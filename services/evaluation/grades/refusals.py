"""What scores, ratings, grades and inspections refuse with."""

from __future__ import annotations

from kernel.refusal import Refusal

PART_UNKNOWN = Refusal(
    "part_unknown",
    "第 {version} 版考核办法没有“{part}”这一部分。",
    kind="unknown",
    field="part",
    rule="scheme.set_by",
    accepted="{parts}",
)
SCORES_INCOMPLETE = Refusal(
    "scores_incomplete",
    "“{part}”须逐项评分：{wanted}。",
    field="scores",
    rule="scheme.scored_by",
    accepted="{wanted}",
)
SCORE_OUTSIDE_SCALE = Refusal(
    "score_outside_scale",
    "“{indicator}”得分 {score} 不在 0 至 {points} 之间。",
    field="scores.{indicator}",
    rule="scheme.set_by",
    accepted="0 至 {points}",
)
SCORE_BY_BALLOT = Refusal(
    "score_by_ballot",
    "“{part}”的得分只能由民主评议计票得出。",
    field="part",
    rule="scheme.by_ballot",
    accepted="组织民主评议并计票",
)
NOT_ON_POST_THEN = Refusal(
    "not_on_post_then",
    "该同志 {year} 年不在任，或该年尚未开始（任职 {since} 至 {until}）。",
    field="year",
    rule="scheme.scored_by",
    accepted="任职期间的年度，且不早于当年",
)
RATING_INCOMPLETE = Refusal(
    "rating_incomplete",
    "年度考核结果须各部分齐全，尚缺：{missing}。",
    field="year",
    rule="{rule}",
    accepted="先对{missing}评分",
)
RATING_UNCHANGED = Refusal(
    "rating_unchanged",
    "与第 {number} 次考核结果相同。",
    field="year",
    rule="scheme.scored_by",
    accepted="评分或考核办法更正之后",
)
GRADE_UNKNOWN = Refusal(
    "grade_unknown",
    "年度考核没有“{grade}”这一等次。",
    field="grade",
    rule="assessment.grades",
    accepted="{grades}",
)
TERM_NOT_OVER = Refusal(
    "term_not_over",
    "任期尚未届满，或任职不是因期满结束，不进行期满考察。",
    field="posting",
    rule="procedure.term_inspection",
    accepted="任期届满的选派岗位，不早于届满之日",
)
INSPECTION_DIFFERS = Refusal(
    "inspection_differs",
    "另一方签署的是“{document}”，双方须签署同一份考察材料。",
    field="document",
    rule="procedure.term_inspection",
    accepted="{document}",
)
