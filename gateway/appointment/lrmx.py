"""``.lrmx``: the appointment form as XML, root ``Person``, an element a field, the photo in base64.

A file that brings a document type is refused: the form has none, and entities could make a small file large.
"""

from __future__ import annotations

import base64
import binascii
from typing import Any, Final

from lxml import etree

from gateway.appointment.appointment import FIELDS, MEMBER, Appointment
from gateway.appointment.refusals import APPOINTMENT_PHOTO, APPOINTMENT_UNREADABLE

MEDIA: Final = "application/xml"
_FAMILY, _ITEM, _PHOTO = "JiaTingChengYuan", "Item", "ZhaoPian"
_AFTER: Final = "RenMianLiYou"
"""The family stands behind this element, the photo before the last."""


def read(body: bytes) -> Appointment:
    """The form in a file; elements it does not know are passed over, as editors write some of their own.

    Raises:
        BadInput: ``appointment_unreadable``, ``appointment_photo``.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise APPOINTMENT_UNREADABLE(why="XML 不完整") from error
    if root.getroottree().docinfo.doctype:
        raise APPOINTMENT_UNREADABLE(why="带有文档类型声明")
    if root.tag != "Person":
        raise APPOINTMENT_UNREADABLE(why="根元素不是 Person")
    family = [{name: _text(item, name) for name in MEMBER} for item in root.iterfind(f"{_FAMILY}/{_ITEM}")]
    return Appointment(
        {name: _text(root, name) for name in FIELDS},
        tuple(member for member in family if any(member.values())),
        _picture(_text(root, _PHOTO)),
    )


def written(form: Appointment) -> bytes:
    """The file, in UTF-8, with every element whether it says something or not."""
    root = etree.Element("Person")
    for name in FIELDS:
        if name == "Version":
            _say(root, _PHOTO, base64.b64encode(form.picture).decode())
        _say(root, name, form.said.get(name, ""))
        if name == _AFTER:
            family = etree.SubElement(root, _FAMILY)
            for member in form.family:
                item = etree.SubElement(family, _ITEM)
                for part in MEMBER:
                    _say(item, part, member.get(part, ""))
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)
    return made


def _text(parent: Any, name: str) -> str:
    """What the first element so named says, line ends as LF."""
    return "\n".join(str(parent.findtext(name) or "").strip().splitlines())


def _say(parent: Any, name: str, text: str) -> None:
    etree.SubElement(parent, name).text = text


def _picture(text: str) -> bytes:
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except binascii.Error as error:
        raise APPOINTMENT_PHOTO() from error
