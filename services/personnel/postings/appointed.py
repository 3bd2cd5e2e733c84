"""The appointment of a cadre to the post in a village (PE-032)."""

from __future__ import annotations

from kernel.messages import Area, Event, Key, Line


class PostAppointmentRecorded(Event, title="到村任职手续办理"):
    """The host appointed the cadre of a posting; that of a leg is another event, which cities are told of."""

    rule = "appointment.record"
    areas = ("target",)

    programme: Key
    posting: Key
    person: Key
    unit: Key
    target: Area
    post: Line
