"""What is owed of candidacies: each step that has a last day, from the day it may be taken (X-055).

Which steps those are, who takes them and until when stands in the profile (``procedure.nomination``: ``due`` and
``within``). A step taken behind its last day counts; how late it was is seen here and nowhere stored.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, get_args

import orjson

from kernel.rules import Rule, Rules
from programmes.obligation import Obligation, Terms
from programmes.readers.candidacy import NOMINATION
from programmes.readers.procedure import Step
from programmes.readers.words import Source
from programmes.roles import DIGITS, LEVELS

_STEPS: Final = """(
select candidacy, step, '' as act, done_on from candidacy_steps
union all select c.candidacy, '', a.act, a.done_on from candidacies c join postings p using (posting)
 cross join lateral (values ('appoint', p.appointed_on), ('take_up', p.on_post_since), ('relieve', (
   select min(d.done_on) from duties d where d.duty = 'post_removal' and d.subject = p.posting))) as a (act, done_on)
)"""
"""What was done of each candidacy; of what is recorded of the posting the act is known."""
_DONE: Final = f"""
select {{said}} from json_array_elements({{of}}) as a join {_STEPS} as d on d.candidacy = s.candidacy
 and d.done_on >= s.applied_on and (d.step = a->>'step' or d.step = '' and d.act = a->>'act')"""
_SAID: Final = "t.said::json"
_AFTER: Final = _DONE.format(
    said=f"case when count(d.done_on) = json_array_length({_SAID}->'after')"
    " then coalesce(max(d.done_on), s.applied_on) end",
    of=f"{_SAID}->'after'",
)
_BEGUN: Final = _DONE.format(said="max(d.done_on)", of=f"{_SAID}->'behind'")


@dataclass(frozen=True, slots=True)
class LastDays(Obligation):
    """The steps of ``procedure.nomination`` that have a last day: for each level of units those it takes."""

    def _rows(self, rules: Rules | None, basis: Rule[Any] | None, scope: str, apart: Sequence[str]) -> Iterator[Terms]:
        if rules is None or basis is None:
            return
        named = (level for step in basis.value for level in step.when.get("level", ()))
        for level in dict.fromkeys(("", *get_args(Source), *named)):
            own = {step.step: step for step in basis.value if step.concerns({"level": level} if level else {})}
            for step in own.values():
                if step.due is not None or step.within is not None:
                    organ = next((LEVELS[role] for role in sorted(step.by) if role in LEVELS), None)
                    yield Terms(
                        programme=rules.programme,
                        scope=scope,
                        apart=list(apart),
                        per=level,
                        roles=sorted(step.by),
                        digits=DIGITS[organ] if organ else 12,
                        months=None,
                        times=1,
                        within=None,
                        number=None,
                        said=_said(step, [own[name] for name in step.after if name in own], basis.value),
                        on_day=step.due,
                        notice=basis.notice or "",
                        clause=step.clause,
                        assumed=step.assumed(basis.origin),
                    )


def _said(step: Step, after: Sequence[Step], known: Sequence[Step]) -> str:
    """What the select must know of a step beside its last day, as JSON."""
    span = step.within
    behind = [one for one in known if span is not None and one.step == span.after]
    places = {"host", "target"} & set(step.of)
    return orjson.dumps(
        {
            "title": step.title,
            "self": [_named(step)],
            "after": [_named(one) for one in after],
            "behind": [_named(one) for one in behind],
            "days": span.days or 0 if span else 0,
            "months": span.months or 0 if span else 0,
            "at": "target" if places else "",
        }
    ).decode()


def _named(step: Step) -> dict[str, str]:
    return {"step": step.step, "act": step.act}


OBLIGATIONS: Final = (
    LastDays(
        "candidacy_step",
        "选派环节",
        NOMINATION,
        frozenset(),
        source="candidacies",
        where="s.failed_on is null or s.failed_on > now.day",
        subject="s.candidacy",
        per="s.level",
        period=f"{_SAID}->>'title'",
        part=f"{_SAID}->'self'->0->>'step'",
        area=f"case when {_SAID}->>'at' = 'target' then s.target"
        " else coalesce(substring(s.channel from '^[0-9]+$'), '') end",
        unit="s.unit",
        since=f"({_AFTER})",
        due=f"coalesce(t.on_day, (({_BEGUN}) + make_interval(months => ({_SAID}->>'months')::int,"
        f" days => ({_SAID}->>'days')::int))::date)",
        met=f"({_DONE.format(said='min(d.done_on)', of=f'{_SAID}->{chr(39)}self{chr(39)}')})",
    ),
)
