"""What the pool of reserves needs to know of others: announcements, findings, the calendar, the card of a person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final

from kernel.grounds import in_force
from kernel.rules import Rules
from kernel.service import Room, Step
from programmes import education
from programmes.areas import PROVINCES, registered
from programmes.noted_calendar import CALENDAR
from programmes.readers.reserve import CARD, COMMUNITY_POOLS, ROSTER, VILLAGE_POOLS
from services.personnel.persons import entry_plans, form
from services.personnel.persons.form import Finding
from services.personnel.persons.person import Identify
from services.personnel.reserves.candidate import Reserve
from services.personnel.reserves.publicity import OpenPublicity, PostPublicity
from services.personnel.reserves.recommendation import Card, Recommend, RecommendReserve
from services.personnel.reserves.refusals import CARD_OR_PERSON, RESERVE_POOL_UNKNOWN
from services.personnel.reserves.selection import CheckQualification, CheckReserveQualification
from services.personnel.reserves.use import ProposeReserveUse, ProposeUse

NUMBERS: Final = ("id_number", "phone")
"""What of the card is sealed with the person, and checked as numbers of persons are."""
_FILLED_LATER: Final = ("village_opinion_q1_q4", "township_opinion_q1_q4", "annual_result")
_BESIDE: Final = ("identity_pool", "remark")
"""What only the roster prints of a person."""
OTHER: Final = "其他"


def recommend_reserve(command: RecommendReserve, room: Room) -> Iterable[Step]:
    """The person, registered where a card comes with the recommendation, and the candidate's stream.

    Raises:
        Rejected: ``card_or_person``, and every finding about the card.
    """
    programme = command.programme
    rules = in_force(room.rules(programme), programme)
    announced = room.load(f"reserve-announcement/{programme}.{command.village[:9]}")
    reach = room.load(f"reserves/{programme}.{command.village}").reach("selection")
    if (command.card is None) == (not command.person):
        raise CARD_OR_PERSON()
    person, card, registered_before = command.person, None, False
    if command.card is None:
        registered_before = _had(command, room)
    else:
        read, findings = read_card(command.card, command.village, command.synthetic, rules, room.tools["vault"])
        if findings:
            raise entry_plans.refusal(findings)
        others = entry_plans.known(room, [read], command.context.actor)
        how = entry_plans.admitted(read, {}, others, programme, command.context.actor, room.tools["vault"])
        person = how.again.person if how.again else command.context.new_id(1)
        sealed = room.tools["vault"].seal_all([(person, read.personal), (person, read.form)])
        yield from entry_plans.registrations([(person, read, how)], command.context, programme, sealed[:1])
        card = Card(education.level_of(read.form["education"]) or "", read.form["identity_pool"], sealed[1])
    order = Recommend(
        context=command.context,
        asked=command,
        person=person,
        registered=registered_before or card is not None,
        announced=announced,
        reach=reach,
        card=card,
    )
    yield Step(f"reserve/{programme}.{person}", order)


def _had(command: RecommendReserve, room: Room) -> bool:
    """Whether the person's card lies with the actor: to everybody else there is no such person, and no card opens."""
    state: Reserve | None = room.load(f"reserve/{command.programme}.{command.person}")
    actor = command.context.actor
    return state is not None and (actor.covers(state.village) or actor.covers(state.home))


def check_qualification(command: CheckReserveQualification, room: Room) -> Iterable[Step]:
    """The check, told the age on its day; not before it is settled who the person is."""
    state: Reserve | None = room.load(f"reserve/{command.reserve}")
    if state is not None:
        yield Step(f"person/{state.person}", Identify(context=command.context, field="reserve"))
    order = CheckQualification(context=command.context, age=_age(state, command.context.occurred_on, room))
    yield Step(f"reserve/{command.reserve}", order)


def open_publicity(command: OpenPublicity, room: Room) -> Iterable[Step]:
    """The posting, told the calendar of working days."""
    calendar = room.load(CALENDAR.stream)
    order = PostPublicity(context=command.context, stage=command.stage, place=command.place, calendar=calendar)
    return (Step(f"reserve/{command.reserve}", order),)


def propose_use(command: ProposeReserveUse, room: Room) -> Iterable[Step]:
    """The proposal, told how far the target village may look."""
    programme = command.reserve.partition(".")[0]
    reach = room.load(f"reserves/{programme}.{command.target}").reach("use")
    order = ProposeUse(context=command.context, target=command.target, post=command.post, reach=reach)
    return (Step(f"reserve/{command.reserve}", order),)


def read_card(
    cells: Mapping[str, Any], village: str, synthetic: bool, rules: Rules, vault: entry_plans.Vault
) -> tuple[entry_plans.Read, list[Finding]]:
    """The card against the printed fields, with all that is wrong with it (PE-071, PE-089).

    The month of birth must be that of the id number; the group is one of those printed for a village or a community,
    or other with its name.
    """
    rest = {key: value for key, value in cells.items() if key not in NUMBERS}
    read, findings = entry_plans.read(
        rest, cells.get("id_number"), cells.get("phone"), synthetic, fields_of(rules), vault, ()
    )
    wrong = {finding.field for finding in findings}
    findings = [replace(finding, rule=CARD.path) for finding in findings]
    if "id_number" not in wrong:
        same = entry_plans.disagreements(read.id_number, read.form)
        findings += [replace(finding, rule=ROSTER.path) for finding in same if finding.field not in wrong]
    if "education" not in wrong and education.level_of(read.form.get("education", "")) is None:
        words = "、".join(words[0] for words in education.WORDS.values())
        findings.append(Finding("education", "field_value", "“学历”填写不符合要求。", words, CARD.path))
    pools = rules.value(COMMUNITY_POOLS if _is_community(village) else VILLAGE_POOLS)
    pool = read.form.get("identity_pool", "")
    if "identity_pool" not in wrong and pool not in pools and not (pool.startswith(OTHER) and pool.strip("其他（） ")):
        findings.append(Finding.of(RESERVE_POOL_UNKNOWN(pools=pools, rule=VILLAGE_POOLS.path)))
    if not findings:
        entry_plans.nameless(pool, read, "identity_pool")
    return read, findings


def fields_of(rules: Rules) -> tuple[form.Field, ...]:
    """The fields that are filled when a person is recommended: what happens later is recorded as it does."""
    rows = [
        row
        for row in rules.value(CARD)
        if row.key and not (row.note or "").startswith("group") and row.key not in (*_FILLED_LATER, *NUMBERS)
    ]
    rows += [row for row in rules.value(ROSTER) if row.key in _BESIDE]
    return tuple(form.Field(row.key or "", row.printed, row.type, row.required == 1, False) for row in rows)


def _age(state: Reserve | None, on: date, room: Room) -> int | None:
    if state is None or not state.card:
        return None
    card = next(iter(room.tools["vault"].open_all([(state.person, state.card)], gone=None, broken=None)))
    return None if card is None else years(card["birth_month"], on)


def years(birth_month: str, on: date) -> int:
    """The age in full years on a day, by the month of birth (YYYY-MM)."""
    year, month = map(int, birth_month.split("-"))
    return on.year - year - (on.month < month)


def _is_community(village: str) -> bool:
    found = registered(village[:2]).find(village) if village[:2] in PROVINCES else None
    return found is not None and "社区" in found.name
