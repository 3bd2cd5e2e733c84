"""Every rule path that a service cites stands in a profile: a misspelt path would refuse every command."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from programmes import loader

SERVICES = Path(loader.__file__).parents[1] / "services"
PATH = re.compile(r"[a-z_]+(\.[a-z_0-9]+)+")
ASKS = {"basis"}


def known() -> set[str]:
    return {path for programme in loader.available() for path in loader.load(programme).rules}


def cited(source: str) -> Iterator[tuple[int, str]]:
    """(line, path) of ``rule = …`` in classes, ``rule=…`` in calls, ``rules.basis(…)`` and what ``rests_on`` gives;
    values have readers."""
    tree = ast.parse(source)
    constants = {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for value in asked(tree):
        text = constants.get(value.id) if isinstance(value, ast.Name) else getattr(value, "value", None)
        if isinstance(text, str) and PATH.fullmatch(text):
            yield value.lineno, text


def asked(tree: ast.Module) -> Iterator[ast.expr]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(isinstance(target, ast.Name) and target.id == "rule" for target in targets):
                yield node.value
        if isinstance(node, ast.FunctionDef) and node.name == "rests_on":
            given = (part for part in ast.walk(node) if isinstance(part, ast.Return) and part.value is not None)
            yield from (part for one in given for part in ast.walk(one) if isinstance(part, ast.Constant))
        if isinstance(node, ast.Call):
            yield from (keyword.value for keyword in node.keywords if keyword.arg == "rule")
            if isinstance(node.func, ast.Attribute) and node.func.attr in ASKS and node.args:
                yield node.args[0]


def test_citations_are_found_in_each_of_their_forms() -> None:
    source = 'A = "form.copies"\nclass E:\n    rule = A\ndef f(r):\n    r.basis("term.months")\n    g(rule="a.b")\n'
    more = 'class E:\n    def rests_on(self):\n        return (self.rule, "c.d")\n'

    assert sorted(cited(source)) == [(3, "form.copies"), (5, "term.months"), (6, "a.b")]
    assert list(cited(more)) == [(3, "c.d")]


@pytest.mark.parametrize("service", ["allocation", "personnel", "attendance", "evaluation"])
def test_every_cited_path_stands_in_a_profile(service: str) -> None:
    paths = known()
    unknown = [
        f"{file.relative_to(SERVICES)}:{line}: {path}"
        for file in sorted((SERVICES / service).rglob("*.py"))
        for line, path in cited(file.read_text(encoding="utf-8"))
        if path not in paths
    ]

    assert not unknown
