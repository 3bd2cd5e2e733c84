"""The batch of 2018 amended: a second version of the profile, in which two weak villages of the province's group are
one, so that the cities' tier has a place less."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from typing import Any

from programmes import loader

LESS = {"batch": ("total", "villages"), "groups": ("villages", "cadres"), "city": ("weak_villages", "cadres")}


def second_version() -> dict[str, Any]:
    """The profile as published: 9024 = 235 + 8789 places, group A 219 + 5992, 3380 weak villages, the cities 2761."""
    first = loader.load("LN2018")
    rules = deepcopy(dict(first.rules))
    for name in LESS["batch"]:
        rules["quota.batch"]["value"][name] -= 1
    rules["quota.weak_villages"]["value"] -= 1
    for name in LESS["groups"]:
        rules["quota.groups"]["value"][0][name] -= 1
    for name in LESS["city"]:
        rules["quota.tiers"]["value"][1][name] -= 1
    return dict(replace(first, version=2, rules=rules).published())
