"""Papers: how many copies of each kind there are and who keeps them, and the steps by which a form is signed off."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from msgspec import Meta

from kernel.reader import Check, Reader
from programmes.readers.procedure import Sees, Steps, of_acts
from programmes.readers.words import NO_TWICE, Name, Number, Role, Row, each_once

PaperKind = Annotated[str, Meta(pattern=r"^[a-z][a-z_0-9]{0,80}\Z", title="key")]


class Kept(Row, frozen=True):
    """A kind of paper. ``copies`` is None where none are printed; ``holders`` are those that are named, each for one
    copy at least, and ``others`` says whether the text leaves open who keeps the rest."""

    kind: PaperKind
    printed: Name
    copies: Number | None = None
    holders: tuple[Name, ...] = ()
    others: bool = False
    electronic: bool = False

    def most(self, holder: str) -> int | None:
        """How many copies the holder may keep, 0 for one who is none; None where no number is printed."""
        if holder not in self.holders and not self.others:
            return 0
        if self.copies is None:
            return None
        return self.copies - len(set(self.holders) - {holder})


KINDS = Reader[Annotated[tuple[Kept, ...], Meta(min_length=1)]](
    "papers.kinds",
    "材料保存",
    each_once("kind"),
    Check(lambda kinds: all(NO_TWICE.holds(one.holders) for one in kinds), "holders 各项不重复"),
    Check(lambda kinds: all(one.others or one.holders for one in kinds), "未写 holders 的，others 为 true"),
    Check(
        lambda kinds: all(one.copies is None or len(one.holders) <= one.copies for one in kinds),
        "holders 不多于 copies",
    ),
)
Signer = Annotated[
    str,
    Meta(
        pattern=r"^(province|city|county|township|unit|channel)_[a-z][a-z_]{0,80}\Z",
        title="(province|city|county|township|unit|channel)_…",
    ),
]
"""A post by the level of its organ, or of a unit or channel."""
Organ = Literal["province", "city", "county", "township", "unit", "channel"]
SIGNERS = Reader[Annotated[Mapping[Organ, Signer], Meta(min_length=1)]](
    "papers.signers",
    "登记表、材料盖章签字和登记任职",
    Check(lambda posts: all(post.startswith(f"{level}_") for level, post in posts.items()), "每级写本级的职务"),
)
"""By level, the post whose holder seals and signs for the organ; units and channels need none."""


class Filed(Row, frozen=True):
    """A kind of paper for the personal archive: of whom, and the roles that file it."""

    kind: Name
    of: Literal["posting", "reserve"]
    by: Annotated[tuple[Role, ...], Meta(min_length=1)]


ARCHIVE = Reader[Annotated[tuple[Filed, ...], Meta(min_length=1)]](
    "archive.papers", "存入、撤回个人档案材料", each_once("kind", "of")
)
SIGN_OFF = Reader[Steps](
    "procedure.registration_form",
    "登记表签章",
    *of_acts(
        "report_opinion",
        "review_opinion",
        "approve_opinion",
        "stamp",
        documents=("stamp",),
        sees=Sees("unit channel province city", "level"),
    ),
)
