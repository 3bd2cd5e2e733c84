"""What a database stores beside the history: subtrees of the hash tree and checkpoints by their size, so that proofs
can be given, and how far each relay has come.

Where it is missing or stands in the wrong place, proofs cannot be given, or the wrong ones are; what a relay is said to
have carried on and has not is never told to anybody, until somebody looks for it.
"""

from __future__ import annotations

from audit.findings import Findings
from audit.live import Live
from audit.trees import BLOCK


def check_stored_proofs(source: Live, service: str, signed: int, findings: Findings) -> None:
    """Say which of them are missing or misplaced for the log of ``service``, of which ``signed`` events are signed."""
    for size in source.misfiled(service, findings.most):
        sentence = f"under the size {size} stands a checkpoint of another size"
        findings.add("checkpoint_unreadable", service, size, sentence)
    for size in source.mistimed(service, findings.most):
        sentence = f"beside the checkpoint over {size} events stands another moment than the one that was signed"
        findings.add("checkpoint_mistimed", service, size, sentence)
    for name, position in source.ahead(service, findings.most):
        sentence = f"what {name} has carried on is said to be everything up to {position}, and the log ends before"
        findings.add("mark_ahead", service, None, sentence, f"relay {name}")
    kept, level = source.subtrees_kept(service), 1
    while (due := signed >> BLOCK * level) > 0:
        if (there := kept.get(level, 0)) < due:
            sentence = f"of the {due} stored hashes of level {level} only {there} are there"
            findings.add("subtree_differs", service, None, sentence)
        level += 1
