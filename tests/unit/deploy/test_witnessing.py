"""What the status says of witnesses: loud where too few have seen the logs, never silent."""

from __future__ import annotations

from pathlib import Path

from audit.witness.gap import Gap
from deploy.local import state, witnessing
from kernel.proof import notes
from kernel.proof.policy import Policy

CITIES = {f"210{n}": notes.Signer(f"paizhu/21/witness/210{n}", notes.COSIGNATURE, bytes([n]) * 32) for n in (1, 2, 3)}
POLICY = Policy()
for name, city in CITIES.items():
    POLICY = POLICY.enrolled(name, city.verifier)


def gap(witnessed: int, waiting: int | None) -> Gap:
    return Gap("personnel", 1_204, 1_200, witnessed, waiting, {"2101": 1_200}, ("2102", "2103"))


def test_without_witnesses_it_says_who_vouches() -> None:
    (line,) = witnessing.said(Policy(), [gap(0, 500), gap(0, 500)])
    assert "NOT WITNESSED" in line
    assert "2,408 events" in line


def test_a_checkpoint_just_signed_is_no_alarm_and_one_that_waits_is() -> None:
    assert list(witnessing.said(POLICY, [gap(1_100, 60)])) == ["witnessed by 3 of 3: personnel 1,100 of 1,204 events"]
    _, loud = witnessing.said(POLICY, [gap(1_100, 61)])
    assert "NOT WITNESSED" in loud
    assert "104 events of personnel, for 61 s" in loud
    assert loud.endswith("missing 2102 2103")


def test_what_cannot_be_read_is_said_to_be_unknown(tmp_path: Path) -> None:
    assert ["unknown" in line for line in witnessing.lines(tmp_path)] == [True]
    address = "postgresql://a@127.0.0.1:1/paizhu_personnel"
    state.save(tmp_path, {"databases": {"personnel": address}, "keys": str(tmp_path)})
    (line,) = witnessing.lines(tmp_path)
    assert "unknown" in line
    (tmp_path / "policy.txt").write_text("quorum\n")
    (line,) = witnessing.lines(tmp_path)
    assert "damaged" in line
