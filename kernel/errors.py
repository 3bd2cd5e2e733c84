"""Every error the system tells anybody about.

    PaizhuError                 code, Chinese sentence, what would be accepted
    ├── BadInput                the message does not fit its contract
    ├── Unauthenticated         no token, or one that does not verify
    ├── Forbidden               the token is good, the act is not its holder's
    ├── Unknown                 nothing of that name
    ├── Rejected                a rule of the programme refuses
    ├── Reused                  the command id was used for another command
    ├── Stale                   the stream has another version than the caller expects
    ├── TooMany                 the caller has as much under way as it may have
    ├── TooOften                the caller asked more often than it may
    ├── TooLarge                the body is longer than the door admits
    ├── HeadTooLarge            so are the request line and the headers
    ├── TooSlow                 the request did not come in within its time
    ├── WrongMedia              the body is of a type the door does not take
    ├── WrongMethod             the place is there, the method is not
    ├── NotYet                  the position named by ``after`` is not reached
    └── Busy                    conflicts did not settle, or a server is away
    Conflict, ClaimTaken, Corrupt   inside the log only; callers turn them into one of the above

One table in the gateway maps ``kind`` to an HTTP status.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any, Self

LISTED = 200
"""Findings that an answer lists."""


class PaizhuError(Exception):
    """An answer that refuses. ``details`` lists single findings: {field, code, sentence, accepted}.

    At most ``LISTED`` findings are listed; of more, ``counts`` tells how many there are of each code.
    ``taken_in`` says what a refusal on facts rests on: source → position that was taken in before it was decided.
    ``retry_after`` are the seconds after which the same may be asked again, where they are known.
    """

    kind = "error"
    code = "error"
    accepted: str | None = None
    taken_in: Mapping[str, int] | None = None
    retry_after: int | None = None

    def __init__(
        self,
        sentence: str,
        *,
        code: str | None = None,
        field: str | None = None,
        accepted: str | None = None,
        notice: str | None = None,
        clause: str | None = None,
        details: list[dict[str, Any]] | None = None,
    ) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.code = code or self.code
        self.field = field
        self.accepted = accepted or self.accepted
        self.notice = notice
        self.clause = clause
        self.details = (details or [])[:LISTED]
        self.counts = Counter(one.get("code", "") for one in details or () if len(details or ()) > LISTED)

    def cited(self, notice: str | None, clause: str | None) -> Self:
        """The error itself, with the notice and clause it rests on."""
        self.notice, self.clause = notice, clause
        return self

    def again_in(self, seconds: int) -> Self:
        """The error itself, with the seconds after which the same may be asked again."""
        self.retry_after = seconds
        return self

    def problem(self) -> dict[str, Any]:
        """The error as plain data, the form it has on the wire."""
        return {
            "kind": self.kind,
            "code": self.code,
            "sentence": self.sentence,
            "field": self.field,
            "accepted": self.accepted,
            "notice": self.notice,
            "clause": self.clause,
            "details": self.details,
            **({"counts": dict(self.counts)} if self.counts else {}),
            **({} if self.taken_in is None else {"taken_in": dict(self.taken_in)}),
            **({} if self.retry_after is None else {"retry_after": self.retry_after}),
        }


class BadInput(PaizhuError):
    """The message does not fit its contract."""

    kind = "bad_input"
    code = "bad_input"


class Unauthenticated(PaizhuError):
    """No token, or one that does not verify."""

    kind = "unauthenticated"
    code = "token_missing"


class Forbidden(PaizhuError):
    """The token is good, the act is not its holder's."""

    kind = "forbidden"
    code = "forbidden"


class Unknown(PaizhuError):
    """Nothing of that name."""

    kind = "unknown"
    code = "unknown"


class Reused(PaizhuError):
    """The command id was used for another command."""

    kind = "reused"
    code = "command_id_reused"


class Stale(PaizhuError):
    """The stream has another version than the caller expects."""

    kind = "stale"
    code = "stale_version"


class TooMany(PaizhuError):
    """The caller has as much under way as it may have; nothing was recorded, try again when some of it has ended."""

    kind = "too_many"
    code = "too_many"
    accepted = "稍后以同一编号重试"


class TooOften(PaizhuError):
    """The caller asked more often than it may; nothing was recorded, try again in ``retry_after`` seconds."""

    kind = "too_often"
    code = "rate_exceeded"


class TooLarge(PaizhuError):
    """The body is longer than the door admits."""

    kind = "too_large"
    code = "body_too_large"


class HeadTooLarge(PaizhuError):
    """Request line and headers are longer than the door admits."""

    kind = "head_too_large"
    code = "head_too_large"


class TooSlow(PaizhuError):
    """The request did not come in within its time; nothing was done."""

    kind = "too_slow"
    code = "too_slow"


class WrongMedia(PaizhuError):
    """The body is of a type the door does not take."""

    kind = "media"
    code = "media_unsupported"


class WrongMethod(PaizhuError):
    """The place is there, the method is not; ``accepted`` names those that are."""

    kind = "method"
    code = "method_unsupported"


class NotYet(PaizhuError):
    """The position named by ``after`` is not reached; nothing was recorded, try again."""

    kind = "not_yet"
    code = "not_yet"
    accepted = "稍后以同一编号重试"


class Busy(PaizhuError):
    """Conflicts did not settle, or a server is away; nothing was recorded, try again."""

    kind = "busy"
    code = "busy"
    accepted = "稍后以同一编号重试"


class Rejected(PaizhuError):
    """A rule refuses. ``rule`` is the path in the profile from which notice and clause are filled in.

    ``kind`` "rule" is a refusal by the rules, "forbidden" one for lack of authority, "unknown" for a missing thing.
    """

    kind = "rule"

    def __init__(
        self, code: str, sentence: str, *, rule: str | None = None, kind: str | None = None, **more: Any
    ) -> None:
        super().__init__(sentence, code=code, **more)
        self.rule = rule
        if kind is not None:
            self.kind = kind


class Conflict(Exception):
    """A stream that was read has moved on. ``streams`` names each with the version found."""

    def __init__(self, streams: Mapping[str, int]) -> None:
        super().__init__(f"streams moved on: {dict(streams)}")
        self.streams = streams


class ClaimTaken(Exception):
    """A claimed name belongs to another stream already."""

    def __init__(self, key: str, stream: str) -> None:
        super().__init__(f"{key.split(':', 1)[0]} is taken")
        self.key = key
        self.stream = stream


class Corrupt(Exception):
    """The log contradicts itself: a position is missing or a stored text cannot be read. Never retried."""
