"""Channels: each writes its own dispatch scheme before its units may nominate (PE-015).

Invariant: one scheme a channel and batch, covering only units under that channel.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kernel.messages import Command, Event, Key, Line, Order, Rejected
from kernel.part import Part
from programmes.roles import MANAGERS
from services.personnel.scopes import programme_of


class ChannelSchemeFiled(Event, title="领域方案报送"):
    """A channel filed its scheme; from here on its units may nominate."""

    rule = "nomination.scheme"

    programme: Key
    channel: Key
    title: Line
    units: tuple[Key, ...]
    document: str


class FileChannelScheme(Command, title="报备选派工作方案", roles=MANAGERS):
    """File the dispatch scheme of a channel. ``document`` is the digest of its text, where there is one."""

    programme: Key
    channel: Key
    title: Line
    units: tuple[Key, ...] = ()
    document: str = ""


class FileScheme(FileChannelScheme, Order):
    """The order as it reaches the channel: with the channel that manages each named unit, as noted here."""

    managed_by: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scheme:
    """A filed scheme."""

    title: str
    units: tuple[str, ...]


def decide(state: Scheme | None, command: FileScheme) -> list[ChannelSchemeFiled]:
    """File the scheme. Rejected: not the actor's channel, filed before, or a unit of another channel."""
    if not command.context.actor.manages(command.channel):
        raise Rejected(
            "channel_not_yours",
            f"{command.channel} 的选派工作方案只能由该领域自行制定报备。",
            rule="nomination.scheme",
            field="channel",
            accepted="本领域的工委（党委）或企业党委",
            kind="forbidden",
        )
    if state is not None:
        raise Rejected(
            "scheme_already_filed",
            f"{command.channel} 已报备本批次选派工作方案。",
            rule="nomination.scheme",
            field="channel",
            accepted="每个领域每批次一份方案",
        )
    for unit in command.units:
        if command.managed_by.get(unit) != command.channel:
            raise Rejected(
                "unit_not_of_channel",
                f"单位 {unit} 的党组织关系不属于 {command.channel}，不能列入其方案。",
                rule="nomination.scheme",
                field="units",
                accepted=f"{command.channel} 所管理的单位",
            )
    return [
        ChannelSchemeFiled(
            occurred_on=command.context.occurred_on,
            programme=command.programme,
            channel=command.channel,
            title=command.title,
            units=command.units,
            document=command.document,
        )
    ]


def evolve(state: Scheme | None, event: Event) -> Scheme | None:
    """The scheme once it is filed."""
    return Scheme(event.title, event.units) if isinstance(event, ChannelSchemeFiled) else state


CHANNEL = Part("channel/{programme}.{channel}", None, decides=(decide,), evolve=evolve, scope=programme_of)
"""One channel's scheme of a batch."""
