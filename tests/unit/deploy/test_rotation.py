"""A log that grew is put aside while its process goes on writing, and what is kept has an end."""

from __future__ import annotations

from pathlib import Path

from deploy.local.rotation import rotate


def test_a_grown_log_is_put_aside_and_its_writer_goes_on_in_the_emptied_file(tmp_path: Path) -> None:
    log = tmp_path / "gateway.log"
    assert not rotate(log, 10, 2)
    with log.open("ab", buffering=0) as writer:
        writer.write(b"short")
        assert not rotate(log, 10, 2)
        writer.write(b" - long")
        assert rotate(log, 10, 2)
        assert not rotate(log, 10, 2)
        writer.write(b"next")
        assert log.read_bytes() == b"next"
    assert (tmp_path / "gateway.log.1").read_bytes() == b"short - long"
    assert (tmp_path / "gateway.log.1").stat().st_mode & 0o777 == 0o600


def test_the_oldest_go(tmp_path: Path) -> None:
    log = tmp_path / "gateway.log"
    for number in range(5):
        log.write_bytes(b"%d" % number * 10)
        assert rotate(log, 10, 3)
    kept = {path.name: path.read_bytes()[:1] for path in tmp_path.iterdir()}
    assert kept == {"gateway.log": b"", "gateway.log.1": b"4", "gateway.log.2": b"3", "gateway.log.3": b"2"}
