"""What is wrong with a profile file, said so that the clerk who wrote it can put it right.

Invariant: a fault always names file, line and rule, and what would be accepted.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: stable ``code``, Chinese ``sentence``, ``line`` from 1, ``rule`` (path in the file), ``accepted``."""

    code: str
    sentence: str
    file: str
    line: int
    rule: str
    accepted: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.rule}: {self.sentence}（可接受：{self.accepted}）"


class BrokenProfile(Exception):
    """A profile file is refused; ``faults`` are in the order of the file, the attributes are those of the first."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = tuple(sorted(faults, key=lambda fault: (fault.file, fault.line)))
        first = self.faults[0]
        self.code = first.code
        self.sentence = first.sentence
        self.file = first.file
        self.line = first.line
        self.rule = first.rule
        self.accepted = first.accepted
        super().__init__("\n".join(map(str, self.faults)))


class Ambiguous(Exception):
    """A printed name does not lead to exactly one division; ``candidates`` are the codes it could mean (or none)."""

    def __init__(self, printed: str, parent: str, candidates: tuple[str, ...]) -> None:
        self.code = "area_ambiguous" if candidates else "area_unknown"
        self.printed = printed
        self.parent = parent
        self.candidates = candidates
        self.accepted = "、".join(candidates) if candidates else "区划登记册中的名称或其别名"
        self.sentence = (
            f"“{printed}”在 {parent} 之内对应多个区划，不能只凭名称认定。"
            if candidates
            else f"在 {parent} 之内没有名为“{printed}”的区划。"
        )
        super().__init__(f"{self.sentence}（可接受：{self.accepted}）")
