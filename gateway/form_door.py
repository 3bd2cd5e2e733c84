"""The registration form as a file: ``/api/v1/forms/<nomination>/docx`` and ``/pdf``.

Invariant: it is shown to whom the form is shown, after personnel recorded who reads it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from gateway import form
from gateway.api import Api, Path, Verify, path
from gateway.asked import file, rows
from gateway.exchange import Reply, Request
from kernel.rates import Kind


# What sets a page is loaded where a page is set.
def _docx(laid: form.Laid) -> bytes:
    from gateway import form_docx

    return form_docx.written(laid)


def _pdf(laid: form.Laid) -> bytes:
    from gateway import form_pdf

    return form_pdf.written(laid)


_MADE: Final[Mapping[str, tuple[Callable[[form.Laid], bytes], str]]] = {
    "docx": (_docx, form.DOCX),
    "pdf": (_pdf, form.PDF),
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
