"""What a service proves of its log on a real database: checked as a stranger would, from the signed note alone."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from kernel import merkle
from kernel.errors import BadInput, Busy, Forbidden, Unknown
from kernel.log.postgres import PostgresLog
from kernel.merkle import leaf_hash, sm3
from kernel.proof import checkpoint, notes
from kernel.proof.notary import Notary
from kernel.proof.policy import Policy
from kernel.proof.policyfile import NAME, PolicyFile
from kernel.proof.proofs import Proofs
from kernel.proof.signedstate import SignedState
from kernel.proof.signing import Signing
from tests.kit.audit.tampering import Victim
from tests.kit.databases import fresh, rows_of
from tests.kit.log.probe import TYPES, project

LOG = notes.Signer("paizhu/21/probe", notes.ED25519, bytes(32))
CITIES = {
    code: notes.Signer(f"paizhu/21/witness/{code}", notes.COSIGNATURE, bytes([n]) * 32)
    for n, code in enumerate(("2101", "2107", "2113"), 1)
}
WITNESS = {"person": "w", "post": "p", "organ": "o", "role": "witness", "areas": ["2107"], "units": []}
SIZES = (3, 300, 1_100)


class Stand:
    """A log that was signed at each of SIZES, and what its service says of it."""

    def __init__(self, victim: Victim, folder: Path) -> None:
        self.victim = victim
        self.folder = folder
        self.log = PostgresLog(victim.database.url, "probe", TYPES, project)
        self.read = 0
        self.say("quorum none\n")
        before = 0
        for size in SIZES:
            victim.append(size, before)
            before = size
            self.sign()
        self.proofs = Proofs("probe", self.rows, PolicyFile(folder))

    def sign(self) -> None:
        signing = Signing(self.victim.database.signer_url)
        notary = Notary(signing, LOG, SignedState(self.folder / "state" / "probe.json"))
        notary.begin()
        while notary.follow():
            pass
        notary.sign()
        signing.close()

    def say(self, policy: str) -> None:
        fresh_file = self.folder / f"{NAME}.new"
        fresh_file.write_text(policy, encoding="utf-8")
        fresh_file.replace(self.folder / NAME)

    def rows(self, sql: str, *params: Any) -> list[dict[str, Any]]:
        found = self.log.rows(sql, *params)
        self.read += len(found)
        return found

    def ask(self, ask: str, **more: Any) -> dict[str, Any]:
        self.read = 0
        return self.proofs.answer({"ask": ask, "actor": WITNESS, **more})

    def note(self, size: int | None = None) -> checkpoint.Checkpoint:
        return checkpoint.opened(self.ask("checkpoint", size=size)["note"], LOG.verifier)[0]

    def cosign(self, city: str, size: int, actor: Mapping[str, Any] = WITNESS) -> dict[str, Any]:
        body = self.note(size).body
        line = CITIES[city].signature(body, 1_700_000_000).line
        return self.proofs.answer({"ask": "cosign", "actor": actor, "signature": f"{size}\n{line}"})


@pytest.fixture(scope="module")
def prepared(postgres_server: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stand]:
    with fresh(postgres_server.url, "probe") as made:
        stand = Stand(Victim(made["probe"], postgres_server.url), tmp_path_factory.mktemp("keys"))
        yield stand
        stand.log.close()


@pytest.fixture
def stand(prepared: Stand) -> Stand:
    """The stand, with a policy that asks nobody and no cosignatures."""
    prepared.victim.force("delete from log.cosignatures")
    prepared.say("quorum none\n")
    prepared.proofs = Proofs("probe", prepared.rows, PolicyFile(prepared.folder))
    return prepared


def hashes(encoded: list[str]) -> list[bytes]:
    return [base64.b64decode(node) for node in encoded]


@pytest.mark.parametrize("size", [*SIZES, None])
@pytest.mark.parametrize("position", [1, 2, 3, 256, 257, 300, 1_025, 1_100])
def test_an_event_is_proved_to_be_under_a_signed_root(stand: Stand, position: int, size: int | None) -> None:
    top = size or SIZES[-1]
    if position > top:
        with pytest.raises(Unknown, match=f"没有第 {position} 个事件"):
            stand.ask("inclusion", position=position, size=size)
        return
    found = stand.ask("inclusion", position=position, size=size)
    assert stand.read < 4 * 256
    ((line,),) = rows_of(stand.victim.database.auditor_url, f"select line from log.events where position = {position}")
    signed = stand.note(size)
    for h, root, name in ((merkle.sha256, signed.root, "sha256"), (sm3, signed.sm3, "sm3")):
        leaf = leaf_hash(line.encode(), h)
        assert base64.b64decode(found["leaf"][name]) == leaf
        assert merkle.includes(leaf, position - 1, top, hashes(found[name]), root, h)
    assert (found["index"], found["size"], found["service"]) == (position - 1, top, "probe")


@pytest.mark.parametrize(("first", "second"), [(3, 300), (3, 1_100), (300, 1_100), (1_100, 1_100), (300, None)])
def test_a_later_checkpoint_is_proved_to_extend_an_earlier(stand: Stand, first: int, second: int | None) -> None:
    found = stand.ask("consistency", **{"from": first, "to": second})
    old, new = stand.note(first), stand.note(second)
    assert merkle.extends(first, new.size, old.root, new.root, hashes(found["sha256"]))
    assert merkle.extends(first, new.size, old.sm3, new.sm3, hashes(found["sm3"]), sm3)


def test_nothing_is_proved_beyond_what_is_signed(stand: Stand) -> None:
    asked: tuple[tuple[dict[str, Any], type[Exception]], ...] = (
        ({"ask": "checkpoint", "size": 7}, Unknown),
        ({"ask": "inclusion", "position": 1, "size": 1_101}, Unknown),
        ({"ask": "consistency", "from": 1, "to": 1_101}, Unknown),
        ({"ask": "consistency", "from": 301, "to": 300}, BadInput),
    )
    for more, error in asked:
        with pytest.raises(error):
            stand.ask(**more)


def test_cosignatures_are_kept_served_and_counted(stand: Stand) -> None:
    policy = Policy((LOG.verifier,))
    for code, city in CITIES.items():
        policy = policy.enrolled(code, city.verifier, 1)
    stand.say(policy.enrolled("2113", CITIES["2113"].verifier, 2).text)
    assert stand.cosign("2107", 300) == {"service": "probe", "size": 300, "witness": "2107", "stored": True}
    assert stand.cosign("2107", 300)["stored"] is False
    state = stand.ask("state")
    assert (state["signed"], state["witnessed"], state["rule"]) == (1_100, 0, "2 of 3")
    ((first, last),) = rows_of(
        stand.victim.database.auditor_url, "select min(signed_at), max(signed_at) from log.checkpoints"
    )
    later = Proofs("probe", stand.rows, PolicyFile(stand.folder), now=lambda: first + 90_000_000)
    assert later.answer({"ask": "state"})["unwitnessed_for"] == 90
    assert state["witnesses"] == {"2101": 0, "2107": 300, "2113": 0}
    stand.cosign("2113", 300)
    stand.cosign("2101", 1_100)
    state = stand.ask("state")
    later = Proofs("probe", stand.rows, PolicyFile(stand.folder), now=lambda: last + 50_000_000)
    assert later.answer({"ask": "state"})["unwitnessed_for"] == 50
    assert (state["witnessed"], state["witnesses"]) == (300, {"2101": 1_100, "2107": 300, "2113": 300})
    merged = notes.parse(stand.ask("checkpoint", size=300)["note"])
    assert [signature.name for signature in merged.signatures] == [
        LOG.verifier.name,
        "paizhu/21/witness/2107",
        "paizhu/21/witness/2113",
    ]
    stand.say(policy.enrolled("2113", CITIES["2113"].verifier, 3).text)  # all of them from now on
    assert stand.ask("state")["witnessed"] == 0


def test_a_signature_nobody_enrolled_made_is_not_kept(stand: Stand) -> None:
    stand.say(Policy((LOG.verifier,)).enrolled("2107", CITIES["2107"].verifier).text)
    with pytest.raises(Forbidden, match="不是见证策略中任何一方"):
        stand.cosign("2113", 300)
    with pytest.raises(Forbidden, match="不能提交见证签名"):
        stand.cosign("2107", 300, {**WITNESS, "role": "province_org"})
    line = CITIES["2107"].signature(stand.note(3).body, 1).line
    for text, error in (
        (f"300\n{line}", Forbidden),  # made for another checkpoint
        (f"7\n{line}", Unknown),
        (f"x\n{line}", BadInput),
        ("300\n", BadInput),
        (f"300\n{line}{line}", BadInput),
    ):
        with pytest.raises(error):
            stand.ask("cosign", signature=text)
    assert rows_of(stand.victim.database.auditor_url, "select * from log.cosignatures") == []


def test_how_long_an_event_has_waited_for_its_signature_is_told(stand: Stand) -> None:
    assert stand.ask("state")["unsigned_for"] == 0
    line = '{"position":1101,"recorded_at":5000000}'
    stand.victim.force(f"insert into log.events values (1101, 'probe/w', 1, 'Counted', '{line}', sha256(''))")
    try:
        proofs = Proofs("probe", stand.rows, PolicyFile(stand.folder), now=lambda: 78_900_000)
        assert proofs.answer({"ask": "state"})["unsigned_for"] == 73
    finally:
        stand.victim.force("delete from log.events where position = 1101")


def test_a_tree_with_a_hole_proves_nothing(stand: Stand) -> None:
    stand.victim.force("create table log.hidden as table log.subtrees; delete from log.subtrees where number = 1")
    with pytest.raises(Busy, match="不完整"):
        stand.ask("inclusion", position=1, size=None)
    stand.victim.force(
        "insert into log.subtrees select * from log.hidden on conflict do nothing; drop table log.hidden"
    )
    assert stand.ask("inclusion", position=1, size=None)["size"] == 1_100


def test_a_policy_that_cannot_be_read_leaves_the_last_in_force(stand: Stand) -> None:
    stand.say(Policy((LOG.verifier,)).enrolled("2107", CITIES["2107"].verifier).text)
    assert stand.ask("state")["rule"] == "1 of 1"
    stand.say("quorum nobody\n")
    assert stand.ask("state")["rule"] == "1 of 1"


def test_a_service_that_starts_anew_finds_what_is_witnessed_behind_a_hundred_that_are_not(stand: Stand) -> None:
    rule = Policy((LOG.verifier,))
    for name in ("2101", "2107"):
        rule = rule.enrolled(name, CITIES[name].verifier)
    stand.say(rule.text)
    for city in ("2101", "2107"):
        stand.cosign(city, 3)
    # One city only, and more checkpoints than a page holds, between what is witnessed and the newest.
    note = stand.note(300)
    line = CITIES["2101"].signature(note.body, 1_700_000_000).line
    stand.victim.force(
        "insert into log.checkpoints select n, 1, (select note from log.checkpoints where size = 300)"
        " from generate_series(301, 420) n on conflict do nothing"
    )
    stand.victim.force(
        f"insert into log.cosignatures select n, '2101', '{line}' from generate_series(301, 420) n"
        " on conflict do nothing"
    )
    try:
        stand.proofs = Proofs("probe", stand.rows, PolicyFile(stand.folder))
        assert stand.ask("state")["witnessed"] == 3
    finally:
        stand.victim.force("delete from log.cosignatures where size between 301 and 420")
        stand.victim.force("delete from log.checkpoints where size between 301 and 420")
