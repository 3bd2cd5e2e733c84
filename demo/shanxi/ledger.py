"""The cities' ledgers of 2015: the host counties write the rows, each city signs, seals, files; the gone go."""

from __future__ import annotations

from demo.shanxi.world import PROGRAMME, ShanxiWorld

COLUMNS = ("host_county", "name", "host_village", "host_post", "unit_and_post", "mobile", "remark")
TERM, TIER, KIND = "24个月", "省", "建档立卡贫困村"


def written(world: ShanxiWorld) -> None:
    """Every county writes the rows of its cadres on post; one that says something else than the register is refused."""
    first = world.counties[0]
    (row, *_) = _rows(world, first)
    wrong = {"programme": PROGRAMME, "county": first, "rows": [{**row, "tier": "市"}], "first_row": 2}
    world.refused("ledger_differs", world.county(first), "EnterLedgerRows", wrong, "2015-07-14")

    def write(county: str) -> None:
        data = {"programme": PROGRAMME, "county": county, "rows": _rows(world, county), "first_row": 2}
        world.gateway.command(world.county(county), "EnterLedgerRows", data, "2015-07-14")

    world.each(write, world.counties)


def filed(world: ShanxiWorld) -> None:
    """The head of each city's department signs, the department seals and files with two paper copies."""
    heads = [
        {"organ": city, "post": "org_head", "person": world.city(city).person, "since": "2014-01-01"}
        for city in world.cities
    ]
    world.one(world.province(), "RecordOfficeHolder", {"holders": heads}, "2015-07-01")

    def file(city: str) -> None:
        about = {"programme": PROGRAMME, "city": city}
        world.gateway.command(world.city(city), "SignLedger", about, "2015-07-15", after=("allocation",))
        world.gateway.command(world.city(city), "SealLedger", about, "2015-07-15")
        world.gateway.command(world.city(city), "FileLedger", {**about, "paper": 2, "electronic": 1}, "2015-07-15")

    world.each(file, world.cities)


def struck(world: ShanxiWorld, posting: str, reason: str, on: str) -> None:
    """The county takes the row of a posting that ended out again."""
    county = posting.split(".")[1][:6]
    data = {"programme": PROGRAMME, "county": county, "posting": posting, "reason": reason}
    world.one(world.county(county), "StrikeLedgerRow", data, on)


def _rows(world: ShanxiWorld, county: str) -> list[dict[str, str]]:
    found = world.gateway.query(world.county(county), "personnel", "ledger", programme=PROGRAMME, county=county)
    said = {"term": TERM, "tier": TIER, "village_kind": KIND}
    return [{"row_no": str(row["row_no"]), **{name: row[name] for name in COLUMNS}, **said} for row in found]
