"""Plans of changed divisions: the registers, and all that follows the codes: targets, bindings, ties (X-056).

Stated rule: a target, a binding and a tie follow the code. Quotas do not, since the notice counts places: what is left
over or missing after a merger shows in coverage until the plan is amended. What else names a code that is gone, and
cadres who cannot follow, stand in ``division_decisions``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kernel.messages import Context
from kernel.service import Room, Step
from services.allocation.placement.following import FollowDivision, TakeOver
from services.allocation.registers.area import Register
from services.allocation.registers.division_change import Change, ChangeDivisions, LeaveRegister, RegisterChange
from services.allocation.registers.register_plans import register_of, registers
from services.allocation.registers.unit import FollowTies
from services.allocation.targets.binding import Bind, Bond, FollowBinding
from services.allocation.targets.binding_plans import binding_stream
from services.allocation.targets.target_plans import target_stream
from services.allocation.targets.target_state import Target
from services.allocation.words import CODE_LENGTH


def change_divisions(command: ChangeDivisions, room: Room) -> Iterable[Step]:
    """The registers first, then whatever follows, programme by programme."""
    codes = {code for one in command.changes for code in (*one.codes, one.code)}
    held = registers(room, codes)
    olds = {code for one in command.changes for code in one.codes}
    for one in command.changes:
        yield from _registered(command, one, held, olds)
    gone = {old: one.code for one in command.changes for old in one.codes if old != one.code}
    if not gone:
        return
    named = room.find(
        "select distinct programme from targets where target = any(%s) union"
        " select distinct programme from demanded_villages where target = any(%s) order by 1",
        sorted(gone),
        sorted(gone),
    )
    for row in named:
        for one in command.changes:
            yield from _targets(command, row["programme"], one, room)
        yield from _bindings(command.context, row["programme"], gone, command.document, room)
    tied = room.find(
        "select unit from units where exists (select from jsonb_array_elements_text(helped || contacts) c(code)"
        " where code = any(%s)) order by unit",
        sorted(gone),
    )
    for row in tied:
        yield Step(f"unit/{row['unit']}", FollowTies(context=command.context, codes=gone))


def _registered(command: ChangeDivisions, one: Change, held: Mapping[str, Register], olds: set[str]) -> Iterable[Step]:
    home = register_of(one.code)
    missing = tuple(code for code in one.codes if not held[register_of(code)].holds(code))
    left = [
        village
        for code in one.codes
        if len(code) == CODE_LENGTH["township"] and code != one.code
        for village in held[register_of(code)].names
        if village.startswith(code) and village not in olds and held[register_of(code)].holds(village)
    ]
    yield Step(
        f"areas/{home}",
        RegisterChange(
            context=command.context, document=command.document, change=one, missing=missing, left=tuple(left)
        ),
    )
    for other in sorted({register_of(code) for code in one.codes} - {home}):
        codes = tuple(code for code in one.codes if register_of(code) == other)
        leave = LeaveRegister(context=command.context, document=command.document, codes=codes, code=one.code)
        yield Step(f"areas/{other}", leave)


def _targets(command: ChangeDivisions, programme: str, one: Change, room: Room) -> Iterable[Step]:
    """The live targets of one change lead to that of its code."""
    found = room.load_all(target_stream(programme, code) for code in (one.code, *one.codes))
    here: Target | None = found[target_stream(programme, one.code)]
    here = None if here is None or here.closed else here
    old = [t for t in found.values() if t is not None and not t.closed and t.target != one.code]
    if not old:
        return
    holders = sorted((t for t in old if t.occupant), key=lambda t: (not _on_post(t), t.target))
    follower = holders[0] if holders and (here is None or here.free) else None
    for target in old:
        follow = FollowDivision(
            context=command.context,
            into=one.code,
            cause=one.kind,
            document=command.document,
            carried=target is follower,
        )
        yield Step(target_stream(programme, target.target), follow)
    carried = follower.occupant if follower else None
    owed = next((t.successor_of for t in old if t.successor_of), None)
    first = here or old[0]
    rows = room.find("select place from targets where programme = %s and target = %s", programme, first.target)
    yield Step(
        target_stream(programme, one.code),
        TakeOver(
            context=command.context,
            target=one.code,
            first=first,
            place=rows[0]["place"] if rows else 0,
            follows=tuple(sorted(t.target for t in old)),
            document=command.document,
            carried=carried,
            next=follower.next if follower else None,
            successor_of=None if carried or (here is not None and here.occupant) else owed,
        ),
    )


def _on_post(target: Target) -> bool:
    return target.occupant is not None and target.occupant.on_post


def _bindings(context: Context, programme: str, gone: Mapping[str, str], document: str, room: Room) -> Iterable[Step]:
    """The bindings of the old codes go on at the new ones."""
    rows = room.find(
        "select unit, target from bindings where target = any(%s) and state = 'bound' order by target, unit",
        sorted(gone),
    )
    streams = {binding_stream(programme, row["unit"], row["target"]): row for row in rows}
    for stream, bond in room.load_all(streams).items():
        if bond is Bond.BOUND:
            unit, target = streams[stream]["unit"], streams[stream]["target"]
            yield from followed(context, programme, (unit, target), (unit, gone[target]), document)


def followed(context: Context, programme: str, old: Sequence[str], new: Sequence[str], document: str) -> Iterable[Step]:
    """A binding (unit, target) that goes on as another one."""
    follow = FollowBinding(
        context=context, unit=old[0], target=old[1], to_unit=new[0], to_target=new[1], document=document
    )
    yield Step(binding_stream(programme, *old), follow)
    yield Step(binding_stream(programme, *new), Bind(context=context, unit=new[0], target=new[1]))


def standing_at(room: Room, programme: str, code: str, posting: str = "") -> str:
    """The code at which the target of ``code`` goes on; that of an old one where ``posting`` is still held there."""
    seen = {code}
    while True:
        target: Target | None = room.load(target_stream(programme, code))
        held = target is not None and target.occupant is not None and target.occupant.posting == posting
        if target is None or not target.closed or target.into is None or target.into in seen or (posting and held):
            return code
        code = target.into
        seen.add(code)
