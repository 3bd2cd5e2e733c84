"""Assessment of posted cadres: what a scheme consists of, who lays it down and scores, grades, inspections, honours.

A scheme is data of a county; what every scheme must have is the profile's. Figures are whole: weights in parts of
``scheme.whole``, scores in parts of ``scheme.full``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from msgspec import Meta

from kernel.reader import Reader
from programmes.readers.procedure import Sees, Steps, of_acts
from programmes.readers.words import NO_TWICE, Name, Names, Number, Role

Roles = Annotated[tuple[Role, ...], Meta(min_length=1)]
Parts = Annotated[Mapping[Name, Number], Meta(min_length=1)]

KINDS = Reader[Names]("assessment.kinds", "考核办法", NO_TWICE)
PARTS = Reader[Parts]("scheme.parts", "考核办法")
SET_BY = Reader[Roles]("scheme.set_by", "考核办法", NO_TWICE)
SCORED_BY = Reader[Roles]("scheme.scored_by", "考核评分、考核结果", NO_TWICE)
WHOLE = Reader[Number]("scheme.whole", "考核办法")
FULL = Reader[Number]("scheme.full", "考核评分")
MASS_KINDS = Reader[Names]("scheme.mass_kinds", "群众口碑", NO_TWICE)
BY_BALLOT = Reader[Names]("scheme.by_ballot", "民主评议", NO_TWICE)
BALLOT_BY = Reader[Roles]("scheme.ballot_by", "民主评议", NO_TWICE)

ANNUAL_GRADE = Reader[Steps](
    "procedure.annual_grade", "年度考核等次", *of_acts("opine", "grade", sees=Sees("target unit"))
)
TERM_INSPECTION = Reader[Steps]("procedure.term_inspection", "期满考察", *of_acts("sign", sees=Sees("target unit")))
GRADES = Reader[Names]("assessment.grades", "年度考核等次", NO_TWICE)

Basis = Literal["rating", "grade", "inspection"]
BASIS = Reader[Annotated[tuple[Basis, ...], Meta(min_length=1)]]("results.basis", "评先评优、提拔使用", NO_TWICE)
"""The kinds of results that honours and promotions may refer to; a reference is mandatory where it stands."""
EXCELLENT = Reader[Names]("results.excellent", "同等条件下优先", NO_TWICE)
