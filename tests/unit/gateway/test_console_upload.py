"""A form with a file: its octets as they were, once; and where in the sheet a finding is said to be."""

from __future__ import annotations

import pytest
import requests

from gateway.console.multipart import parts
from gateway.console.upload_page import _finding, _rows
from gateway.exchange import Request
from kernel.errors import PaizhuError

FILE = bytes(range(256)) * 40 + b"\r\n--\r\n\r\n"


def sent(**headers: str) -> Request:
    made = requests.Request("POST", "http://x/", data={"programme": "LN2018"}, files={"file": ("名册.xlsx", FILE)})
    ready = made.prepare()
    assert isinstance(ready.body, bytes)
    return Request("POST", "/upload", {"content-type": ready.headers["Content-Type"], **headers}, {}, ready.body)


def test_a_file_is_read_as_its_octets_stand() -> None:
    assert parts(sent()) == ({"programme": "LN2018"}, {"file": FILE})


@pytest.mark.parametrize(
    ("request_", "code"),
    [
        (sent(**{"sec-fetch-site": "cross-site"}), "form_foreign"),
        (Request("POST", "/upload", {"content-type": "text/plain"}, {}, b""), "media_unsupported"),
        (Request("POST", "/upload", {"content-type": "multipart/form-data"}, {}, b""), "media_unsupported"),
        (
            Request(
                "POST",
                "/upload",
                {"content-type": "multipart/form-data; boundary=b"},
                {},
                b'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n' * 2 + b"--b--\r\n",
            ),
            "parameter_repeated",
        ),
        (
            Request(
                "POST",
                "/upload",
                {"content-type": "multipart/form-data; boundary=b"},
                {},
                b"".join(b'--b\r\nContent-Disposition: form-data; name="%d"\r\n\r\n1\r\n' % n for n in range(101))
                + b"--b--\r\n",
            ),
            "form_too_long",
        ),
        (
            Request("POST", "/upload", {"content-type": "multipart/form-data; boundary=b"}, {}, b"no part"),
            "media_unsupported",
        ),
    ],
)
def test_what_is_no_such_form_is_refused(request_: Request, code: str) -> None:
    with pytest.raises(PaizhuError) as refused:
        parts(request_)
    assert refused.value.code == code


def test_a_finding_is_said_with_the_row_of_the_sheet_and_the_name_of_its_column() -> None:
    whole = {"field": "rows[3].copies", "detail": "份数不足", "accepted": "5"}
    assert _finding(whole) == {"row": "第 3 行　份数", "said": "份数不足", "accepted": "5"}
    good = [{"item": 4, "sentence": "份数不足", "field": "copies", "details": [{"field": "copies", "sentence": "x"}]}]
    assert [(one["row"], one["said"]) for one in _rows(good)] == [("第 4 行　份数", "x")]
    previewed = [{"row": 2, "errors": [{"field": "copies", "cell": "M2", "sentence": "y", "accepted": "5"}]}]
    assert [(one["row"], one["said"]) for one in _rows(previewed)] == [("第 2 行　M2　份数", "y")]
