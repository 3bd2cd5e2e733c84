"""What mypy cannot see by itself: which fields an event takes over from its sources, and which facts a refusal is told.

``Event.carrying(*sources, **named)`` becomes, at each call, a function of just the fields that no source or more than
one gives; ``Refusal(…)`` carries the names in its texts' braces as a type, and calling it asks for just these. So a
missing, unknown or mistyped field, and two sources that could both give one, are errors of the call.

Used by mypy alone; nothing of the running system imports it.
"""

from __future__ import annotations

from collections.abc import Callable
from string import Formatter

from mypy.nodes import ARG_NAMED, ARG_NAMED_OPT, ARG_POS, ArgKind, CallExpr, StrExpr, TypeInfo
from mypy.plugin import FunctionContext, MethodSigContext, Plugin
from mypy.subtypes import is_subtype
from mypy.types import (
    AnyType,
    CallableType,
    FunctionLike,
    Instance,
    LiteralType,
    ProperType,
    Type,
    UnionType,
    get_proper_type,
)

EVENT, COMMAND, REFUSAL = "kernel.messages.Event", "kernel.messages.Command", "kernel.refusal.Refusal"
OUTSIDE = {"context", "occurred_on"}


class Kernel(Plugin):
    """The hooks for ``Event.carrying``, ``Refusal(…)`` and the call of a refusal."""

    def get_method_signature_hook(self, fullname: str) -> Callable[[MethodSigContext], FunctionLike] | None:
        """By name alone: whether an event is meant shows in the type."""
        if fullname.endswith(".carrying"):
            return _carrying
        return _refused if fullname == f"{REFUSAL}.__call__" else None

    def get_function_hook(self, fullname: str) -> Callable[[FunctionContext], Type] | None:
        """A declaration of a refusal."""
        return _declared if fullname == REFUSAL else None


def _fields(instance: Instance) -> dict[str, tuple[Type, ArgKind]]:
    """The fields of a struct or dataclass with type and kind, as its constructor takes them."""
    made = instance.type.get("__init__")
    call = get_proper_type(made.type) if made and made.type else None
    if not isinstance(call, CallableType) or not _has_fields(instance.type):
        return {}
    arguments = zip(call.arg_names, call.arg_types, call.arg_kinds, strict=True)
    return {name: (annotated, kind) for name, annotated, kind in arguments if name and name != "self"}


def _has_fields(info: TypeInfo) -> bool:
    return any("dataclass" in base.metadata for base in info.mro)


def _carrying(ctx: MethodSigContext) -> FunctionLike:
    kind = get_proper_type(ctx.type)
    event = get_proper_type(kind.ret_type) if isinstance(kind, CallableType) else None
    if not isinstance(event, Instance) or not event.type.has_base(EVENT):
        return ctx.default_signature
    sources = [_source(ctx, get_proper_type(ctx.api.get_expression_type(arg))) for arg in ctx.args[0]]
    names, types, kinds = [], [], []
    for name, (wanted, default) in _fields(event).items():
        given = [source[name] for source in sources if name in source]
        fitting = [one for one in given if is_subtype(one, wanted)]
        named = name in _named(ctx)
        if len(given) > 1 and not named:
            ctx.api.fail(f'"{name}" of "{event.type.name}" is given by {len(given)} sources; name it', ctx.context)
        elif given and not fitting and not named:
            ctx.api.fail(f'"{name}" of "{event.type.name}" has another type in its source; name it', ctx.context)
        if named or not given:
            names.append(name)
            types.append(wanted)
            kinds.append(ARG_NAMED_OPT if default.is_optional() or given else ARG_NAMED)
    number = len(ctx.args[0])
    return ctx.default_signature.copy_modified(
        arg_names=[*[None] * number, *names],
        arg_types=[*[ctx.api.named_generic_type("builtins.object", [])] * number, *types],
        arg_kinds=[*[ARG_POS] * number, *kinds],
        ret_type=event,
        name=f"carrying of {event.type.name}",
    )


def _named(ctx: MethodSigContext) -> set[str]:
    """The names given at the call."""
    return {name for name in ctx.context.arg_names if name} if isinstance(ctx.context, CallExpr) else set()


def _source(ctx: MethodSigContext, source: ProperType) -> dict[str, Type]:
    """What a source gives: its fields; of a command the date of the fact, of an event never that date."""
    fields = {n: t for n, (t, _) in _fields(source).items()} if isinstance(source, Instance) else {}
    if not isinstance(source, Instance) or not fields:
        ctx.api.fail(f"{source} has no fields to take over", ctx.context)
        return {}
    given = {name: kind for name, kind in fields.items() if name not in OUTSIDE}
    if source.type.has_base(COMMAND):
        given["occurred_on"] = ctx.api.named_generic_type("datetime.date", [])
    return given


def _declared(ctx: FunctionContext) -> Type:
    made = get_proper_type(ctx.default_return_type)
    if not isinstance(made, Instance):
        return made
    facts: set[str] = set()
    for name, args in zip(ctx.callee_arg_names, ctx.args, strict=True):
        if name in {"sentence", "accepted", "field", "rule"} and args:
            if not isinstance(args[0], StrExpr):
                ctx.api.fail(f'"{name}" of a refusal is a literal text', args[0])
                continue
            facts |= {part for _, part, _, _ in Formatter().parse(args[0].value) if part}
    text = ctx.api.named_generic_type("builtins.str", [])
    names = UnionType.make_union([LiteralType(fact, text) for fact in sorted(facts)])
    return made.copy_modified(args=[names])


def _refused(ctx: MethodSigContext) -> FunctionLike:
    refusal = get_proper_type(ctx.type)
    if not isinstance(refusal, Instance) or not refusal.args:
        return ctx.default_signature
    told = get_proper_type(refusal.args[0])
    if isinstance(told, AnyType):
        return ctx.default_signature  # a refusal that was handed over: it is held to its facts when it is called
    items = told.items if isinstance(told, UnionType) else [told]
    facts = [str(one.value) for one in map(get_proper_type, items) if isinstance(one, LiteralType)]
    signature = ctx.default_signature
    anything = ctx.api.named_generic_type("builtins.object", [])
    return signature.copy_modified(
        arg_names=[*signature.arg_names[:-1], *facts],
        arg_types=[*signature.arg_types[:-1], *[anything] * len(facts)],
        arg_kinds=[*signature.arg_kinds[:-1], *[ARG_NAMED] * len(facts)],
    )


def plugin(version: str) -> type[Plugin]:
    """The way mypy asks for it."""
    return Kernel
