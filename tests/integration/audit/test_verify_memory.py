"""What verification takes from beside the history: the checkpointer's memory, the rows of the tree, the guards."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from audit.bundle import FORMAT
from audit.cli import audit
from audit.findings import Finding
from audit.live import Live
from audit.verify import Verification
from kernel.proof import checkpoint, notes
from kernel.proof.signedstate import Signed, SignedState
from tests.kit.audit.archive import SERVICES, Archive, archive
from tests.kit.audit.rewriting import aside

REWRITTEN = (
    "update log.events set line = replace(line, 'p-', 'q-') where position = 10;"
    " update log.events set leaf = sha256('\\x00'::bytea || convert_to(line, 'UTF8'));"
    " delete from log.cosignatures; delete from log.checkpoints; delete from log.subtrees"
)


@pytest.fixture
def own(postgres_server: Any, tmp_path: Path) -> Iterator[Archive]:
    """Two checkpoints, the cities told of both, and remembered."""
    with archive(postgres_server.url, tmp_path) as found:
        found.grow(40)
        found.sign()
        found.grow(300)
        for service, text in found.sign().items():
            last = checkpoint.read(notes.parse(text).body)
            known = {"city-1": last.size, "city-2": last.size}
            assert last.place is not None
            place = last.place.number, last.text_hash.hex()
            state = Signed(last.size, last.root.hex(), last.sm3.hex(), last.size, known, *place)
            SignedState(tmp_path / "memory" / f"{service}.json").save(state)
        yield found


def found_in(archive: Archive) -> list[Finding]:
    with closing(Live(archive.addresses(), archive.folder, remembered=archive.folder / "memory")) as source:
        run = Verification(source, archive.policy, {})
        run.run(SERVICES, lambda service: lambda done, of: None)
        return list(run.findings)


def codes(archive: Archive, service: str) -> set[tuple[str, int | None]]:
    return {(finding.code, finding.position) for finding in found_in(archive) if finding.service == service}


def asked(own: Archive, *words: object) -> Result:
    """`paizhu audit verify` of the databases themselves."""
    databases = [word for name, url in own.addresses().items() for word in ("--database", f"{name}={url}")]
    where = [*databases, "--keys", own.folder, "--json"]
    return CliRunner().invoke(audit, [str(word) for word in ("verify", *where, *words)])


def test_the_command_takes_the_memory_of_databases_from_a_directory(own: Archive, tmp_path: Path) -> None:
    size = len(own.lines("allocation"))
    memory = ("--remembered", own.folder / "memory")
    assert asked(own, *memory).exit_code == 0
    own.victims["allocation"].force(REWRITTEN)
    blind = {f["code"] for f in json.loads(asked(own).output)["findings"] if f["service"] == "allocation"}
    done = asked(own, *memory)
    found = {(f["code"], f["position"]) for f in json.loads(done.output)["findings"] if f["service"] == "allocation"}
    assert done.exit_code == 1
    assert {("root_differs", size), ("checkpoint_missing", size)} <= found
    assert not {"root_differs", "checkpoint_missing"} & blind  # without the memory nobody could tell
    (tmp_path / "empty").mkdir()
    nothing = asked(own, "--remembered", tmp_path / "empty")
    assert (nothing.exit_code, "none of allocation.json" in nothing.output) == (2, True)


def test_a_bundle_has_no_checkpointer(tmp_path: Path) -> None:
    manifest = {"format": FORMAT, "services": {}}
    (tmp_path / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    words = ("--bundle", tmp_path, "--remembered", tmp_path)
    done = CliRunner().invoke(audit, ["verify", *map(str, words)])
    assert (done.exit_code, "a bundle has no checkpointer" in done.output) == (2, True), done.output


def test_a_sound_log_agrees_with_what_its_checkpointer_remembers(own: Archive) -> None:
    assert found_in(own) == []


def test_a_log_rewritten_without_its_checkpoints_is_told_by_what_the_checkpointer_remembers(own: Archive) -> None:
    own.victims["allocation"].force(REWRITTEN)
    size = len(own.lines("allocation"))
    assert {("root_differs", size), ("checkpoint_missing", size)} <= codes(own, "allocation")


def test_an_end_cut_with_its_checkpoints_is_told_by_what_the_checkpointer_remembers(own: Archive) -> None:
    own.victims["attendance"].restore(60)
    assert ("log_cut", 60) in codes(own, "attendance")


def test_a_checkpoint_that_cities_were_told_of_must_be_kept(own: Archive) -> None:
    size = len(own.lines("allocation"))
    own.victims["allocation"].force(
        f"delete from log.cosignatures where size = {size}; delete from log.checkpoints where size = {size}"
    )
    assert ("checkpoint_missing", size) in codes(own, "allocation")


def test_after_checkpoints_were_deleted_signing_goes_on_and_the_gap_stays_until_they_are_brought_back(
    own: Archive,
) -> None:
    size = len(own.lines("allocation"))
    assert size > 256  # so that a subtree stands there that belonged to the deleted checkpoint
    victim = own.victims["allocation"]
    victim.force(
        f"{aside('gone', 'log.checkpoints', victim.database.app)}; delete from read.gone where size < {size};"
        f"delete from log.cosignatures where size = {size}; delete from log.checkpoints where size = {size}"
    )
    own.sign()  # nothing new: the tree of that size was signed already
    assert codes(own, "allocation") == {("checkpoint_missing", size)}
    own.grow(10)
    own.sign()
    third = len(own.lines("allocation"))
    assert [(f.code, f.position) for f in own.verify()[1]] == [("checkpoint_missing", third)]
    victim.force("insert into log.checkpoints select * from read.gone")
    assert own.verify()[1] == found_in(own) == []


def test_without_witnesses_and_memory_every_deleted_checkpoint_but_the_newest_is_missed(own: Archive) -> None:
    for _ in range(3):
        own.grow(4)
        own.sign(cosign=0)
    last = len(own.lines("allocation"))
    own.victims["allocation"].force(f"delete from log.cosignatures; delete from log.checkpoints where size < {last}")
    _, findings = own.verify()
    assert [(f.code, f.service, f.position) for f in findings] == [("checkpoint_missing", "allocation", last)]
    assert findings[0].sentence == f"checkpoints 1 to 4 are not there; the one over {last} events came after"


def test_a_log_signed_before_checkpoints_were_numbered_goes_on_and_its_old_ones_are_counted(own: Archive) -> None:
    """As an older version left it: two notes without a place, and a memory that knows of none."""
    victim, service = own.victims["allocation"], "allocation"
    for text in list(_notes(own, service)):
        old = checkpoint.read(notes.parse(text).body)
        bare = own.signed(service, old.size, old.root, old.sm3)
        victim.force(
            f"delete from log.cosignatures; update log.checkpoints set note = $n${bare}$n$ where size = {old.size}"
        )
    memory = SignedState(own.folder / "signed" / f"{service}.json")
    known = memory.load()
    assert known is not None
    memory.save(replace(known, kept=0, text=""))
    own.grow(4)
    own.sign()
    assert own.verify()[1] == []
    places = [checkpoint.read(notes.parse(text).body).place for text in _notes(own, service)]
    assert [place and place.number for place in places] == [None, None, 3]
    victim.force("delete from log.checkpoints where size = (select min(size) from log.checkpoints)")
    assert [(f.code, f.position) for f in own.verify()[1]] == [("checkpoint_missing", len(own.lines(service)))]


def _notes(archive: Archive, service: str) -> list[str]:
    with closing(archive.live()) as source:
        return list(source.checkpoints(service))


def test_what_a_witness_holds_must_be_kept(own: Archive) -> None:
    with closing(own.live()) as source:
        first, _ = source.checkpoints("allocation")
    size = checkpoint.read(notes.parse(first).body).size
    assert own.verify(allocation=[first])[1] == []
    own.victims["allocation"].force(
        f"delete from log.cosignatures where size = {size}; delete from log.checkpoints where size = {size}"
    )
    assert [(f.code, f.position) for f in own.verify(allocation=[first])[1]] == [("checkpoint_missing", size)]


def test_a_checkpoint_under_another_size_and_a_lost_subtree_are_told(own: Archive) -> None:
    own.victims["allocation"].force(
        "delete from log.cosignatures; update log.checkpoints set size = size + 1;"
        " delete from log.subtrees where level = 1 and number = 0"
    )
    said = codes(own, "allocation")
    last = len(own.lines("allocation"))
    assert ("checkpoint_unreadable", last + 1) in said
    assert ("subtree_differs", None) in said


@pytest.mark.parametrize(
    "change",
    [
        "create or replace function log.refuse_change() returns trigger language plpgsql as $$begin return null; end$$",
        "create or replace trigger append_only before update on log.events"
        " for each statement execute function log.refuse_change()",
        "alter table log.events enable row level security",
        "create rule quiet as on update to log.events do instead nothing",
    ],
)
def test_a_guard_that_lets_changes_pass_is_told(own: Archive, change: str) -> None:
    own.victims["allocation"].force(change)
    assert ("guard_off", None) in codes(own, "allocation")
