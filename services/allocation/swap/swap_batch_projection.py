"""Read model of the rounds of a swap after the printed one: quota, first day, pairs admitted."""

from __future__ import annotations

from collections.abc import Iterable

from kernel.codec import plain
from kernel.listing import Listing, queries
from kernel.messages import Recorded
from kernel.projection import Op, Table
from services.allocation.readers_queries import SHARED
from services.allocation.roles import OFFICES
from services.allocation.swap.swap_batch import SwapBatchOpened, SwapPairsAdmitted, SwapQuotaEntered

BATCHES = Table(
    "swap_batches",
    {"programme": "text", "batch": "int"},
    {
        "quota": "json",
        "persons": "int",
        "source": "text",
        "starts_on": "date",
        "earlier_ended_on": "date",
        "admitted": "int",
    },
)
TABLES = (BATCHES,)


def project(recorded: Recorded) -> Iterable[Op]:
    """The rows of one event."""
    match recorded.event:
        case SwapQuotaEntered() as e:
            yield BATCHES.of(e, quota=plain(e.quota))
        case SwapBatchOpened() as e:
            yield BATCHES.of(e)
        case SwapPairsAdmitted() as e:
            yield BATCHES.add(e.programme, e.batch, admitted=len(e.pairs))


QUERIES = queries(
    swap_batches=Listing("互派后续批次", BATCHES, OFFICES, {"programme": "方案编号", "batch": "批次"}, reach=SHARED)
)
