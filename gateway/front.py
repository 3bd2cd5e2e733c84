"""The composition of the gateway: every room opened with what it needs, once, from the configuration."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from gateway import openapi, roster_door, routes
from gateway.accounts import codes
from gateway.accounts.door import SignInDoor
from gateway.accounts.entrance import Entrance
from gateway.accounts.passwords import Passwords
from gateway.accounts.seats import Seats, register
from gateway.accounts.sessions import Sessions
from gateway.accounts.store import Store
from gateway.api import Api, Services, path
from gateway.appointment.door import AppointmentDoor
from gateway.console.acts import Acts
from gateway.console.after import Arrival
from gateway.console.cadre_page import CadrePage
from gateway.console.door import ConsoleDoor
from gateway.console.due_page import DuePage
from gateway.console.filters import Lookup
from gateway.console.find_page import FindPage
from gateway.console.month_page import MonthPage
from gateway.console.pages import Pages
from gateway.console.questions import Questions
from gateway.console.reading import Reading
from gateway.console.solve_page import SolvePage
from gateway.console.upload_page import UploadPage
from gateway.described import Described
from gateway.due_door import DueDoor
from gateway.exchange import Reply, Request
from gateway.feeds.door import FeedDoor, StoredFeeds
from gateway.feeds.parked import open_parked_desk
from gateway.feeds.process import cities
from gateway.form_door import FormDoor
from gateway.heads import Heads
from gateway.jobs_door import JobsDoor
from gateway.ledger_door import LedgerDoor
from gateway.months import MonthDoor
from gateway.offices import OfficeDoor
from gateway.parked_door import ParkedDoor
from gateway.parked_messages import ParkedMessages
from gateway.proofs import ProofDoor
from gateway.refusals import BROKER_BLOCKED, SERVICE_AWAY
from gateway.roster_reading import Readers
from gateway.spared import Spared
from gateway.toll import Toll
from gateway.underway import Underway
from gateway.waiting import WAITING, InTurn, Limited
from kernel import keyfiles
from kernel.auth import Verifier
from kernel.bus.rpc import Away
from kernel.calendar import written_day
from kernel.config import Config
from kernel.door_refusals import REQUEST_INTERRUPTED
from kernel.rates import Kind
from kernel.switchboard import Blocked, Switchboard
from programmes.standing import standing

if TYPE_CHECKING:
    from gateway.accounts.oidc import Oidc

PATIENCE: Final = 30.0
"""Seconds for one answer of a service. A province's roster, the longest command, takes a fraction of it. What takes
longer is answered with 503, goes on, and is found done when it is sent again under its id."""

PLACES: Final = WAITING + 128
"""Requests that may be in hand at a time: those that wait, and beside them always some for feeds, documents, health."""

GLANCE: Final = 3.0
"""Seconds the page waits for one answer."""


class Front:
    """The API with all its rooms, and what readiness asks of it."""

    def __init__(self, config: Config) -> None:
        commands = routes.commands()
        self.switchboard = Switchboard(config.amqp, name="gateway")
        self.feeds = StoredFeeds(config.db)
        glance = over(self.switchboard.call, GLANCE)
        verifier = self._sessions(config, glance)
        # Who waits for facts on their way is not in the way of others: turns are taken beneath.
        services = Limited(Underway(InTurn(Spared(over(self.switchboard.call)), config.workers), glance))
        toll = Toll(verifier.bearer, config.rates, config.proxies)
        self.api = Api(services, verifier.bearer, commands, toll.charge)
        self.api.open(*Heads(services, verifier.bearer, self.feeds).paths())
        self.api.open(*FeedDoor(self.feeds, verifier.bearer, cities(config.province)).paths())
        readers, rosters = Readers(), JobsDoor(services, verifier.bearer, roster_door.route(commands).service)
        door = roster_door.RosterDoor(self.api, verifier.bearer, roster_door.route(commands), readers, rosters)
        self.api.open(*door.paths(), *rosters.looking())
        forms = FormDoor(self.api, verifier.bearer)
        self.api.open(*forms.paths())
        self.api.open(*AppointmentDoor(self.api, verifier.bearer, roster_door.route(commands)).paths())
        self.api.open(*OfficeDoor(self.api, verifier.bearer, commands, readers).paths())
        self.api.open(*MonthDoor(self.api, verifier.bearer, commands, readers).paths())
        self.api.open(*LedgerDoor(self.api, verifier.bearer, commands, readers).paths())
        due = DueDoor(services, verifier.bearer)
        self.api.open(*due.paths())
        plan_jobs = JobsDoor(services, verifier.bearer)
        self.api.open(*plan_jobs.paths())
        self.api.open(*ProofDoor(services, verifier.bearer).paths())
        desk = open_parked_desk(config.db, config.province, cities(config.province))
        mail = ParkedMessages(config.amqp)
        self.api.open(*ParkedDoor(services, verifier.bearer, desk.answer, mail).paths())
        # The page would rather name who is away than keep its reader waiting.
        reading = Reading(InTurn(glance, config.workers, GLANCE), self.feeds)
        entrance = Entrance(verifier, Passwords(), lambda: keyfiles.key(config.keys, codes.KEY))
        self._described = Described(glance)
        self._document: tuple[Any, Reply] | None = None
        pages = Pages(verifier.bearer, config.province, self._described.all)
        self.api.open(*pages.assets.paths())
        standing_of = Heads(glance, verifier.bearer, self.feeds)
        arrival = Arrival(lambda service: standing_of.of(service, None))
        acts = Acts(self.api, pages, arrival)
        self.api.open(*ConsoleDoor(reading, pages).paths(), *acts.paths())
        self.api.open(*SignInDoor(entrance, pages, toll.address, _issuer(config, entrance)).paths())
        lookup = Lookup(glance, pages.areas)
        questions = Questions(self.api, pages, lookup, arrival)
        # Of a chapter with a page of its own this one answers.
        self.api.open(*MonthPage(self.api, pages, lookup, acts, questions, arrival).paths(), *questions.paths())
        self.api.open(*FindPage(self.api, pages, lookup).paths())
        self.api.open(*SolvePage(pages, plan_jobs, lookup).paths())
        self.api.open(*UploadPage(pages, door, {"personnel": rosters, "allocation": plan_jobs}).paths())
        self.api.open(*CadrePage(self.api, pages, lookup, forms, arrival).paths())
        self.api.open(*DuePage(due, pages, commands, arrival, lookup).paths())
        self.api.open(path("GET", "/api/openapi.json", self._openapi, kind=Kind.OPEN))
        # What is measured is told on the health port alone: it is for those who run the system, not for its users.
        self.api.open(path("GET", "/health/(?P<which>live|ready)", self._health, kind=Kind.OPEN))

    def _sessions(self, config: Config, glance: Services) -> Sessions:
        """Who is asking, by token or session; the register of officers says who that is today."""
        verifier = Verifier(config.keys, fits=standing(config.province))
        today = partial(written_day, config.days) if config.days not in ("", "none") else None
        seats = Seats(register(glance, config.province))
        return Sessions(Store(config.db), seats, verifier, today=today)

    def checks(self) -> Mapping[str, Callable[[], str | None]]:
        """What readiness asks: name → None where all is well, else what is wrong."""
        return {"broker": self.switchboard.check, "database": self.feeds.check}

    def _openapi(self, request: Request, correlation: str) -> Reply:
        described = self._described.all()
        if self._document is None or self._document[0] != described:  # making it takes longer than comparing
            self._document = (described, Reply.json(openapi.document(routes.commands(), described)))
        return self._document[1]

    def _health(self, request: Request, correlation: str, which: str) -> Reply:
        found = {"loop": "ok"}
        if which == "ready":
            found |= {name: check() or "ok" for name, check in self.checks().items()}
        return Reply.json(found, status=200 if set(found.values()) == {"ok"} else 503)


def _issuer(config: Config, entrance: Entrance) -> Oidc | None:
    """The issuer people sign in with beside, where one is set; what speaks with it is loaded there alone."""
    if not config.oidc:
        return None
    from gateway.accounts import oidc

    url, client, own = config.oidc
    secret = (config.keys / "oidc-secret").read_text(encoding="utf-8").strip()
    return oidc.Oidc(entrance, oidc.Issuer(url, client, secret, f"{own.rstrip('/')}/sign-in/oidc/back"))


def over(call: Callable[..., dict[str, Any]], timeout: float = PATIENCE) -> Services:
    """The services behind ``call``; one that does not answer within ``timeout`` seconds is Busy, and so is one that
    ended over the request.

    While the broker takes no messages everybody is Busy at once.
    """

    def ask(service: str, method: str, request: Mapping[str, Any]) -> dict[str, Any]:
        try:
            answer = call(service, method, request, timeout)
        except Blocked as error:
            raise BROKER_BLOCKED() from error
        except Away as error:
            raise SERVICE_AWAY(service=service) from error
        if answer.get("problem", {}).get("code") == REQUEST_INTERRUPTED.code:
            raise REQUEST_INTERRUPTED()
        return answer

    return ask
