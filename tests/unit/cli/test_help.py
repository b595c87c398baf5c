"""The commands that the help lists are those there are, and each is loaded only when asked for."""

import pkgutil
import subprocess
import sys
from importlib import import_module

import click
import pytest

import mesomap.cli
from mesomap.cli import build_cli
from mesomap.cli.late import COMMANDS


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_a_command_answers_to_its_name(name: str) -> None:
    group = build_cli(lambda _request: 0)
    command = group.get_command(click.Context(group), name)
    assert command is not None
    assert command.name == name
    assert command.help


def test_every_command_of_the_package_is_listed() -> None:
    modules = [import_module(f"mesomap.cli.{found.name}") for found in pkgutil.iter_modules(mesomap.cli.__path__)]
    made = {value.name for module in modules for value in vars(module).values() if isinstance(value, click.Command)}
    assert made == set(COMMANDS)
    group = build_cli(lambda _request: 0)
    assert group.list_commands(click.Context(group)) == sorted(COMMANDS)


def test_the_window_loads_no_command() -> None:
    program = "import sys, mesomap.cli; print([m for m in sys.modules if m.startswith('mesomap.exchange')])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
