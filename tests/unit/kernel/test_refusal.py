"""A refusal says what it was told, in the words of its declaration, as the kind of error it is."""

from __future__ import annotations

from typing import Any

import pytest

from kernel.errors import BadInput, Rejected
from kernel.refusal import Refusal, declared

LATE = Refusal("train_late", "{train} 晚点 {minutes} 分钟。", field="{field}", rule="{rule}", accepted="{others}")
LOST = Refusal("ticket_lost", "没有车票。", kind="unknown", field="ticket", accepted="车票")
TORN = Refusal("ticket_torn", "车票破损。", error=BadInput, accepted="完整的车票", notice="N", clause="一")


def test_a_refusal_fills_its_texts_with_the_facts_and_joins_lists() -> None:
    error = LATE(train="T1", minutes=5, field="train", rule="train.minutes", others=["T2", "T3"])
    assert isinstance(error, Rejected)
    assert (error.code, error.sentence, error.field) == ("train_late", "T1 晚点 5 分钟。", "train")
    assert (error.accepted, error.rule, error.kind) == ("T2、T3", "train.minutes", "rule")


def test_a_field_and_a_rule_that_are_none_are_left_out() -> None:
    error = LATE(train="T1", minutes=5, field=None, rule=None, others=())
    assert isinstance(error, Rejected)
    assert (error.field, error.rule, error.accepted) == (None, None, None)


def test_a_refusal_is_raised_as_the_kind_it_was_declared_with() -> None:
    lost, torn = LOST(), TORN(details=[{"field": "ticket"}])
    assert (type(lost), lost.kind) == (Rejected, "unknown")
    assert (type(torn), torn.kind, torn.notice, torn.clause) == (BadInput, "bad_input", "N", "一")
    assert torn.details == [{"field": "ticket"}]


def test_a_fact_too_many_or_too_few_is_a_mistake_of_the_caller() -> None:
    told: tuple[dict[str, Any], ...] = ({}, {"ticket": 1})
    for facts in told:
        with pytest.raises(TypeError, match="is told"):
            LATE(**facts)


def test_what_is_declared_is_known_by_its_code() -> None:
    assert declared()["train_late"] is LATE
