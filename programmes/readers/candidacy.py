"""Candidates of a programme with a procedure of its own: who may be one, on which conditions, and the steps."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from kernel.reader import Reader
from programmes.readers.procedure import Sees, Steps, of_acts
from programmes.readers.words import NO_TWICE, Name, Names, Number, Row, Source, each_once

Condition = Annotated[str, Meta(pattern=r"^[a-z][a-z_]{0,80}\Z", title="condition")]


class Attested(Row, frozen=True):
    """A condition that nobody computes: its name, and as it is printed."""

    condition: Condition
    printed: Name


NOMINATION = Reader[Steps](
    "procedure.nomination",
    "选派程序",
    *of_acts(
        *("apply", "qualify", "recommend", "approve", "file", "determine", "appoint", "take_up", "relieve", "record"),
        posts=("recommend", "approve", "file", "record"),
        sees=Sees("unit channel province", "level"),
        other=dict.fromkeys(("appoint", "take_up", "relieve"), Sees("unit channel host target", "level kind"))
        | {"determine": Sees("unit channel province host target", "level")},
        timed=True,
        marks=("qualify",),
        evidence=("qualify",),
        documents=("record",),
    ),
)
LEVELS = Reader[Annotated[tuple[Source, ...], Meta(min_length=1)]]("candidate.levels", "个人报名", NO_TWICE)
POOLS = Reader[Names]("candidate.pools", "资格审查", NO_TWICE)
SKILLS = Reader[tuple[Name, ...]]("candidate.preferred", "人选排序", NO_TWICE)
PARTY_STATUS = Reader[Literal["full"]]("candidate.party_status", "资格审查")
WORK_YEARS = Reader[Number]("candidate.work_years_min", "资格审查")
WORK_YEARS_FROM = Reader[Literal["unit_decision", "application"]]("candidate.work_years_reference", "资格审查")
ATTESTED = Reader[tuple[Attested, ...]]("candidate.attested", "资格审查", each_once("condition"))
IN_PRINCIPLE = Reader[tuple[Condition, ...]]("candidate.in_principle", "资格审查、条件例外", NO_TWICE)
CONSENT = Reader[Literal["filing_department"]]("candidate.exception_consent", "条件例外")
THROUGH_TERM = Reader[tuple[Name, ...]]("candidate.employed_through_term", "资格审查", NO_TWICE)
