"""README: what it names is there, and its commands are the ones that exist."""

import re
from pathlib import Path

import click

from mesomap.cli import build_cli

ROOT = Path(__file__).parents[3]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_link_and_picture_is_there() -> None:
    links = re.findall(r"\]\(([^)#]+)\)", README)
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_every_place_in_the_table_is_there() -> None:
    rows = [line for line in README.splitlines() if line.startswith("| `")]
    named = [name for row in rows for name in re.findall(r"`([^`]+)`", row.split("|")[1])]
    assert named
    assert [name for name in named if not list(ROOT.glob(name.rstrip("/")))] == []


def test_every_command_exists() -> None:
    used = set(re.findall(r"\.venv/bin/mesomap (\w+)", README))
    assert used
    cli = build_cli(lambda _: 0)
    assert used <= set(cli.list_commands(click.Context(cli)))


def test_the_two_commands_are_targets_of_make() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"^    make (\w+)", README, re.M):
        assert f"\n{target}:" in makefile
