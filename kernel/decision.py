"""One attempt to decide: the states it read, the events it made, and the append that follows from both."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from kernel import breath
from kernel.door_refusals import STALE_VERSION
from kernel.errors import LISTED, PaizhuError, Rejected
from kernel.kept import Kept
from kernel.log import Append, Draft, Log
from kernel.messages import Context, Event
from kernel.rules import RuleBook, Rules
from kernel.service import Service, Step

KEPT = 128 << 20
"""Bytes of states kept from one command to the next, about: some two years of a province's registers."""


class States:
    """The folded states of a service's streams, each with its version, as many as weigh ``KEPT`` together."""

    def __init__(self, service: Service, log: Log) -> None:
        self.service = service
        self.log = log
        self._held = Kept(KEPT)

    @property
    def weight(self) -> int:
        """What those kept weigh together, in bytes, about."""
        return self._held.weight

    def get(self, streams: Iterable[str]) -> dict[str, tuple[int, Any]]:
        """(version, state) of each stream; those not held are read from the log together."""
        found: dict[str, tuple[int, Any]] = {}
        missing: dict[str, int] = {}
        for stream in streams:
            held = self._held.get(stream)
            if held is None:
                missing[stream] = 0
            else:
                found[stream] = held
        if missing:
            found |= self._read(missing)
        return found

    def refresh(self, versions: Mapping[str, int], moved: Mapping[str, int] | None = None) -> bool:
        """Bring the streams of a failed attempt up to date; True where one of them had moved."""
        after = {s: v for s, v in versions.items() if moved is None or s in moved}
        if not after:
            return False
        known = {s: held[0] if (held := self._held.get(s)) else 0 for s in after}
        return any(version != after[stream] for stream, (version, _) in self._read(known).items())

    def _read(self, after: Mapping[str, int]) -> dict[str, tuple[int, Any]]:
        fresh: dict[str, tuple[int, Any]] = {}
        for stream, version in after.items():
            held = self._held.get(stream)
            if held is not None and held[0] == version:
                fresh[stream] = held
            else:
                fresh[stream] = (0, self.service.part(stream).initial)
        for _, stream, version, event in self.log.read_streams({s: version for s, (version, _) in fresh.items()}):
            fresh[stream] = version, self.service.part(stream).evolve(fresh[stream][1], event)
        for stream, pair in fresh.items():
            self._held.put(stream, *pair)
        return fresh

    def store(self, decision: Decision) -> None:
        """Keep the states an appended decision led to."""
        for stream, pair in decision.states.items():
            if not stream.startswith("refused/"):
                self._held.put(stream, *pair)


class _Judged(NamedTuple):
    """What was decided on a state and rules before its turn came; ``step`` is held, so that no other has its place."""

    step: Step
    state: Any
    rules: Rules | None
    events: Sequence[Event]


class Decision:
    """Implements ``Room`` for plans and reactions."""

    def __init__(
        self,
        service: Service,
        states: States,
        *,
        find: Callable[..., list[dict[str, Any]]] | None = None,
        tools: Mapping[str, Any] | None = None,
    ) -> None:
        self.service = service
        self.tools: Mapping[str, Any] = tools if tools is not None else {}
        self.versions: dict[str, int] = {}
        self.states: dict[str, tuple[int, Any]] = {}
        self.last_rules: Rules | None = None
        self.result: dict[str, Any] = {}
        self._listed = 0
        self._rules: dict[tuple[str, str | None], tuple[Any, Rules | None]] = {}
        self._judged: dict[int, _Judged] = {}
        self._told: dict[tuple[int, int], tuple[Context, Context]] = {}
        self._shared = states
        self._find = find
        self.begin()

    def begin(self) -> None:
        """Start the next item of a batch: events made from here on belong to it."""
        self.drafts: list[Draft] = []
        self._expects: dict[str, int] = {}
        self._before: dict[str, tuple[int, Any]] = {}

    def undo(self) -> None:
        """Forget the events of the present item."""
        self.states |= self._before
        self.drafts = []

    # Room

    def load(self, stream: str) -> Any:
        """See ``Room.load``."""
        known = self.states.get(stream)
        if known is None or stream not in self._expects:
            return self.load_all((stream,))[stream]
        return known[1]

    def load_all(self, streams: Iterable[str]) -> dict[str, Any]:
        """See ``Room.load_all``."""
        streams = list(dict.fromkeys(streams))
        unseen = [s for s in streams if s not in self.states]
        if unseen:
            for stream, pair in self._shared.get(unseen).items():
                self.states[stream] = pair
                self.versions[stream] = pair[0]
        for stream in streams:
            self._expects.setdefault(stream, self.states[stream][0])
        return {s: self.states[s][1] for s in streams}

    def find(self, sql: str, *params: Any) -> list[dict[str, Any]]:
        """See ``Room.find``."""
        if self._find is None:
            raise RuntimeError("this handler has no read models to search")
        return self._find(sql, *params)

    def rules(self, programme: str, area: str | None = None) -> Rules | None:
        """See ``Room.rules``."""
        book = self.load(f"programme/{programme}")
        known = self._rules.get((programme, area))
        if known is None or known[0] is not book:
            found = book.effective(programme, area) if isinstance(book, RuleBook) else None
            known = self._rules[programme, area] = book, found
        self.last_rules = known[1]
        return self.last_rules

    def refuse(self, item: int, error: PaizhuError) -> None:
        """See ``Room.refuse``."""
        self.cite(error)
        if self._listed < LISTED:
            self._listed += max(1, len(error.details))
            self.result.setdefault("refused", []).append({"item": item, **error.problem()})
            return
        unlisted = self.result.setdefault("unlisted", {"items": [], "counts": {}})
        unlisted["items"].append(item)
        unlisted["counts"][error.code] = unlisted["counts"].get(error.code, 0) + 1

    def cite(self, refusal: Exception) -> None:
        """Fill in the notice and clause a refusal rests on, from the rules last looked at."""
        if isinstance(refusal, Rejected) and refusal.rule and refusal.clause is None and self.last_rules:
            refusal.notice, refusal.clause = self.last_rules.basis(refusal.rule)

    # Deciding

    def run(self, steps: Iterable[Step], expected: int | None = None) -> None:
        """Decide ``steps`` in order, each on the state the ones before it left.

        Raises:
            Rejected: from the first step that is refused.
            Stale: where the first step's stream is not at version ``expected``.
        """
        steps = list(steps)
        self.load_all(step.stream for step in steps)
        for number, step in enumerate(steps):
            version, state = self.states[step.stream]
            if number == 0 and expected is not None and version != expected:
                raise STALE_VERSION(version=version, expected=expected)
            rules = self._rules_of(step.stream)
            judged = self._judged.pop(id(step), None)
            if judged is None or judged.state is not state or judged.rules is not rules:
                events = self._decided(step, state, rules)
            else:
                events = judged.events
            for event in events:
                self.note(step.stream, event, rules)
            if number % breath.EVERY == 0:
                breath.take()

    def judge(self, step: Step) -> None:
        """See ``Room.judge``."""
        state, rules = self.load(step.stream), self._rules_of(step.stream)
        try:
            self._judged[id(step)] = _Judged(step, state, rules, self._decided(step, state, rules))
        except Rejected as refusal:
            self.cite(refusal)
            raise
        if len(self._judged) % breath.EVERY == 0:
            breath.take()

    def _rules_of(self, stream: str) -> Rules | None:
        programme, area = self.service.part(stream).scope(stream.split("/", 1)[1])
        return self.rules(programme, area) if programme else None

    def _decided(self, step: Step, state: Any, rules: Rules | None) -> Sequence[Event]:
        context = step.command.context
        known = (id(context), id(rules))
        if known not in self._told:  # one for thousands of steps; it stands beside what its name is made of
            self._told[known] = context, replace(context, rules=rules)
        return self.service.part(step.stream).decide(state, replace(step.command, context=self._told[known][1]))

    def note(self, stream: str, event: Event, rules: Rules | None = None) -> None:
        """Add one decided event to ``stream``."""
        known = self.states.get(stream, (0, None))
        self._expects.setdefault(stream, known[0])
        self._before.setdefault(stream, known)
        part = self.service.part(stream) if stream.split("/", 1)[0] in self.service.parts else None
        paths = part.rests(known[1], event) if part else event.rests_on()
        notice, clause = rules.basis(*paths) if rules else (None, None)
        self.drafts.append(
            Draft(stream, event, rules.programme if rules else None, rules.version if rules else None, notice, clause)
        )
        if part:
            known = (known[0], part.evolve(known[1], event))
        self.states[stream] = (known[0] + 1, known[1])

    def append(self, context: Context, digest: bytes, taken_in: tuple[str, int] | None = None) -> Append:
        """The append of the present item."""
        actor = context.actor
        return Append(
            context.command_id,
            digest,
            tuple(self.drafts),
            self._expects,
            {"person": actor.person, "post": actor.post, "organ": actor.organ},
            context.correlation,
            context.causation,
            self.result,
            taken_in,
        )
