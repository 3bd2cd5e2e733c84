"""A city's ledger of 2015 in the making: rows of two counties, signature, seal and filing, by personnel's own part."""

from __future__ import annotations

from datetime import date
from typing import Any

from kernel.messages import Actor, Command, Context, Event
from kernel.testing import Given, actor, given
from programmes.offices import Holder, Office
from services.personnel.ledger.filing import FileLedger, SealLedger, SignAs
from services.personnel.ledger.rows import Entered, EnterRows, ReturnLedgerRow, StrikeRow
from services.personnel.parts import LEDGER, POSTING
from services.personnel.postings.withdrawal import WithdrawCadre
from tests.kit.personnel import candidates
from tests.kit.personnel.cast import ctx

SX2015, CITY, COUNTY, NEIGHBOUR = "SX2015", "1409", "140928", "140927"
HOST, OTHER = actor("county_org", areas=(COUNTY,)), actor("county_org", areas=(NEIGHBOUR,))
CITY_OFFICE = actor("city_org", areas=(CITY,), person="p-head")
OFFICE = Office((Holder("p-head", date(2014, 1, 1), None),))
"""p-head heads the city's department."""
FIRST, SECOND = "140928100200", "140928100201"


def at(on: str, by: Actor) -> Context:
    """A context under the rules of 2015."""
    return ctx(on, by, SX2015, CITY)


def posting(target: str) -> str:
    return f"{SX2015}.{target}.1"


def row(target: str = FIRST, **changes: Any) -> Entered:
    fields: dict[str, Any] = {
        "posting": posting(target),
        "person": f"p-{target}",
        "target": target,
        "role": "村党组织第一书记",
        "tier": "province",
        "village_kind": "both",
        "months": 24,
        "remark": "",
    }
    return Entered(**{**fields, **changes})


def enter(*rows: Entered, on: str = "2015-07-10", by: Actor = HOST, county: str = COUNTY) -> EnterRows:
    return EnterRows(context=at(on, by), programme=SX2015, city=CITY, county=county, rows=rows or (row(),))


def send_back(target: str = FIRST, on: str = "2015-07-11", by: Actor = CITY_OFFICE) -> ReturnLedgerRow:
    return ReturnLedgerRow(
        context=at(on, by), programme=SX2015, city=CITY, posting=posting(target), remark="职务与任命文件不一致"
    )


def strike(target: str = FIRST, on: str = "2015-07-12", by: Actor = HOST, county: str = COUNTY) -> StrikeRow:
    return StrikeRow(
        context=at(on, by), programme=SX2015, city=CITY, county=county, posting=posting(target), reason="人选调整"
    )


def sign(on: str = "2015-07-14", by: Actor = CITY_OFFICE, office: Office = OFFICE) -> SignAs:
    return SignAs(context=at(on, by), programme=SX2015, city=CITY, office=office, post="city_org_head")


def seal(on: str = "2015-07-14", by: Actor = CITY_OFFICE) -> SealLedger:
    return SealLedger(context=at(on, by), programme=SX2015, city=CITY)


def file(on: str = "2015-07-15", by: Actor = CITY_OFFICE, **changes: Any) -> FileLedger:
    copies: dict[str, Any] = {"paper": 2, "electronic": 1}
    return FileLedger(context=at(on, by), programme=SX2015, city=CITY, **{**copies, **changes})


def after(*commands: Command) -> Given:
    """A ledger that these commands led to."""
    made = given(LEDGER)
    for command in commands:
        made.state = LEDGER.fold(made.state, LEDGER.decide(made.state, command))
    return made


def filed(*targets: str, on: str = "2015-07-15") -> Event:
    """What personnel says once the ledger of these villages is signed, sealed and filed."""
    rows = [row(target) for target in targets]
    (event,) = after(enter(*rows), sign(), seal()).when(file(on)).events or []
    return event


def withdrawn(target: str, on: str) -> Event:
    """CadreWithdrawn of who stands in the village, transferred elsewhere, as personnel comes to it."""
    begun = candidates.posting(candidates.assigned(target, f"p-{target}", candidates.COUNTY_UNIT))
    gone = {"ground": "transfer", "organ": "县委组织部", "document": "调令 1"}
    for command in (candidates.appoint(target), candidates.take_up(target, "2015-07-14")):
        begun.state = POSTING.fold(begun.state, POSTING.decide(begun.state, command))
    (event,) = POSTING.decide(
        begun.state, WithdrawCadre(context=at(on, candidates.host_of(target)), posting=posting(target), **gone)
    )
    return event
