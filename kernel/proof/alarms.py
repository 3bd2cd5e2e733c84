"""What is wrong with a log as its checkpointer sees it: said once when it is found, once when it is gone.

Invariant: the metric is 1 while anything is wrong, and 0 only when everything was looked at again and found in order.
"""

from __future__ import annotations

from kernel import logs, metrics

_LOG = logs.get("alarms")


class Alarms:
    """The alarms of the log of ``service``, each under a ``place`` of its own."""

    def __init__(self, service: str) -> None:
        self._service = service
        self._gauge = metrics.CHECKPOINT_ALARM.labels(service)
        self._gauge.set(0)
        self._standing: dict[str, str] = {}

    def standing(self) -> dict[str, str]:
        """What is wrong now, by place."""
        return dict(self._standing)

    def found(self, place: str, what: str, position: int | None = None) -> None:
        """Something is wrong at ``place``."""
        if self._standing.get(place) != what:
            _LOG.error("tampered", service=self._service, place=place, position=position, what=what)
        self._standing[place] = what
        self._gauge.set(1)

    def cleared(self, place: str) -> None:
        """``place`` was looked at and is in order."""
        if self._standing.pop(place, None) is not None:
            _LOG.warning("in order again", service=self._service, place=place)
        if not self._standing:
            self._gauge.set(0)
