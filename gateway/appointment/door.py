"""``/api/v1/appointment-forms``: what a cadre department holds of a person, as the cells of a nomination.

A file in, its cells out: nothing is kept. The photo goes in by AttachPhoto once the person is entered.
"""

from __future__ import annotations

import base64
from datetime import date

from gateway import roster
from gateway.api import ROSTER_LIMIT, Api, Path, Verify, path
from gateway.appointment import reading
from gateway.appointment.cells import cells, media
from gateway.appointment.refusals import APPOINTMENT_PHOTO
from gateway.envelope import day
from gateway.exchange import Reply, Request
from gateway.roster_door import given
from gateway.routes import Route


class AppointmentDoor:
    """Answers ``POST /api/v1/appointment-forms``."""

    def __init__(self, api: Api, verify: Verify, route: Route) -> None:
        self._api = api
        self._verify = verify
        self._route = route

    def paths(self) -> tuple[Path, ...]:
        """The place in the API."""
        query = frozenset({"programme", "occurred_on"})
        return (path("POST", "/api/v1/appointment-forms", self.take, ROSTER_LIMIT, query, first=self.admit),)

    def admit(self, head: Request) -> None:
        """Refuse by its head alone what would be refused anyway. Raises PaizhuError."""
        self._route.admit(self._verify(head.headers.get("authorization")))
        roster.form(given(head, "programme", roster.programmes()))
        day(given(head, "occurred_on", ("YYYY-MM-DD",)), "occurred_on")

    def take(self, request: Request, correlation: str) -> Reply:
        """The cells of the programme's form; what has no place there; what is still to be filled in."""
        self.admit(request)
        form = reading.read(request.body)
        picture = media(form.picture)
        if form.picture and picture is None:
            raise APPOINTMENT_PHOTO()
        columns = roster.form(request.query["programme"]).columns
        found = cells(form, [column.key for column in columns], date.fromisoformat(request.query["occurred_on"]))
        headers = {column.key: column.header for column in columns}
        photo = {"media": picture, "base64": base64.b64encode(form.picture).decode()} if picture else None
        return Reply.json(
            {
                "programme": request.query["programme"],
                "cells": found.filled,
                "elsewhere": found.elsewhere,
                "missing": [{"field": key, "title": headers[key]} for key in found.missing],
                "photo": photo,
            },
            headers={"Cache-Control": "no-store"},
        )
