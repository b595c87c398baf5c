"""Every step has words that can be translated: the list of steps and the audit show them."""

import ast
from collections.abc import Iterator
from pathlib import Path

import mesomap
from mesomap.ui.edit_words import KNOWN_STEPS, step_words

_CODE = Path(mesomap.__file__).parent


def _texts(node: ast.expr) -> Iterator[str]:
    """The names that an argument may be."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _texts(node.body)
        yield from _texts(node.orelse)


def _command_classes() -> dict[str, int]:
    """Classes of steps, and the place of their name among the arguments."""
    found = {}
    for path in (_CODE / "commands").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef):
                fields = [
                    line.target.id
                    for line in node.body
                    if isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name)
                ]
                if "name" in fields:
                    found[node.name] = fields.index("name")
    return found


def _named_steps() -> Iterator[tuple[str, str]]:
    """Every step that the program names, and the file that does."""
    commands = _command_classes()
    for path in _CODE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or node.func.id not in commands:
                continue
            place = commands[node.func.id]
            given = [word.value for word in node.keywords if word.arg == "name"] + node.args[place : place + 1]
            for argument in given:
                yield from ((text, path.name) for text in _texts(argument))


def test_every_step_that_the_program_names_is_known() -> None:
    named = set(_named_steps())
    assert len(named) > 60
    assert sorted((name, where) for name, where in named if name not in KNOWN_STEPS) == []


def test_a_step_of_another_version_is_left_as_it_is() -> None:
    assert step_words("Step of next year") == "Step of next year"
    assert step_words("Place") == "Place"
