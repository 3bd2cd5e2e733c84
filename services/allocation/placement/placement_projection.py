"""Read models of targets and placements: who is where (ids only), nominees that wait, ledgers of cities."""

from __future__ import annotations

from collections.abc import Iterable

from kernel.messages import Recorded
from kernel.projection import Op, Table
from services.allocation.placement.following import OccupantFollowed, TargetFollowed
from services.allocation.placement.ledger import LedgerAcknowledged, LedgerFedBack
from services.allocation.placement.nominee import NomineeListed
from services.allocation.placement.placement import PlacementConfirmed
from services.allocation.placement.propose import PlacementProposed
from services.allocation.placement.returned import PlacementReturned
from services.allocation.placement.review import PlacementReviewOpened
from services.allocation.placement.withdrawal import PlacementWithdrawn
from services.allocation.targets.closing import TargetClosed
from services.allocation.targets.succession import SuccessorAwaited, TargetHandedOver
from services.allocation.targets.target import (
    CoverageGapFound,
    SuccessorDue,
    SuccessorReleased,
    TargetFilled,
    TargetOpened,
    TargetVacated,
)
from services.allocation.words import city_of

_WHO = {"person": "text", "unit": "text", "channel": "text"}
_WHY = {
    "rank": "int",
    "reason": "text",
    "first_batch": "text",
    "need": "text",
    "nearness": "text",
}
TARGETS = Table(
    "targets",
    {"programme": "text", "target": "text"},
    {
        "city": "text",
        "kind": "text",
        "tier": "text",
        "weak": "bool",
        "synthetic": "bool",
        "place": "int",
        "state": "text",
        **_WHO,
        "rank": "int",
        "posting": "text",
        "successor_of": "text",
        "event": "text",
        "notice": "text",
        "leads_to": "text",
        "opened_on": "date",
        "changed_on": "date",
        "gap_since": "date",
        "closed_on": "date",
    },
    indexes=(("programme", "channel", "state"), ("programme", "tier", "city"), ("programme", "state")),
)
PLACEMENTS = Table(
    "placements",
    {"programme": "text", "target": "text", "sequence": "int"},
    {
        "city": "text",
        "kind": "text",
        **_WHO,
        **_WHY,
        "proposal": "int",
        "state": "text",
        "posting": "text",
        "role": "text",
        "edition": "int",
        "event": "text",
        "notice": "text",
        "returned_for": "text",
        "cause": "text",
        "proposed_on": "date",
        "confirmed_on": "date",
        "on_post_on": "date",
        "vacated_on": "date",
    },
    indexes=(("programme", "city", "edition"), ("programme", "channel"), ("person",)),
)
NOMINEES = Table(
    "nominees",
    {"programme": "text", "person": "text"},
    {
        "nomination": "text",
        "unit": "text",
        "channel": "text",
        "kind": "text",
        "tags": "json",
        "state": "text",
        "attempts": "int",
        "target": "text",
        "listed_on": "date",
    },
    indexes=(("programme", "state", "unit"),),
)
LEDGERS = Table(
    "ledgers",
    {"programme": "text", "city": "text"},
    {"edition": "int", "rows": "int", "acknowledged": "int", "fed_back_on": "date", "acknowledged_on": "date"},
)
TABLES = (TARGETS, PLACEMENTS, NOMINEES, LEDGERS)


def project(recorded: Recorded) -> Iterable[Op]:
    """The rows of one event."""
    on = recorded.occurred_on
    match recorded.event:
        case TargetOpened() as e:
            about = {
                "city": city_of(e.target),
                "event": f"allocation:{recorded.position}",
                "notice": "",
                "leads_to": "",
            }
            yield TARGETS.of(e, **about, state="open", opened_on=on, changed_on=on, closed_on=None)
        case NomineeListed() as e:
            yield NOMINEES.of(e, tags=list(e.tags), state="listed", listed_on=on)
        case PlacementProposed() as e:
            yield from _proposed(e, recorded)
        case PlacementReviewOpened() as e:
            for proposal in e.proposals:
                yield TARGETS.put(e.programme, proposal.target, state="under_review", changed_on=on)
        case PlacementReturned() as e:
            yield TARGETS.of(e, state="open", person="", unit="", channel="", rank=0, changed_on=on)
            yield PLACEMENTS.put(e.programme, e.target, e.sequence, state="returned", returned_for=e.reason)
            yield NOMINEES.put(e.programme, e.person, state="returned", target="")
        case PlacementConfirmed() as e:
            sequence = int(e.posting.rsplit(".", 1)[1])
            yield TARGETS.put(
                e.programme, e.target, state="confirmed", posting=e.posting, successor_of="", changed_on=on
            )
            yield PLACEMENTS.put(
                e.programme,
                e.target,
                sequence,
                state="confirmed",
                posting=e.posting,
                role=e.role,
                event=f"allocation:{recorded.position}",
                confirmed_on=on,
            )
            yield NOMINEES.put(e.programme, e.person, state="confirmed")
        case PlacementWithdrawn() as e:
            empty = dict.fromkeys(("person", "unit", "channel", "posting"), "")
            yield TARGETS.put(e.programme, e.target, state="open", rank=0, **empty, changed_on=on)
            number = int(e.posting.rsplit(".", 1)[1])
            yield PLACEMENTS.put(e.programme, e.target, number, state="withdrawn", notice=e.notice, cause=e.reason)
            yield NOMINEES.put(e.programme, e.person, state="listed", target="")
        case SuccessorAwaited() as e:
            number = int(e.successor.rsplit(".", 1)[1])
            who = {"person": e.person, "unit": e.unit, "channel": e.channel, "kind": e.kind, "city": city_of(e.target)}
            state = {"state": "confirmed", "posting": e.successor, "edition": 0, "confirmed_on": on}
            yield PLACEMENTS.put(e.programme, e.target, number, **who, **state)
            yield NOMINEES.put(e.programme, e.person, state="confirmed", target=e.target)
        case TargetClosed() as e:
            yield TARGETS.of(e, leads_to=e.into or "", state="closed", gap_since=None, changed_on=on, closed_on=on)
        case OccupantFollowed() as e:
            yield TARGETS.put(e.programme, e.target, person="", unit="", channel="", posting="")
        case TargetFollowed() as e:
            yield from _followed(e, recorded)
        case (
            TargetFilled()
            | TargetVacated()
            | SuccessorDue()
            | SuccessorReleased()
            | CoverageGapFound()
            | TargetHandedOver()
        ):
            yield from _occupied(recorded)
        case LedgerFedBack() as e:
            yield LEDGERS.put(e.programme, e.city, edition=e.edition, fed_back_on=on)
            yield LEDGERS.add(e.programme, e.city, rows=len(e.rows))
            for row in e.rows:
                yield PLACEMENTS.put(e.programme, row.target, int(row.posting.rsplit(".", 1)[1]), edition=e.edition)
        case LedgerAcknowledged() as e:
            yield LEDGERS.put(e.programme, e.city, acknowledged=e.edition, acknowledged_on=on)


def _followed(e: TargetFollowed, recorded: Recorded) -> Iterable[Op]:
    on = recorded.occurred_on
    about = {"city": city_of(e.target), "kind": e.kind, "tier": e.tier, "weak": e.weak, "place": e.place}
    if e.fresh:
        event = f"allocation:{recorded.position}"
        yield TARGETS.put(e.programme, e.target, **about, state="open", event=event, opened_on=on, closed_on=None)
    if e.posting:
        who = {"posting": e.posting, "person": e.person, "unit": e.unit}
        state = "on_post" if e.on_post else "confirmed"
        yield TARGETS.put(e.programme, e.target, state=state, **who, gap_since=None, changed_on=on)
    elif e.successor_of:
        yield TARGETS.put(e.programme, e.target, successor_of=e.successor_of)


def _proposed(e: PlacementProposed, recorded: Recorded) -> Iterable[Op]:
    on = recorded.occurred_on
    who = {"person": e.person, "unit": e.unit, "channel": e.channel}
    yield TARGETS.put(e.programme, e.target, state="proposed", rank=e.rank, changed_on=on, **who)
    yield PLACEMENTS.of(e, city=city_of(e.target), state="proposed", returned_for="", proposed_on=on)
    yield NOMINEES.put(e.programme, e.person, state="proposed", attempts=e.attempt, target=e.target)


def _occupied(recorded: Recorded) -> Iterable[Op]:
    """Events of the target's own stream ``target/<programme>.<code>``, which name no programme themselves."""
    on = recorded.occurred_on
    programme = recorded.stream.split("/", 1)[1].split(".", 1)[0]
    match recorded.event:
        case TargetFilled() as e:
            _, place, number = e.posting.rsplit(".", 2)
            who = {"posting": e.posting, "person": e.person}
            yield TARGETS.put(programme, e.target, state="on_post", **who, gap_since=None, changed_on=on)
            yield PLACEMENTS.put(programme, place, int(number), state="on_post", on_post_on=on)
        case TargetVacated() as e:
            _, place, number = e.posting.rsplit(".", 2)
            empty = dict.fromkeys(("person", "unit", "channel", "posting"), "")
            yield TARGETS.put(programme, e.target, **empty, changed_on=on)
            yield PLACEMENTS.put(programme, place, int(number), state="vacated", cause=e.cause, vacated_on=on)
        case TargetHandedOver() as e:
            who = {"posting": e.successor, "person": e.person, "unit": e.unit, "channel": e.channel}
            yield TARGETS.put(programme, e.target, state="on_post", **who, gap_since=None, changed_on=on)
            for one, after in ((e.posting, False), (e.successor, True)):
                _, place, number = one.rsplit(".", 2)
                then = {"state": "on_post", "on_post_on": on}
                over = {"state": "vacated", "cause": TargetHandedOver.__name__, "vacated_on": on}
                yield PLACEMENTS.put(programme, place, int(number), **(then if after else over))
        case SuccessorReleased() as e:
            yield TARGETS.put(programme, e.target, successor_of="")
        case SuccessorDue() as e:
            yield TARGETS.put(programme, e.target, successor_of=e.unit)
        case CoverageGapFound() as e:
            # Beside every vacancy but that of a closed target, which is no place any more.
            yield TARGETS.put(programme, e.target, state="vacant", gap_since=on)
