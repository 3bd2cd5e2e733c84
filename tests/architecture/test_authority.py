"""Every command says whom it concerns, and a stranger to them is refused, whatever else may be wrong."""

from __future__ import annotations

import importlib
from dataclasses import replace

import pytest

from kernel.errors import PaizhuError
from kernel.messages import OWN, Actor
from kernel.service import Service
from kernel.testing import actor
from programmes import loader
from programmes.roles import PROVINCE
from programmes.standing import PLACES
from services import SERVICES
from services.personnel.postings.posting import CadreOnPost
from tests.kit.allocation import said
from tests.kit.memory_desk import MemoryDesk
from tests.kit.personnel import cast
from tests.kit.personnel.cadre import Cadre
from tests.kit.samples import LEG, POSTING, sample
from tests.kit.standing import placed

ON = "2018-06-20"
WIRED: dict[str, Service] = {name: importlib.import_module(f"services.{name}.wiring").SERVICE for name in SERVICES}
COMMANDS = [(name, kind) for name, service in WIRED.items() for kind in sorted(service.commands)]
LIAONING = actor("province_org", areas=("21",))


@pytest.fixture(scope="module")
def desks() -> dict[str, MemoryDesk]:
    """A desk for each service that knows what the samples name: two programmes of province 21, a notice, a unit, a
    posting, a leg (to evaluation)."""
    found = {name: MemoryDesk(service, ON) for name, service in WIRED.items()}
    allocation = found.pop("allocation")
    for programme in ("LN2018", "LN2002"):
        published = loader.load(programme).published()
        allocation.command(LIAONING, "PublishProfile", ON, profile=published)
        for desk in found.values():
            desk.hear("allocation", "ProfilePublished", published)
    notice = {"title": "通知", "issuers": ["甲"], "number": "辽组通字〔2018〕23号", "issued_on": ON, "scope": "21"}
    allocation.command(LIAONING, "PublishNotice", ON, **notice, addressees=["甲"])
    unit = {"unit": "U1", "name": "合成单位", "channel": cast.CHANNEL, "level": "province"}
    allocation.command(cast.CHANNEL_OFFICE, "RegisterUnit", ON, **unit)
    found["personnel"].hear_of("allocation", said.unit_registered("U1", name="合成单位"))
    found["personnel"].hear_of("allocation", said.placement(POSTING.split(".")[1], f"p-{POSTING}", cast.UNIT))
    cadre = Cadre(None, POSTING.split(".")[1], f"p-{POSTING}").arrive(ON)
    on_post = next(event for event in cadre.said if isinstance(event, CadreOnPost))
    found["attendance"].hear_of("personnel", on_post)
    found["evaluation"].hear_of("personnel", on_post)
    leg = {"programme": "LN2002", "leg": LEG, "pair": 1, "direction": "out", "level": "city", "person": "p-leg"}
    term = {"sending": "2107", "host": "2113", "substitute": False, "late": False, "term_from": ON, "term_ends": ON}
    found["evaluation"].hear("personnel", "SecondmentReported", {**leg, **term})
    return {"allocation": allocation, **found}


UNKNOWN = (
    "ApproveNominees",
    "ConsentToException",
    "FileInArchive",
    "FileNominees",
    "PassGates",
    "PromoteCadre",
    "QualifyApplicant",
    "RecommendNominees",
    "RecordAppointment",
    "RejectApplicant",
    "ReportForDuty",
    "SettleIdentity",
    "TakeStep",
    "AttachPhoto",
    "CorrectPerson",
    "RecordSwapBreach",
    "WithdrawFromArchive",
    "WithdrawLeg",
)
"""Commands of personnel that name a leg, a candidacy or an entry, which take a vault to be made; none is known here."""
OF_RESERVES = ("reserve",)
"""What commands concern that name a reserve, whose recommendation takes a vault; none is known here
(tests/integration/personnel/test_reserve_removal.py)."""
NOMINEES = ("UnlockPlacement",)
"""Commands that name a nominee; nobody is nominated here."""
PAPERS = ("SealOpinion", "StampForm", "FileCopy", "RevisePaper", "SealPaper", "SignPaper")
"""Commands that name a nominee's form or another paper; none is recorded here."""
VAULTED = ("ImportNominees", "NominateCadre")
"""Commands whose rows are judged one by one, with a vault (tests/integration/personnel/test_rosters.py)."""
HOSTS = ("GiveHostStatement",)
"""Commands of the side that receives the leg, which the neighbour is."""
PERSONS = ("RequestErasure", "ApproveErasure", "ErasePerson", "PlaceLegalHold", "RequestHoldLift", "LiftLegalHold")
"""Commands that name a person; nobody is registered here."""


def strangers(role: str) -> tuple[Actor, ...]:
    """Actors of ``role`` without any area or unit, and with those of another province."""
    nobody = actor(role, person="p-stranger")
    return nobody, replace(nobody, areas=("14",)), replace(nobody, areas=("140106",), units=("别处单位",))


@pytest.mark.req("X-001")
@pytest.mark.parametrize(("service", "name"), COMMANDS)
def test_a_stranger_is_refused_and_nothing_is_stored(desks: dict[str, MemoryDesk], service: str, name: str) -> None:
    handles = WIRED[service].commands[name]
    entry = handles.command.entry
    assert entry is not None
    for role in sorted(handles.roles):
        for by in strangers(role):
            if entry.concerns == OWN and "programme" not in handles.command.__dataclass_fields__ and by.areas:
                # Nothing of theirs is due, and nothing else is touched.
                assert desks[service].command(by, name, ON, **sample(handles.command, as_of=ON)) == {}
                continue
            refusal = desks[service].refused(by, name, ON, **sample(handles.command))
            unknown = name in UNKNOWN + PERSONS or entry.concerns == OF_RESERVES
            nothing = unknown and (by.areas or by.units)
            assert refusal.kind == ("unknown" if nothing else "forbidden"), f"{name} by {by}: {refusal.problem()}"
            # Of what else a stranger sends nothing is read; where nothing is known of it, it may be anybody's.
            if entry.concerns != OWN and not nothing:
                more = desks[service].refused(by, name, ON, **sample(handles.command), nonsense=[{}])
                assert more.kind == "forbidden", f"{name} by {by}: {more.problem()}"


@pytest.mark.parametrize("thing", [{}, {"a": 1}, [{}], [[]]])
@pytest.mark.parametrize(("service", "name"), COMMANDS)
def test_what_is_no_name_of_anything_is_refused_and_not_stumbled_over(
    desks: dict[str, MemoryDesk], service: str, name: str, thing: object
) -> None:
    """What a command concerns is looked at before its contract: whatever stands there."""
    handles = WIRED[service].commands[name]
    asked = sample(handles.command)
    for role in sorted(handles.roles):
        by = actor(role, person="p-1", areas=("21",), units=("U1",))
        for field in asked.keys() & {"programme", *(path.split(".")[0] for path in handles.command.entry.concerns)}:
            desks[service].refused(by, name, ON, **{**asked, field: thing})


@pytest.mark.parametrize(("service", "name"), COMMANDS)
def test_a_neighbour_in_the_province_changes_nothing(desks: dict[str, MemoryDesk], service: str, name: str) -> None:
    """A role of the right level, of another city or with other units: refused, or nothing of its own is due."""
    handles = WIRED[service].commands[name]
    assert handles.command.entry is not None
    asked = sample(handles.command)
    asked |= {"as_of": ON} if "as_of" in asked else {}
    if name in VAULTED + HOSTS:
        return
    for role in sorted(role for role in handles.roles if PLACES.get(role) != "province"):
        by, desk = placed(role, "211302007200", "别处单位", person="p-neighbour"), desks[service]
        before = desk.log.head()
        kind = outcome(desk, name, asked, by)
        if handles.command.entry.concerns in (OWN, OF_RESERVES) or name in UNKNOWN + PERSONS + NOMINEES + PAPERS:
            assert kind in ("", "forbidden", "unknown"), name
        else:
            assert kind == "forbidden", name
        assert desk.log.head() == before, f"{name} by {by} left an event"


def outcome(desk: MemoryDesk, name: str, asked: dict[str, str], by: Actor = LIAONING) -> str:
    """The kind of the refusal of what the province asks, or somebody else, "" where it is taken."""
    try:
        desk.command(by, name, ON, **asked)
    except PaizhuError as refusal:
        return refusal.kind
    return ""


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("DefineGroups", {}),
        ("PublishBatchPlan", {}),
        ("ProposeTierSplit", {}),
        ("FixTierSplit", {}),
        ("SetChannelQuotas", {}),
        ("EnterSwapQuota", {"programme": "LN2002"}),
    ],
)
def test_a_department_of_another_province_decides_nothing_in_the_programme(
    desks: dict[str, MemoryDesk], name: str, data: dict[str, str]
) -> None:
    kind = WIRED["allocation"].commands[name].command
    shanxi, nobody = actor("province_org", areas=("14",)), actor("province_org")
    asked = sample(kind, **data)
    refusal = desks["allocation"].refused(shanxi, name, ON, **asked)
    assert (refusal.code, refusal.field) == ("programme_elsewhere", "programme")
    assert refusal.sentence == f"方案 {asked['programme']} 适用于区划 21，与本单位辖区（14）无关。"
    assert desks["allocation"].refused(nobody, name, ON, **asked).code == "no_reach"
    # A part of the province does not decide for the whole of it.
    part = desks["allocation"].refused(replace(shanxi, areas=("2107",)), name, ON, **asked)
    assert (part.code, part.field) == ("out_of_reach", "programme")
    assert outcome(desks["allocation"], name, asked) != "forbidden"


def test_the_province_is_the_only_role_of_what_only_names_a_programme() -> None:
    for service, name in COMMANDS:
        handles = WIRED[service].commands[name]
        entry = handles.command.entry
        if entry is not None and entry.concerns == ("programme",):
            assert handles.roles <= PROVINCE | {"system", "calendar"}, name
