"""How a posting ends: its term and how it is extended, the grounds of a withdrawal and of an adjustment."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from kernel.reader import Reader
from programmes.readers.procedure import Sees, Steps, of_acts
from programmes.readers.words import NO_TWICE, Name, Names, Role, Row, each_once


class Ground(Row, frozen=True):
    """A ground of withdrawal: whether the person ``returns`` to the unit, is free again afterwards (``frees``), and
    whether the reason must be told (``text``)."""

    ground: Name
    printed: Name
    returns: bool
    frees: bool
    text: bool


class Adjustment(Row, frozen=True):
    """A ground of adjustment; ``consequence``: only on a record of bad consequences (不良后果)."""

    ground: Name
    printed: Name
    consequence: bool


Grounds = Annotated[tuple[Ground, ...], Meta(min_length=1)]
Adjustments = Annotated[tuple[Adjustment, ...], Meta(min_length=1)]
Deciders = Annotated[tuple[Role, ...], Meta(min_length=1)]

WITHDRAWAL_GROUNDS = Reader[Grounds]("withdrawal.grounds", "选派退出", each_once("ground"))
WITHDRAWAL_BY = Reader[Deciders]("withdrawal.decided_by", "选派退出", NO_TWICE)
ADJUSTMENT_GROUNDS = Reader[Adjustments]("adjustment.grounds", "选派调整", each_once("ground"))
EXTENSION_GROUNDS = Reader[Names]("extension.grounds", "继续留任", NO_TWICE)
EXTENSION = Reader[Steps](
    "procedure.extension",
    "继续留任",
    *of_acts("request", "consent", "grant", sees=Sees("unit channel host home", "level kind")),
)
CHANGEOVER_BY = Reader[Deciders]("changeover.decided_by", "计划接替", NO_TWICE)
RECORD = Reader[Annotated[tuple[Literal["papers", "works", "money"], ...], Meta(min_length=1)]](
    "changeover.record", "交接记录", NO_TWICE
)
SANCTION = Reader[Steps](
    "procedure.sanction", "批评教育、不良后果登记", *of_acts("criticise", "consequence", sees=Sees("target unit"))
)
