"""The keys of a log over time, as a source holds them: the present one and the announcements that led to it."""

from __future__ import annotations

from audit.sources import Source
from kernel.proof import notes, succession
from kernel.proof import policy as policies
from kernel.proof.policy import Policy
from kernel.proof.succession import Keys


def keys_of(source: Source, service: str, policy: Policy) -> Keys | None:
    """The keys of the log of ``service``, None where none is named.

    Raises:
        succession.Unannounced: a key was replaced, and no announcement of it holds.
        notes.Malformed: what should be a key is none.
    """
    text = source.log_key(service)
    present = notes.verifier(text) if text else policy_key(policy, service)
    return None if present is None else succession.chained(present, source.successions(service), policy)


def vkey_at(source: Source, service: str, size: int) -> str:
    """The key under a checkpoint of ``size`` events, empty where none is named; the present one where it is unclear."""
    text = source.log_key(service)
    try:
        found = keys_of(source, service, policies.parse(source.policy() or f"quorum {policies.NONE}\n"))
    except ValueError:
        return text
    return text if not text or found is None else found.at(size).vkey


def policy_key(policy: Policy, service: str) -> notes.Verifier | None:
    """The newest key of a service's log in the policy, None where it has none."""
    return next((key for key in reversed(policy.logs) if key.name.endswith(f"/{service}")), None)
