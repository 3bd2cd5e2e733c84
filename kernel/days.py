"""Days: what has to be asked on each day is asked, once and in order, and the day is written down as passed.

The services say what a day asks of them (their question ``daily``); one of them keeps which days have passed
(``days_passed``, ``PassDay``). A command's id is made of the day and the command, so it takes effect once however often
this process is killed, and whoever begins again begins the day again. Nothing of this is remembered here.

Invariants: a day is begun when the one before it has passed, and none before it has come; a refusal does not hold the
day up and stands in what is written down of it; a server that is away does.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any, Final

from kernel import logs
from kernel.backoff import Backoff, stop_on_signals
from kernel.bus.rpc import Away, Client
from kernel.calendar import day_of, written_day
from kernel.command_ids import of_day
from kernel.config import Config
from kernel.health import Health, Pulse, Switch
from kernel.log.batch import clock
from kernel.messages import Actor

_LOG = logs.get("days")
_LOOK: Final = 5.0
"""Seconds between two looks whether a new day has come."""
_TRIES: Final = 5
"""How often a command is given that fails over an error of its service, before the day goes on without it."""
_LISTED: Final = 100
"""Refusals that are written down with a day."""
_PASSING: Final = ("busy", "not_yet")
_BROKEN: Final = "error"

Ask = Callable[[str, str, Mapping[str, Any]], dict[str, Any]]
"""(service, method, request) -> the answer of its door. Raises Away."""


class Later(Exception):
    """A service could not answer now."""


def missed(passed: date | None, today: date | None) -> Iterator[date]:
    """The days that have come and not passed, in order; the first of all is today."""
    day = today if passed is None else passed + timedelta(days=1)
    while day is not None and today is not None and day <= today:
        yield day
        day += timedelta(days=1)


class Days:
    """Asks the services, in their order in ``follows``, for what a day asks of them; ``keeper`` writes the days down.

    ``follows`` says whose events each takes in: what the day led to there is waited for.

    ``today`` is the clock of the place, None where no day has come yet.
    """

    def __init__(
        self,
        ask: Ask,
        follows: Mapping[str, Collection[str]],
        keeper: str,
        actor: Actor,
        today: Callable[[], date | None],
        stop: threading.Event,
        health: Health | None = None,
    ) -> None:
        self.health = health or Health()
        self.pulse = Pulse(900.0)
        self.able = Switch()
        self.health.live("loop", self.pulse.check)
        self.health.ready("services", self.able.check)
        self._ask = ask
        self._follows = follows
        self._keeper = keeper
        self._actor = asdict(actor)
        self._today = today
        self._stop = stop
        self._broken: dict[str, int] = {}
        self._backoff = Backoff(first=0.02)

    def run(self) -> None:
        """Pass each day that comes until told to stop, over any loss of a server."""
        while not self._stop.is_set():
            self.pulse.beat()
            try:
                self.catch_up()
            except (Away, Later) as error:
                self.able.away(str(error))
                _LOG.warning("away", why=str(error))
                self._backoff.wait(self._stop)
                continue
            self.able.back()
            self._backoff.reset()
            _LOG.debug("waiting")
            self._stop.wait(_LOOK)

    def catch_up(self) -> int:
        """Pass every day that has come; gives how many. Raises Away, and ``Later`` where a service is not ready."""
        if self._today() is None:
            return 0
        last = self._query(self._keeper, "days_passed", {}, {})["items"][0]["day"]
        self.able.back()  # who has years to make up is at work, and nobody is to wait for the end of it
        days = 0
        for day in missed(last and date.fromisoformat(last), self._today()):
            if self._stop.is_set():
                break
            self.pass_day(day)
            days += 1
        return days

    def pass_day(self, day: date) -> None:
        """Give every command of one day and write it down as passed. Raises as ``catch_up``."""
        reached: dict[str, int] = {}
        refused: list[str] = []
        for service in self._follows:
            found = self._query(service, "daily", {"day": day.isoformat()}, reached)
            reached[service] = found["position"]
            for item in found["items"]:
                told = self._give(service, day, item["command"], item["subject"], item["data"], reached)
                if "problem" in told:
                    refused.append(f"{item['command']}/{item['subject']}: {told['problem']['code']}")
                else:
                    reached[service] = told["receipt"]["position"]
        data = {"scope": self._actor["areas"][0], "day": day.isoformat(), "refused": refused[:_LISTED]}
        told = self._give(self._keeper, day, "PassDay", "", data, reached)
        if "problem" in told:  # another has passed it meanwhile, or nothing will
            raise Later(f"{day}: {told['problem']['code']}")
        self._backoff.reset()  # who was behind has caught up: the next day begins without their pauses
        self.able.back()
        _LOG.info("passed", day=day.isoformat(), refused=len(refused))

    def _give(
        self, service: str, day: date, command: str, subject: str, data: Mapping[str, Any], reached: Mapping[str, int]
    ) -> dict[str, Any]:
        name = of_day(day, command, subject)
        _LOG.debug("giving", command=name)
        answer = self._answer(
            service,
            "execute",
            {
                "command": command,
                "id": name,
                "occurred_on": day.isoformat(),
                "data": data,
                "actor": self._actor,
                "after": self._followed(service, reached),
            },
        )
        problem = answer.get("problem")
        if problem and problem["kind"] == _BROKEN:
            self._broken[name] = self._broken.get(name, 0) + 1
            if self._broken[name] < _TRIES:
                raise Later(f"{name}: {problem['code']}")
        if problem:
            _LOG.warning("refused", command=name, code=problem["code"])
        else:
            _LOG.debug("given", command=name, repeated=answer["receipt"]["repeated"])
        return answer

    def _query(self, service: str, query: str, params: Mapping[str, str], reached: Mapping[str, int]) -> dict[str, Any]:
        request = {
            "query": query,
            "params": params,
            "actor": self._actor,
            "after": self._followed(service, reached),
            "limit": 1000,
        }
        answer = self._answer(service, "query", request)
        if "problem" in answer:
            raise Later(f"{service}.{query}: {answer['problem']['code']}")
        return answer

    def _answer(self, service: str, method: str, request: Mapping[str, Any]) -> dict[str, Any]:
        answer = self._ask(service, method, request)
        if (problem := answer.get("problem")) and problem["kind"] in _PASSING:
            raise Later(f"{service}: {problem['code']}")
        self.pulse.beat()
        return answer

    def _followed(self, service: str, reached: Mapping[str, int]) -> dict[str, int]:
        """Of what was reached, what the service must have taken in before it answers."""
        heard = {service, *self._follows[service]}
        return {name: position for name, position in reached.items() if name in heard}


def day_told(days: str, now: Callable[[], int] = clock) -> date | None:
    """Which day it is by PAIZHU_DAYS, never one that has not come; None where none is to pass."""
    today = day_of(now())
    return None if days == "none" else min(written_day(days), today) if days else today


def actor_in(province: str) -> Actor:
    """As whom the days are passed: with the rights of the role ``calendar``, and no others."""
    return Actor("calendar", "calendar", province, "calendar", (province,))


def main(follows: Mapping[str, Collection[str]], keeper: str, config: Config) -> int:
    """Pass the days until SIGTERM. Gives the exit status."""
    logs.configure("calendar", config.log_level)
    client = Client(config.amqp, name="calendar", timeout=120.0)
    actor = actor_in(config.province)
    days = Days(client.call, follows, keeper, actor, lambda: day_told(config.days), stop_on_signals())
    days.health.serve(config.health_port, config.bind)
    days.run()
    client.close()
    return 0
