"""A bit of one person's key or data is flipped by a superuser: that person's row says so, and all else goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from prometheus_client import REGISTRY

from services.personnel.privacy.disclosure_queries import Missing
from tests.kit.databases import rows_of, run
from tests.kit.desk import Desk
from tests.kit.personnel import cast
from tests.kit.personnel.erasing import erase
from tests.kit.personnel.posted import posted
from tests.kit.personnel.told import told

FLIPPED = "set_byte({0}, {1}, get_byte({0}, {1}) # 4)"
SEALED = "encode({}, 'base64')".format(FLIPPED.format("decode(sealed, 'base64')", 20))
ATTACKS = {
    "the key": f"update vault.keys set wrapped = {FLIPPED.format('wrapped', 20)} where subject = '{{}}'",
    "the name of its master key": "update vault.keys set master = 'ffffffffffffffff' where subject = '{}'",
    "the key is gone": "delete from vault.keys where subject = '{}'",
    "the sealed person": f"update read.persons set sealed = translate({SEALED}, e'\\n', '') where person = '{{}}'",
    "what is no base64": "update read.persons set sealed = '!' where person = '{}'",
}
KEPT = ("vault.keys", "read.persons", "read.nominations", "read.versions")


class Hit:
    """An office with two cadres on post, the first of whom is hit."""

    def __init__(self, office: Desk, server: str) -> None:
        self.office = office
        self.people = posted(office)
        self.person: str = self.people[0]["person"]
        self.superuser = server.rpartition("/")[0] + "/" + office.database.url.rpartition("/")[2]
        for place in KEPT:
            run(self.superuser, f"create table public.{place.replace('.', '_')} as select * from {place}")

    def mend(self) -> None:
        """Put everything back as it was."""
        for place in KEPT:
            kept = f"public.{place.replace('.', '_')}"
            run(self.superuser, f"delete from {place}; insert into {place} select * from {kept}")

    def ledger(self) -> dict[str, dict[str, Any]]:
        """The rows of the county's ledger by person."""
        return {row["person"]: row for row in self.office.query(cast.COUNTY, "ledger", programme="LN2018")}


@pytest.fixture(scope="module")
def hit(open_desk: Callable[..., Desk], postgres_server: Any) -> Hit:
    return Hit(told(open_desk), postgres_server.url)


@pytest.fixture(autouse=True)
def mended(hit: Hit) -> Iterator[None]:
    yield
    hit.mend()


def alarms() -> float:
    return REGISTRY.get_sample_value("paizhu_vault_unreadable_total") or 0.0


@pytest.mark.parametrize("attack", ATTACKS)
def test_one_unreadable_person_is_one_unreadable_row(hit: Hit, attack: str) -> None:
    sound, before = hit.ledger(), alarms()
    assert [row["unreadable"] for row in sound.values()] == [False, False]
    run(hit.superuser, ATTACKS[attack].format(hit.person))
    rows = hit.ledger()
    bad = rows.pop(hit.person)
    assert (bad["unreadable"], bad["name"], bad["mobile"]) == (True, Missing.UNREADABLE, Missing.UNREADABLE)
    assert {name: bad[name] for name in ("target", "host_post", "row_no")} == {
        name: sound[hit.person][name] for name in ("target", "host_post", "row_no")
    }
    assert rows == {person: row for person, row in sound.items() if person != hit.person}
    assert alarms() > before


def test_a_damaged_form_is_marked_where_the_person_can_be_read(hit: Hit) -> None:
    sound = hit.ledger()[hit.person]
    run(hit.superuser, f"update read.versions set sealed = '!' where person = '{hit.person}' and part = 'form'")
    row = hit.ledger()[hit.person]
    assert (row["name"], row["mobile"], row["unreadable"]) == (sound["name"], sound["mobile"], True)
    assert row["unit_and_post"] == Missing.UNREADABLE
    (form,) = hit.office.query(cast.UNIT_OFFICE, "form", nomination=hit.people[0]["nomination"])
    assert (form["unreadable"], form["fields"]) == (True, {"name": Missing.UNREADABLE, "family": []} | placed(form))
    (other,) = hit.office.query(cast.UNIT_OFFICE, "form", nomination=hit.people[1]["nomination"])
    assert (other["unreadable"], other["fields"]["name"][:4]) == (False, "合成人员")


def placed(form: dict[str, Any]) -> dict[str, str]:
    """Where the person was placed, which is no secret and stands in the form."""
    return {"intended_unit_and_post": form["fields"]["intended_unit_and_post"]}


def test_a_damaged_copy_is_told_by_replay_and_the_log_keeps_the_data(hit: Hit) -> None:
    assert hit.office.replays()
    run(hit.superuser, ATTACKS["the sealed person"].format(hit.person))
    assert not hit.office.replays()


def test_an_erased_person_is_not_called_damaged_and_what_is_handed_over_of_a_damaged_one_says_so(
    open_desk: Callable[..., Desk], postgres_server: Any
) -> None:
    own = Hit(told(open_desk), postgres_server.url)
    other = own.people[1]["person"]
    run(own.superuser, f"update read.versions set sealed = '!' where person = '{own.person}' and part = 'form'")
    handed = erase(own.office, own.person)
    assert handed["personal"]["name"][:4] == "合成人员"
    assert [form["fields"] for form in handed["forms"]] == [Missing.UNREADABLE]
    run(own.superuser, ATTACKS["the key"].format(other))
    before = alarms()
    rows = own.ledger()
    assert (rows[own.person]["name"], rows[own.person]["unreadable"]) == (Missing.ERASED, False)
    assert (rows[other]["name"], rows[other]["unreadable"]) == (Missing.UNREADABLE, True)
    assert alarms() > before
    assert rows_of(own.superuser, "select subject from vault.destroyed") == [(own.person,)]
