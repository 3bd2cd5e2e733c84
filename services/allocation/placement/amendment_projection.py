"""Read model of filed ledgers: each row with the amendment that entered it (0: the filing) and the one ending it."""

from __future__ import annotations

from collections.abc import Iterable

from kernel.listing import Listing, queries
from kernel.messages import Recorded
from kernel.projection import Op, Table
from services.allocation.placement.ledger_amendment import LedgerAmended, LedgerFilingNoted
from services.allocation.roles import OFFICES

ROWS = Table(
    "filed_ledger_rows",
    {"programme": "text", "posting": "text"},
    {"city": "text", "target": "text", "entered_by": "int", "entered_on": "date", "left_by": "int", "left_on": "date"},
    indexes=(("programme", "city"),),
)
TABLES = (ROWS,)


def project(recorded: Recorded) -> Iterable[Op]:
    """The rows of one event; an amendment touches no row but its own."""
    on = recorded.occurred_on
    match recorded.event:
        case LedgerFilingNoted() as e:
            for posting in e.postings:
                target = posting.rsplit(".", 2)[1]
                yield ROWS.of(e, posting=posting, target=target, entered_by=0, entered_on=on)
        case LedgerAmended(change="entered") as e:
            yield ROWS.of(e, entered_by=e.amendment, entered_on=on)
        case LedgerAmended() as e:
            yield ROWS.put(e.programme, e.posting, left_by=e.amendment, left_on=on)


QUERIES = queries(
    # Rows of the filing have ``entered_by`` 0, later ones their amendment.
    filed_ledger=Listing(
        "已报台账及其变更",
        ROWS,
        OFFICES,
        {"programme": "方案编号", "city": "市代码", "target": "村代码"},
        areas=("target",),
    )
)
