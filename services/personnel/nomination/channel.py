"""Channels: each writes its own dispatch scheme before its units may nominate (PE-015).

Invariant: one scheme a channel and batch, covering only units under that channel.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kernel.messages import Command, Event, Key, Line, Order
from kernel.part import Part
from programmes.roles import MANAGERS
from services.personnel.nomination.refusals import CHANNEL_NOT_YOURS, SCHEME_ALREADY_FILED, UNIT_NOT_OF_CHANNEL
from services.personnel.scopes import programme_of


class ChannelSchemeFiled(Event, title="领域方案报送"):
    """A channel filed its scheme; from here on its units may nominate."""

    rule = "nomination.scheme"

    programme: Key
    channel: Key
    title: Line
    units: tuple[Key, ...]
    document: str


class FileChannelScheme(Command, title="报备选派工作方案", roles=MANAGERS, concerns=("channel",)):
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
        raise CHANNEL_NOT_YOURS(channel=command.channel)
    if state is not None:
        raise SCHEME_ALREADY_FILED(channel=command.channel)
    for unit in command.units:
        if command.managed_by.get(unit) != command.channel:
            raise UNIT_NOT_OF_CHANNEL(unit=unit, channel=command.channel)
    return [ChannelSchemeFiled.carrying(command)]


def evolve(state: Scheme | None, event: Event) -> Scheme | None:
    """The scheme once it is filed."""
    return Scheme(event.title, event.units) if isinstance(event, ChannelSchemeFiled) else state


CHANNEL = Part("channel/{programme}.{channel}", None, decides=(decide,), evolve=evolve, scope=programme_of)
"""One channel's scheme of a batch."""
