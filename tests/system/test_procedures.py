"""The procedures of the published files on running systems: any order of the steps, by anybody, over HTTP.

No state is reached that the file does not allow: what is taken has before it what the file asks for, by whom it names;
what is refused leaves nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from cli.office import issuer_of, token
from demo.offices import Offices
from demo.people import People
from demo.qingshen.world import SCOPE as SICHUAN
from demo.qingshen.world import QingshenWorld
from demo.shanxi.world import SCOPE as SHANXI
from demo.shanxi.world import ShanxiWorld
from demo.world import SCENARIO, World
from deploy.local.system import System, running
from services import SERVICES
from tests.kit.procedures.liaoning import SCOPE as LIAONING
from tests.kit.procedures.liaoning import Commendation, Forms, Liaoning
from tests.kit.procedures.qingshen import ASKED, Pool, Qingshen
from tests.kit.procedures.shanxi import Nomination, Shanxi
from tests.kit.procedures.shanxi_ledger import Ledger
from tests.kit.procedures.shanxi_postings import KINDS, Posted, Postings
from tests.kit.procedures.walk import walked


@contextmanager
def played(data: Path, province: str, world: Callable[..., Any]) -> Iterator[tuple[System, Any]]:
    """The gateway and the four services of a province; no process of the days gives commands meanwhile."""
    with running(data, (*SERVICES, "gateway"), told={"PAIZHU_PROVINCE": province}) as system:
        issuer = issuer_of(system.keys, province)
        gateway = Offices(system.gateway_url, lambda office: token(issuer, office))
        try:
            yield system, world(gateway, SCENARIO, lambda done: None, lambda more: None, People())
        finally:
            gateway.close()


@pytest.fixture(scope="module")
def shanxi(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shanxi]:
    with played(tmp_path_factory.mktemp("procedures") / "2015", SHANXI, ShanxiWorld) as (system, world):
        made = Shanxi(system, world)
        made.settle()
        yield made


@pytest.fixture(scope="module")
def qingshen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Qingshen]:
    with played(tmp_path_factory.mktemp("procedures") / "2017", SICHUAN, QingshenWorld) as (system, world):
        made = Qingshen(system, world)
        made.settle()
        yield made


@pytest.fixture(scope="module")
def liaoning(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Liaoning]:
    with played(tmp_path_factory.mktemp("procedures") / "2018", LIAONING, World) as (system, world):
        made = Liaoning(system, world)
        made.settle()
        yield made


@pytest.mark.req("PE-028")
def test_a_nomination_of_2015_goes_no_other_way_than_the_file(shanxi: Shanxi) -> None:
    walked(Nomination(shanxi), examples=5, steps=24)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.procedure)
def test_nothing_of_a_posting_of_2015_goes_another_way(shanxi: Shanxi, kind: type[Posted]) -> None:
    walked(Postings(shanxi, kind), examples=3, steps=16)


def test_a_ledger_of_2015_is_signed_sealed_and_filed_in_no_other_way(shanxi: Shanxi) -> None:
    walked(Ledger(shanxi), examples=3, steps=24)


@pytest.mark.parametrize("name", ASKED)
def test_nobody_enters_or_leaves_the_pool_of_2017_another_way(qingshen: Qingshen, name: str) -> None:
    walked(Pool(qingshen, name), examples=3, steps=20)


@pytest.mark.req("PE-009")
def test_a_form_of_2018_is_signed_off_and_stamped_in_no_other_way(liaoning: Liaoning) -> None:
    walked(Forms(liaoning), examples=4, steps=20)


def test_nobody_is_commended_another_way_than_the_notice_of_2003(liaoning: Liaoning) -> None:
    walked(Commendation(liaoning), examples=4, steps=24)
