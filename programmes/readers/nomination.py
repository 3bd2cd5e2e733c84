"""Nomination: the form and where it goes, who checks, how a place is opened again, what is handed over."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from msgspec import Meta

from kernel.reader import Check, Reader
from programmes.readers.words import NO_TWICE, ChannelKind, LocalTier, Name, Names, Number, Row, each_once, names_all

FieldKey = Annotated[str, Meta(pattern=r"^[a-z][a-z_0-9]{0,80}\Z", title="key")]
FieldType = Literal[
    "area",
    "code",
    "date",
    "id",
    "image",
    "integer",
    "opinion + seal + date",
    "phone",
    "quarter",
    "text",
    "town",
    "town + village",
    "year-month",
]
Opinion = Literal["reporting", "reviewing", "approving"]
Origin = Literal["organisation", "volunteer"]
Item = Literal["party_relation", "host_contact", "board_lodging", "escort"]


class Field(Row, frozen=True):
    """A printed field of a form: where ``key`` is None it is not kept; ``required`` is 0 or 1."""

    no: Number
    printed: Name
    key: FieldKey | None
    type: FieldType
    required: Annotated[int, Meta(ge=0, le=1)]
    note: Name | None = None


Fields = Annotated[tuple[Field, ...], Meta(min_length=1)]
NEEDED = frozenset({"name", "photo", "intended_unit_and_post"})
"""What registering a person and nominating for a post take from the form."""

FIELDS = Reader[Fields](
    "form.fields",
    "登记表填报",
    each_once("no"),
    each_once("key"),
    Check(lambda fields: {field.key for field in fields} >= NEEDED, f"含 {'、'.join(sorted(NEEDED))} 各栏"),
)
FORM = Reader[Name]("form.id", "登记表报送")
FORM_COPIES = Reader[Number]("form.copies", "登记表报送")
FORM_RECIPIENT = Reader[Mapping[ChannelKind, Literal["channel", "province_org"]]](
    "form.recipient", "登记表报送", names_all("committee", "enterprise")
)
FORM_RECIPIENT_BY_TIER = Reader[Mapping[LocalTier, Literal["channel"]]](
    "form.recipient_by_tier", "登记表报送", names_all("city", "county")
)
OPINIONS = Reader[tuple[Opinion, ...]]("form.opinions_at_nomination", "登记表填报", NO_TWICE)
SCHEME_REQUIRED = Reader[bool]("channel.scheme_required", "人选推荐")
"""Whether a channel files its scheme before its units nominate."""
RENOMINATION = Reader[tuple[Literal["communication"], ...]]("renomination.requires", "提出重新推荐", NO_TWICE)
"""What comes before another is nominated in place of who failed the check."""
ORIGINS_ALLOWED = Reader[Annotated[tuple[Origin, ...], Meta(min_length=1)]]("nomination.origins", "人选推荐", NO_TWICE)
CHECKER = Reader[Mapping[ChannelKind, ChannelKind | Literal["channel"]]](
    "check.organ", "人选初审", names_all("committee", "enterprise")
)
CHECKER_BY_TIER = Reader[Mapping[LocalTier, Literal["channel"]]](
    "check.organ_by_tier", "人选初审", names_all("city", "county")
)
ITEMS = Reader[Annotated[tuple[Item, ...], Meta(min_length=1)]]("handover.items", "到岗交接", NO_TWICE)

SUBMITTED_COPIES = Reader[Number]("nomination.copies", "互派人选报送")
SUBMITTED_TO = Reader[Name]("nomination.recipient", "互派人选报送")
SUBMITTED_BY = Reader[date]("nomination.deadline", "互派人选报送")
MEMBERS = Reader[Names]("meeting.members", "联席会议", NO_TWICE)
COORDINATED = Reader[Names]("meeting.coordinated_with", "联席会议", NO_TWICE)
"""Departments that are spoken with beside the members of the meeting."""
