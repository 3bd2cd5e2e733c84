"""Two who leave before the term: one by the ladder against careless work, one because of illness."""

from __future__ import annotations

from demo.shanxi import ledger
from demo.shanxi.posts import postings_of
from demo.shanxi.world import ShanxiWorld


def sanction(world: ShanxiWorld) -> None:
    """Criticism by the township, bad consequences on record at the county, and then only the adjustment."""
    sender = world.senders[1]
    posting = postings_of(world, sender.county)[-1]
    county, village = world.county(sender.county), posting.split(".")[1]
    finding = {"posting": posting, "finding": "驻村工作不认真，未按要求走访（合成）"}
    world.one(world.township(village[:9]), "GiveCriticism", finding, "2016-03-01", after=("personnel",))
    ended = {
        "posting": posting,
        "ground": "consequence",
        "organ": "县委组织部",
        "document": "调整通知（合成）",
        "reason": "造成不良后果",
    }
    world.refused("consequence_missing", county, "AdjustCadre", ended, "2016-05-20")
    record = {**finding, "finding": "扶贫项目延误（合成）", "document": "情况通报（合成）"}
    world.one(county, "RecordConsequence", record, "2016-05-23")
    resting = {**ended, "consequence": f"{posting}.1"}
    world.one(county, "AdjustCadre", resting, "2016-05-30", after=("evaluation",))
    world.one(world.sending(sender), "RecordReturn", {"posting": posting}, "2016-06-02")
    ledger.struck(world, posting, "选派调整", "2016-06-03")


def withdrawal(world: ShanxiWorld) -> None:
    """A cadre falls ill and is withdrawn on that ground; one that the profile does not know is refused."""
    sender = world.senders[2]
    posting = postings_of(world, sender.county)[0]
    county = world.county(sender.county)
    ended = {"posting": posting, "organ": "县委组织部", "document": "退出通知（合成）"}
    world.refused("ground_unknown", county, "WithdrawCadre", {**ended, "ground": "bored"}, "2016-09-05")
    world.one(county, "WithdrawCadre", {**ended, "ground": "illness"}, "2016-09-05")
    world.one(world.sending(sender), "RecordReturn", {"posting": posting}, "2016-09-09")
    ledger.struck(world, posting, "患病", "2016-09-12")
