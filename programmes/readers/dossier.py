"""The bag of a cadre's papers: the kinds that go into it."""

from __future__ import annotations

from kernel.reader import Reader
from programmes.readers.words import NO_TWICE, Name, Names

KINDS = Reader[Names]("dossier.kinds", "个人资料袋", NO_TWICE)
SHEET = Reader[Name]("dossier.monthly_sheet", "个人资料袋")
"""The one of the kinds that enters by the seal of attendance alone."""
OTHER = Reader[Name]("dossier.other", "个人资料袋")
"""The kind of whatever else the notice does not name."""
