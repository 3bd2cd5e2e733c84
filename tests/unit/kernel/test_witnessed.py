"""How far a log is witnessed, however many checkpoints since have too few cosignatures."""

from __future__ import annotations

from kernel.proof import notes, policy
from kernel.proof.checkpoint import Checkpoint
from kernel.proof.witnessed import PAGE, Cosigned, Witnessed

LOG = notes.Signer("paizhu/21/probe", notes.ED25519, b"\xff" * 32)
CITIES = {code: notes.Signer(f"paizhu/21/witness/{code}", notes.COSIGNATURE, bytes([n]) * 32)
          for n, code in enumerate(("2101", "2107", "2113"), 1)}  # fmt: skip


def three() -> policy.Policy:
    made = policy.Policy((LOG.verifier,))
    for name, city in CITIES.items():
        made = made.enrolled(name, city.verifier)
    return made


class Table:
    """Co-signed checkpoints of 1, 2, … events: by all three cities where a size is in ``whole``, else by one."""

    def __init__(self, sizes: int, whole: set[int]) -> None:
        self.rows: dict[int, Cosigned] = {}
        self.pages = 0
        for size in range(1, sizes + 1):
            self.sign(size, tuple(CITIES) if size in whole else ("2101",))

    def sign(self, size: int, cities: tuple[str, ...]) -> None:
        body = Checkpoint("paizhu/21/probe", size, b"\x01" * 32, b"\x02" * 32).body
        lines = [CITIES[city].signature(body, 1_700_000_000).line for city in cities]
        self.rows[size] = (size, notes.sign(body, LOG).text, lines)

    def page(self, above: int, below: int) -> list[Cosigned]:
        self.pages += 1
        return [self.rows[size] for size in sorted(self.rows, reverse=True) if above < size < below][:PAGE]


def test_the_newest_witnessed_one_is_found_behind_more_than_a_page_of_others() -> None:
    table, found, rule = Table(2 * PAGE + 30, {7, 20}), Witnessed(), three()
    found.look(table.page, rule)
    assert (found.size, found.by) == (20, {"2101": 230, "2107": 20, "2113": 20})
    assert table.pages == 3


def test_a_later_look_reads_one_page_where_nothing_is_new_and_finds_what_is() -> None:
    table, found, rule = Table(2 * PAGE + 30, {20}), Witnessed(), three()
    found.look(table.page, rule)
    table.pages = 0
    found.look(table.page, rule)
    assert (table.pages, found.size) == (1, 20)
    table.sign(230, tuple(CITIES))
    found.look(table.page, rule)
    assert (found.size, found.by) == (230, dict.fromkeys(CITIES, 230))


def test_where_none_is_witnessed_all_are_read_once_and_under_another_policy_again() -> None:
    table, found, rule = Table(PAGE + 1, set()), Witnessed(), three()
    found.look(table.page, rule)
    assert (found.size, table.pages) == (0, 2)
    found.look(table.page, rule)
    assert table.pages == 3
    alone = policy.Policy((LOG.verifier,)).enrolled("2101", CITIES["2101"].verifier)
    found.look(table.page, alone)
    assert found.size == PAGE + 1


def test_without_a_quorum_one_page_is_enough() -> None:
    table, found = Table(2 * PAGE, set()), Witnessed()
    found.look(table.page, policy.Policy((LOG.verifier,)))
    assert (found.size, table.pages) == (0, 1)
