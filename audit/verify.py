"""Verification: every log for itself, its trees against what was signed, and the logs against each other.

Invariant: each log is read from one snapshot, the inboxes before the logs they are about; so what is found was there at
one instant, and a system at work gives no finding.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from typing import Any

import psycopg2

from audit.anchors import Anchors, Signed
from audit.bundle import Bundle
from audit.claims import Claims
from audit.feed_tables import FEEDS
from audit.feeds import Feeds
from audit.findings import Findings
from audit.intake import Owed, Traces
from audit.lines import Lines
from audit.live import GATEWAY, Live
from audit.log_keys import keys_of, policy_key
from audit.proving import Proof, faults, last_note
from audit.receipts import Receipts
from audit.records import Records, places
from audit.signed import Trees
from audit.sources import Head, NotAllowed, Source, Unreadable
from audit.standing import SERVER, check_server, check_standing
from audit.stored_proofs import check_stored_proofs
from audit.vaulted import Vaulted
from audit.wirings import service_named
from kernel.proof import notes
from kernel.proof.checkpoint import LogKey
from kernel.proof.policy import Policy
from kernel.proof.signedstate import Signed as Remembered
from kernel.proof.succession import Unannounced
from kernel.service import Service

PART = 250
"""Events parsed at a time: it bounds the memory they take, whatever a page of the source holds."""

Advance = Callable[[int, int], None]


@dataclass(slots=True)
class Verified:
    """One log: events and commands read, both roots, what its checkpoints come to.

    ``commands`` is None where the source has none to check, as a bundle of one city.
    """

    service: str
    events: int = 0
    commands: int | None = None
    sha256: str = ""
    sm3: str = ""
    checkpoints: Signed = field(default_factory=Signed)


class Verification:
    """One run over ``source``; ``findings`` grows as it goes.

    ``witnessed`` are notes others kept, by service; ``administrators`` names the roles that may have power over the
    whole server, beside the one it came with.
    """

    def __init__(
        self,
        source: Source,
        policy: Policy,
        witnessed: Mapping[str, Sequence[str]],
        wiring: Callable[[str], Service] = service_named,
        administrators: Collection[str] = (),
    ) -> None:
        self.source = source
        self._wiring = wiring
        self.findings = Findings()
        self._policy = policy
        self._administrators = administrators
        self._witnessed = witnessed
        self._remembered: dict[str, Remembered | None] = {}
        self._inboxes: dict[str, Mapping[str, int]] = {}
        self._traces: dict[str, Traces] = {}
        self._owed: dict[str, Owed] = {}
        self._feeds: Feeds | None = None
        self._keys: dict[str, LogKey | None] = {}
        self._whole: set[str] = set()

    def run(self, services: Sequence[str], advance: Callable[[str], Advance]) -> list[Verified]:
        """Verify ``services`` and what they took in of each other. ``advance(service)`` gives what shows progress."""
        if isinstance(self.source, Bundle):
            for name in self.source.changed():
                service = name.rpartition("/")[2].partition(".")[0] if "/" in name else "bundle"
                self.findings.add("file_changed", service, None, f"{name} is not as the manifest says")
        with ExitStack() as stack:
            if isinstance(self.source, Live):
                self._standing(self.source, services)
            if isinstance(self.source, Live) and self.source.has_feeds:
                self._feeds = stack.enter_context(closing(Feeds(self.source, self.findings)))
            for service in services:
                self._remembered[service] = self.source.remembered(service)  # before any snapshot: it is never ahead
                self._owed[service] = stack.enter_context(closing(Owed(service)))
                self._inboxes[service] = self._inbox(service)
                self.source.release(service)
            found = [Verified(service) for service in services]
            for one in found:
                with self._reading(one.service, one):
                    self._one(one, advance(one.service))
                    self._whole.add(one.service)
                self.source.release(one.service)
            for service in () if self.source.city else services:  # a part says nothing of what is not in it
                if service in self._whole:
                    with self._reading(service):
                        self._taken_in(service)
            if self._feeds is not None:
                with self._reading(FEEDS):
                    self._feeds.finish()
        return found

    def _standing(self, source: Live, services: Sequence[str]) -> None:
        """Whether the databases are what provisioning made; what is found there explains what cannot be read later."""
        databases = (*services, GATEWAY) if source.has_feeds else services
        for database in databases:
            name = FEEDS if database == GATEWAY else database
            with self._reading(name):
                check_standing(source, database, self.findings, name)
        with self._reading(SERVER):
            check_server(source, databases, self.findings, self._administrators)

    def _inbox(self, service: str) -> Mapping[str, int]:
        try:
            return self.source.inbox(service)
        except (psycopg2.Error, NotAllowed):
            return {}  # the checks of this log will find the same, and say so

    @contextmanager
    def _reading(self, service: str, found: Verified | None = None) -> Iterator[None]:
        """Whatever stands in a table may be unreadable: that ends the checks of its log with a finding, not the run."""
        try:
            yield
        except Unreadable as error:
            if not isinstance(error, NotAllowed) or (service, "right_differs") not in self.findings.counts:
                raise
            self.findings.add("log_unreadable", service, None, f"the checks of this log end here: {error.message}")
        except Exception as error:
            said = (str(error).splitlines() or [""])[0]
            place = f" behind event {found.events}" if found is not None and found.events else ""
            sentence = f"it cannot be read{place}, and the checks of this log end here: {type(error).__name__}: {said}"
            self.findings.add("log_unreadable", service, None, sentence)

    def _one(self, found: Verified, advance: Advance) -> None:
        """All checks of one log in one pass: what each check needs of a part is parsed and hashed once."""
        source, findings, service = self.source, self.findings, found.service
        if isinstance(source, Bundle) and source.city:
            self._part(source, found, advance)
            return
        with ExitStack() as stack:
            vaulted = None
            if isinstance(source, Live):  # before the snapshot that the head begins
                vaulted = stack.enter_context(closing(Vaulted(service, source, findings)))
            head = source.head(service)
            inbox, parked = source.inbox(service), source.parked(service)
            if isinstance(source, Live):
                inbox = self._recorded(source, service, head, inbox)
            traces = self._traces[service] = Traces(service, inbox, parked, self._end, findings)
            trees = stack.enter_context(Trees(self._anchors(service), source.subtrees(service), head.position))
            lines = stack.enter_context(closing(Lines(service, findings)))
            checks = [traces.page, self._owed[service].page]
            items = None if self._feeds is None else self._feeds.of(service)
            if items is not None:
                checks.append(items.page)
            if vaulted is not None:
                checks.append(vaulted.page)
            commands = source.commands(service)
            receipts = None
            if commands is not None:
                receipts = Receipts(service, commands, findings, traces.command)
                checks.append(receipts.page)
            claims = None
            if isinstance(source, Live):
                claims = Claims(self._wiring(service), source, findings)
                checks.append(claims.page)
            for page in source.pages(service):
                for start in range(0, len(page), PART):
                    part = page[start : start + PART]
                    hashes, events = lines.page(part)
                    trees.page(part, hashes)
                    for check in checks:
                        check(part, events)
                found.events += len(page)
                advance(found.events, head.position)
            if receipts is not None:
                receipts.finish()
                found.commands = receipts.commands
            if claims is not None:
                claims.finish()
            if items is not None:
                items.finish(head.position)
            if vaulted is not None:
                vaulted.finish()
            self._ended(lines, head)
            found.sha256, found.sm3 = trees.finish(lines.position, source.checkpoints(service), findings)
            found.checkpoints = trees.anchors.signed
            if isinstance(source, Live):
                check_stored_proofs(source, service, found.checkpoints.signed, findings)

    def _recorded(self, source: Live, service: str, head: Head, inbox: Mapping[str, int]) -> Mapping[str, int]:
        """Check the records; gives the inbox as its last marks say, which is what the rest is judged by."""
        key = self._key(service)
        records = Records(service, places(source.checkpoints(service), key), self.findings)
        for page in source.records(service):
            records.page(page)
        marks = records.finish(head.records, source.record_subtrees(service), inbox)
        for name in {name for name, at in marks.items() if inbox.get(name, 0) != at}:
            self._inboxes[service] = {**self._inboxes[service], name: marks[name]}
        return marks

    def _ended(self, lines: Lines, head: Head) -> None:
        """Hold what the log says of its end against the last event."""
        sentence = ""
        if lines.position != head.position:
            sentence = f"the head row says {head.position}, the last event is {lines.position}"
        elif lines.believed == head.position and lines.recorded_at != head.recorded_at:
            sentence = f"the head row says recorded at {head.recorded_at}, the last event {lines.recorded_at}"
        if sentence:
            self.findings.add("head_differs", lines.service, lines.position, sentence)

    def _part(self, source: Bundle, found: Verified, advance: Advance) -> None:
        """A city's part of a log: each event for itself, and proved to be in the last checkpoint."""
        service = found.service
        anchors = self._anchors(service)
        found.checkpoints = anchors.signed
        anchors.compare()
        note = last_note(source, service) or ""
        proofs = source.proofs(service)
        none: dict[str, Any] = {"position": 0, "sha256": [], "sm3": []}
        with closing(Lines(service, self.findings, whole=False)) as lines:
            for page in source.pages(service):
                lines.page(page)
                for row in page:
                    given = next(proofs, none)
                    text = row.line.decode("utf-8", "replace")
                    for wrong in faults(Proof(service, row.position, text, note, "", given["sha256"], given["sm3"])):
                        self.findings.add("proof_invalid", service, row.position, wrong)
                found.events += len(page)
                advance(found.events, source.manifest["services"][service]["events"])

    def _anchors(self, service: str) -> Anchors:
        source = self.source
        witnessed = self._witnessed.get(service, ())
        known = self._key(service), self._policy, self.findings, self._remembered.get(service)
        return Anchors(service, source.checkpoints(service), witnessed, *known, whole=source.city is None)

    def _key(self, service: str) -> LogKey | None:
        if service not in self._keys:
            self._keys[service] = self._read_key(service)
        return self._keys[service]

    def _read_key(self, service: str) -> LogKey | None:
        source, policy = self.source, self._policy
        try:
            return keys_of(source, service, policy)
        except Unannounced as reason:
            self.findings.add("key_unannounced", service, None, str(reason))
            return notes.verifier(source.log_key(service)) if source.log_key(service) else policy_key(policy, service)
        except notes.Malformed as error:
            raise Unreadable(f"the public key of {service} cannot be used: {error}") from None

    def _end(self, source: str, position: int) -> int | None:
        """The end of another log, asked now. Of a bundle's log, which may end too early, only what it does hold."""
        if source not in self._inboxes:
            return None
        end = self.source.end(source)
        return end if position <= end or isinstance(self.source, Live) else None

    def _taken_in(self, service: str) -> None:
        traces = self._traces[service]
        for source, reached in self._inboxes[service].items():
            if source not in self._owed:
                continue
            end = self.source.end(source)
            if reached > end and isinstance(self.source, Live):
                sentence = f"the inbox says {source} was taken in up to {reached}, that log ends at {end}"
                self.findings.add("inbox_ahead", service, None, sentence)
            self._owed[source].judge(service, min(reached, end), traces, self.findings)
