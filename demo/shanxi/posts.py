"""2015 from the filing on: the host counties assign, appoint, record who is on post; then the ends of the terms."""

from __future__ import annotations

from collections import Counter

from demo.shanxi.world import PROGRAMME, Sender, ShanxiWorld


def villages(world: ShanxiWorld) -> None:
    """Each unit talks to its county, which assigns a village to each of its nominees; a unit that picks is refused."""

    def talk(sender: Sender) -> None:
        data = {"programme": PROGRAMME, "county": sender.county, "unit": sender.id}
        world.gateway.command(world.sending(sender), "RecordConsultation", data, "2015-07-09", after=("personnel",))

    first = world.senders[0]
    asked = _asked(world, first, 0, world.villages[first.county][0])
    after = ("personnel",)
    world.refused("host_not_consulted", world.county(first.county), "AssignVillage", asked, "2015-07-09", after=after)
    world.each(talk, world.senders)
    world.refused("host_assigns", world.sending(first), "AssignVillage", asked, "2015-07-10", after=after)

    def assign(county: str) -> None:
        places = iter(world.villages[county])
        for sender in world.of(county):
            for number in range(sender.places):
                data = _asked(world, sender, number, next(places))
                world.gateway.command(world.county(county), "AssignVillage", data, "2015-07-10", after=("personnel",))

    world.each(assign, world.counties)


def take_up(world: ShanxiWorld) -> None:
    """The counties appoint and record who took up the post; who is on post before the appointment is refused."""
    first = world.counties[0]
    early = {"postings": postings_of(world, first), "party_status": "full"}
    after = ("allocation",)
    world.refused("duty_out_of_order", world.county(first), "TakeUpPosts", early, "2015-07-12", after=after)

    def take(county: str) -> None:
        office, postings = world.county(county), postings_of(world, county)
        world.gateway.command(office, "AppointCadres", {"postings": postings}, "2015-07-13", after=("allocation",))
        data = {"postings": postings, "party_status": "full"}
        world.gateway.command(office, "TakeUpPosts", data, "2015-07-14")

    world.each(take, world.counties)
    world.notes["on post"] = _statuses(world)


def postings_of(world: ShanxiWorld, county: str) -> list[str]:
    """The first postings of a county's villages, in the order of its units."""
    return [f"{PROGRAMME}.{village}.1" for village in world.villages[county]]


def _asked(world: ShanxiWorld, sender: Sender, number: int, village: str) -> dict[str, str]:
    person = world.candidates[sender.id][number]["person"]
    return {"programme": PROGRAMME, "target": village, "unit": sender.id, "person": person, "level": "province"}


def ends(world: ShanxiWorld) -> None:
    """One cadre stays on, by a ground and two consents; the other terms end with the second year, and one is back."""
    first, last = world.senders[0], world.senders[-1]
    staying, leaving = postings_of(world, first.county)[0], postings_of(world, last.county)[-1]
    asked = {"posting": staying, "ground": "volunteer", "until": "2018-07-13"}
    reply = {"posting": staying, "document": "批复（合成）"}
    world.one(world.county(first.county), "RequestExtension", asked, "2017-05-10")
    agreed = {"posting": staying, "step": "unit_consent"}
    world.one(world.sending(first), "ConsentToExtension", agreed, "2017-05-12")
    world.refused("duty_out_of_order", world.province(), "GrantExtension", reply, "2017-05-15")
    agreed = {"posting": staying, "step": "province_consent"}
    world.one(world.province(), "ConsentToExtension", agreed, "2017-05-16")
    world.one(world.province(), "GrantExtension", reply, "2017-05-20")
    over = {"programme": PROGRAMME, "as_of": "2017-07-13"}
    world.one(world.system(), "EndTerms", over, "2017-07-13")
    gone = {"postings": [leaving], "document": "免职通知（合成）"}
    world.one(world.county(last.county), "RemovePosts", gone, "2017-07-13")
    world.one(world.sending(last), "RecordReturn", {"posting": leaving}, "2017-07-17")


def _statuses(world: ShanxiWorld) -> dict[str, int]:
    rows = world.gateway.query(world.province(), "personnel", "postings", programme=PROGRAMME)
    return dict(Counter(row["status"] for row in rows))
