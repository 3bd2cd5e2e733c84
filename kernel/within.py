"""Which programmes a question may be about: those that hold where the asker acts.

What a role may see, a question's reach says; that the role is another province's is held here, for every question.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kernel.concern import elsewhere
from kernel.decision import Decision, States
from kernel.errors import PaizhuError
from kernel.messages import Actor
from kernel.service import Service

_PROGRAMME = "programme"


class Within:
    """Holds questions to ``service`` against the scopes of its programmes, as its ``states`` know them."""

    def __init__(self, service: Service, states: States) -> None:
        self._service = service
        self._states = states

    def must_hold(self, actor: Actor, params: Mapping[str, str]) -> None:
        """Check that the asker has something to do with the programme asked for.

        Raises:
            Rejected: ``programme_elsewhere``; forbidden.
        """
        if refused := self._elsewhere(actor, params.get(_PROGRAMME)):
            raise refused

    def own(self, actor: Actor, items: Sequence[Any]) -> list[Any]:
        """The items but those of programmes that hold elsewhere."""
        named = {item.get(_PROGRAMME) for item in items if isinstance(item, Mapping)}
        foreign = {one for one in named if self._elsewhere(actor, one)}
        if not foreign:
            return list(items)
        return [item for item in items if not isinstance(item, Mapping) or item.get(_PROGRAMME) not in foreign]

    def _elsewhere(self, actor: Actor, programme: Any) -> PaizhuError | None:
        find = self._service.finds.get(_PROGRAMME)
        if find is None or not isinstance(programme, str) or not programme or not actor.areas:
            return None
        room = Decision(self._service, self._states)
        whose = find(programme, None, room)
        if whose is None and self._states.refresh(room.versions):
            whose = find(programme, None, Decision(self._service, self._states))
        return elsewhere(actor, programme, whose)
