"""Tokens: who is asking, proven by a signature.

A token is a JWT (RFC 7519) signed with Ed25519 (RFC 8037; the algorithm's name by RFC 9864). Only an issuer holds the
private key; whoever verifies needs the public one. Every token has an id (``jti``) by which it can be taken back
(``revocation``). Invariant: a claim reaches the system through ``Verifier`` only, and what a token says of itself that
a verifier must heed (times, issuer, audience, critical headers) is heeded or the token refused. What verifies can be
revoked, ends within a year, and names a holder who can be written in one way alone, in a role that fits its place.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey

from kernel import personal, text
from kernel.door_refusals import TOKEN_EXPIRED, TOKEN_INVALID, TOKEN_MISSING, TOKEN_NOT_YET_VALID, TOKEN_REVOKED
from kernel.keyfiles import made
from kernel.messages import Actor
from kernel.reach import Fits, anybody
from kernel.revocation import Revocations, is_id

ALGORITHM = "Ed25519"
ISSUER: Final = "paizhu"
"""What tokens of this system call their issuer (``iss``, RFC 7519 section 4.1.1)."""
LIFE: Final = 366 * 86_400
"""Seconds a token holds at most, from its ``iat``."""
SKEW: Final = 60
"""Seconds by which an issuer's clock may be ahead of a verifier's."""
PRIVATE, PUBLIC = "token-private.pem", "token-public.pem"
_TEXTS = ("sub", "post", "organ", "role")
_LISTS = ("areas", "units")
_TIMES = ("exp", "nbf", "iat")
_AREA: Final = re.compile("[0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12}")
_LINE: Final = re.compile(r"[^\n\t]*[^\s][^\n\t]*")
_LONGEST: Final = 400
"""Characters of a post, an organ, a role or a unit."""
_LATEST: Final = 253_402_300_799
"""The last second of the year 9999: no later one can be told as a date."""


class Issuer:
    """Signs tokens with the private key in ``folder``, for holders whose role and place agree (``fits``).

    The pair is made on first use, the private half 0600.
    """

    def __init__(self, folder: Path, clock: Callable[[], float] = time.time, fits: Fits = anybody) -> None:
        self._clock = clock
        self._fits = fits
        self._key = OKPKey.import_key(_made(folder).read_bytes())
        self._kid = self._key.thumbprint()

    def issue(self, claims: Mapping[str, Any], ttl: int) -> str:
        """A token for ``claims`` (sub, post, organ, role, areas, units) that holds for ``ttl`` seconds.

        Its id is a new one, or the ``jti`` among the claims.

        Raises:
            ValueError: where the claims would not verify.
        """
        now = int(self._clock())
        lists = {name: list(v) if isinstance(v := claims.get(name, ()), tuple) else v for name in _LISTS}
        body = {"jti": new_id(), **claims, **lists, "iss": ISSUER, "iat": now, "exp": now + ttl}
        try:
            _holder(body, self._fits)
        except _Unsound as why:
            raise ValueError(f"no verifier takes such a token: {why}") from None
        return jwt.encode({"alg": ALGORITHM, "kid": self._kid}, body, self._key, algorithms=[ALGORITHM])


def new_id() -> str:
    """An id for a token."""
    return secrets.token_hex(8)


@dataclass(frozen=True, slots=True)
class Admitted:
    """A token that verified: from when and until when it holds (seconds since 1970), its id, its holder."""

    begins: int
    expires: int
    id: str
    actor: Actor


class Verifier:
    """Checks tokens against the public key and the list of revoked ones in ``folder``, and their holders by ``fits``.

    What verified is remembered, by digest, until it expires; whether it was revoked is asked each time.
    """

    def __init__(
        self, folder: Path, clock: Callable[[], float] = time.time, remember: int = 4096, fits: Fits = anybody
    ) -> None:
        self._clock = clock
        self._fits = fits
        self._public = folder / PUBLIC
        self._key: OKPKey | None = None
        self._remember = remember
        self._known: OrderedDict[bytes, Admitted] = OrderedDict()
        self._revoked = Revocations(folder, clock)
        self._lock = threading.Lock()

    def verify(self, token: str | None) -> Actor:
        """The holder of ``token``. Raises as ``admitted`` does."""
        return self.admitted(token).actor

    def revoked(self, token_id: str) -> bool:
        """Whether the token of this id was taken back."""
        return self._revoked.holds(token_id)

    def admitted(self, token: str | None) -> Admitted:
        """What ``token`` says, and of whom.

        Raises:
            Unauthenticated: code ``token_missing``, ``token_invalid`` (form, algorithm, signature or claims),
                ``token_not_yet_valid``, ``token_expired`` or ``token_revoked``.
        """
        if not token:
            raise TOKEN_MISSING()
        digest = hashlib.sha256(token.encode("utf-8", "surrogateescape")).digest()
        now = self._clock()
        with self._lock:
            known = self._known.get(digest)
            if known is not None:
                self._known.move_to_end(digest)
        if known is None:
            known = self._checked(token)
            with self._lock:
                self._known[digest] = known
                while len(self._known) > self._remember:
                    self._known.popitem(last=False)
        if now >= known.expires:
            with self._lock:
                self._known.pop(digest, None)
            raise TOKEN_EXPIRED()
        if now < known.begins:
            raise TOKEN_NOT_YET_VALID()
        if self._revoked.holds(known.id):
            raise TOKEN_REVOKED()
        return known

    def bearer(self, header: str | None) -> Actor:
        """The holder of the token in an Authorization header (RFC 6750 section 2.1). Raises as ``verify`` does."""
        scheme, _, token = (header or "").strip().partition(" ")
        if header and scheme.lower() != "bearer":
            raise TOKEN_INVALID(why="认证方式不是 Bearer")
        return self.verify(token.strip())

    def _checked(self, token: str) -> Admitted:
        try:
            if self._key is None:  # before the first token is issued there is no key, and no token that could verify
                self._key = OKPKey.import_key(self._public.read_bytes())
            decoded = jwt.decode(token, self._key, algorithms=[ALGORITHM])
        except (JoseError, ValueError, TypeError, FileNotFoundError) as error:  # TypeError: a header of other types
            raise TOKEN_INVALID(why="格式、算法或签名不正确") from error
        claims = decoded.claims
        # RFC 7515 section 4.1.11 and RFC 7519 section 4.1.3: whoever does not understand the one, or is not named in
        # the other, must refuse. Nobody issues either here.
        if "crit" in decoded.header or "aud" in claims:
            raise TOKEN_INVALID(why="附有本系统不识别的限制（crit 或 aud）")
        try:
            return _holder(claims, self._fits)
        except _Unsound as why:
            raise TOKEN_INVALID(why=str(why)) from None


class _Unsound(Exception):
    """What is wrong with the claims of a token, for officials."""


def _holder(claims: Mapping[str, Any], fits: Fits) -> Admitted:
    """What the claims say, where they are such as a token of this system may bear. Raises _Unsound."""
    if claims.get("iss", ISSUER) != ISSUER:
        raise _Unsound("由其他系统签发（iss）")
    if not is_id(token_id := claims.get("jti")):
        raise _Unsound("没有能够收回的编号（jti）")
    times, actor = _times(claims), _actor(claims)
    if times is None or actor is None:
        raise _Unsound("缺少必要的声明，或声明的格式不正确")
    if not text.is_account(claims["sub"]):  # as it came: what would first have to be mended is another's id as well
        raise _Unsound("持有人（sub）不是账号：应为 1 至 64 个小写字母、数字和 . _ @ -")
    if times["exp"] - times["iat"] > LIFE:
        raise _Unsound("有效期超过 366 天")
    if why := fits(actor):
        raise _Unsound(why)
    return Admitted(max(times.get("nbf", 0), times["iat"] - SKEW), times["exp"], token_id, actor)


def _times(claims: Mapping[str, Any]) -> Mapping[str, int] | None:
    """The times among the claims, in seconds; None where ``exp`` or ``iat`` is missing or one is no date (RFC 7519
    section 2)."""
    given = {name: claims[name] for name in _TIMES if name in claims}
    # Whole seconds and nothing like them: NaN is not before any expiry, True is 1, and Infinity holds for ever.
    sound = all(type(value) is int and 0 <= value <= _LATEST for value in given.values())
    return given if sound and {"exp", "iat"} <= set(given) else None


def _actor(claims: Mapping[str, Any]) -> Actor | None:
    texts = [claims.get(name) for name in _TEXTS]
    lists = [claims.get(name, []) for name in _LISTS]
    if not all(isinstance(items, list) for items in lists):
        return None
    if not all(isinstance(told, str) and len(told) <= _LONGEST for told in (*texts, *lists[0], *lists[1])):
        return None
    person, post, organ, role = told = [text.normal(str(one)) for one in texts]
    areas, units = (tuple(map(text.code, items)) for items in lists)
    # Who acts is told with every event, in clear and for ever, on one line.
    if not all(_LINE.fullmatch(one) for one in (*told, *areas, *units)) or not all(map(_AREA.fullmatch, areas)):
        return None
    if any(text.unseen(one) or personal.holds_number(one) for one in (*told, *areas, *units)):
        return None
    return Actor(person, post, organ, role, areas, units)


def _made(folder: Path) -> Path:
    """The private key's file, made with its public half beside it where they are missing."""
    private = made(folder, PRIVATE, lambda: OKPKey.generate_key(crv="Ed25519").as_pem(private=True))
    made(folder, PUBLIC, lambda: OKPKey.import_key(private.read_bytes()).as_pem(private=False), mode=0o644)
    return private
