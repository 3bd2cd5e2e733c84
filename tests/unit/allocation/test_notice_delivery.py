"""A notice sent to its addressees, and acknowledged by each of them itself."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kernel.messages import Actor, Event
from kernel.testing import given
from services.allocation.registers.notice import NOTICE, NoticeIssued
from services.allocation.registers.notice_delivery import AcknowledgeNotice, NoticeDelivered, NoticeSent, SendNotice
from services.allocation.registers.notice_state import Recipient
from services.allocation.registers.register_plans import deliver_notice, publish_notice
from tests.kit.allocation.ground import CHANNEL, JINZHOU, ORGANS, OTHER_CHANNEL, PROVINCE, Plain, ctx, decided
from tests.kit.allocation.notice import NOTICE as PUBLISH

NUMBER = "辽组通字〔2018〕23号"
CITIES, ORGAN = "各市委组织部", "省直机关工委"
PUBLISHED = replace(PUBLISH, addressees=(CITIES, ORGAN))
TO = (Recipient(CITIES, area="2107"), Recipient(CITIES, area="2113"), Recipient("省直 机关工委", unit=ORGANS))


def issued() -> list[Event]:
    room = Plain()
    events: list[Event] = decided(publish_notice(PUBLISHED, room), room)
    assert isinstance(events[0], NoticeIssued)
    return events


def send(*to: Recipient, by: Actor = PROVINCE) -> SendNotice:
    return SendNotice(context=ctx(by), notice=NUMBER, recipients=to)


def receive(by: Actor, area: str | None = None, unit: str | None = None) -> AcknowledgeNotice:
    return AcknowledgeNotice(context=ctx(by), notice=NUMBER, area=area, unit=unit)


SENT: list[Event] = [*issued(), *(given(NOTICE, *issued()).when(send(*TO)).events or [])]


def test_every_addressee_is_reached_and_the_list_stands_in_the_event() -> None:
    (event,) = SENT[1:]
    assert isinstance(event, NoticeSent)
    assert (event.notice, event.scope, event.recipients) == (NUMBER, "21", TO)
    given(NOTICE, *SENT).when(send(*TO)).rejected("notice_sent")
    given(NOTICE, *issued()).when(send(*TO[:2])).rejected("addressee_left_out", field="recipients")
    given(NOTICE).when(send(*TO)).rejected("notice_unknown", kind="unknown")


@pytest.mark.parametrize(
    ("recipient", "code"),
    [
        (Recipient("某某厅", unit="U09"), "addressee_unknown"),
        (Recipient(CITIES), "notice_recipient_wrong"),
        (Recipient(CITIES, area="2103", unit="U09"), "notice_recipient_wrong"),
        (TO[0], "notice_recipient_wrong"),
    ],
)
def test_a_recipient_stands_for_a_printed_addressee(recipient: Recipient, code: str) -> None:
    given(NOTICE, *issued()).when(send(*TO, recipient)).rejected(code)


def test_only_the_recipient_itself_acknowledges_once() -> None:
    (event,) = given(NOTICE, *SENT).when(receive(JINZHOU, area="2107")).events or []
    assert isinstance(event, NoticeDelivered)
    assert (event.addressee, event.area, event.unit) == (CITIES, "2107", None)
    given(NOTICE, *SENT, event).when(receive(JINZHOU, area="2107")).rejected("notice_acknowledged")
    given(NOTICE, *SENT).when(receive(PROVINCE, area="2107")).rejected("not_the_recipient", kind="forbidden")
    given(NOTICE, *SENT).when(receive(JINZHOU, area="2103")).rejected("recipient_unknown", field="area")
    given(NOTICE, *SENT).when(receive(OTHER_CHANNEL, unit=ORGANS)).rejected("not_the_recipient", field="unit")
    given(NOTICE, *SENT).when(receive(CHANNEL, unit=ORGANS)).types("NoticeDelivered")


def test_the_notice_is_found_in_either_brackets() -> None:
    room = Plain({f"notice/{NUMBER}": NOTICE.fold(None, SENT)})
    command = replace(receive(JINZHOU, area="2107"), notice="辽组通字[2018]23号")
    (event,) = decided(deliver_notice(command, room), room)
    assert event.notice == NUMBER
