"""The registration form as a file: ``/api/v1/forms/<nomination>/docx`` and ``/pdf``.

Invariant: it is shown to whom the form is shown, after personnel recorded who reads it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from gateway import form, form_docx, form_pdf
from gateway.api import Api, Path, Verify, path
from gateway.asked import file, rows
from gateway.exchange import Reply, Request
from kernel.rates import Kind

_MADE: Final[Mapping[str, tuple[Callable[[form.Laid], bytes], str]]] = {
    "docx": (form_docx.written, form_docx.MEDIA),
    "pdf": (form_pdf.written, form_pdf.MEDIA),
}


class FormDoor:
    """Answers below ``/api/v1/forms``."""

    def __init__(self, api: Api, verify: Verify) -> None:
        self._api = api
        self._verify = verify

    def paths(self) -> tuple[Path, ...]:
        """The place in the API."""
        place = "/api/v1/forms/(?P<nomination>[^/]+)/(?P<kind>docx|pdf)"
        return (path("GET", place, self.show, query=("as_of",), kind=Kind.DISCLOSURES),)

    def show(self, request: Request, correlation: str, nomination: str, kind: str) -> Reply:
        """The form of a nomination, as of the day given where one is."""
        actor = self._verify(request.headers.get("authorization"))
        asked = {"nomination": nomination, **request.query}
        found = rows(self._api.services, "personnel", "form", asked, actor, request, correlation)
        if isinstance(found, Reply):
            return found
        written, media = _MADE[kind]
        return file(written(form.laid(found[0])), media, f"form.{kind}")
