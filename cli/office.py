"""Who acts, as a token says it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deploy.layout import PROVINCE
from kernel.auth import Issuer
from programmes.standing import standing


@dataclass(frozen=True, slots=True)
class Office:
    """A person in a post of an organ, with a role, the areas it reaches and the units it manages."""

    person: str
    post: str
    organ: str
    role: str
    areas: tuple[str, ...] = ()
    units: tuple[str, ...] = ()

    @property
    def claims(self) -> dict[str, Any]:
        """What a token says of it."""
        return {
            "sub": self.person,
            "post": self.post,
            "organ": self.organ,
            "role": self.role,
            "areas": list(self.areas),
            "units": list(self.units),
        }


def issuer_of(keys: Path, province: str = PROVINCE) -> Issuer:
    """Who signs tokens with the keys of a local system, each for a role in a place that fits it."""
    return Issuer(keys, fits=standing(province))


def token(issuer: Issuer, office: Office, ttl: int = 7200) -> str:
    """A token for an office that holds for ``ttl`` seconds. Raises ValueError where it would not verify."""
    return issuer.issue(office.claims, ttl)
