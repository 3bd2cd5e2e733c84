"""Two real logs that know each other, signed by their notaries: what an auditor is asked to judge."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

from audit.bundle_writer import BundleWriter
from audit.findings import Finding
from audit.live import Live
from audit.verify import Verification, Verified
from kernel.codec import recorded
from kernel.config import Config
from kernel.log import Append, Draft
from kernel.log.postgres import PostgresLog
from kernel.messages import Event
from kernel.opening import open_service
from kernel.proof import notekeys, notes, policy, succession
from kernel.proof.checkpoint import Checkpoint
from kernel.proof.notary import Notary
from kernel.proof.signedstate import SignedState
from kernel.proof.signing import Signing
from kernel.service import Received
from services.allocation.registers.office import OfficeHolderRecorded
from services.allocation.registers.unit import UnitRegistered
from services.allocation.wiring import SERVICE as ALLOCATION
from services.attendance.register.register import AttendanceRegistered
from services.attendance.wiring import SERVICE as ATTENDANCE
from tests.kit.audit.tampering import Victim
from tests.kit.databases import Database, fresh
from tests.kit.waiting import eventually

ACTOR = {"person": "p-synthetic", "post": "组织委员", "organ": "210726102"}
DAY = date(2018, 5, 2)
SERVICES = ("allocation", "attendance")
CITY = "2107"


class Archive:
    """``allocation`` records office holders and units, ``attendance`` takes them in and registers days."""

    def __init__(self, made: dict[str, Database], server: str, folder: Path) -> None:
        self.made = made
        self.folder = folder
        self.victims = {name: Victim(made[name], server) for name in SERVICES}
        self.log = PostgresLog(made["allocation"].url, "allocation", ALLOCATION.events, ALLOCATION.project)
        self.log.prepare(ALLOCATION.tables)
        self.taker = open_service(ATTENDANCE, Config(db=made["attendance"].url, keys=folder))
        self._count = 0
        self._taken = 0
        self.skipped: list[int] = []
        self.signers = {name: notekeys.of_log(folder, "21", name) for name in SERVICES}
        self.cities = [notes.Signer(f"city-{n}", notes.COSIGNATURE, bytes([n]) * 32) for n in (1, 2, 3)]
        rules = policy.Policy(tuple(signer.verifier for signer in self.signers.values()))
        for city in self.cities:
            rules = rules.enrolled(city.verifier.name, city.verifier)
        self.policy = rules
        (folder / "policy.txt").write_text(rules.text, encoding="utf-8")

    def grow(self, commands: int) -> None:
        """So many commands in allocation, each with one to three events; attendance takes all of them in."""
        numbers = self.extend(commands)
        lines = self.log.lines(self._taken, 1_000_000)
        self._taken += len(lines)
        batch = [Received("allocation", recorded(line)) for line in lines]
        self.taker.handler.react(batch)
        self.taker.log.append_all([_append(n, [_registered(n)]) for n in numbers if n % 2])

    def extend(self, commands: int) -> range:
        """So many commands in allocation, nothing taken in; gives their numbers."""
        numbers = range(self._count, self._count + commands)
        self._count += commands
        self.log.append_all([_append(n, _events(n)) for n in numbers])
        return numbers

    def skip(self, commands: int) -> None:
        """Allocation goes on by so many commands, and attendance passes over them as if nothing followed from them."""
        before = self._taken
        self.extend(commands)
        lines = self.log.lines(before, 1_000_000)
        self._taken += len(lines)
        passed = [("allocation", position) for position in range(before + 1, self._taken + 1)]
        skipped = [Append(f"{source}:{n}", b"", (), {}, ACTOR, taken_in=(source, n)) for source, n in passed]
        self.taker.log.append_all(skipped)
        told: set[bytes] = set()
        for position, line in enumerate(lines, before + 1):
            event = recorded(line)
            about = f"{event.type}{event.stream}".encode()
            if event.type == "OfficeHolderRecorded" and about not in told:
                self.skipped.append(position)
            told.add(about)

    def park(self, commands: int) -> None:
        """Allocation goes on by so many commands, and attendance parks what it hears of them."""
        self.extend(commands)
        lines = self.log.lines(self._taken, 1_000_000)
        heard = [("allocation", position) for position in range(self._taken + 1, self._taken + len(lines) + 1)]
        self._taken += len(lines)
        self.taker.log.append_all(
            [
                Append(f"{source}:{n}", b"", (), {}, ACTOR, taken_in=(source, n), parked="无法处理")
                for source, n in heard
            ]
        )

    def note(self, command: str, causation: str) -> None:
        """An event of attendance that says it rests on ``causation``."""
        (stream, event), number = _registered(10_000 + len(command)), command
        draft = Draft(stream + command, event, "LN2018", "LN2018:1", "辽组通字〔2018〕23号", "二")
        self.taker.log.append(Append(number, b"d" * 32, (draft,), {}, ACTOR, command, causation))

    def sign(self, cosign: int = 3) -> dict[str, str]:
        """A checkpoint of each log, co-signed by so many cities; the merged notes by service."""
        return {name: self._signed(name, cosign) for name in SERVICES}

    def _signed(self, service: str, cosign: int) -> str:
        with closing(Signing(self.made[service].signer_url)) as signing:
            eventually(signing.lock)
            state = SignedState(self.folder / "signed" / f"{service}.json")
            signer, announced = self.signers[service], succession.kept(self.folder, service)
            keys = succession.chained(signer.verifier, announced, self.policy)
            notary = Notary(signing, signer, state, keys=keys)
            notary.begin()
            while notary.follow():
                pass
            notary.sign()
        return self.cosign(service, self.cities[:cosign])

    def cosign(self, service: str, cities: Sequence[notes.Signer]) -> str:
        """The last checkpoint of ``service`` with the cosignatures of ``cities``, kept by its log too."""
        with closing(Live(self.addresses())) as source:
            note = notes.parse(list(source.checkpoints(service))[-1])
        size = int(note.body.split("\n")[1])
        lines = [city.signature(note.body, 1_800_000_000) for city in cities]
        for line in lines:
            values = f"{size}, '{line.name}', '{line.line.strip()}'"
            self.victims[service].force(f"insert into log.cosignatures values ({values}) on conflict do nothing")
        return note.merged(lines).text

    def signed(self, service: str, size: int, root: bytes, sm3: bytes) -> str:
        """A note in the log's own name, whatever it says: what a province could sign that wants to deceive."""
        body = Checkpoint(self.signers[service].verifier.name, size, root, sm3).body
        return notes.sign(body, self.signers[service]).text

    def addresses(self) -> dict[str, str]:
        """The auditor's address of each database."""
        return {name: self.made[name].auditor_url for name in SERVICES}

    def live(self) -> Live:
        """The two logs as an auditor reads them."""
        return Live(self.addresses(), self.folder)

    def verify(self, **witnessed: list[str]) -> tuple[list[Verified], list[Finding]]:
        """What verification says."""
        with closing(self.live()) as source:
            run = Verification(source, self.policy, witnessed)
            return run.run(SERVICES, lambda service: lambda done, of: None), list(run.findings)

    def lines(self, service: str) -> list[bytes]:
        """Every stored line."""
        with closing(self.live()) as source:
            return [row.line for row in source.rows(service)]

    def close(self) -> None:
        """Give the connections back."""
        self.log.close()
        self.taker.log.close()


@contextmanager
def archive(server: str, folder: Path) -> Iterator[Archive]:
    """An empty archive on databases of its own."""
    with fresh(server, *SERVICES) as made:
        found = Archive(made, server, folder)
        try:
            yield found
        finally:
            found.close()


def _events(number: int) -> list[tuple[str, Event]]:
    organ = f"210726{number % 1000:03d}"
    holder = OfficeHolderRecorded(
        occurred_on=DAY, organ=organ, post="party_secretary", person=f"p-{number}", since=DAY, until=None
    )
    unit = UnitRegistered(
        occurred_on=DAY, unit=f"u-{number}", name=f"合成单位 {number}", channel="city-channel", level="city"
    )
    events: list[tuple[str, Event]] = [(f"office/{organ}.party_secretary.{number}", holder)]
    if number % 3 == 0:
        events.append((f"unit/u-{number}", unit))
    if number % 7 == 0:
        events.append((f"office/{organ}.party_secretary.{number}", holder))
    return events


def _registered(number: int) -> tuple[str, Event]:
    posting = f"LN2018.210726102207.{number}"
    event = AttendanceRegistered(
        occurred_on=DAY, posting=posting, target="210726102207", day=DAY, registrar="210726102207 村党组织"
    )
    return f"register/{posting}", event


def _append(number: int, events: Sequence[tuple[str, Event]]) -> Append:
    drafts = [Draft(stream, event, "LN2018", "LN2018:1", "辽组通字〔2018〕23号", "二") for stream, event in events]
    return Append(f"c-{number}", b"d" * 32, drafts, {stream: 0 for stream, _ in events}, ACTOR, f"c-{number}")


def exported(archive: Archive, out: Path, city: str | None) -> Path:
    """The bundle written to ``out``: of one city, or of everything."""
    with closing(archive.live()) as source:
        writing = BundleWriter(out, city)
        for service in SERVICES:
            writing.service(source, service, lambda done, of: None)
        writing.finish(source.policy())
    return out
