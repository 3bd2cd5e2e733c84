"""The registration form as a file: ``/api/v1/forms/<nomination>/docx``, ``/pdf`` and ``/lrmx``.

Invariant: it is shown to whom the form is shown, after personnel recorded who reads it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from gateway import form
from gateway.api import Api, Path, Verify, path
from gateway.appointment import lrmx
from gateway.appointment.cells import appointment
from gateway.asked import file, rows
from gateway.exchange import Reply, Request
from kernel.rates import Kind

_Item = Mapping[str, Any]


# What sets a page is loaded where a page is set.
def _docx(item: _Item) -> bytes:
    from gateway import form_docx

    return form_docx.written(form.laid(item))


def _pdf(item: _Item) -> bytes:
    from gateway import form_pdf

    return form_pdf.written(form.laid(item))


def _lrmx(item: _Item) -> bytes:
    return lrmx.written(appointment(item["fields"], form.picture(item), item["said_on"].replace("-", "")))


_MADE: Final[Mapping[str, tuple[Callable[[_Item], bytes], str]]] = {
    "docx": (_docx, form.DOCX),
    "pdf": (_pdf, form.PDF),
    "lrmx": (_lrmx, lrmx.MEDIA),
}


class FormDoor:
    """Answers below ``/api/v1/forms``."""

    def __init__(self, api: Api, verify: Verify) -> None:
        self._api = api
        self._verify = verify

    def paths(self) -> tuple[Path, ...]:
        """The place in the API."""
        place = "/api/v1/forms/(?P<nomination>[^/]+)/(?P<kind>docx|pdf|lrmx)"
        return (path("GET", place, self.show, query=("as_of",), kind=Kind.DISCLOSURES),)

    def show(self, request: Request, correlation: str, nomination: str, kind: str) -> Reply:
        """The form of a nomination, as of the day given where one is."""
        actor = self._verify(request.headers.get("authorization"))
        asked = {"nomination": nomination, **request.query}
        found = rows(self._api.services, "personnel", "form", asked, actor, request, correlation)
        if isinstance(found, Reply):
            return found
        written, media = _MADE[kind]
        return file(written(found[0]), media, f"form.{kind}")
