"""Work groups of townships and the weak village a first deputy secretary takes, on the golden events of others."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest

from kernel.messages import Event, Rejected
from kernel.rules import Rules
from kernel.service import Received
from kernel.testing import actor, rules_of
from programmes import loader
from services.allocation.reactions import REACTIONS
from services.allocation.targets.target_state import Occupant, Target
from services.allocation.targets.weak_village import TakeWeakVillage
from services.allocation.targets.work_group_plans import take_village
from services.allocation.targets.work_group_state import Group
from tests.kit.allocation.ground import LN2018, Plain, ctx, decided
from tests.kit.golden import told

JINZHOU = rules_of(loader.load("LN2018").published(), loader.load("JZ").published(), area="2107")
DEPUTY, FIRST = "乡镇党委第一副书记", "村党组织第一书记"
TOWNSHIP, OTHER, ELSEWHERE = "210727101", "210727102", "211321101"
VILLAGE, SECOND, STRONG, FAR = f"{TOWNSHIP}201", f"{TOWNSHIP}202", f"{TOWNSHIP}203", f"{OTHER}201"
COUNTY = actor("county_org", areas=("210727",))
GONE = ("CadreRecalled", "CadreWithdrawn", "PostAdjusted", "TermEnded")


class Town(Plain):
    """A room where postings are placed as they are asked for; who is still a member is read from the groups."""

    def __init__(self) -> None:
        weak = {code: Target("LN2018", code, "village", "province", code != STRONG) for code in (VILLAGE, STRONG, FAR)}
        weak[SECOND] = Target("LN2018", SECOND, "village", "city", True)
        super().__init__({f"target/LN2018.{code}": target for code, target in weak.items()})

    def rules(self, programme: str, area: str | None = None) -> Rules | None:
        return JINZHOU if (area or "").startswith("2107") else LN2018

    def find(self, sql: str, *params: Any) -> list[dict[str, Any]]:
        programme, person, posting = params
        assert (programme, "work_group_members" in sql) == ("LN2018", True)
        return [
            {"posting": one.posting, "township": one.target[:9]}
            for stream, group in sorted(self.states.items())
            if stream.startswith("work-group/")
            for one in group.members.values()
            if one.person == person and one.posting != posting
        ]

    def group(self, township: str) -> Group:
        found: Group = self.load(f"work-group/LN2018.{township}")
        return found

    def heard(self, received: Received) -> list[Event]:
        """The events of groups an event of another service leads to."""
        context = ctx(on=received.occurred_on.isoformat(), rules=JINZHOU)
        events = decided(
            REACTIONS[f"{received.source}.{received.recorded.type}"](received, context, self), self, JINZHOU
        )
        return [
            e
            for e in events
            if type(e).__name__.startswith(("WorkGroup", "WeakVillage", "VillageDelisting", "VillageLeft"))
        ]

    def arrives(self, target: str, person: str = "p-1", n: int = 1) -> list[Event]:
        """A cadre is on post in ``target``."""
        kind = "village" if len(target) > len(TOWNSHIP) else "township"
        posting = f"LN2018.{target}.{n}"
        placed = Target("LN2018", target, kind, "province", True, occupant=Occupant(posting, person, "U01"))
        self.states[f"target/LN2018.{target}"] = placed
        role = FIRST if kind == "village" else DEPUTY
        return self.heard(
            told("personnel.CadreOnPost", target=target, posting=posting, person=person, kind=kind, role=role)
        )

    def leaves(self, target: str, how: str = "CadreRecalled", n: int = 1) -> list[Event]:
        """A posting is over."""
        return self.heard(told(f"personnel.{how}", programme="LN2018", target=target, posting=f"LN2018.{target}.{n}"))

    def delists(self, village: str) -> list[Event]:
        """A village leaves the list."""
        return self.heard(told("evaluation.VillageDelisted", programme="LN2018", target=village))

    def takes(self, village: str, posting: str = f"LN2018.{TOWNSHIP}.1", by: Any = COUNTY) -> list[Event]:
        """A first deputy secretary takes a village."""
        order = TakeWeakVillage(
            context=ctx(by, "2018-06-01", JINZHOU), programme="LN2018", posting=posting, village=village
        )
        return decided(take_village(order, self), self, JINZHOU)


def shown(events: list[Event]) -> list[tuple[Any, ...]]:
    """What events say, by their type and what moves."""
    names = ("posting", "village", "missing", "cause", "moved_to")
    return [(type(e).__name__, *(getattr(e, n) for n in names if hasattr(e, n))) for e in events]


@pytest.mark.req("AL-070")
def test_a_first_deputy_secretary_without_a_weak_village_owes_one_and_one_fulfils() -> None:
    town = Town()
    posting = f"LN2018.{TOWNSHIP}.1"
    assert shown(town.arrives(TOWNSHIP)) == [
        ("WorkGroupJoined", posting),
        ("WeakVillageMissing", posting, 1, "WorkGroupJoined"),
    ]
    assert town.group(TOWNSHIP).missing(posting) == 1
    assert shown(town.takes(VILLAGE)) == [("WeakVillageTaken", posting, VILLAGE, 0)]
    assert town.group(TOWNSHIP).missing(posting) == 0


FREED = ("VillageLeftFromOutside", f"LN2018.{TOWNSHIP}.1", FAR)


@pytest.mark.req("AL-070")
def test_a_weak_village_of_another_township_fulfils_and_is_noted_there() -> None:
    town = Town()
    posting = f"LN2018.{TOWNSHIP}.1"
    town.arrives(TOWNSHIP)
    town.arrives(OTHER, "p-2")
    assert shown(town.takes(FAR)) == [
        ("WeakVillageTaken", posting, FAR, 0), ("VillageTakenFromOutside", posting, FAR)
    ]  # fmt: skip
    assert town.group(TOWNSHIP).missing(posting) == 0
    # Its own township's deputy cannot have it too, nor can the first take it twice.
    for other in (f"LN2018.{OTHER}.1", posting):
        with pytest.raises(Rejected) as refused:
            town.takes(FAR, other)
        assert (refused.value.code, refused.value.details) == ("village_in_charge", [])
        assert posting in refused.value.sentence
    # Off the list, it is owed anew by the posting that had it.
    assert shown(town.delists(FAR)) == [
        ("VillageDelistingNoted",), ("VillageDelistingNoted",),
        ("WeakVillageMissing", posting, 1, "VillageDelistingNoted"),
    ]  # fmt: skip


@pytest.mark.parametrize("goes", ["leaves", "moves"])
def test_a_village_of_another_township_is_free_again_once_its_deputy_has_gone(goes: str) -> None:
    town = Town()
    town.arrives(TOWNSHIP)
    town.arrives(OTHER, "p-2")
    town.takes(FAR)
    town.arrives(f"{OTHER}205", "p-3")
    assert shown(town.leaves(f"{OTHER}205"))[0][0] == "WorkGroupLeft"  # somebody else's going changes nothing
    with pytest.raises(Rejected, match="已由"):
        town.takes(FAR, f"LN2018.{OTHER}.1")
    events = town.leaves(TOWNSHIP) if goes == "leaves" else town.arrives(SECOND, "p-1")
    assert shown(events)[0] == FREED
    assert shown(town.takes(FAR, f"LN2018.{OTHER}.1")) == [("WeakVillageTaken", f"LN2018.{OTHER}.1", FAR, 0)]


def test_a_township_puts_no_village_in_the_charge_of_another_townships_deputy() -> None:
    town = Town()
    town.arrives(TOWNSHIP)
    with pytest.raises(Rejected) as refused:
        town.takes(FAR, by=actor("township", areas=(OTHER,)))
    assert (refused.value.code, refused.value.field) == ("foreign_area", "posting")
    off = Town()
    off.arrives(TOWNSHIP)
    off.delists(FAR)
    with pytest.raises(Rejected) as late:
        off.takes(FAR)
    assert late.value.code == "village_not_weak"


def test_a_village_that_leaves_the_list_is_owed_anew() -> None:
    town = Town()
    posting = f"LN2018.{TOWNSHIP}.1"
    town.arrives(TOWNSHIP)
    town.takes(VILLAGE)
    assert shown(town.delists(VILLAGE)) == [
        ("VillageDelistingNoted",), ("WeakVillageMissing", posting, 1, "VillageDelistingNoted")
    ]  # fmt: skip
    assert town.delists(VILLAGE) == []
    assert shown(town.takes(SECOND)) == [("WeakVillageTaken", posting, SECOND, 0)]


def test_a_village_off_the_list_is_not_taken_however_late_its_deputy_comes() -> None:
    town = Town()
    assert shown(town.delists(VILLAGE)) == [("VillageDelistingNoted",)]
    town.arrives(TOWNSHIP)
    with pytest.raises(Rejected) as refused:
        town.takes(VILLAGE)
    assert (refused.value.code, refused.value.rule) == ("village_not_weak", "deputy.weak_villages_min")


@pytest.mark.parametrize(
    ("village", "posting", "code"),
    [
        (TOWNSHIP, f"LN2018.{TOWNSHIP}.1", "village_not_weak"),
        (STRONG, f"LN2018.{TOWNSHIP}.1", "village_not_weak"),
        (f"{TOWNSHIP}299", f"LN2018.{TOWNSHIP}.1", "village_not_weak"),
        (VILLAGE, f"LN2018.{TOWNSHIP}.2", "not_a_deputy"),
        (VILLAGE, f"LN2018.{SECOND}.1", "not_a_deputy"),
        (VILLAGE, "nobody", "not_a_deputy"),
        (SECOND, f"LN2018.{TOWNSHIP}.1", "village_in_charge"),
    ],
)
def test_what_may_not_be_taken(village: str, posting: str, code: str) -> None:
    town = Town()
    town.arrives(TOWNSHIP)
    town.arrives(SECOND, "p-2")
    town.takes(SECOND)
    with pytest.raises(Rejected) as refused:
        town.takes(village, posting)
    assert refused.value.code == code
    with pytest.raises(Rejected) as foreign:
        town.takes(VILLAGE, by=actor("county_org", areas=("210726",)))
    assert (foreign.value.code, foreign.value.kind) == ("foreign_area", "forbidden")


@pytest.mark.req("AL-071")
@pytest.mark.parametrize("order", list(permutations(("leaves", "arrives"))))
@pytest.mark.parametrize("how", GONE)
def test_whoever_moves_to_another_township_moves_group_by_event(order: tuple[str, str], how: str) -> None:
    """The vacancy may be heard of before or after the new post: never is the cadre in two groups."""
    town = Town()
    assert shown(town.arrives(VILLAGE)) == [("WorkGroupJoined", f"LN2018.{VILLAGE}.1")]
    events: list[Event] = []
    for step in order:
        events += town.leaves(VILLAGE, how) if step == "leaves" else town.arrives(FAR)
        assert len(town.group(TOWNSHIP).members) + len(town.group(OTHER).members) <= 1
    left, joined = events
    told_first = ("", how) if order[0] == "leaves" else (OTHER, "CadreOnPost")
    assert (type(left).__name__, left.moved_to, left.cause) == ("WorkGroupLeft", *told_first)
    assert shown([joined]) == [("WorkGroupJoined", f"LN2018.{FAR}.1")]
    assert [one.person for one in town.group(OTHER).members.values()] == ["p-1"]
    assert not town.group(TOWNSHIP).members


def test_a_deputy_who_goes_owes_nothing_and_the_village_is_free_again() -> None:
    town = Town()
    town.arrives(TOWNSHIP)
    town.takes(VILLAGE)
    assert shown(town.leaves(TOWNSHIP)) == [("WorkGroupLeft", f"LN2018.{TOWNSHIP}.1", "CadreRecalled", "")]
    assert town.arrives(TOWNSHIP, "p-9", 2)
    assert shown(town.takes(VILLAGE, f"LN2018.{TOWNSHIP}.2")) == [
        ("WeakVillageTaken", f"LN2018.{TOWNSHIP}.2", VILLAGE, 0)
    ]


def test_told_twice_is_told_once() -> None:
    town = Town()
    town.arrives(TOWNSHIP)
    assert town.arrives(TOWNSHIP) == []


def test_where_the_rules_form_no_groups_there_are_none() -> None:
    town = Town()
    assert town.arrives(ELSEWHERE) == []
    assert town.leaves(ELSEWHERE) == []
    assert town.delists(f"{ELSEWHERE}201") == []
