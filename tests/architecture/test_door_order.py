"""Who asks is looked at before what is asked: role, then area or unit, then whom it concerns, then the contract.

And no contract can be made to cost more than what is well-formed: every list of every command has an end.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping
from types import SimpleNamespace
from typing import Any, Final

import marshmallow as ma
import orjson
import pytest

from kernel import handler as handling
from kernel.codec import plain
from kernel.concern import leaf_of
from kernel.door import Door
from kernel.fields import LISTED, Items, Members
from kernel.handler import Handler
from kernel.jobs import desk as jobbing
from kernel.jobs.desk import JobDesk
from kernel.log.memory import MemoryLog
from kernel.messages import OWN, Actor, Area
from kernel.schema import schema_of
from kernel.service import Service
from kernel.testing import actor
from programmes.roles import CADRES, ROLE_NAMES
from programmes.standing import PLACES, SENDERS
from services import SERVICES
from tests.kit.samples import sample

WIRED: dict[str, Service] = {name: importlib.import_module(f"services.{name}.wiring").SERVICE for name in SERVICES}
COMMANDS = [(name, kind) for name, service in WIRED.items() for kind in sorted(service.commands)]
JOBS = [(name, kind) for name, service in WIRED.items() for kind in sorted(service.jobs)]
QUERIES = [(name, kind) for name, service in WIRED.items() for kind in sorted(service.queries)]
GARBAGE: Final[Mapping[str, Any]] = {"units": [{}] * 340_000, "rows": [{}] * 340_000}
"""What a body of 1 MB can hold."""


class Unread(Mapping[str, Any]):
    """Data that nobody may look into."""

    def __getitem__(self, name: str) -> Any:
        raise AssertionError(f"“{name}” was read")

    def __iter__(self) -> Iterator[str]:
        raise AssertionError("the data was read")

    def __len__(self) -> int:
        raise AssertionError("the data was read")


def door(service: Service) -> Door:
    log = MemoryLog(service.name, service.events, service.project)
    made = Handler(service, log, secret=b"synthetic", find=lambda sql, *params: [])
    store: Any = SimpleNamespace()
    desk = JobDesk(service, made, store)
    return Door(service, log, made, lambda sql, *params: [], desk=desk, fits=service.standing("21"))


@pytest.fixture(autouse=True)
def unread(monkeypatch: pytest.MonkeyPatch) -> None:
    """The contract is never read."""

    def load(*given: Any) -> Any:
        raise AssertionError("the contract was read")

    monkeypatch.setattr(handling, "load", load)
    monkeypatch.setattr(jobbing, "load", load)


def told(answer: Mapping[str, Any]) -> tuple[str, str]:
    return answer["problem"]["kind"], answer["problem"]["code"]


CODE: Final = {"province": "21", "city": "2107", "county": "210727", "township": "210727101", "village": "210727101208"}


def placed(role: str) -> Actor:
    """An actor of ``role`` who has the area or unit it takes."""
    if role in SENDERS:
        return actor(role, units=("U1",))
    return actor(role, areas=(CODE[PLACES[role]],)) if role in PLACES else actor(role)


def reachless(roles: frozenset[str]) -> Iterator[Actor]:
    """Actors who have a role of ``roles`` and not the area or unit it takes."""
    for role in sorted(roles - CADRES):
        yield actor(role)
        yield actor(role, areas=("21",)) if role in SENDERS else actor(role, units=("U1",))


def asked(name: str, by: Actor, data: Any) -> dict[str, Any]:
    return {"command": name, "id": "c-1", "occurred_on": "2018-06-01", "actor": plain(by), "data": data}


def wanted(kind: str, by: Actor, data: Any) -> dict[str, Any]:
    return {"act": "start", "kind": kind, "key": "k", "occurred_on": "2018-06-01", "actor": plain(by), "data": data}


@pytest.mark.parametrize(("service", "name"), COMMANDS)
def test_of_a_command_by_who_has_no_right_nothing_is_read(service: str, name: str) -> None:
    wired = WIRED[service]
    at, roles = door(wired), wired.commands[name].roles
    for role in sorted(set(ROLE_NAMES) - roles):
        by = placed(role)
        assert told(at.execute(asked(name, by, Unread()))) == ("forbidden", "role_not_allowed")
    for by in reachless(roles):
        assert told(at.execute(asked(name, by, Unread()))) == ("forbidden", "role_misplaced")
    assert at.log.head()[0] == 0


@pytest.mark.parametrize(("service", "name"), JOBS)
def test_of_a_job_by_who_has_no_right_nothing_is_read(service: str, name: str) -> None:
    wired = WIRED[service]
    at, roles = door(wired), wired.jobs[name].roles
    for role in sorted(set(ROLE_NAMES) - roles):
        by = placed(role)
        assert told(at.jobs(wanted(name, by, Unread()))) == ("forbidden", "role_not_allowed")
    for by in reachless(roles):
        assert told(at.jobs(wanted(name, by, Unread()))) == ("forbidden", "role_misplaced")


@pytest.mark.parametrize(("service", "name"), QUERIES)
def test_of_a_question_by_who_has_no_right_nothing_is_read(service: str, name: str) -> None:
    wired = WIRED[service]
    at, query = door(wired), wired.queries[name]

    def ask(by: Actor) -> tuple[str, str]:
        return told(at.query({"query": name, "actor": plain(by), "params": Unread(), "after": Unread()}))

    for role in sorted(set(ROLE_NAMES) - query.roles):
        assert ask(placed(role)) == ("forbidden", "role_not_allowed")
    for by in reachless(query.roles):
        assert ask(by) == ("forbidden", "role_misplaced")


def of_areas(service: str, name: str) -> bool:
    """Whether a command says whom it concerns by division codes alone."""
    entry = WIRED[service].commands[name].command.entry
    kind: Any = WIRED[service].commands[name].command
    return entry is not None and entry.concerns != OWN and all(leaf_of(kind, path) == Area for path in entry.concerns)


@pytest.mark.parametrize(("service", "name"), [one for one in COMMANDS if of_areas(*one)])
def test_of_a_command_about_another_area_only_the_area_is_read(service: str, name: str) -> None:
    wired = WIRED[service]
    handles = wired.commands[name]
    text = orjson.dumps(sample(handles.command)).replace(b"210726101201", b"140106101201")
    data = {**orjson.loads(text), "nonsense": GARBAGE}
    for role in sorted(handles.roles):
        assert told(door(wired).execute(asked(name, placed(role), data))) == ("forbidden", "foreign_area")


def fields(contract: Any, path: str) -> Iterator[tuple[str, int, Any]]:
    """(path, how many lists it lies in, field) of every field of a contract, and of what lies in it."""
    for name, field in contract.fields.items():
        yield from _inside(field, f"{path}.{name}", 0)


def _inside(field: Any, path: str, depth: int) -> Iterator[tuple[str, int, Any]]:
    yield path, depth, field
    if isinstance(field, ma.fields.List):
        yield from _inside(field.inner, path, depth + 1)
    elif isinstance(field, ma.fields.Dict):
        yield from _inside(field.value_field, path, depth + 1)
    elif isinstance(field, ma.fields.Nested):
        for name, own in field.schema.fields.items():
            yield from _inside(own, f"{path}.{name}", depth)


BOTH = [(*one, WIRED[one[0]].commands[one[1]].command) for one in COMMANDS]
BOTH += [(*one, WIRED[one[0]].jobs[one[1]].asks) for one in JOBS]
LONG_INSIDE: Final = {"RegisterAreas.units.divisions"}
"""Lists within lists that are long: the divisions of a county."""


@pytest.mark.parametrize(("service", "name", "kind"), BOTH)
def test_every_list_of_a_contract_has_an_end(service: str, name: str, kind: Any) -> None:
    for path, depth, field in fields(schema_of(kind)(), name):
        if isinstance(field, ma.fields.List):
            assert isinstance(field, Items), path
            assert field.most <= (LISTED if depth == 0 or path in LONG_INSIDE else 100), path
        assert not isinstance(field, ma.fields.Dict) or isinstance(field, Members), path
