"""The pauses of the process of the days: who is behind on every day is waited for on every day anew."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from datetime import date
from typing import Any

from kernel.days import Days, actor_in

LAST = date(2019, 1, 31)


class Stop(threading.Event):
    """Writes down how long it was waited for, and waits for nothing; a long look is the end."""

    def __init__(self) -> None:
        super().__init__()
        self.pauses: list[float] = []

    def wait(self, timeout: float | None = None) -> bool:
        if timeout is not None and timeout < 1.0:
            self.pauses.append(timeout)
        else:
            self.set()
        return self.is_set()


class Behind:
    """Two services of which the second has not heard of the first whenever it is first asked on a day."""

    def __init__(self) -> None:
        self.passed: list[str] = ["2018-12-31"]
        self._asked: set[str] = set()

    def __call__(self, service: str, method: str, request: Mapping[str, Any]) -> dict[str, Any]:
        if request.get("query") == "days_passed":
            return {"items": [{"day": self.passed[-1]}]}
        if method == "execute":
            self.passed.append(request["data"]["day"])
            return {"receipt": {"position": 1, "repeated": False}}
        day = request["params"]["day"]
        if service == "second" and day not in self._asked:
            self._asked.add(day)
            return {"problem": {"kind": "not_yet", "code": "not_yet"}}
        return {"items": [], "position": 1}


def test_a_service_that_is_behind_on_every_day_does_not_make_the_pauses_grow() -> None:
    stop, services = Stop(), Behind()
    follows = {"first": (), "second": ("first",)}
    Days(services, follows, "first", actor_in("21"), lambda: LAST, stop).run()
    assert services.passed[-1] == f"{LAST}"
    assert len(stop.pauses) == 31
    assert max(stop.pauses) <= 0.02


def test_who_has_days_to_make_up_is_ready_from_its_first_answer_on() -> None:
    services, seen = Behind(), list[str | None]()
    follows = {"first": (), "second": ()}

    def asked(service: str, method: str, request: Mapping[str, Any]) -> dict[str, Any]:
        seen.append(days.able.check())
        return services(service, method, request)

    services._asked |= {date.fromordinal(LAST.toordinal() - back).isoformat() for back in range(40)}
    days = Days(asked, follows, "first", actor_in("21"), lambda: LAST, Stop())
    days.run()
    assert services.passed[-1] == f"{LAST}"
    first, *later = seen
    assert first is not None
    assert set(later) == {None}
