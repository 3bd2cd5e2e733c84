"""Whatever a profile says of attendance and evaluation, every command of theirs decides or refuses, and never breaks.

Values are drawn from the declared form of each reader, so that a reader of tomorrow is tried without a line here.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from kernel.errors import PaizhuError
from kernel.messages import Actor, Command
from kernel.reader import Reader
from kernel.rules import Rules
from kernel.service import Service
from programmes import loader
from programmes.faults import BrokenProfile
from programmes.layers import against_base
from programmes.published import verify
from programmes.readers import assessment, attendance, care, diary, inspection, works
from services.attendance.wiring import SERVICE as ATTENDANCE
from services.evaluation.wiring import SERVICE as EVALUATION
from tests.kit.evaluation import ballots, schemes
from tests.kit.memory_desk import MemoryDesk
from tests.kit.readable import first, readable, values, variants
from tests.kit.samples import sample
from tests.kit.spoiled import spoiled, supplement
from tests.kit.standing import placed

VILLAGE: Final = "210726101201"
REGISTERED: Final = "210726101200"
"""A village of the same township that the register of divisions knows."""
POSTING: Final = f"LN2018.{VILLAGE}.1"
KNOWN: Final = ("LN2018", "JZ", "SX2015", "QS2017", "LN2002")
ON: Final = "2018-07-02"
ABOUT: Final[dict[str, Any]] = {"posting": POSTING}
JUNE: Final[dict[str, Any]] = {**ABOUT, "month": "2018-06"}
CADRE: Final = {
    "programme": "LN2018",
    "posting": POSTING,
    "person": "p-cadre",
    "target": VILLAGE,
    "kind": "village",
    "role": "村党组织第一书记",
    "unit": "u-1",
    "channel": "省直机关工委",
    "tier": "city",
    "weak": True,
    "rank": 0,
}


def _readers() -> Iterator[Reader[Any]]:
    for module in (assessment, attendance, diary, inspection, works):
        yield from (thing for thing in vars(module).values() if isinstance(thing, Reader))
    yield from (care.REVIEW_MEETINGS, care.REVIEW_TOPICS, care.DUTY_GROUPS)


READERS: Final[Mapping[str, Reader[Any]]] = {reader.path: reader for reader in _readers()}


def _printed(reader: Reader[Any]) -> Any:
    """What one of the programmes says there, or the first value that can stand there."""
    said = (loader.load(name).rules.get(reader.path, {}).get("value") for name in KNOWN)
    return next((value for value in said if value is not None), None) or first(reader)


PRINTED: Final = {path: _printed(reader) for path, reader in READERS.items()}
BASE: Final = {path: rule["value"] for path, rule in loader.load("LN2018").rules.items()}
BEHIND: Final = {
    *("inspection.county_samples", "inspection.office_rhythm", "inspection.rhythm", "inspection.township_checks"),
    *("management.note_rhythm", "plan.yearly_rhythm", "project.rhythm", "report.summary_rhythm"),
    *("accountability.target", "assessment.grades", "assessment.kinds", "inspection.cross", "inspection.office"),
    *("leave.host_leader", "leave.official_duty_counts", "park.odd_fen_to", "park.revenue_share_village"),
    "results.excellent",
}
"""What only questions of what is due read, or what stands behind facts that this cadre's first months have not."""
HALF: Final = {"first": "2018-06-28", "last": "2018-06-28", "half": "morning"}
MEANS: Final = PRINTED["inspection.means"][0]
SLIPS: Final = ballots.serials(3)
KINDS: Final = [kind for kind, times in PRINTED["scheme.parts"].items() for _ in range(times)]
WEIGHTS: Final = [PRINTED["scheme.whole"] // len(KINDS)] * (len(KINDS) - 1)
PARTS: Final = [
    schemes.part(f"{kind}{number}", kind, weight, PRINTED["scheme.full"], masses=kind in PRINTED["scheme.mass_kinds"])
    for number, (kind, weight) in enumerate(zip(KINDS, [*WEIGHTS, PRINTED["scheme.whole"] - sum(WEIGHTS)], strict=True))
]
BALLOT: Final = {**ABOUT, "year": 2018, "part": next((part["part"] for part in PARTS if part["masses"]), "")}
SCHEME: Final[dict[str, Any]] = schemes.scheme(
    programme="LN2018",
    county=VILLAGE[:6],
    year=2018,
    parts=PARTS,
)
SCRIPTS: Final[Mapping[str, tuple[tuple[str, str, dict[str, Any]], ...]]] = {
    "attendance": (
        *((by, "RegisterDays", {**JUNE, "days": ["2018-06-01", "2018-06-04"]}) for by in ("village", "township")),
        ("cadre", "RequestLeave", {**ABOUT, "kind": "事", "first": "2018-06-25", "last": "2018-06-26"}),
        (
            "cadre",
            "RequestLeave",
            {**ABOUT, "kind": "事", **HALF},
        ),
        *((by, "ApproveLeave", {**ABOUT, "leave": "2018-06-25"}) for by in ("township", "county_org")),
        ("cadre", "SignIn", {**ABOUT, "day": "2018-07-02"}),
        *((by, "CompileMonth", JUNE) for by in ("village", "township")),
        ("township", "SignMonth", JUNE),
        ("township", "SealMonth", JUNE),
    ),
    "evaluation": (
        ("county_org", "SetScheme", SCHEME),
        ("township", "OpenBallot", BALLOT),
        ("township", "IssueSlips", {**BALLOT, "commitments": ballots.commitments(SLIPS)}),
        ("township", "CastBallots", {**BALLOT, "slips": ballots.cast(SLIPS, "好", "好", "差")}),
        ("township", "CountBallot", BALLOT),
        ("cadre", "FilePlan", {**ABOUT, "kind": "yearly", "year": "2018", "content": {"goal": "增收"}}),
        ("cadre", "RegisterProject", {**ABOUT, "year": "2018", "title": "合作社", "content": "入社增收"}),
    ),
}
"""What commands in their order lead to: a month up to its seal, a scheme and a ballot up to its count."""


def loads(values: Mapping[str, Any]) -> dict[str, Any] | None:
    """The profile as it is published over the programme of 2018; None where it is refused."""
    made = supplement("JZ", "2107", dict(values), version=2)
    try:
        verify(made)
    except BrokenProfile:
        return None
    return None if list(against_base(BASE, values)) else made


def desks(profile: Mapping[str, Any]) -> Iterator[MemoryDesk]:
    """Both services, told of the rules, an office holder and a cadre."""
    for service in (ATTENDANCE, EVALUATION):
        desk = MemoryDesk(service, "2018-05-02")
        for said in (loader.load("LN2018").published(), loader.load("JZ").published(), profile):
            desk.hear("allocation", "ProfilePublished", said)
        office = {"organ": VILLAGE[:9], "post": "party_secretary", "since": "2016-01-01", "until": None}
        desk.hear("allocation", "OfficeHolderRecorded", {**office, "person": "p-test"})
        desk.hear("personnel", "CadreOnPost", CADRE)
        yield desk


def someone(role: str) -> Actor:
    """Who acts in a role; in that of a cadre the one on post."""
    return placed(role, VILLAGE, person="p-cadre" if role == "cadre" else "p-test")


def given_to(desk: MemoryDesk, by: Actor, name: str, data: Mapping[str, Any]) -> str:
    """The code of the refusal, "" where the command was decided. Raises whatever is no refusal."""
    try:
        desk.command(by, name, ON, **data)
    except PaizhuError as refusal:
        return refusal.code
    return ""


def fields_of(command: type[Command], area: str) -> dict[str, Any]:
    """What the fields of a command say of the place, the year and the means."""
    kinds = {field.name: str(field.type) for field in dataclasses.fields(command)}
    said = {"posting": POSTING, "target": REGISTERED, "county": VILLAGE[:6], "city": VILLAGE[:4]}
    said |= {"area": area, "means": MEANS}
    years = {"year": 2018 if kinds.get("year") == "int" else "2018"}
    return {name: value for name, value in {**said, **years}.items() if name in kinds}


def lived(profile: Mapping[str, Any]) -> set[str]:
    """Every command of both services under the profile, a month of them in order; the codes they were refused by."""
    codes: set[str] = set()
    for desk in desks(profile):
        service: Service = desk.handler.service
        for role, name, data in SCRIPTS[service.name]:
            codes.add(given_to(desk, someone(role), name, data))
        for name, handles in service.commands.items():
            for area in (VILLAGE[:6], VILLAGE[:9]):
                data = sample(handles.command, **fields_of(handles.command, area))
                codes |= {given_to(desk, someone(role), name, data) for role in sorted(handles.roles)[:2]}
    return codes


def like(path: str) -> st.SearchStrategy[Any]:
    """What may stand at ``path`` in place of what is printed: it with one part changed, or any value of the form."""
    near = variants(READERS[path], PRINTED[path])
    return st.one_of(st.sampled_from(near), values(READERS[path])) if near else values(READERS[path])


def unlike(path: str) -> st.SearchStrategy[Any]:
    """What nobody could read there."""
    return st.sampled_from([value for value in spoiled(PRINTED[path]) if not readable(READERS[path], value)])


@st.composite
def profiles(draw: st.DrawFn) -> dict[str, Any]:
    """A supplement that says of some readers something else, of a few nothing, of every other what is printed."""
    paths = st.sampled_from(sorted(READERS))
    changed = draw(st.one_of(st.lists(paths, min_size=1, max_size=3), st.lists(paths, min_size=20, unique=True)))
    gone = draw(st.lists(paths, max_size=2))
    kept = {path: value for path, value in PRINTED.items() if path not in gone}
    return kept | {path: draw(like(path)) for path in changed}


@settings(
    max_examples=30, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate]
)
@given(said=profiles())
def test_under_whatever_is_published_every_command_decides_or_refuses(said: dict[str, Any]) -> None:
    profile = loads(said)
    if profile is not None:
        assert "rule_unreadable" not in lived(profile)


@settings(max_examples=50, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_what_cannot_be_read_is_refused_at_publication_with_its_path(data: st.DataObject) -> None:
    paths = data.draw(st.lists(st.sampled_from(sorted(READERS)), min_size=1, max_size=3, unique=True))
    said = {**PRINTED, **{path: data.draw(unlike(path)) for path in paths}}
    with pytest.raises(BrokenProfile) as refused:
        verify(supplement("JZ", "2107", said, version=2))
    assert {fault.rule for fault in refused.value.faults} <= set(paths)
    assert all(fault.accepted for fault in refused.value.faults)


def test_every_reader_of_these_rooms_is_read_by_some_command(monkeypatch: pytest.MonkeyPatch) -> None:
    read: set[str] = set()
    find = Rules.find

    def noting(rules: Rules, reader: Reader[Any]) -> Any:
        read.add(reader.path)
        return find(rules, reader)

    monkeypatch.setattr(Rules, "find", noting)
    profile = loads(PRINTED)
    assert profile is not None
    lived(profile)
    assert set(READERS) - read == BEHIND
